#include "service/match/index_follower.h"

#include <random>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/match/match_records.h"
#include "storage/memory_store.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kPassports = 12;
constexpr int kTasks = 5;

std::string Passport(int number) { return "p" + std::to_string(number); }
std::string Task(int number) { return "t" + std::to_string(number); }

// That `index` holds exactly what a fresh build of the store holds.
void ExpectEqualsFreshBuild(const storage::Store& store, const MatchView& view) {
  const auto snapshot = store.GetSnapshot();
  ASSERT_TRUE(snapshot.ok());
  const auto fresh =
      BuildIndex(**snapshot, view.indexed.catalog->taxonomy(), [](size_t) { return true; });
  ASSERT_TRUE(fresh.ok()) << fresh.status();
  const matcher::MatchIndex& index = *view.indexed.index;
  EXPECT_EQ(index.people(), (*fresh)->people());
  EXPECT_EQ(index.works(), (*fresh)->works());
  for (int number = 0; number < kPassports; ++number) {
    const std::string name = "passports/" + Passport(number);
    EXPECT_EQ(index.FindPerson(name), (*fresh)->FindPerson(name)) << name;
  }
  for (int number = 0; number < kTasks; ++number) {
    const std::string name = "tasks/" + Task(number);
    EXPECT_EQ(index.FindWork(name), (*fresh)->FindWork(name)) << name;
  }
}

// One write of any kind, as the service would make it.
void WriteSomething(MatchWorld& world, std::mt19937_64& random) {
  const std::string id = Passport(static_cast<int>(random() % kPassports));
  switch (random() % 8) {
    case 0: {
      v1::Passport passport = AGardener(id);
      passport.set_state(random() % 3 == 0 ? v1::PASSPORT_STATE_PAUSED : v1::PASSPORT_STATE_ACTIVE);
      passport.mutable_wishes()->mutable_hours()->set_weekly_hours_max(
          20 + static_cast<int>(random() % 20));
      return world.Put(passport);
    }
    case 1:
    case 2:
      return world.Put(AGardener(id));
    case 3:
      return world.Erase(id);
    case 4: {
      v1::Task task = AGardenTask(Task(static_cast<int>(random() % kTasks)));
      task.set_state(random() % 2 == 0 ? v1::TASK_STATE_CLOSED : v1::TASK_STATE_OPEN);
      return world.Put(task);
    }
    case 5:
      world.exposures().Record({id}, world.now());
      ASSERT_TRUE(world.exposures().Flush().ok());
      return world.Advance(absl::Seconds(7));
    default:
      return world.Record(id, random() % 2 == 0 ? "weed" : "dig",
                          1 + static_cast<int>(random() % 5));
  }
}

TEST(IndexFollower, HoldsWhatAFreshBuildHoldsAfterAnyWrites) {
  for (const uint64_t seed : {1, 2, 3, 4, 5}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    MatchWorld world;
    for (int step = 0; step < 300; ++step) {
      WriteSomething(world, random);
      if (step % 60 == 59) ExpectEqualsFreshBuild(world.store(), world.Current());
    }
  }
}

TEST(IndexFollower, IsInStepAfterImportsInBetween) {
  std::mt19937_64 random(77);
  MatchWorld world;
  for (int round = 0; round < 6; ++round) {
    for (int step = 0; step < 40; ++step) WriteSomething(world, random);
    // Every import has a concept more, so that all indices of concepts shift.
    std::vector<v1::Concept> concepts = {MakeSkill("weed"), MakeSkill("dig"),
                                         MakeOccupation("gardener", {"weed", "dig"})};
    for (int extra = 0; extra <= round; ++extra) {
      concepts.push_back(MakeSkill("a" + std::to_string(extra)));
    }
    ASSERT_TRUE(world.taxonomies().Import(concepts).ok());
    for (int step = 0; step < 40; ++step) WriteSomething(world, random);
    ExpectEqualsFreshBuild(world.store(), world.Current());
  }
}

TEST(IndexFollower, WhoIsErasedNeverComesBack) {
  MatchWorld world;
  for (int round = 0; round < 30; ++round) {
    world.Put(AGardener("p1"));
    world.Record("p1", "weed", 3);
    world.exposures().Record({"p1"}, world.now());
    world.Erase("p1");
    ASSERT_TRUE(world.exposures().Flush().ok());
    EXPECT_EQ(world.Current().indexed.index->FindPerson("passports/p1"), std::nullopt);
  }
  // Nothing of the exposure is left either.
  const auto exposure = world.store().Read({ExposureKey("p1")});
  EXPECT_EQ((*exposure)[0], std::nullopt);
}

