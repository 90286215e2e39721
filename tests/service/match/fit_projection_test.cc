#include "service/match/fit_projection.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

using matcher::Dimension;
using testing::IsEmpty;
using testing::SizeIs;

matcher::ConceptIndex Concept(const char* id) {
  return ScenarioTaxonomy().Find(std::string("taxonomies/scenario/concepts/") + id).value();
}

// A fit with another number everywhere, so that no field can stand in for another.
class FitProjectionTest : public testing::Test {
 protected:
  FitProjectionTest() {
    basis_.taxonomy = &ScenarioTaxonomy();
    work_.requirements = {{Concept("cook"), 3, 5, true}, {Concept("weed"), 2, 1, false}};
    work_.growth_weekly_hours = 32;
    person_.wishes.weekly_hours_max = 24;
    fit_.outcome = matcher::Outcome::kRanked;
    fit_.band = {6'101, 6'199, 6'301};
    fit_.loss = 77;
    for (int place = 0; place < matcher::kDimensions; ++place) {
      fit_.dimensions[place] = {
          {7'001 + place, 7'101 + place, 7'201 + place}, 2'501 + place, 1'000 + place};
    }
    matcher::SkillTerm held;
    held.weight = 51;
    held.held = Concept("cook-soup");
    held.relation = matcher::SkillRelation::kNarrower;
    held.factor = 9'001;
    held.level = 270;
    held.source = {4, 5, 8'001, true, matcher::Method::kWorkSample, 61};
    held.fit = {8'101, 8'201, 8'301};
    held.under_used_levels = 2;
    fit_.skills = {held, matcher::SkillTerm{}};
    fit_.skills[1].weight = 13;
    fit_.wishes = {{30, matcher::Attitude::kAvoids, 3, true}};
    fit_.limits = {
        {.kind = matcher::AmountKind::kTravelMinutes, .known = true, .has = 30, .asked = 20}};
    fit_.paces = {{.kind = matcher::AmountKind::kDay,
                   .known = true,
                   .has = 4,
                   .asked = 6,
                   .fit = {5'001, 5'101, 5'201},
                   .seen_at = 5,
                   .measured = true}};
    fit_.supports = {{22, 40, 1'500, 9, {3'001, 3'101, 3'201}, true, true}};
  }

  v1::Fit Project(FitDetail detail = FitDetail::kFull) {
    return ToProto(
        {basis_, work_, person_, fit_}, "en",
        [](matcher::ConceptIndex index) { return ScenarioLabel(index, "en"); }, detail);
  }
  const v1::DimensionFit& Part(const v1::Fit& fit, Dimension dimension) {
    return fit.dimensions(static_cast<int>(dimension));
  }

  matcher::ScoringBasis basis_;
  matcher::Work work_;
  matcher::Person person_;
  matcher::Fit fit_;
};

TEST_F(FitProjectionTest, TellsTheScoreInWholePointsRoundedDown) {
  const v1::Fit fit = Project();
  EXPECT_EQ(fit.outcome(), v1::FIT_OUTCOME_RANKED);
  EXPECT_EQ(fit.score(), 61);
  EXPECT_EQ(fit.score_basis_points(), 6'199);
  EXPECT_EQ(fit.score_low_basis_points(), 6'101);
  EXPECT_EQ(fit.score_high_basis_points(), 6'301);
  EXPECT_EQ(fit.band(), v1::FIT_BAND_GOOD);
  EXPECT_EQ(fit.loss(), 77);
}

TEST_F(FitProjectionTest, WhoIsNotRankedHasNoScore) {
  for (const auto& [outcome, expected] :
       {std::pair{matcher::Outcome::kToBeAsked, v1::FIT_OUTCOME_TO_BE_ASKED},
        std::pair{matcher::Outcome::kExcluded, v1::FIT_OUTCOME_EXCLUDED}}) {
    fit_.outcome = outcome;
    const v1::Fit fit = Project();
    EXPECT_EQ(fit.outcome(), expected);
    EXPECT_EQ(fit.score(), 0);
    EXPECT_EQ(fit.score_basis_points(), 0);
    EXPECT_EQ(fit.band(), v1::FIT_BAND_UNSPECIFIED);
    EXPECT_EQ(fit.score_high_basis_points(), 6'301);
  }
}

TEST_F(FitProjectionTest, HasTheFourDimensionsInOrder) {
  const v1::Fit fit = Project();
  ASSERT_THAT(fit.dimensions(), SizeIs(4));
  for (int place = 0; place < 4; ++place) {
    const v1::DimensionFit& part = fit.dimensions(place);
    EXPECT_EQ(part.dimension(), v1::DIMENSION_ABILITY + place);
    EXPECT_EQ(part.score_low_basis_points(), 7'001 + place);
    EXPECT_EQ(part.score_basis_points(), 7'101 + place);
    EXPECT_EQ(part.score_high_basis_points(), 7'201 + place);
    EXPECT_EQ(part.weight_basis_points(), 2'501 + place);
    EXPECT_EQ(part.loss(), 1'000 + place);
  }
}

TEST_F(FitProjectionTest, ASkillHasEveryNumber) {
  const v1::SkillTerm term = Part(Project(), Dimension::kAbility).skills(0);
  EXPECT_EQ(term.required_skill(), "taxonomies/scenario/concepts/cook");
  EXPECT_EQ(term.required_label(), "cook");
  EXPECT_EQ(term.required_level(), 3);
  EXPECT_EQ(term.weight(), 51);
  EXPECT_TRUE(term.learnable());
  EXPECT_EQ(term.held_skill(), "taxonomies/scenario/concepts/cook-soup");
  EXPECT_EQ(term.held_label(), "cook soup");
  EXPECT_EQ(term.relation(), v1::SKILL_RELATION_NARROWER);
  EXPECT_EQ(term.factor_basis_points(), 9'001);
  EXPECT_EQ(term.level_hundredths(), 270);
  EXPECT_EQ(term.certainty_basis_points(), 8'001);
  EXPECT_EQ(term.fit_basis_points(), 8'201);
  EXPECT_EQ(term.under_used_levels(), 2);
  EXPECT_TRUE(term.disputed());
  EXPECT_EQ(term.method(), v1::VALIDATION_METHOD_WORK_SAMPLE);
  EXPECT_EQ(term.age_days(), 61);
}

TEST_F(FitProjectionTest, ASkillThatIsNotHeldHasNothingHeld) {
  const v1::SkillTerm term = Part(Project(), Dimension::kAbility).skills(1);
  EXPECT_EQ(term.required_label(), "weed");
  EXPECT_EQ(term.weight(), 13);
  EXPECT_FALSE(term.learnable());
  EXPECT_THAT(term.held_skill(), IsEmpty());
  EXPECT_EQ(term.relation(), v1::SKILL_RELATION_UNSPECIFIED);
  EXPECT_EQ(term.method(), v1::VALIDATION_METHOD_UNSPECIFIED);
}

TEST_F(FitProjectionTest, EveryRelationHasItsNumber) {
  using matcher::SkillRelation;
  for (const auto& [relation, expected] :
       {std::pair{SkillRelation::kSame, v1::SKILL_RELATION_SAME},
        std::pair{SkillRelation::kNarrower, v1::SKILL_RELATION_NARROWER},
        std::pair{SkillRelation::kMapped, v1::SKILL_RELATION_MAPPED},
        std::pair{SkillRelation::kRelated, v1::SKILL_RELATION_RELATED}}) {
    fit_.skills[0].relation = relation;
    EXPECT_EQ(Part(Project(), Dimension::kAbility).skills(0).relation(), expected);
  }
}

TEST_F(FitProjectionTest, WishesHaveTheirLimitsAndTheGrowthThatIsNotScored) {
  const v1::DimensionFit wishes = Part(Project(), Dimension::kWishes);
  ASSERT_THAT(wishes.wishes(), SizeIs(1));
  EXPECT_EQ(wishes.wishes(0).feature(), v1::WORK_FEATURE_OUTDOORS);
  EXPECT_EQ(wishes.wishes(0).attitude(), v1::ATTITUDE_AVOIDS);
  EXPECT_EQ(wishes.wishes(0).strength(), 3);
  EXPECT_TRUE(wishes.wishes(0).met());
  ASSERT_THAT(wishes.amounts(), SizeIs(2));
  EXPECT_EQ(wishes.amounts(0).kind(), v1::AMOUNT_KIND_TRAVEL_MINUTES);
  EXPECT_EQ(wishes.amounts(0).has(), 30);
  EXPECT_EQ(wishes.amounts(0).asked(), 20);
  EXPECT_EQ(wishes.amounts(0).basis(), v1::PACE_BASIS_UNSPECIFIED);
  EXPECT_EQ(wishes.amounts(1).kind(), v1::AMOUNT_KIND_GROWTH_HOURS);
  EXPECT_TRUE(wishes.amounts(1).known());
  EXPECT_EQ(wishes.amounts(1).has(), 24);
  EXPECT_EQ(wishes.amounts(1).asked(), 32);

  work_.growth_weekly_hours = 0;
  EXPECT_THAT(Part(Project(), Dimension::kWishes).amounts(), SizeIs(1));
}

TEST_F(FitProjectionTest, APaceSaysWhereAndHowItIsKnown) {
  v1::AmountTerm term = Part(Project(), Dimension::kPace).amounts(0);
  EXPECT_EQ(term.kind(), v1::AMOUNT_KIND_HOURS_PER_DAY);
  EXPECT_TRUE(term.known());
  EXPECT_EQ(term.fit_basis_points(), 5'101);
  EXPECT_EQ(term.seen_at(), v1::WORK_KIND_KITCHEN);
  EXPECT_EQ(term.basis(), v1::PACE_BASIS_MEASURED);

  fit_.paces[0].measured = false;
  EXPECT_EQ(Part(Project(), Dimension::kPace).amounts(0).basis(), v1::PACE_BASIS_EXPECTED);
  fit_.paces[0].known = false;
  term = Part(Project(), Dimension::kPace).amounts(0);
  EXPECT_FALSE(term.known());
  EXPECT_EQ(term.basis(), v1::PACE_BASIS_UNSPECIFIED);
}

TEST_F(FitProjectionTest, SupportHasEveryNumber) {
  const v1::SupportTerm term = Part(Project(), Dimension::kSupport).supports(0);
  EXPECT_EQ(term.solution(), 22);
  EXPECT_EQ(term.needed_percent(), 40);
  EXPECT_EQ(term.offered_percent_hundredths(), 1'500);
  EXPECT_EQ(term.met_basis_points(), 3'101);
  EXPECT_TRUE(term.essential());
  EXPECT_TRUE(term.amount_unknown());
}

TEST_F(FitProjectionTest, AGateNamesWhatItIsAbout) {
  fit_.gates = {
      {.cause = matcher::GateCause::kSkillMissing, .requirement = 1, .has = 150, .needed = 200}};
  const v1::Fit fit = Project();
  ASSERT_THAT(fit.gates(), SizeIs(1));
  EXPECT_EQ(fit.gates(0).cause(), v1::GATE_CAUSE_SKILL_MISSING);
  EXPECT_EQ(fit.gates(0).skill(), "taxonomies/scenario/concepts/weed");
  EXPECT_EQ(fit.gates(0).has(), 150);
  EXPECT_EQ(fit.gates(0).needed(), 200);
  EXPECT_EQ(fit.gates(0).reason(), fit.reasons(0));
  EXPECT_EQ(fit.gates(0).lift(), "Possible after practice, or if this may be learnt on the job.");
}

TEST_F(FitProjectionTest, AQuestionNamesItsSkill) {
  EXPECT_FALSE(Project().has_question());
  fit_.question = matcher::Question{matcher::Topic::kSkillLevel, 1};
  const v1::Question question = Project().question();
  EXPECT_EQ(question.topic(), v1::QUESTION_TOPIC_SKILL_LEVEL);
  EXPECT_EQ(question.skill(), "taxonomies/scenario/concepts/weed");
  EXPECT_EQ(question.text(), "How well does this go now: weed?");
  fit_.question = matcher::Question{matcher::Topic::kWishes, 0};
  EXPECT_THAT(Project().question().skill(), IsEmpty());
}

TEST_F(FitProjectionTest, AListHasNoTermsAndFewReasons) {
  person_.skills = {{Concept("cook-soup"), {{matcher::Method::kWorkSample, 4, 0, {}, {}}}}};
  person_.support_known = true;
  person_.needs = {{22, 40, 10, true}};
  const v1::Fit full = Project();
  const v1::Fit list = Project(FitDetail::kList);
  EXPECT_GT(full.reasons_size(), static_cast<int>(kReasonsInList));
  EXPECT_THAT(list.reasons(), SizeIs(kReasonsInList));
  for (const v1::DimensionFit& part : list.dimensions()) {
    EXPECT_THAT(part.skills(), IsEmpty());
    EXPECT_THAT(part.wishes(), IsEmpty());
    EXPECT_THAT(part.amounts(), IsEmpty());
    EXPECT_THAT(part.supports(), IsEmpty());
    EXPECT_GT(part.weight_basis_points(), 0);
  }
  EXPECT_EQ(list.score_basis_points(), full.score_basis_points());
}

}  // namespace
}  // namespace passend::service
