#include "service/match/match_page.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(MatchCursor, ParsesWhatItMakes) {
  const MatchCursor cursor{"abc", 980, 18'446'744'073'709'551'615u};
  EXPECT_EQ(ParseCursor(MakeCursor(cursor)), cursor);
  for (const char* broken : {"", "a", "a:1", ":1:2", "a:-1:2", "a:1:x", "a:1:2:3", "a:1:", "a: 1:2",
                             "a:+1:2", "a:01:2", "a:1:2\t"}) {
    EXPECT_EQ(ParseCursor(broken), std::nullopt) << broken;
  }
}

TEST(PoolSummary, CountsOnlyCausesThatExcludedSomebody) {
  matcher::PoolCounts counts;
  counts.considered = 10;
  counts.ranked = 4;
  counts.to_be_asked = 1;
  counts.excluded[static_cast<int>(matcher::GateCause::kTravel)] = 3;
  counts.excluded[static_cast<int>(matcher::GateCause::kNothingFits)] = 2;
  const v1::PoolSummary summary = ToProto(counts);
  EXPECT_EQ(summary.considered(), 10);
  EXPECT_EQ(summary.ranked(), 4);
  EXPECT_EQ(summary.to_be_asked(), 1);
  ASSERT_THAT(summary.exclusions(), SizeIs(2));
  EXPECT_EQ(summary.exclusions(0).cause(), v1::GATE_CAUSE_TRAVEL);
  EXPECT_EQ(summary.exclusions(0).count(), 3);
  EXPECT_EQ(summary.exclusions(1).cause(), v1::GATE_CAUSE_NOTHING_FITS);
  EXPECT_EQ(summary.exclusions(1).count(), 2);
}

TEST(WhyEnded, IsWhatEndedTheCall) {
  CallContext context;
  context.deadline = absl::InfinitePast();
  EXPECT_EQ(ReasonOf(WhyEnded(absl::CancelledError(""), context)),
            v1::ERROR_REASON_DEADLINE_EXCEEDED);
  EXPECT_EQ(WhyEnded(absl::InternalError("else"), context), absl::InternalError("else"));
}

class MatchPageTokenTest : public testing::Test {
 protected:
  MatchPageTokenTest() {
    for (int number = 0; number < 3; ++number) {
      world_.Put(AGardener("p" + std::to_string(number)));
      world_.Put(AGardenTask("t" + std::to_string(number)));
    }
    candidates_.set_task("tasks/t0");
    candidates_.set_page_size(1);
    tasks_.set_passport("passports/p0");
    tasks_.set_page_size(1);
  }

  absl::StatusOr<v1::FindCandidatesResponse> FindCandidates() {
    return world_.candidates().Find(world_.Call(), candidates_);
  }
  absl::StatusOr<v1::FindTasksResponse> FindTasks() {
    return world_.tasks().Find(world_.Call(), tasks_);
  }

  MatchWorld world_;
  v1::FindCandidatesRequest candidates_;
  v1::FindTasksRequest tasks_;
};

