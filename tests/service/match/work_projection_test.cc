#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/match/projection.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(WorkOf, ReadsEveryPartOfATask) {
  v1::Task task;
  task.set_name("tasks/t");
  v1::RequiredSkill& required = *task.add_required_skills();
  required.set_skill("taxonomies/scenario/concepts/weed");
  required.set_level(4);
  required.set_importance(2);
  required.set_learnable(true);
  task.add_features(v1::WORK_FEATURE_GREEN);
  task.add_features(v1::WORK_FEATURE_OUTDOORS);
  task.set_kind(v1::WORK_KIND_GREEN);
  task.mutable_pace()->set_minutes_at_a_stretch(90);
  task.mutable_pace()->set_hours_per_day(5);
  v1::SupportOffer& offer = *task.add_support_offers();
  offer.set_solution(v1::SUPPORT_SOLUTION_GUIDANCE_JOB_COACH);
  offer.set_amount_percent(100);
  task.set_participation_form(v1::PARTICIPATION_FORM_SHELTERED_WORK);
  task.mutable_hours()->set_start_weekly_hours(16);
  task.mutable_hours()->set_growth_weekly_hours(32);
  task.mutable_hours()->set_shared_weekly_hours_min(8);
  task.mutable_place()->set_region("groningen");
  task.mutable_place()->mutable_point()->set_latitude_centidegrees(5'322);
  task.mutable_place()->set_remote(true);

  const matcher::Work work = WorkOf(task, ScenarioTaxonomy());

  EXPECT_EQ(work.name, "tasks/t");
  ASSERT_THAT(work.requirements, SizeIs(1));
  EXPECT_EQ(work.requirements[0],
            (matcher::Requirement{*ScenarioTaxonomy().Find(required.skill()), 4, 2, true}));
  EXPECT_EQ(work.features, uint64_t{1} << 1 | uint64_t{1} << 30);
  EXPECT_EQ(work.kind, 1);
  EXPECT_EQ(work.pace, (matcher::PaceAmounts{0, 90, 5, 0}));
  EXPECT_THAT(work.offers, ElementsAre(matcher::SupportOffer{1, 100, 1}));
  EXPECT_EQ(work.form, 3);
  EXPECT_EQ(work.start_weekly_hours, 16);
  EXPECT_EQ(work.growth_weekly_hours, 32);
  EXPECT_EQ(work.shared_weekly_hours_min, 8);
  EXPECT_TRUE(work.schedule.empty());
  EXPECT_EQ(work.place, (matcher::Place{5'322, 0}));
  EXPECT_TRUE(work.remote);
  EXPECT_EQ(work.region, "groningen");
}

TEST(WorkOf, WhatIsNotToldIsNotAskedAndNotKnown) {
  v1::Task task;
  task.set_name("tasks/t");
  matcher::Work nothing;
  nothing.name = "tasks/t";
  nothing.start_weekly_hours = 1;  // no work takes no time
  EXPECT_EQ(WorkOf(task, ScenarioTaxonomy()), nothing);
  task.mutable_pace();
  task.mutable_hours();
  task.mutable_schedule();
  task.mutable_place();
  EXPECT_EQ(WorkOf(task, ScenarioTaxonomy()), nothing);
}

TEST(WorkOf, ReadsTheScheduleAndWhoShareAnOffer) {
  v1::Task task;
  v1::TimeBlock& block = *task.mutable_schedule()->add_blocks();
  block.set_day(v1::WEEKDAY_TUESDAY);
  block.set_start_hour(9);
  block.set_end_hour(13);
  v1::SupportOffer& offer = *task.add_support_offers();
  offer.set_solution(v1::SUPPORT_SOLUTION_GUIDANCE_MENTOR);
  offer.set_amount_percent(60);
  offer.set_shared_by_people(3);
  task.mutable_pace()->set_tempo_percent(80);
  task.mutable_pace()->set_days_per_week(4);

  const matcher::Work work = WorkOf(task, ScenarioTaxonomy());

  EXPECT_EQ(work.schedule.days[1], 0b1111u << 9);
  EXPECT_EQ(work.schedule.hours(), 4);
  EXPECT_THAT(work.offers, ElementsAre(matcher::SupportOffer{2, 60, 3}));
  EXPECT_EQ(work.pace, (matcher::PaceAmounts{80, 0, 0, 4}));
}

TEST(WorkOf, LeavesOutASkillThatTheVocabularyDoesNotHave) {
  v1::Task task;
  task.add_required_skills()->set_skill("taxonomies/scenario/concepts/juggle");
  EXPECT_THAT(WorkOf(task, ScenarioTaxonomy()).requirements, IsEmpty());
}

TEST(WorkOf, AFormOfALaterVersionIsNone) {
  v1::Task task;
  task.set_participation_form(static_cast<v1::ParticipationForm>(200));
  EXPECT_EQ(WorkOf(task, ScenarioTaxonomy()).form, 0);
}

}  // namespace
}  // namespace passend::service