TEST(IndexFollower, AnImportBringsANewVocabularyAndItsEtag) {
  MatchWorld world;
  world.Put(AGardener("p1"));
  world.Record("p1", "weed", 3);
  const MatchView before = world.Current();
  EXPECT_THAT(before.indexed.taxonomies, ElementsAre("taxonomies/esco@1"));

  ASSERT_TRUE(world.taxonomies()
                  .Import({MakeSkill("weed"), MakeSkill("dig"), MakeSkill("arrange"),
                           MakeOccupation("gardener", {"weed", "dig"})})
                  .ok());
  world.Record("p1", "arrange", 2);
  const MatchView after = world.Current();

  EXPECT_NE(before.indexed.index, after.indexed.index);
  EXPECT_THAT(after.indexed.taxonomies,
              ElementsAre("taxonomies/esco@" + std::to_string(after.sequence - 1)));
  const auto person = after.indexed.index->FindPerson("passports/p1");
  ASSERT_TRUE(person);
  ASSERT_EQ(person->skills.size(), 2u);
  const matcher::Taxonomy& taxonomy = *after.indexed.catalog->taxonomy();
  EXPECT_EQ(taxonomy.name(person->skills[0].skill), Named("arrange"));
  EXPECT_EQ(taxonomy.name(person->skills[1].skill), Named("weed"));
  // Who had asked before still has a whole vocabulary and index.
  EXPECT_EQ(before.indexed.catalog->taxonomy()->size(), 3u);
  EXPECT_TRUE(before.indexed.index->FindPerson("passports/p1"));
}

TEST(IndexFollower, APersonWithANewSkillIsSeenWithItWithoutWaitingForTheImport) {
  MatchWorld world;
  for (int round = 0; round < 10; ++round) {
    const std::string skill = "new" + std::to_string(round);
    std::vector<v1::Concept> concepts = {MakeSkill("weed"), MakeSkill("dig")};
    for (int number = 0; number <= round; ++number) {
      concepts.push_back(MakeSkill("new" + std::to_string(number)));
    }
    ASSERT_TRUE(world.taxonomies().Import(concepts).ok());
    v1::Task task = AGardenTask("t");
    task.mutable_required_skills(0)->set_skill(Named(skill));
    task.mutable_required_skills(0)->set_learnable(false);
    world.Put(task);
    world.Put(AGardener("p"));
    world.Record("p", skill, 3);

    EXPECT_THAT(world.CandidatesFor("t"), ElementsAre("passports/p"));
    world.Erase("p");
  }
}