TEST_F(MatchPageTokenTest, IsForTheMethodThatMadeIt) {
  const auto of_candidates = FindCandidates();
  const auto of_tasks = FindTasks();
  ASSERT_TRUE(of_candidates.ok() && of_tasks.ok());
  candidates_.set_page_token(of_tasks->next_page_token());
  tasks_.set_page_token(of_candidates->next_page_token());
  EXPECT_EQ(ReasonOf(FindCandidates().status()), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
  EXPECT_EQ(ReasonOf(FindTasks().status()), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
}

TEST_F(MatchPageTokenTest, IsForOneDatabase) {
  candidates_.set_page_token(FindCandidates()->next_page_token());
  EXPECT_TRUE(FindCandidates().ok());
  candidates_.set_page_token(
      PageTokens(std::string(32, 'q'))
          .Make("passend.v1.MatchService.FindCandidates", candidates_, "0:1:2"));
  EXPECT_EQ(ReasonOf(FindCandidates().status()), v1::ERROR_REASON_INVALID_PAGE_TOKEN);
}

TEST_F(MatchPageTokenTest, TheSameTokenGivesTheSamePageEveryTime) {
  candidates_.set_page_token(FindCandidates()->next_page_token());
  const auto once = FindCandidates();
  const auto again = FindCandidates();
  ASSERT_TRUE(once.ok() && again.ok());
  EXPECT_EQ(once->SerializeAsString(), again->SerializeAsString());
}

TEST_F(MatchPageTokenTest, TheLastPageHasNone) {
  candidates_.set_page_size(3);
  EXPECT_THAT(FindCandidates()->next_page_token(), IsEmpty());
  candidates_.set_page_size(2);
  candidates_.set_page_token(FindCandidates()->next_page_token());
  const auto last = FindCandidates();
  ASSERT_TRUE(last.ok());
  EXPECT_THAT(last->candidates(), SizeIs(1));
  EXPECT_THAT(last->next_page_token(), IsEmpty());
}

// All that follows the first page is of its data version, whatever changes in between.
TEST_F(MatchPageTokenTest, PinsADataVersion) {
  const auto first = FindCandidates();
  const auto first_tasks = FindTasks();
  ASSERT_TRUE(first.ok() && first_tasks.ok());
  for (int change = 0; change < 5; ++change) {
    world_.Put(AGardener(absl::StrCat("new", change)));
    for (const char* id : {"t0", "t1", "t2", "t"}) {
      v1::Task task = AGardenTask(id);
      task.set_title("another title");
      world_.Put(task);
    }
    world_.PublishPolicy(static_cast<uint32_t>(2 + change), matcher::Policy());
  }
  candidates_.set_page_token(first->next_page_token());
  tasks_.set_page_token(first_tasks->next_page_token());
  const auto second = FindCandidates();
  const auto second_tasks = FindTasks();
  ASSERT_TRUE(second.ok() && second_tasks.ok());
  EXPECT_EQ(second->basis().SerializeAsString(), first->basis().SerializeAsString());
  EXPECT_EQ(second->summary().SerializeAsString(), first->summary().SerializeAsString());
  EXPECT_EQ(second_tasks->basis().SerializeAsString(), first_tasks->basis().SerializeAsString());
  EXPECT_NE(second_tasks->tasks(0).title(), "another title");
  // The same question anew is of now.
  candidates_.clear_page_token();
  EXPECT_GT(FindCandidates()->basis().data_sequence(), first->basis().data_sequence());
}

TEST_F(MatchPageTokenTest, ThatExpiredSaysOfWhatItWas) {
  const auto first = FindCandidates();
  ASSERT_TRUE(first.ok());
  candidates_.set_page_token(first->next_page_token());
  world_.Advance(kResultsKeptFor);
  const absl::Status expired = FindCandidates().status();
  EXPECT_EQ(expired.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(
      expired.message(),
      absl::StrCat("the list of this page_token, as of commit ", first->basis().data_sequence(),
                   ", is no longer kept; please ask for the first page again"));
}

// Whoever asks for another commit asks another question.
TEST_F(MatchPageTokenTest, IsForTheSameCommitAtLeast) {
  candidates_.set_page_token(FindCandidates()->next_page_token());
  candidates_.set_min_data_sequence(1);
  EXPECT_EQ(ReasonOf(FindCandidates().status()), v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS);
}

// The oldest lists make room; who still pages through one is told to ask again.
TEST_F(MatchPageTokenTest, EndsWhenTooManyAskedSince) {
  candidates_.set_page_token(FindCandidates()->next_page_token());
  v1::FindCandidatesRequest another = candidates_;
  another.clear_page_token();
  for (size_t number = 0; number < kResultsKeptMax; ++number) {
    ASSERT_TRUE(world_.candidates().Find(world_.Call(), another).ok());
  }
  EXPECT_EQ(ReasonOf(FindCandidates().status()), v1::ERROR_REASON_PAGE_EXPIRED);
}

}  // namespace
}  // namespace passend::service
