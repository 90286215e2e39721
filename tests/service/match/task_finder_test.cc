#include "service/match/task_finder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

v1::FindTasksRequest Of(const std::string& passport_id) {
  v1::FindTasksRequest request;
  request.set_passport("passports/" + passport_id);
  return request;
}

v1::Task ATaskOfForm(const std::string& id, v1::ParticipationForm form) {
  v1::Task task = AGardenTask(id);
  task.set_participation_form(form);
  return task;
}

class TaskFinderTest : public testing::Test {
 protected:
  absl::StatusOr<v1::FindTasksResponse> Find(const v1::FindTasksRequest& request) {
    return world_.tasks().Find(world_.Call(), request);
  }

  MatchWorld world_;
};

TEST_F(TaskFinderTest, RanksOpenTasksForAPerson) {
  world_.Put(AGardener("p"));
  world_.Record("p", "weed", 3);
  v1::Task harder = AGardenTask("harder");
  harder.mutable_required_skills(0)->set_level(5);
  world_.Put(harder);
  world_.Put(AGardenTask("fitting"));
  v1::Task closed = AGardenTask("closed");
  closed.set_state(v1::TASK_STATE_CLOSED);
  world_.Put(closed);

  const auto page = Find(Of("p"));

  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->tasks(), SizeIs(2));
  EXPECT_EQ(page->tasks(0).task(), "tasks/fitting");
  EXPECT_EQ(page->tasks(0).title(), "Garden help fitting");
  EXPECT_EQ(page->tasks(0).rank(), 1);
  EXPECT_EQ(page->tasks(1).task(), "tasks/harder");
  EXPECT_EQ(page->summary().ranked(), 2);
}

TEST_F(TaskFinderTest, APersonWhoTakesATimeOutMayLook) {
  v1::Passport paused = AGardener("p");
  paused.set_state(v1::PASSPORT_STATE_PAUSED);
  world_.Put(paused);
  world_.Put(AGardenTask("t"));
  const auto page = Find(Of("p"));
  ASSERT_TRUE(page.ok());
  EXPECT_THAT(page->tasks(), SizeIs(1));
}

TEST_F(TaskFinderTest, WhereLittleFitsTheNearestAreShownWithWhatWouldOpenThem) {
  world_.Put(AGardener("p"));
  world_.Put(ATaskOfForm("fits", v1::PARTICIPATION_FORM_BASIC_JOB));
  v1::Task two_gates = ATaskOfForm("far-off", v1::PARTICIPATION_FORM_REGULAR_WORK);
  two_gates.mutable_hours()->set_start_weekly_hours(40);
  world_.Put(two_gates);
  for (const std::string id : {"near1", "near2", "near3"}) {
    world_.Put(ATaskOfForm(id, v1::PARTICIPATION_FORM_VOLUNTARY_WORK));
  }

  const auto page = Find(Of("p"));

  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->tasks(), SizeIs(1));
  ASSERT_THAT(page->nearest(), SizeIs(3));
  for (const v1::TaskMatch& near : page->nearest()) {
    EXPECT_THAT(near.task(), HasSubstr("tasks/near"));
    EXPECT_EQ(near.rank(), 0);
    ASSERT_THAT(near.fit().gates(), SizeIs(1));
    EXPECT_EQ(near.fit().gates(0).cause(), v1::GATE_CAUSE_PARTICIPATION_FORM);
    EXPECT_THAT(near.fit().gates(0).reason(), HasSubstr("vrijwilligerswerk"));
    EXPECT_THAT(near.fit().gates(0).lift(), testing::Not(IsEmpty()));
  }
}

TEST_F(TaskFinderTest, WhereEnoughFitsNothingNearestIsShown) {
  world_.Put(AGardener("p"));
  for (const std::string id : {"a", "b", "c"}) world_.Put(AGardenTask(id));
  world_.Put(ATaskOfForm("d", v1::PARTICIPATION_FORM_VOLUNTARY_WORK));
  EXPECT_THAT(Find(Of("p"))->nearest(), IsEmpty());
}

