#include "service/match/index_follower.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/records/stored_message.h"
#include "service/text.h"

namespace passend::service {
namespace {

// How long a thread waits before it looks whether it is still wanted.
constexpr absl::Duration kWaitSlice = absl::Milliseconds(50);
constexpr absl::Duration kProgressInterval = absl::Seconds(3);
// Entries that are taken together; a record that changed several times among them is read once.
constexpr size_t kTailEntries = 256;

// Errors that trying again does not cure.
bool IsForGood(const absl::Status& status) {
  return status.code() == absl::StatusCode::kDataLoss ||
         status.code() == absl::StatusCode::kInternal;
}

constexpr bool kNever = false;

absl::Status WhyPointless(const CallContext& context) {
  return context.cancelled() ? Cancelled() : DeadlineExceeded();
}

}  // namespace

absl::StatusOr<std::unique_ptr<IndexFollower>> IndexFollower::Start(const storage::Store& store,
                                                                    TaxonomyCatalog& catalog,
                                                                    FollowerOptions options) {
  auto follower = std::make_unique<IndexFollower>(OnlyStart(), store, catalog, std::move(options));
  if (absl::Status built = follower->StartOver(); !built.ok()) return built;
  follower->thread_ = std::thread([raw = follower.get()] { raw->Run(); });
  return follower;
}

IndexFollower::IndexFollower(OnlyStart, const storage::Store& store, TaxonomyCatalog& catalog,
                             FollowerOptions options)
    : store_(store), catalog_(catalog), options_(std::move(options)) {}

IndexFollower::~IndexFollower() {
  ending_ = true;
  if (thread_.joinable()) thread_.join();
  if (builder_.joinable()) builder_.join();
}

MatchView IndexFollower::view() const {
  absl::MutexLock lock(&mutex_);
  return view_;
}

absl::Status IndexFollower::health() const {
  absl::MutexLock lock(&mutex_);
  return health_;
}

absl::StatusOr<MatchView> IndexFollower::Await(const CallContext& context,
                                               const std::function<bool()>& reached) const {
  absl::MutexLock lock(&mutex_);
  const auto done = [&] {
    mutex_.AssertHeld();
    return !health_.ok() || reached();
  };
  while (!mutex_.AwaitWithTimeout(absl::Condition(&done), kWaitSlice)) {
    if (context.pointless()) return WhyPointless(context);
  }
  if (!health_.ok()) return health_;
  return view_;
}

absl::StatusOr<MatchView> IndexFollower::AwaitApplied(storage::Sequence sequence,
                                                      const CallContext& context) const {
  return Await(context, [&] {
    mutex_.AssertHeld();
    return view_.sequence >= sequence;
  });
}

absl::StatusOr<MatchView> IndexFollower::AwaitRebuilt(const CallContext& context) const {
  return Await(context, [&] {
    mutex_.AssertHeld();
    return !rebuilding_;
  });
}

absl::StatusOr<IndexFollower::Built> IndexFollower::Build() const {
  Built built;
  // Taken before the vocabulary is read, so that it names no skill that the vocabulary lacks, and
  // an import that the vocabulary lacks is in the journal after it.
  auto snapshot = store_.GetSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  built.sequence = (*snapshot)->sequence();
  // The etags are those of the vocabulary: an import in between has them read again.
  std::vector<std::string> etags_after;
  do {
    auto before = ReadTaxonomyEtags(store_);
    if (!before.ok()) return before.status();
    if (absl::Status refreshed = catalog_.Refresh(); !refreshed.ok()) return refreshed;
    built.indexed.catalog = catalog_.snapshot();
    auto after = ReadTaxonomyEtags(store_);
    if (!after.ok()) return after.status();
    built.indexed.taxonomies = *std::move(before);
    etags_after = *std::move(after);
  } while (built.indexed.taxonomies != etags_after);

  const absl::Time start = options_.system_clock();
  absl::Time told = start;
  auto index = BuildIndex(**snapshot, built.indexed.catalog->taxonomy(), [&](size_t people) {
    if (options_.system_clock() - told >= kProgressInterval) {
      told = options_.system_clock();
      options_.log(absl::StrCat("index: ", people, " passports read"));
    }
    return !ending_.load();
  });
  if (!index.ok()) return index.status();
  built.indexed.index = *std::move(index);
  options_.log(absl::StrCat("index: ", built.indexed.index->people(), " people and ",
                            built.indexed.index->works(), " tasks as of commit ", built.sequence,
                            ", in ", absl::ToInt64Milliseconds(options_.system_clock() - start),
                            " ms"));
  return built;
}

void IndexFollower::Run() {
  while (!ending_) {
    const absl::Status stepped = Step();
    if (stepped.ok() || ending_) continue;
    if (IsForGood(stepped)) return Stop(stepped);
    options_.log(absl::StrCat("index: trying again: ", stepped.ToString()));
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&kNever), kWaitSlice);
  }
}

absl::Status IndexFollower::Step() {
  if (absl::Status adopted = Adopt(/*wait=*/false); !adopted.ok()) return adopted;
  if (absl::Status caught_up = CatchUp(); !caught_up.ok()) return caught_up;
  auto entries = store_.Tail(applied_, kTailEntries);
  if (absl::IsOutOfRange(entries.status())) {
    options_.log("index: the journal no longer reaches back this far; starting over");
    return StartOver();
  }
  if (!entries.ok()) return entries.status();
  if (entries->empty()) {
    store_.AwaitCommit(applied_, options_.system_clock() + kWaitSlice);
    return absl::OkStatus();
  }
  JournalChanges changes;
  for (const storage::JournalEntry& entry : *entries) changes.Add(entry);
  if (changes.policies) {
    if (absl::Status loaded = LoadPolicies(); !loaded.ok()) return loaded;
  }
  if (changes.taxonomies) WantRebuild();
  if (absl::Status applied = Apply(changes); !applied.ok()) return applied;
  applied_ = changes.last;
  absl::MutexLock lock(&mutex_);
  view_.sequence = applied_;
  return absl::OkStatus();
}

