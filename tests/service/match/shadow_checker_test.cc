#include "service/match/shadow_checker.h"

#include <atomic>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

// Eight bytes of a number, the lowest first, as this machine has them.
std::string BytesOf(uint64_t number) {
  return std::string(reinterpret_cast<const char*>(&number), sizeof number);
}

class ShadowCheckerTest : public testing::Test {
 protected:
  ShadowCheckerTest() {
    for (int number = 0; number < 6; ++number) {
      world_.Put(AGardener(absl::StrCat("secret", number)));
      world_.Record(absl::StrCat("secret", number), "weed", 1 + number % 4);
      world_.Put(AGardenTask(absl::StrCat("t", number)));
    }
    task_.set_task("tasks/t1");
    person_.set_passport("passports/secret1");
    parts_.shadow = nullptr;
  }

  // Checks one in `one_in`; the randomness is 0, 1, 2, ...
  void Start(uint32_t one_in) {
    checker_.emplace(
        one_in, [this](size_t) { return BytesOf(random_++); },
        [this](std::string_view line) { Log(line); });
    parts_.shadow = &*checker_;
  }
  void Log(std::string_view line) {
    absl::MutexLock lock(&mutex_);
    lines_.emplace_back(line);
  }
  std::vector<std::string> Lines() {
    absl::MutexLock lock(&mutex_);
    return lines_;
  }
  v1::FindCandidatesResponse FindCandidates() {
    auto page = CandidateFinder(parts_).Find(world_.Call(), task_);
    EXPECT_TRUE(page.ok()) << page.status();
    return *std::move(page);
  }
  void FindTasks() {
    const auto page = TaskFinder(parts_).Find(world_.Call(), person_);
    EXPECT_TRUE(page.ok()) << page.status();
  }
  // Swaps the first two of each list of people.
  void PlantAFault() {
    parts_.ranking.people = [](const matcher::IndexSnapshot& index,
                               const matcher::ScoringBasis& basis, const matcher::Work& work,
                               const matcher::RankOptions& options) {
      auto ranked = index.RankAndCopyPeople(basis, work, options);
      EXPECT_TRUE(ranked.ok());
      std::swap(ranked->ranking.list.at(0), ranked->ranking.list.at(1));
      std::swap(ranked->people.at(0), ranked->people.at(1));
      return ranked;
    };
  }

  MatchWorld world_;
  MatchParts parts_ = world_.parts();
  v1::FindCandidatesRequest task_;
  v1::FindTasksRequest person_;
  std::atomic<uint64_t> random_ = 0;
  absl::Mutex mutex_;
  std::vector<std::string> lines_;
  std::optional<ShadowChecker> checker_;
};

TEST_F(ShadowCheckerTest, FindsNothingWhereNothingIsWrong) {
  Start(1);
  for (int round = 0; round < 5; ++round) {
    FindCandidates();
    FindTasks();
    checker_->AwaitIdle();
    world_.Record("secret2", "dig", 3);  // the data moves on meanwhile
  }
  EXPECT_EQ(checker_->counts().checked, 10u);
  EXPECT_EQ(checker_->counts().different, 0u);
  checker_.reset();
  EXPECT_THAT(Lines(), ElementsAre("shadow checks: 10 answers checked, 0 of them wrong; 0 dropped, "
                                   "0 of too large an index"));
}

TEST_F(ShadowCheckerTest, SeesAFaultAndNamesNobody) {
  PlantAFault();
  Start(1);
  const int64_t sequence = FindCandidates().basis().data_sequence();
  checker_->AwaitIdle();
  task_.mutable_inline_task()->CopyFrom(AGardenTask("carved"));
  FindCandidates();
  checker_->AwaitIdle();
  FindTasks();  // these are right
  checker_->AwaitIdle();
  EXPECT_EQ(checker_->counts().checked, 3u);
  EXPECT_EQ(checker_->counts().different, 2u);
  EXPECT_THAT(
      Lines(),
      ElementsAre(absl::StrCat("ERROR: a shadow check found a wrong answer, at commit ", sequence,
                               ", by policies/1, for tasks/t1: another order by "
                               "the plain algorithm"),
                  AllOf(HasSubstr("for a task that is not stored: another order"),
                        Not(HasSubstr("carved")))));
  for (const std::string& line : Lines()) EXPECT_THAT(line, Not(HasSubstr("secret")));
}

TEST_F(ShadowCheckerTest, SeesAFaultInAPersonsListAndDoesNotSayWhose) {
  parts_.ranking.works = [](const matcher::IndexSnapshot& index, const matcher::ScoringBasis& basis,
                            const matcher::Person& person, const matcher::RankOptions& options) {
    auto ranked = index.RankAndCopyWorks(basis, person, options);
    EXPECT_TRUE(ranked.ok());
    --ranked->ranking.list.at(0).score;
    return ranked;
  };
  Start(1);
  FindTasks();
  checker_->AwaitIdle();
  EXPECT_THAT(Lines(), ElementsAre(AllOf(HasSubstr("for a person: another scores"),
                                         Not(HasSubstr("secret")))));
}

TEST_F(ShadowCheckerTest, ChecksTheShareThatItWasToldTo) {
  Start(4);
  for (int round = 0; round < 20; ++round) {
    FindCandidates();
    checker_->AwaitIdle();
  }
  EXPECT_EQ(random_, 20u);  // each answer draws once
  EXPECT_EQ(checker_->counts().checked, 5u);
}

TEST_F(ShadowCheckerTest, DropsWhatThereIsNoRoomFor) {
  // The first wrong answer holds the checker up until its line is taken.
  PlantAFault();
  absl::Notification logging;
  absl::Notification go_on;
  checker_.emplace(
      1, [](size_t) { return BytesOf(0); },
      [&](std::string_view) {
        if (!logging.HasBeenNotified()) logging.Notify();
        go_on.WaitForNotification();
      });
  parts_.shadow = &*checker_;
  FindCandidates();
  logging.WaitForNotification();
  for (size_t number = 0; number < kShadowQueueMax + 3; ++number) FindCandidates();
  EXPECT_EQ(checker_->counts().dropped, 3u);
  go_on.Notify();
  checker_->AwaitIdle();
  EXPECT_EQ(checker_->counts().checked, kShadowQueueMax + 1);
  EXPECT_EQ(checker_->counts().different, kShadowQueueMax + 1);
  checker_.reset();  // it logs once more at its end
}

}  // namespace
}  // namespace passend::service
