#include "service/match/index_follower.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/match/changed_records.h"
#include "service/match/match_records.h"
#include "service/steady_now.h"

namespace passend::service {
namespace {

// How long a thread waits before it looks whether it is still wanted.
constexpr absl::Duration kWaitSlice = absl::Milliseconds(50);
// Records of a view in which nothing changes are taken anew after so long: what a snapshot sees
// stays on disk, though it is deleted.
constexpr absl::Duration kRecordsKeptFor = absl::Minutes(1);

// Errors that trying again does not cure.
bool IsForGood(const absl::Status& status) {
  return status.code() == absl::StatusCode::kDataLoss ||
         status.code() == absl::StatusCode::kInternal;
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
  ending_.End();
  if (options_.awaited != nullptr) options_.awaited->Wake();
  if (thread_.joinable()) thread_.join();
  if (builder_.joinable()) builder_.join();
}

MatchView IndexFollower::view() const {
  const std::lock_guard lock(mutex_);
  return view_;
}

absl::Status IndexFollower::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

absl::StatusOr<MatchView> IndexFollower::Await(storage::Sequence sequence,
                                               storage::Sequence MatchView::*reached,
                                               const CallContext& context) const {
  const absl::Time began = context.steady_now();
  std::unique_lock lock(mutex_);
  const auto done = [&] { return !health_.ok() || view_.*reached >= sequence; };
  while (!storage::WaitSteadily(shown_, lock, kWaitSlice, done)) {
    if (context.cancelled()) return Cancelled();
    if (context.overdue()) {
      return IndexBehind(absl::StatusCode::kDeadlineExceeded, sequence, view_.*reached);
    }
    if (context.steady_now() - began >= kIndexWaitMax) {
      return IndexBehind(absl::StatusCode::kUnavailable, sequence, view_.*reached);
    }
  }
  if (!health_.ok()) return health_;
  return view_;
}

absl::StatusOr<MatchView> IndexFollower::AwaitApplied(storage::Sequence sequence,
                                                      const CallContext& context) const {
  return Await(sequence, &MatchView::sequence, context);
}

absl::StatusOr<MatchView> IndexFollower::AwaitComplete(storage::Sequence sequence,
                                                       const CallContext& context) const {
  return Await(sequence, &MatchView::complete_sequence, context);
}

absl::StatusOr<BuiltIndex> IndexFollower::Build() const {
  return BuildFromStore(store_, catalog_,
                        {.log = options_.log, .given_up = [this] { return ending_.ended(); }});
}

void IndexFollower::Run() {
  while (!ending_.ended()) {
    const absl::Status stepped = Step();
    if (stepped.ok() || ending_.ended()) continue;
    if (IsForGood(stepped)) return Stop(stepped);
    options_.log(absl::StrCat("WARNING: index: trying again: ", stepped.ToString()));
    ending_.WaitFor(kWaitSlice);
  }
}

absl::Status IndexFollower::Step() {
  if (absl::Status adopted = Adopt(/*wait=*/false); !adopted.ok()) return adopted;
  BuildForImports({});
  if (!missing_ && !HasNews()) {
    RenewRecords();
    AwaitNews();
    if (store_.LastSequence() <= applied_) return absl::OkStatus();
  }
  auto records = store_.GetSnapshot();
  if (!records.ok()) return records.status();
  const absl::Status followed = Follow(*std::move(records));
  if (!absl::IsOutOfRange(followed)) return followed;
  options_.log("index: the journal no longer reaches back this far; starting over");
  return StartOver();
}

bool IndexFollower::HasNews() const {
  if (options_.awaited != nullptr) return options_.awaited->ToAwait().awaited > applied_;
  return store_.LastSequence() > applied_;
}

void IndexFollower::AwaitNews() const {
  if (options_.awaited != nullptr) {
    options_.awaited->Await(applied_, kWaitSlice, [this] { return ending_.ended(); });
  } else {
    store_.AwaitCommit(applied_, kWaitSlice);
  }
}

// Until the view is shown nothing is forgotten: after an error it is all read again.
absl::Status IndexFollower::Follow(std::shared_ptr<const storage::Snapshot> records) {
  auto changes = ReadJournal(store_, applied_, records->sequence());
  if (!changes.ok()) return changes.status();
  BuildForImports(changes->imports);
  if (builder_.joinable()) since_build_.Add(*changes);

  JournalChanges lacking = missing_.value_or(JournalChanges());
  lacking.Add(*changes);
  auto changed = ReadChanged(*records, lacking, *indexed_.index, *indexed_.catalog->taxonomy());
  if (!changed.ok()) return changed.status();
  // F3. The new index may be newer than these records: it is caught up with from others.
  if (changed->skills_unknown && builder_.joinable()) return Adopt(/*wait=*/true);
  std::shared_ptr<const PolicyBook> policies = view().policies;
  if (changes->policies) {
    auto read = ReadPolicies(*records);
    if (!read.ok()) return read.status();
    policies = std::make_shared<const PolicyBook>(*std::move(read));
  }

  std::shared_ptr<const matcher::IndexSnapshot> index = view().index;
  if (missing_ || !lacking.IsOfNobody()) {
    index = std::make_shared<const matcher::IndexSnapshot>(
        indexed_.index->Apply(std::move(changed->changes)));
  }
  missing_.reset();
  Show(std::move(records), std::move(index), std::move(policies));
  return absl::OkStatus();
}

absl::Status IndexFollower::StartOver() {
  if (builder_.joinable()) builder_.join();
  {
    const std::lock_guard lock(mutex_);
    built_.reset();
  }
  absl::StatusOr<BuiltIndex> built = Build();
  if (!built.ok()) return built.status();
  auto policies = ReadPolicies(*built->records);
  if (!policies.ok()) return policies.status();
  std::shared_ptr<const storage::Snapshot> records = built->records;
  TakeIndex(*std::move(built));
  missing_.reset();
  Show(std::move(records),
       std::make_shared<const matcher::IndexSnapshot>(indexed_.index->GetSnapshot()),
       std::make_shared<const PolicyBook>(*std::move(policies)));
  return absl::OkStatus();
}

void IndexFollower::Show(std::shared_ptr<const storage::Snapshot> records,
                         std::shared_ptr<const matcher::IndexSnapshot> index,
                         std::shared_ptr<const PolicyBook> policies) {
  applied_ = records->sequence();
  records_taken_ = SteadyNow();
  MatchView view{indexed_.catalog,
                 indexed_.taxonomies,
                 std::move(index),
                 std::move(policies),
                 std::move(records),
                 applied_,
                 imports_.empty() ? applied_ : *imports_.begin() - 1};
  {
    const std::lock_guard lock(mutex_);
    std::swap(view_, view);  // what it replaces is freed after the lock: that may take a while
  }
  shown_.notify_all();
}

void IndexFollower::RenewRecords() {
  if (SteadyNow() - records_taken_ < kRecordsKeptFor) return;
  auto snapshot = store_.GetSnapshot();
  if (!snapshot.ok() || (*snapshot)->sequence() != applied_) return;
  records_taken_ = SteadyNow();
  std::shared_ptr<const storage::Snapshot> records = *std::move(snapshot);
  const std::lock_guard lock(mutex_);
  view_.records.swap(records);
}

void IndexFollower::TakeIndex(BuiltIndex built) {
  indexed_ = std::move(built);
  built_sequence_ = indexed_.sequence();
  indexed_.records = nullptr;
  imports_.erase(imports_.begin(), imports_.upper_bound(built_sequence_));
}

void IndexFollower::BuildForImports(const std::set<storage::Sequence>& imports) {
  // Some are known already, and some built in: entries are read again after an error.
  imports_.insert(imports.upper_bound(built_sequence_), imports.end());
  if (!imports_.empty() && !builder_.joinable()) StartBuilder();
}

void IndexFollower::StartBuilder() {
  since_build_ = JournalChanges();
  options_.log("index: a taxonomy was imported; building a new index");
  builder_ = std::thread([this] {
    absl::StatusOr<BuiltIndex> built = Build();
    const std::lock_guard lock(mutex_);
    built_ = std::move(built);
  });
}

absl::Status IndexFollower::Adopt(bool wait) {
  if (!builder_.joinable()) return absl::OkStatus();
  if (!wait) {
    const std::lock_guard lock(mutex_);
    if (!built_) return absl::OkStatus();
  }
  builder_.join();
  absl::StatusOr<BuiltIndex> built = absl::UnknownError("");
  {
    const std::lock_guard lock(mutex_);
    built = *std::move(built_);
    built_.reset();
  }
  if (!built.ok()) {
    if (!IsForGood(built.status()) && !ending_.ended()) StartBuilder();
    return built.status();
  }
  TakeIndex(*std::move(built));
  if (!missing_) missing_.emplace();
  missing_->Add(since_build_);
  return absl::OkStatus();
}

void IndexFollower::Stop(const absl::Status& why) {
  options_.log(absl::StrCat("ERROR: index: stopped: ", why.ToString()));
  {
    const std::lock_guard lock(mutex_);
    health_ = why;
  }
  shown_.notify_all();
  options_.stopped();
}

}  // namespace passend::service
