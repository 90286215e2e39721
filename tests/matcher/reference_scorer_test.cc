// The formulas by example: one person, one task, numbers worked out by hand.
#include "matcher/reference_scorer.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Three skills used by 1, 10 and 100 of 100 occupations: specificity 10000, 5000 and 1.
class Scoring : public testing::Test {
 protected:
  Scoring() {
    std::vector<Concept> concepts = {
        {"c/rare", ConceptKind::kSkill, {"c/broad"}, {}, {}, 1, 100},
        {"c/usual", ConceptKind::kSkill, {}, {"c/rare"}, {}, 10, 100},
        {"c/common", ConceptKind::kSkill, {}, {}, {}, 100, 100},
        {"c/broad", ConceptKind::kSkillGroup, {}, {}, {}, 1, 100},
    };
    taxonomy_ = std::make_unique<Taxonomy>(*Taxonomy::Compile(std::move(concepts)));
    work_.name = "tasks/t";
    work_.form = 4;
    work_.start_weekly_hours = 16;
    person_.name = "passports/p";
    person_.wishes.wants[2] = FeatureSet{1} << 1;
    person_.wishes.forms = 1u << 4;
    person_.wishes.weekly_hours_min = 8;
    person_.wishes.weekly_hours_max = 24;
    person_.support_known = true;
    work_.features = FeatureSet{1} << 1;
    work_.remote = true;
  }

  ConceptIndex Skill(std::string_view name) const { return *taxonomy_->Find(name); }
  void Ask(std::string_view skill, int level, int importance, bool learnable) {
    work_.requirements.push_back({Skill(skill), level, importance, learnable});
  }
  void Hold(std::string_view skill, Method method, int level, Day day = kToday) {
    person_.skills.push_back({Skill(skill), {{method, static_cast<int8_t>(level), day, {}, {}}}});
    std::sort(person_.skills.begin(), person_.skills.end(),
              [](const auto& a, const auto& b) { return a.skill < b.skill; });
  }
  Fit Score() const {
    return ReferenceScorer({taxonomy_.get(), policy_, policy_.weights, kToday}, work_)
        .Score(person_);
  }
  Band Of(Dimension dimension) const {
    return Score().dimensions[static_cast<int>(dimension)].band;
  }
  std::vector<GateCause> Causes() const {
    std::vector<GateCause> causes;
    for (const Gate& gate : Score().gates) causes.push_back(gate.cause);
    return causes;
  }

  Policy policy_;
  std::unique_ptr<Taxonomy> taxonomy_;
  Work work_;
  Person person_;
};

TEST_F(Scoring, OpenHiringAsksNothingAndAPerfectFitIsAHundred) {
  const Fit fit = Score();
  EXPECT_EQ(fit.outcome, Outcome::kRanked);
  EXPECT_EQ(fit.band, (Band{kWhole, kWhole, kWhole}));
  EXPECT_EQ(fit.loss, 0);
  EXPECT_FALSE(fit.question);
}

TEST_F(Scoring, AFreshTestedSkillAtTheLevelAskedCountsInFull) {
  Ask("c/rare", 3, 5, false);
  Hold("c/rare", Method::kWorkSample, 3);
  EXPECT_EQ(Of(Dimension::kAbility).score, kWhole);
}

TEST_F(Scoring, AnUncertainSkillCountsLess) {
  Ask("c/rare", 3, 5, false);
  Hold("c/rare", Method::kSelfDeclared, 3);
  // 0.60 + 0.40 * 0.40 / 0.95
  EXPECT_EQ(Of(Dimension::kAbility), (Band{6'000, 7'684, kWhole}));
}

