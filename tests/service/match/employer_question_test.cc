#include "service/match/employer_question.h"

#include <functional>

#include "gtest/gtest.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using Regions = std::vector<std::string>;

enum class Change { kNothing, kList, kKind };

Change Between(const v1::Task& task, const Regions& regions = {}) {
  const EmployerQuestion before = QuestionOf(AGardenTask("t"), {});
  const EmployerQuestion after = QuestionOf(task, regions);
  if (before.kind_digest != after.kind_digest) return Change::kKind;
  return before.list_digest == after.list_digest ? Change::kNothing : Change::kList;
}

v1::Task With(const std::function<void(v1::Task&)>& change) {
  v1::Task task = AGardenTask("t");
  change(task);
  return task;
}

TEST(EmployerQuestion, IsTheSameWhateverIsSaidOfPaceAndSupport) {
  EXPECT_EQ(Between(AGardenTask("u")), Change::kNothing);
  EXPECT_EQ(Between(With([](auto& task) { task.mutable_pace()->set_tempo_percent(60); })),
            Change::kNothing);
  EXPECT_EQ(Between(With([](auto& task) { task.set_kind(v1::WORK_KIND_GREEN); })),
            Change::kNothing);
  EXPECT_EQ(Between(With([](auto& task) {
              task.add_support_offers()->set_solution(v1::SUPPORT_SOLUTION_GUIDANCE_JOB_COACH);
            })),
            Change::kNothing);
  EXPECT_EQ(Between(With([](auto& task) { task.set_title("Weeding"); })), Change::kNothing);
  EXPECT_EQ(Between(With([](auto& task) { task.set_pay_form(v1::PAY_FORM_UNPAID); })),
            Change::kNothing);
}

TEST(EmployerQuestion, IsOfTheSameKindWithOtherLevelsHoursAndConditions) {
  EXPECT_EQ(Between(With([](auto& task) { task.mutable_required_skills(0)->set_level(1); })),
            Change::kList);
  EXPECT_EQ(Between(With([](auto& task) { task.mutable_hours()->set_start_weekly_hours(8); })),
            Change::kList);
  EXPECT_EQ(Between(With([](auto& task) { task.add_features(v1::WORK_FEATURE_OUTDOORS); })),
            Change::kList);
  EXPECT_EQ(Between(With([](auto& task) { task.mutable_place()->clear_remote(); })), Change::kList);
  EXPECT_EQ(Between(With([](auto& task) {
              task.add_support_offers()->set_solution(v1::SUPPORT_SOLUTION_TECHNICAL_TRANSPORT);
            })),
            Change::kList);
}

TEST(EmployerQuestion, IsOfAnotherKindWithOtherSkillsThemesFormsAndRegions) {
  EXPECT_EQ(
      Between(With([](auto& task) { task.mutable_required_skills(0)->set_skill(Named("dig")); })),
      Change::kKind);
  EXPECT_EQ(Between(With([](auto& task) { task.clear_required_skills(); })), Change::kKind);
  EXPECT_EQ(Between(With([](auto& task) { task.add_features(v1::WORK_FEATURE_CARE); })),
            Change::kKind);
  EXPECT_EQ(Between(With([](auto& task) {
              task.set_participation_form(v1::PARTICIPATION_FORM_REGULAR_WORK);
            })),
            Change::kKind);
  EXPECT_EQ(Between(With([](auto& task) { task.mutable_place()->set_region("drenthe"); })),
            Change::kKind);
  EXPECT_EQ(Between(With([](auto& task) { task.set_employer("employers/other"); })), Change::kKind);
  EXPECT_EQ(Between(AGardenTask("t"), {"drenthe"}), Change::kKind);
}

TEST(EmployerQuestion, HasNoOrder) {
  v1::Task task = AGardenTask("t");
  task.add_required_skills()->set_skill(Named("dig"));
  task.add_features(v1::WORK_FEATURE_CARE);
  v1::Task turned = task;
  turned.mutable_required_skills()->SwapElements(0, 1);
  turned.mutable_features()->SwapElements(0, 1);
  const EmployerQuestion one = QuestionOf(task, {"drenthe", "groningen"});
  const EmployerQuestion other = QuestionOf(turned, {"groningen", "drenthe"});
  EXPECT_EQ(one.kind_digest, other.kind_digest);
  EXPECT_EQ(one.list_digest, other.list_digest);
}

}  // namespace
}  // namespace passend::service