TEST(IndexFollower, ANewPolicyCountsAtOnce) {
  MatchWorld world;
  EXPECT_EQ(world.Current().policies->rbegin()->first, 1u);
  matcher::Policy policy;
  policy.wishes.unmet = 4'321;
  world.PublishPolicy(2, policy);
  EXPECT_EQ(world.Current().policies->at(2).wishes.unmet, 4'321);
}

// A store that can be told what Tail gives.
class TailStore : public storage::Store {
 public:
  explicit TailStore(storage::Store& inner) : inner_(inner) {}

  void FailTail(absl::Status status, int times) {
    absl::MutexLock lock(&mutex_);
    failure_ = std::move(status);
    failures_left_ = times;
  }
  int failures_left() const {
    absl::MutexLock lock(&mutex_);
    return failures_left_;
  }

  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override {
    return inner_.Commit(std::move(batch));
  }
  absl::StatusOr<std::vector<std::optional<storage::Record>>> Read(
      const std::vector<storage::Key>& keys) const override {
    return inner_.Read(keys);
  }
  absl::Status Scan(const storage::ScanRange& range,
                    const std::function<bool(storage::Record)>& visit) const override {
    return inner_.Scan(range, visit);
  }
  absl::StatusOr<std::unique_ptr<storage::Snapshot>> GetSnapshot() const override {
    return inner_.GetSnapshot();
  }
  absl::StatusOr<std::vector<storage::JournalEntry>> Tail(storage::Sequence after,
                                                          size_t limit) const override {
    absl::MutexLock lock(&mutex_);
    if (failures_left_ > 0) {
      --failures_left_;
      return failure_;
    }
    return inner_.Tail(after, limit);
  }
  storage::Sequence LastSequence() const override { return inner_.LastSequence(); }
  storage::Sequence AwaitCommit(storage::Sequence after, absl::Time deadline) const override {
    return inner_.AwaitCommit(after, deadline);
  }
  absl::StatusOr<std::optional<storage::Receipt>> FindReceipt(
      std::string_view request) const override {
    return inner_.FindReceipt(request);
  }
  absl::Status CompactJournal(storage::Sequence through) override {
    return inner_.CompactJournal(through);
  }
  absl::Status Fence(uint64_t epoch) override { return inner_.Fence(epoch); }

 private:
  storage::Store& inner_;
  mutable absl::Mutex mutex_;
  absl::Status failure_;
  mutable int failures_left_ = 0;
};

class FailingFollowerTest : public testing::Test {
 protected:
  FailingFollowerTest() : store_(world_.store()) {
    auto follower = IndexFollower::Start(store_, world_.taxonomies().catalog(),
                                         {.system_clock = [] { return absl::Now(); },
                                          .log = [this](std::string_view line) { Log(line); },
                                          .stopped = [this] { stopped_ = true; }});
    EXPECT_TRUE(follower.ok()) << follower.status();
    follower_ = *std::move(follower);
  }

  void Log(std::string_view line) {
    absl::MutexLock lock(&mutex_);
    lines_.emplace_back(line);
  }
  std::vector<std::string> Lines() {
    absl::MutexLock lock(&mutex_);
    return lines_;
  }
  absl::StatusOr<MatchView> Applied() {
    return follower_->AwaitApplied(store_.LastSequence(), world_.Call());
  }

  MatchWorld world_;
  TailStore store_;
  absl::Mutex mutex_;
  std::vector<std::string> lines_;
  std::atomic<bool> stopped_ = false;
  std::unique_ptr<IndexFollower> follower_;
};

TEST_F(FailingFollowerTest, StartsOverWhereTheJournalNoLongerReachesBack) {
  store_.FailTail(absl::OutOfRangeError("compacted away"), 1);
  world_.Put(AGardener("p1"));
  world_.Record("p1", "weed", 3);

  const auto view = Applied();

  ASSERT_TRUE(view.ok()) << view.status();
  EXPECT_EQ(view->indexed.index->FindPerson("passports/p1"),
            world_.Current().indexed.index->FindPerson("passports/p1"));
  while (store_.failures_left() > 0) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_THAT(Lines(), Contains(HasSubstr("starting over")));
}

TEST_F(FailingFollowerTest, TriesAgainWhereTheStoreIsAway) {
  store_.FailTail(absl::UnavailableError("not now"), 2);
  world_.Put(AGardener("p1"));
  const auto view = Applied();
  ASSERT_TRUE(view.ok());
  EXPECT_TRUE(view->indexed.index->FindPerson("passports/p1"));
  EXPECT_TRUE(follower_->health().ok());
  EXPECT_FALSE(stopped_);
}

TEST_F(FailingFollowerTest, StopsForGoodWhereDataIsDamaged) {
  store_.FailTail(absl::DataLossError("a flipped bit"), 1'000'000);
  world_.Put(AGardener("p1"));
  EXPECT_EQ(Applied().status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(follower_->health().code(), absl::StatusCode::kDataLoss);
  // What is applied already is not given either: it may be wrong.
  EXPECT_EQ(follower_->AwaitApplied(1, world_.Call()).status().code(), absl::StatusCode::kDataLoss);
  while (!stopped_) absl::SleepFor(absl::Milliseconds(1));
}

TEST_F(FailingFollowerTest, ARecordThatCannotBeReadIsDamage) {
  storage::Batch batch;
  const storage::Key key{storage::RecordKind::kPassport, "p1"};
  batch.mutations.push_back({key, "no passport\xff"});
  batch.events.push_back({key, "\x01"});
  ASSERT_TRUE(store_.Commit(std::move(batch)).ok());
  EXPECT_EQ(ReasonOf(Applied().status()), v1::ERROR_REASON_DAMAGED_DATA);
}

TEST_F(FailingFollowerTest, WaitingEndsAtTheDeadlineOfTheCall) {
  store_.FailTail(absl::UnavailableError("not now"), 1'000'000);
  world_.Put(AGardener("p1"));
  CallContext call = world_.Call();
  call.deadline = absl::Now() + absl::Milliseconds(20);
  const auto view = follower_->AwaitApplied(store_.LastSequence(), call);
  EXPECT_EQ(ReasonOf(view.status()), v1::ERROR_REASON_DEADLINE_EXCEEDED);
}

}  // namespace
}  // namespace passend::service