TEST_F(Scoring, ALowerLevelCountsInPartWhereItCanBeLearnt) {
  Ask("c/rare", 4, 5, true);
  Hold("c/rare", Method::kFormal, 3);
  EXPECT_EQ(Of(Dimension::kAbility).score, 7'500);
}

TEST_F(Scoring, ALowerLevelClosesTheTaskWhereItCannot) {
  Ask("c/rare", 4, 5, false);
  Hold("c/rare", Method::kFormal, 3);
  const Fit fit = Score();
  EXPECT_EQ(fit.outcome, Outcome::kExcluded);
  ASSERT_EQ(fit.gates.size(), 1u);
  EXPECT_EQ(fit.gates[0].cause, GateCause::kSkillMissing);
  EXPECT_EQ(fit.gates[0].has, 300);
  EXPECT_EQ(fit.gates[0].needed, 400);
}

TEST_F(Scoring, NobodyStartsFromNothingAtWhatCanBeLearnt) {
  Ask("c/rare", 3, 5, true);
  Hold("c/common", Method::kFormal, 3);
  EXPECT_EQ(Of(Dimension::kAbility).score, 600);  // 0.10 * 0.60
}

TEST_F(Scoring, SkillsWeighByImportanceAndSpecificity) {
  policy_.ability.specificity_exponent = 2;
  Ask("c/rare", 3, 2, true);    // 2 * 10000
  Ask("c/usual", 3, 4, true);   // 4 * 2500
  Ask("c/common", 3, 5, true);  // 5 * 1
  Hold("c/usual", Method::kFormal, 3);
  const Fit fit = Score();
  EXPECT_EQ(fit.skills[0].weight, 20'000);
  EXPECT_EQ(fit.skills[1].weight, 10'000);
  EXPECT_EQ(fit.skills[2].weight, 5);
  // The usual skill is related to the rare one and counts half for it:
  // (20000 * 5000 + 10000 * 10000 + 5 * 600) / 30005
  EXPECT_EQ(fit.dimensions[0].band.score, 6'665);
}

TEST_F(Scoring, ANarrowerSkillCountsForABroaderOneAndNotTheOtherWayRound) {
  Ask("c/broad", 3, 5, false);
  Hold("c/rare", Method::kFormal, 3);
  EXPECT_EQ(Of(Dimension::kAbility).score, kWhole);
  EXPECT_EQ(Score().skills[0].relation, SkillRelation::kNarrower);

  work_.requirements.clear();
  person_.skills.clear();
  Ask("c/rare", 3, 5, false);
  Hold("c/broad", Method::kFormal, 3);
  EXPECT_EQ(Score().outcome, Outcome::kExcluded);
}

TEST_F(Scoring, ARelatedSkillCountsAtItsFactorAndOpensNoGate) {
  Ask("c/rare", 3, 5, true);
  Hold("c/usual", Method::kFormal, 3);
  EXPECT_EQ(Score().skills[0].relation, SkillRelation::kRelated);
  EXPECT_EQ(Score().skills[0].level, 150);
  EXPECT_EQ(Of(Dimension::kAbility).score, 5'000);
  work_.requirements[0].learnable = false;
  EXPECT_EQ(Score().outcome, Outcome::kExcluded);
}

TEST_F(Scoring, NoSkillsAtAllIsAskedWhereTheTaskCannotBeLearnt) {
  Ask("c/rare", 3, 5, false);
  const Fit fit = Score();
  EXPECT_EQ(fit.outcome, Outcome::kToBeAsked);
  EXPECT_EQ(fit.band, (Band{0, 0, kWhole}));
  EXPECT_THAT(fit.gates, IsEmpty());
  EXPECT_EQ(fit.question, (Question{Topic::kSkills}));
}

TEST_F(Scoring, NoSkillsAtAllIsRankedLowWhereItCan) {
  Ask("c/rare", 3, 5, true);
  EXPECT_EQ(Score().outcome, Outcome::kRanked);
  EXPECT_EQ(Of(Dimension::kAbility), (Band{0, 600, kWhole}));
}

TEST_F(Scoring, ADisputedSkillHoldsAtTheLowerLevelAndIsAsked) {
  Ask("c/rare", 4, 5, true);
  person_.skills = {
      {Skill("c/rare"),
       {{Method::kWorkSample, 4, kToday, {}, {}}, {Method::kObserved, 2, kToday, {}, {}}}}};
  const Fit fit = Score();
  EXPECT_TRUE(fit.skills[0].source.disputed);
  EXPECT_EQ(fit.dimensions[0].band, (Band{3'000, 5'000, kWhole}));
  EXPECT_EQ(fit.question, (Question{Topic::kSkillLevel, 0}));
}

TEST_F(Scoring, ASkillAboveWhatIsAskedIsNamedAndCostsNothing) {
  Ask("c/rare", 2, 5, false);
  Hold("c/rare", Method::kFormal, 5);
  EXPECT_EQ(Score().skills[0].under_used_levels, 3);
  EXPECT_EQ(Of(Dimension::kAbility).score, kWhole);
  policy_.ability.under_use = 4'000;
  EXPECT_EQ(Of(Dimension::kAbility).score, 7'000);
}

TEST_F(Scoring, WishesAreTheShareOfStrengthsThatIsMet) {
  person_.wishes.wants = {FeatureSet{1} << 2, 0, FeatureSet{1} << 1};  // not there 1, there 3
  person_.wishes.avoids = {0, FeatureSet{1} << 3, 0};                  // not there 2
  // unmet 0.10 + 0.90 * 5/6
  EXPECT_EQ(Of(Dimension::kWishes).score, 8'500);
}

TEST_F(Scoring, NoWishMetRanksLowAndDoesNotExclude) {
  work_.features = 0;
  EXPECT_EQ(Of(Dimension::kWishes).score, 1'000);
  EXPECT_EQ(Score().outcome, Outcome::kRanked);
}

TEST_F(Scoring, NeverExcludes) {
  person_.wishes.never = FeatureSet{1} << 5;
  EXPECT_EQ(Score().outcome, Outcome::kRanked);
  work_.features |= FeatureSet{1} << 5;
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kWishNever));
  EXPECT_EQ(Score().gates[0].feature, 5);
}

TEST_F(Scoring, NeverExcludesFromNoWorkThatItDoesNotClose) {
  const Fit without = Score();
  person_.wishes.never = FeatureSet{1} << 5 | FeatureSet{1} << 6;
  work_.features |= FeatureSet{1} << 5;
  work_.closing_nothing = FeatureSet{1} << 5;
  EXPECT_EQ(Score().outcome, Outcome::kRanked);
  EXPECT_EQ(Score().band, without.band);
  work_.features |= FeatureSet{1} << 6;
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kWishNever));
}

TEST_F(Scoring, UnknownWishesAreNeutralAndAsked) {
  person_.wishes.wants = {};
  EXPECT_EQ(Of(Dimension::kWishes), (Band{0, 5'000, kWhole}));
  EXPECT_EQ(Score().question, (Question{Topic::kWishes}));
}

TEST_F(Scoring, AFormThatIsNotAcceptedExcludes) {
  work_.form = 7;
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kParticipationForm));
}

TEST_F(Scoring, HoursThatDoNotOverlapExclude) {
  person_.wishes.weekly_hours_max = 12;
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kHours));
  // A slot that can be shared opens it, at a gentle loss: 0.70 + 0.30 * 12/16.
  work_.shared_weekly_hours_min = 8;
  EXPECT_THAT(Causes(), IsEmpty());
  EXPECT_EQ(Of(Dimension::kWishes).score, 9'250);
}

TEST_F(Scoring, AGrowingTaskIsHeldAgainstItsStart) {
  work_.growth_weekly_hours = 32;
  EXPECT_EQ(Score().band.score, kWhole);
}

TEST_F(Scoring, NoTimeInCommonExcludesAndLittleCostsGently) {
  work_.schedule.Add(0, 8, 16);
  person_.wishes.schedule.Add(1, 8, 16);
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kSchedule));
  person_.wishes.schedule.Add(0, 8, 12);
  // 4 of 16 hours: 0.70 + 0.30 / 4
  EXPECT_EQ(Of(Dimension::kWishes).score, 7'750);
}

TEST_F(Scoring, TravelBeyondTheLimitExcludesUnlessTransportIsThere) {
  work_.remote = false;
  work_.place = Place{5'200, 400};
  person_.wishes.travel = Wishes::Travel{{5'201, 400}, TravelMeans::kWalking, 18};
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kTravel));
  EXPECT_EQ(Score().gates[0].needed, 19);
  work_.offers = {{kTransport, 100, 1}};
  EXPECT_THAT(Causes(), IsEmpty());
}

TEST_F(Scoring, TravelCostsNothingWithinHalfTheLimit) {
  work_.remote = false;
  work_.place = Place{5'200, 400};
  person_.wishes.travel = Wishes::Travel{{5'201, 400}, TravelMeans::kWalking, 38};
  EXPECT_EQ(Of(Dimension::kWishes).score, kWhole);
  person_.wishes.travel->minutes_max = 19;
  EXPECT_EQ(Of(Dimension::kWishes).score, 8'000);
}

TEST_F(Scoring, PaceIsItsWeakestPart) {
  work_.kind = 8;
  work_.pace = {80, 60, 0, 0};
  person_.paces = {{8, {70, 45, 0, 0}, true, kToday}};
  // Tempo 10 under with a tolerance of 40: 0.75. Stretch 15 under with 60: 0.75.
  EXPECT_EQ(Of(Dimension::kPace), (Band{7'500, 7'500, 7'500}));
  person_.paces[0].amounts[0] = 60;
  EXPECT_EQ(Of(Dimension::kPace).score, 5'000);
  person_.paces[0].amounts[0] = 40;
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kTempo));
  EXPECT_EQ(Score().gates[0].needed, 41);
}

TEST_F(Scoring, TheNearestKindOfWorkTellsThePace) {
  work_.kind = 8;
  work_.pace = {80, 0, 0, 0};
  person_.paces = {{1, {100, 0, 0, 0}, true, kToday},
                   {7, {70, 0, 0, 0}, true, kToday},
                   {8, {60, 0, 0, 0}, false, kToday}};
  EXPECT_EQ(Score().paces[0].seen_at, 8);
  person_.paces.pop_back();
  EXPECT_EQ(Score().paces[0].seen_at, 7);
  EXPECT_LT(Of(Dimension::kPace).low, Of(Dimension::kPace).score);
}

TEST_F(Scoring, AnUnknownPaceIsNeutralAndAsked) {
  work_.pace = {80, 0, 0, 0};
  EXPECT_EQ(Of(Dimension::kPace), (Band{0, 7'000, kWhole}));
  EXPECT_EQ(Score().question, (Question{Topic::kPace}));
}

TEST_F(Scoring, SupportIsTheShareOfNeedsThatIsMet) {
  // Guidance 15 % weighs as much as one full other need.
  person_.needs = {{1, 15, 0, false}, {22, 100, 0, false}};
  work_.offers = {{2, 15, 1}};
  // 0.20 + 0.80 / 2
  EXPECT_EQ(Of(Dimension::kSupport).score, 6'000);
  work_.offers.push_back({22, 50, 1});
  EXPECT_EQ(Of(Dimension::kSupport).score, 8'000);
}

TEST_F(Scoring, WhatThePersonBringsAlongIsTakenOffFirst) {
  person_.needs = {{1, 15, 15, true}};
  EXPECT_EQ(Of(Dimension::kSupport).score, kWhole);
}

TEST_F(Scoring, ACoachIsSharedByThePeopleOfThePlace) {
  person_.needs = {{1, 10, 0, true}};
  work_.offers = {{1, 100, 15}};  // 6.66 % each
  EXPECT_EQ(Score().supports[0].offered_hundredths, 666);
  // 0.20 + 0.80 * 0.666
  EXPECT_EQ(Of(Dimension::kSupport).score, 7'328);
}

TEST_F(Scoring, AnEssentialNeedOfWhichNothingIsThereExcludes) {
  person_.needs = {{22, 100, 0, true}};
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kSupportMissing));
  EXPECT_EQ(Of(Dimension::kSupport), (Band{0, 0, 0}));
  person_.needs[0].essential = false;
  EXPECT_EQ(Of(Dimension::kSupport).score, 2'000);
}

TEST_F(Scoring, UnknownNeedsAreNeutralAndAsked) {
  person_.support_known = false;
  EXPECT_EQ(Of(Dimension::kSupport), (Band{0, 7'000, kWhole}));
  EXPECT_EQ(Score().question, (Question{Topic::kSupport}));
}

TEST_F(Scoring, TheQuestionIsAskedThatTellsMostAndOfTwoTheFirst) {
  work_.pace = {80, 0, 0, 0};
  person_.support_known = false;
  policy_.weights = {4'000, 2'000, 2'000, 2'000};
  EXPECT_EQ(Score().question, (Question{Topic::kPace}));
  policy_.weights = {4'000, 2'000, 1'500, 2'500};
  EXPECT_EQ(Score().question, (Question{Topic::kSupport}));
  policy_.weights = {4'000, 2'000, 2'500, 1'500};
  EXPECT_EQ(Score().question, (Question{Topic::kPace}));
}

// Settling the pace would leave a lower end than settling the support, and a wider band.
TEST_F(Scoring, TheQuestionIsOfWhatIsLeastCertainAndNotOfWhatIsLow) {
  work_.kind = 8;
  work_.pace = {80, 0, 0, 0};
  person_.paces = {{7, {60, 0, 0, 0}, true, kToday}};
  person_.needs = {{22, 0, 0, false}};
  work_.offers = {{22, 50, 1}};
  const Band pace = Of(Dimension::kPace);
  const Band support = Of(Dimension::kSupport);
  ASSERT_GT(pace.low, 0);
  ASSERT_LT(pace.high - pace.low, support.high - support.low);
  EXPECT_EQ(Score().question, (Question{Topic::kSupport, 0}));
}

TEST_F(Scoring, ANeedOfUnknownAmountWidensTheBand) {
  person_.needs = {{22, 0, 0, false}};
  work_.offers = {{22, 50, 1}};
  EXPECT_EQ(Of(Dimension::kSupport), (Band{2'000, 6'000, kWhole}));
}

TEST_F(Scoring, OneScoreIsTheWeightedGeometricMean) {
  work_.features = 0;                     // wishes 0.10
  person_.needs = {{22, 100, 0, false}};  // support 0.20
  const Fit fit = Score();
  // 0.10^0.3 * 0.20^0.2 = 0.36325
  EXPECT_EQ(fit.band.score, 3'632);
  EXPECT_EQ(fit.dimensions[1].loss, 3'000 * LossOf(1'000));
}

TEST_F(Scoring, EveryReasonIsTold) {
  work_.form = 7;
  person_.wishes.weekly_hours_max = 12;
  person_.needs = {{22, 100, 0, true}};
  EXPECT_THAT(Causes(), ElementsAre(GateCause::kParticipationForm, GateCause::kHours,
                                    GateCause::kSupportMissing));
}

}  // namespace
}  // namespace passend::matcher