TEST_F(TaskFinderTest, PagesStayTheSameWhileTasksClose) {
  world_.Put(AGardener("p"));
  for (const std::string id : {"a", "b", "c", "d", "e"}) world_.Put(AGardenTask(id));
  v1::FindTasksRequest request = Of("p");
  request.set_page_size(2);
  std::set<std::string> seen;
  for (int page_number = 0; page_number < 3; ++page_number) {
    const auto page = Find(request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::TaskMatch& match : page->tasks()) {
      EXPECT_EQ(match.rank(), static_cast<int>(seen.size()) + 1);
      seen.insert(match.task());
    }
    EXPECT_THAT(page->nearest(), IsEmpty());
    request.set_page_token(page->next_page_token());
    for (const std::string id : {"a", "b", "c", "d", "e"}) {
      v1::Task closed = AGardenTask(id);
      closed.set_state(v1::TASK_STATE_CLOSED);
      world_.Put(closed);
    }
  }
  EXPECT_THAT(seen, SizeIs(5));
}

TEST_F(TaskFinderTest, WhoIsErasedIsToldOfNoMore) {
  world_.Put(AGardener("p"));
  for (const std::string id : {"a", "b", "c"}) world_.Put(AGardenTask(id));
  v1::FindTasksRequest request = Of("p");
  request.set_page_size(1);
  request.set_page_token(Find(request)->next_page_token());
  world_.Erase("p");
  EXPECT_EQ(ReasonOf(Find(request).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

TEST_F(TaskFinderTest, NamesAPersonWhoIsNotThere) {
  const auto page = Find(Of("nobody"));
  EXPECT_EQ(ReasonOf(page.status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

TEST_F(TaskFinderTest, AnExplanationHasEveryTermWhateverTheOutcome) {
  v1::Passport paused = AGardener("p");
  paused.set_state(v1::PASSPORT_STATE_PAUSED);
  world_.Put(paused);
  world_.Record("p", "weed", 3);
  v1::Task closed = ATaskOfForm("t", v1::PARTICIPATION_FORM_REGULAR_WORK);
  closed.set_state(v1::TASK_STATE_CLOSED);
  world_.Put(closed);
  v1::ExplainMatchRequest request;
  request.set_passport("passports/p");
  request.set_task("tasks/t");
  request.mutable_options()->set_language_code("en");

  const auto explained = Explain(world_.Call(), request, world_.parts());

  ASSERT_TRUE(explained.ok()) << explained.status();
  EXPECT_EQ(explained->fit().outcome(), v1::FIT_OUTCOME_EXCLUDED);
  EXPECT_THAT(explained->fit().reasons(0), HasSubstr("regular work"));
  ASSERT_THAT(explained->fit().dimensions(0).skills(), SizeIs(1));
  EXPECT_EQ(explained->fit().dimensions(0).skills(0).held_label(), "weed");
  EXPECT_EQ(explained->fit().dimensions(0).skills(0).age_days(), 30);
  EXPECT_THAT(explained->fit().dimensions(1).wishes(), SizeIs(1));
  EXPECT_EQ(explained->basis().policy(), "policies/1");
}

TEST_F(TaskFinderTest, AnExplanationEqualsTheListThatItExplains) {
  world_.Put(AGardener("p"));
  world_.Record("p", "weed", 2);
  world_.Put(AGardenTask("t"));
  v1::ExplainMatchRequest request;
  request.set_passport("passports/p");
  *request.mutable_inline_task() = AGardenTask("t");

  const auto explained = Explain(world_.Call(), request, world_.parts());

  ASSERT_TRUE(explained.ok()) << explained.status();
  const v1::Fit listed = Find(Of("p"))->tasks(0).fit();
  EXPECT_EQ(explained->fit().score_basis_points(), listed.score_basis_points());
  EXPECT_EQ(explained->fit().loss(), listed.loss());
}

}  // namespace
}  // namespace passend::service
