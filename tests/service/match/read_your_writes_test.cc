// min_data_sequence: answers have at least what the caller wrote, imports too.
#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/validation/field_check.h"
#include "tests/service/match/fragile_store.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::HasSubstr;

// The world's store, seen by a follower through one that fails when told.
class ReadYourWritesTest : public testing::Test {
 protected:
  ReadYourWritesTest() : store_(world_.store()) {
    world_.Put(AGardenTask("t"));
    world_.Put(AGardener("p"));
    auto follower = IndexFollower::Start(store_, world_.taxonomies().catalog(), {});
    EXPECT_TRUE(follower.ok()) << follower.status();
    follower_ = *std::move(follower);
    const MatchParts parts = world_.parts();
    parts_.emplace(MatchParts{store_, *follower_, parts.catalog, parts.page_tokens,
                              parts.references, nullptr, parts.surroundings});
    call_ = world_.Call();
  }

  // The same question in three ways: of candidates, of tasks, of a pair.
  std::vector<absl::StatusOr<v1::MatchBasis>> AskAll(int64_t min_data_sequence) {
    std::vector<absl::StatusOr<v1::MatchBasis>> bases;
    const auto take = [&](const auto& answer) {
      if (answer.ok()) {
        bases.push_back(answer->basis());
      } else {
        bases.push_back(answer.status());
      }
    };
    v1::FindCandidatesRequest candidates;
    candidates.set_task("tasks/t");
    candidates.set_min_data_sequence(min_data_sequence);
    take(CandidateFinder(*parts_).Find(call_, candidates));
    v1::FindTasksRequest tasks;
    tasks.set_passport("passports/p");
    tasks.set_min_data_sequence(min_data_sequence);
    take(TaskFinder(*parts_).Find(call_, tasks));
    v1::ExplainMatchRequest pair;
    pair.set_task("tasks/t");
    pair.set_passport("passports/p");
    pair.set_min_data_sequence(min_data_sequence);
    take(Explain(call_, pair, *parts_));
    return bases;
  }
  int64_t Last() const { return static_cast<int64_t>(world_.store().LastSequence()); }

  mutable MatchWorld world_;
  FragileStore store_;
  std::unique_ptr<IndexFollower> follower_;
  std::optional<MatchParts> parts_;
  CallContext call_;
};

TEST_F(ReadYourWritesTest, AnswersHaveTheCommitThatWasAskedFor) {
  for (int round = 0; round < 20; ++round) {
    world_.Put(AGardener("p"));
    for (const auto& basis : AskAll(Last())) {
      ASSERT_TRUE(basis.ok()) << basis.status();
      EXPECT_EQ(basis->data_sequence(), Last());
    }
  }
}

TEST_F(ReadYourWritesTest, WhoAsksForAnOldCommitGetsTheNewestAllTheSame) {
  for (const int64_t asked : {int64_t{0}, int64_t{1}}) {
    world_.Put(AGardener("p"));
    for (const auto& basis : AskAll(asked)) {
      ASSERT_TRUE(basis.ok()) << basis.status();
      EXPECT_EQ(basis->data_sequence(), Last());
    }
  }
}

TEST_F(ReadYourWritesTest, ACommitThatIsNotThereIsRefusedAtOnce) {
  for (const auto& basis : AskAll(Last() + 1)) {
    EXPECT_EQ(basis.status().code(), absl::StatusCode::kOutOfRange);
    EXPECT_EQ(ReasonOf(basis.status()), v1::ERROR_REASON_FUTURE_SEQUENCE);
    EXPECT_EQ(basis.status().message(), absl::StrCat("min_data_sequence: must be at most ", Last(),
                                                     ", the last commit there is"));
    EXPECT_EQ(BadRequestOf(basis.status())->field_violations(0).field(), "min_data_sequence");
  }
}

TEST_F(ReadYourWritesTest, ANegativeOneBreaksTheRuleOfTheField) {
  v1::FindCandidatesRequest request;
  request.set_task("tasks/t");
  request.set_min_data_sequence(-1);
  EXPECT_EQ(BadRequestOf(CheckRequest(request))->field_violations(0).field(), "min_data_sequence");
}

TEST_F(ReadYourWritesTest, NobodyWaitsForWhatIsOnlyAboutAnswers) {
  parts_->awaited = world_.parts().awaited;
  ASSERT_TRUE(follower_->AwaitApplied(world_.store().LastSequence(), call_).ok());
  const int64_t write = Last();
  store_.FailTail(absl::UnavailableError("not now"), 1'000'000);
  for (int look = 0; look < 3; ++look) world_.Look("p");
  ASSERT_EQ(Last(), write + 3);
  for (const int64_t asked : {int64_t{0}, write, write + 1, write + 3}) {
    for (const auto& basis : AskAll(asked)) {
      ASSERT_TRUE(basis.ok()) << basis.status();
      EXPECT_EQ(basis->data_sequence(), write + 3);
    }
  }
  for (const auto& basis : AskAll(write + 4)) {
    EXPECT_EQ(ReasonOf(basis.status()), v1::ERROR_REASON_FUTURE_SEQUENCE);
  }
  // But for what comes afterwards.
  world_.Put(AGardener("q"));
  world_.Look("p");
  call_.deadline = SteadyNow() + absl::Milliseconds(30);
  for (const int64_t asked : {int64_t{0}, write}) {
    for (const auto& basis : AskAll(asked)) {
      EXPECT_EQ(ReasonOf(basis.status()), v1::ERROR_REASON_INDEX_BEHIND);
    }
  }
}

