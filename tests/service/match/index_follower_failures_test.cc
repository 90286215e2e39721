#include <atomic>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/match/index_follower.h"
#include "service/match/match_records.h"
#include "tests/service/match/fragile_store.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::Contains;
using testing::HasSubstr;

class FailingFollowerTest : public testing::Test {
 protected:
  FailingFollowerTest() : store_(world_.store()) {
    auto follower = IndexFollower::Start(store_, world_.taxonomies().catalog(),
                                         {.log = [this](std::string_view line) { Log(line); },
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

  // Once no new index is being built; an error rather than waiting for ever.
  absl::StatusOr<MatchView> Rebuilt() {
    CallContext call = world_.Call();
    call.deadline = SteadyNow() + absl::Seconds(20);
    return follower_->AwaitComplete(store_.LastSequence(), call);
  }
  // Adds the skill "new" to the vocabulary.
  void ImportANewSkill() {
    const auto imported =
        world_.taxonomies().Import({MakeSkill("weed"), MakeSkill("dig"), MakeSkill("new")});
    EXPECT_TRUE(imported.ok()) << imported.status();
  }

  MatchWorld world_;
  FragileStore store_;
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
  EXPECT_EQ(PersonIn(*view, "passports/p1"), PersonIn(world_.Current(), "passports/p1"));
  while (store_.tail_failures_left() > 0) absl::SleepFor(absl::Milliseconds(1));
  EXPECT_THAT(Lines(), Contains(HasSubstr("starting over")));
}

TEST_F(FailingFollowerTest, TriesAgainWhereTheStoreIsAway) {
  store_.FailTail(absl::UnavailableError("not now"), 2);
  world_.Put(AGardener("p1"));
  const auto view = Applied();
  ASSERT_TRUE(view.ok());
  EXPECT_TRUE(PersonIn(*view, "passports/p1"));
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
  call.deadline = SteadyNow() + absl::Milliseconds(20);
  const auto view = follower_->AwaitApplied(store_.LastSequence(), call);
  EXPECT_EQ(ReasonOf(view.status()), v1::ERROR_REASON_INDEX_BEHIND);
  EXPECT_EQ(view.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_THAT(std::string(view.status().message()),
              HasSubstr("commit 2 is not in the index yet, which has come to commit 1"));
}

// A store that is away for a moment, at the very moment when a new index takes over, must not cost
// the new index what was written while it was built.
TEST_F(FailingFollowerTest, ANewIndexHasWhatWasWrittenMeanwhileThoughTheStoreWasAway) {
  world_.Put(AGardener("before"));
  ASSERT_TRUE(Applied().ok());
  absl::Notification building;
  absl::Notification go_on;
  // The first snapshot is that of the commit with the import; the second is built from.
  store_.AfterSnapshot([&] {
    store_.AfterSnapshot([&] {
      building.Notify();
      go_on.WaitForNotification();
    });
  });
  ImportANewSkill();
  building.WaitForNotification();
  world_.Put(AGardener("meanwhile"));
  world_.Put(AGardenTask("meanwhile"));
  ASSERT_TRUE(Applied().ok());
  store_.FailRead(absl::UnavailableError("not now"), 2);
  go_on.Notify();

  const auto view = Rebuilt();

  ASSERT_TRUE(view.ok()) << view.status();
  EXPECT_EQ(store_.read_failures_left(), 0);
  EXPECT_TRUE(view->catalog->taxonomy()->Find(Named("new")));
  EXPECT_TRUE(PersonIn(*view, "passports/before"));
  EXPECT_TRUE(PersonIn(*view, "passports/meanwhile"));
  EXPECT_EQ(view->index->works(), 1u);
  // What comes next reaches the same index.
  world_.Put(AGardener("after"));
  const auto next = Rebuilt();
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_TRUE(PersonIn(*next, "passports/after"));
}

// An import that comes while everything is read anew, just before or after the snapshot of people
// and tasks, is not lost: its entry in the journal may lie before the snapshot.
TEST_F(FailingFollowerTest, StartingOverDoesNotMissAnImportInBetween) {
  for (const bool before : {true, false}) {
    SCOPED_TRACE(before ? "before the snapshot" : "after the snapshot");
    absl::Notification imported;
    const auto import = [&] {
      std::vector<v1::Concept> concepts = {MakeSkill("weed"), MakeSkill("dig"), MakeSkill("new")};
      if (!before) concepts.push_back(MakeSkill("newer"));
      EXPECT_TRUE(world_.taxonomies().Import(concepts).ok());
      world_.Put(AGardener("p"));
      world_.Record("p", before ? "new" : "newer", 3);
      imported.Notify();
    };
    // The first snapshot finds that the journal does not reach back; the second is built from.
    store_.FailTail(absl::OutOfRangeError("compacted away"), 1);
    if (before) {
      store_.BeforeSnapshot([&] { store_.BeforeSnapshot(import); });
    } else {
      store_.BeforeSnapshot([&] { store_.AfterSnapshot([&] { store_.AfterSnapshot(import); }); });
    }
    world_.Put(AGardener("somebody"));
    imported.WaitForNotification();

    const auto view = Rebuilt();

    ASSERT_TRUE(view.ok()) << view.status();
    const auto person = PersonIn(*view, "passports/p");
    ASSERT_TRUE(person);
    EXPECT_EQ(person->skills.size(), before ? 1u : 2u);
    EXPECT_EQ(view->taxonomies, *ReadTaxonomyEtags(**world_.store().GetSnapshot()));
  }
}

}  // namespace
}  // namespace passend::service
