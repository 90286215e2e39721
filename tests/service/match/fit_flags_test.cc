#include "service/match/fit_flags.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Somebody of whom support is known, and work that asks for weeding at level 3.
class FitFlagsTest : public testing::Test {
 protected:
  FitFlagsTest() {
    basis_.taxonomy = &ScenarioTaxonomy();
    basis_.as_of = kScenarioDay;
    work_.requirements = {{weed_, 3, kEssentialImportance, true}};
    person_.support_known = true;
  }

  void Has(int level, int days_ago = 30, matcher::Method method = matcher::Method::kObserved) {
    if (person_.skills.empty()) person_.skills.push_back({weed_, {}});
    person_.skills.front().validations.push_back(
        {method, static_cast<int8_t>(level), kScenarioDay - days_ago, {}, {}});
  }
  // "SKILL_DISPUTED weed"
  std::vector<std::string> Flags() const {
    const matcher::Fit fit = matcher::ReferenceScorer(basis_, work_).Score(person_);
    google::protobuf::RepeatedPtrField<v1::FlaggedItem> flags;
    AddFlags({basis_, work_, person_, fit, contested_}, flags);
    std::vector<std::string> texts;
    for (const v1::FlaggedItem& item : flags) {
      std::string text = v1::FitFlag_Name(item.flag()).substr(std::string("FIT_FLAG_").size());
      if (!item.skill().empty()) text += " " + item.skill().substr(item.skill().rfind('/') + 1);
      if (item.solution() != 0) text += " " + std::to_string(item.solution());
      texts.push_back(text);
    }
    return texts;
  }

  const matcher::ConceptIndex weed_ = *ScenarioTaxonomy().Find("taxonomies/scenario/concepts/weed");
  matcher::ScoringBasis basis_{};
  matcher::Work work_;
  matcher::Person person_;
  std::vector<matcher::ConceptIndex> contested_;
};

TEST_F(FitFlagsTest, NothingIsFlaggedWhereAllIsThere) {
  Has(3);
  EXPECT_THAT(Flags(), IsEmpty());
}

TEST_F(FitFlagsTest, AnEssentialSkillThatHasToBeLearnt) {
  EXPECT_THAT(Flags(), ElementsAre("SKILL_TO_BE_LEARNT weed")) << "not held at all";
  Has(2);
  EXPECT_THAT(Flags(), ElementsAre("SKILL_TO_BE_LEARNT weed")) << "under the level";
  work_.requirements.front().importance = kEssentialImportance - 1;
  EXPECT_THAT(Flags(), IsEmpty()) << "not essential";
}

TEST_F(FitFlagsTest, ASkillOnWhichTwoDisagree) {
  Has(3);
  Has(5, 40, matcher::Method::kWorkSample);
  EXPECT_THAT(Flags(), ElementsAre("SKILL_DISPUTED weed"));
}

TEST_F(FitFlagsTest, ASkillThatIsObjectedTo) {
  Has(3);
  contested_ = {weed_};
  EXPECT_THAT(Flags(), ElementsAre("SKILL_DISPUTED weed"));
  contested_ = {weed_ + 1};
  EXPECT_THAT(Flags(), IsEmpty()) << "another skill";
}

TEST_F(FitFlagsTest, SupportThatIsNotKnown) {
  Has(3);
  person_.support_known = false;
  EXPECT_THAT(Flags(), ElementsAre("ESSENTIAL_SUPPORT_UNKNOWN"));
  person_.support_known = true;
  person_.needs = {{22, 0, 0, true}, {2, 10, 0, true}, {40, 0, 0, false}};
  EXPECT_THAT(Flags(), ElementsAre("ESSENTIAL_SUPPORT_UNKNOWN 22"))
      << "essential, and how much is not known";
}

}  // namespace
}  // namespace passend::service