TEST_F(ReadYourWritesTest, WaitsWithinTheDeadlineAndSaysHowFarTheIndexIs) {
  const int64_t reached = Last();
  store_.FailTail(absl::UnavailableError("not now"), 1'000'000);
  world_.Put(AGardener("p"));
  call_.deadline = SteadyNow() + absl::Milliseconds(30);
  for (const auto& basis : AskAll(Last())) {
    EXPECT_EQ(basis.status().code(), absl::StatusCode::kDeadlineExceeded);
    EXPECT_EQ(ReasonOf(basis.status()), v1::ERROR_REASON_INDEX_BEHIND);
    EXPECT_EQ(basis.status().message(),
              absl::StrCat("commit ", Last(), " is not in the index yet, which has come to commit ",
                           reached, "; please try again, with more time"));
  }
}

TEST_F(ReadYourWritesTest, WaitsNoLongerThanAThreadCanBeSpared) {
  store_.FailTail(absl::UnavailableError("not now"), 1'000'000);
  world_.Put(AGardener("p"));
  // Each look at the clock is ten seconds later.
  auto looks = std::make_shared<std::atomic<int>>(0);
  call_.steady_now = [looks] { return absl::FromUnixSeconds(10 * ++*looks); };
  const auto view = follower_->AwaitApplied(world_.store().LastSequence(), call_);
  EXPECT_EQ(view.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(view.status()), v1::ERROR_REASON_INDEX_BEHIND);
  EXPECT_EQ(RetryInfoOf(view.status())->retry_delay().seconds(), 1);
}

TEST_F(ReadYourWritesTest, ACallThatWaitsCanBeCancelled) {
  store_.FailTail(absl::UnavailableError("not now"), 1'000'000);
  world_.Put(AGardener("p"));
  const auto cancelled = std::make_shared<std::atomic<bool>>(false);
  call_.cancel_signal = cancelled;
  std::thread caller([&] {
    for (const auto& basis : AskAll(Last())) {
      EXPECT_EQ(ReasonOf(basis.status()), v1::ERROR_REASON_CANCELLED);
    }
  });
  absl::SleepFor(absl::Milliseconds(5));  // most likely it waits by now; either way it ends
  *cancelled = true;
  caller.join();
}

// While an index over a new vocabulary is built, answers come from the old one and say so; who asks
// for the import waits for it.
TEST_F(ReadYourWritesTest, WhoImportedGetsAnswersWithTheImport) {
  const auto old_basis = AskAll(0).front();
  absl::Notification building;
  absl::Notification go_on;
  // The first snapshot is that of the commit with the import; the second is built from.
  store_.AfterSnapshot([&] {
    store_.AfterSnapshot([&] {
      building.Notify();
      go_on.WaitForNotification();
    });
  });
  ASSERT_TRUE(
      world_.taxonomies().Import({MakeSkill("weed"), MakeSkill("dig"), MakeSkill("new")}).ok());
  const int64_t import = Last();
  building.WaitForNotification();
  world_.Put(AGardener("q"));

  // Everything but the vocabulary.
  for (const auto& basis : AskAll(import - 1)) {
    ASSERT_TRUE(basis.ok()) << basis.status();
    EXPECT_EQ(basis->data_sequence(), Last());
    EXPECT_EQ(basis->taxonomies(0), old_basis->taxonomies(0));
  }
  call_.deadline = SteadyNow() + absl::Milliseconds(30);
  for (const auto& basis : AskAll(import)) {
    EXPECT_EQ(ReasonOf(basis.status()), v1::ERROR_REASON_INDEX_BEHIND);
    EXPECT_THAT(std::string(basis.status().message()),
                HasSubstr(absl::StrCat("commit ", import,
                                       " is not in the index yet, which has "
                                       "come to commit ",
                                       import - 1)));
  }
  call_.deadline = absl::InfiniteFuture();
  std::thread caller([&] {
    for (const auto& basis : AskAll(import)) {
      ASSERT_TRUE(basis.ok()) << basis.status();
      EXPECT_EQ(basis->data_sequence(), Last());
      EXPECT_EQ(basis->taxonomies(0), absl::StrCat("taxonomies/esco@", import));
    }
  });
  absl::SleepFor(absl::Milliseconds(5));
  go_on.Notify();
  caller.join();
}

}  // namespace
}  // namespace passend::service