absl::Status IndexFollower::StartOver() {
  if (builder_.joinable()) builder_.join();
  build_again_ = false;
  if (absl::Status loaded = LoadPolicies(); !loaded.ok()) return loaded;
  absl::StatusOr<Built> built = Build();
  if (!built.ok()) return built.status();
  indexed_ = std::move(built->indexed);
  applied_ = built->sequence;
  missing_.reset();
  absl::MutexLock lock(&mutex_);
  built_.reset();
  rebuilding_ = false;
  view_.indexed = indexed_;
  view_.sequence = applied_;
  return absl::OkStatus();
}

absl::Status IndexFollower::LoadPolicies() {
  auto policies = ReadPolicies(store_);
  if (!policies.ok()) return policies.status();
  absl::MutexLock lock(&mutex_);
  view_.policies = std::make_shared<const PolicyBook>(*std::move(policies));
  return absl::OkStatus();
}

absl::Status IndexFollower::Apply(const JournalChanges& changes) {
  if (builder_.joinable()) since_build_.Add(changes);
  for (const std::string& id : changes.passports) {
    if (absl::Status applied = ApplyPassport(id); !applied.ok()) return applied;
  }
  for (const std::string& id : changes.exposures) {
    if (absl::Status applied = ApplyExposure(id); !applied.ok()) return applied;
  }
  for (const std::string& id : changes.tasks) {
    if (absl::Status applied = ApplyTask(id); !applied.ok()) return applied;
  }
  return absl::OkStatus();
}

absl::Status IndexFollower::ApplyPassport(const std::string& id) {
  auto stored = ReadPerson(store_, id, *indexed_.catalog->taxonomy());
  if (!stored.ok()) return stored.status();
  if (!*stored || (*stored)->state != v1::PASSPORT_STATE_ACTIVE) {
    indexed_.index->RemovePerson(absl::StrCat("passports/", id));
    return absl::OkStatus();
  }
  if ((*stored)->skills_unknown && builder_.joinable()) {
    // F3. Adopting applies everything since the build began, this person too.
    return Adopt(/*wait=*/true);
  }
  indexed_.index->PutPerson(std::move((*stored)->person));
  return absl::OkStatus();
}

absl::Status IndexFollower::ApplyExposure(const std::string& id) {
  auto record = ReadOne(store_, ExposureKey(id));
  if (!record.ok()) return record.status();
  auto person = indexed_.index->FindPerson(absl::StrCat("passports/", id));
  if (!*record || !person) return absl::OkStatus();
  const auto shown = ParseExposure((*record)->value);
  if (!shown) return DamagedData("a stored exposure");
  person->last_shown = *shown;
  indexed_.index->PutPerson(*std::move(person));
  return absl::OkStatus();
}

absl::Status IndexFollower::ApplyTask(const std::string& id) {
  auto task = ReadTask(store_, id);
  if (!task.ok()) return task.status();
  if (!*task || (*task)->state() != v1::TASK_STATE_OPEN) {
    indexed_.index->RemoveWork(absl::StrCat("tasks/", id));
    return absl::OkStatus();
  }
  const matcher::Taxonomy& taxonomy = *indexed_.catalog->taxonomy();
  if (AsksUnknownSkill(**task, taxonomy) && builder_.joinable()) return Adopt(/*wait=*/true);
  indexed_.index->PutWork(WorkOf(**task, taxonomy));
  return absl::OkStatus();
}

void IndexFollower::WantRebuild() {
  if (builder_.joinable()) {
    build_again_ = true;
  } else {
    StartBuilder();
  }
}

void IndexFollower::StartBuilder() {
  since_build_ = JournalChanges();
  build_again_ = false;
  {
    absl::MutexLock lock(&mutex_);
    rebuilding_ = true;
  }
  options_.log("index: a taxonomy was imported; building a new index");
  builder_ = std::thread([this] {
    absl::StatusOr<Built> built = Build();
    absl::MutexLock lock(&mutex_);
    built_ = std::move(built);
  });
}

absl::Status IndexFollower::Adopt(bool wait) {
  if (!builder_.joinable()) return absl::OkStatus();
  if (!wait) {
    absl::MutexLock lock(&mutex_);
    if (!built_) return absl::OkStatus();
  }
  builder_.join();
  absl::StatusOr<Built> built = absl::UnknownError("");
  {
    absl::MutexLock lock(&mutex_);
    built = *std::move(built_);
    built_.reset();
  }
  if (!built.ok()) {
    if (!IsForGood(built.status()) && !ending_) StartBuilder();
    return built.status();
  }
  indexed_ = std::move(built->indexed);
  if (!missing_) missing_.emplace();
  missing_->Add(since_build_);
  if (build_again_) StartBuilder();
  return CatchUp();
}

absl::Status IndexFollower::CatchUp() {
  if (!missing_) return absl::OkStatus();
  // A copy: while it is applied, a newer index may be adopted.
  const JournalChanges missing = *missing_;
  if (absl::Status applied = Apply(missing); !applied.ok()) return applied;
  missing_.reset();
  absl::MutexLock lock(&mutex_);
  view_.indexed = indexed_;
  rebuilding_ = builder_.joinable();
  return absl::OkStatus();
}

void IndexFollower::Stop(const absl::Status& why) {
  options_.log(absl::StrCat("index: stopped: ", why.ToString()));
  {
    absl::MutexLock lock(&mutex_);
    health_ = why;
  }
  options_.stopped();
}

}  // namespace passend::service
