#include "service/match/wording.h"

#include "gmock/gmock.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "gtest/gtest.h"
#include "passend/v1/fit.pb.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

using matcher::Dimension;
using matcher::Gate;
using matcher::GateCause;
using matcher::Topic;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// One pair whose fit the tests write themselves.
class WordingTest : public testing::TestWithParam<const char*> {
 protected:
  WordingTest() {
    basis_.taxonomy = &ScenarioTaxonomy();
    work_.form = 4;
    work_.requirements = {
        {*ScenarioTaxonomy().Find("taxonomies/scenario/concepts/weed"), 3, 3, false}};
    fit_.skills.resize(1);
  }

  FitInWords Tell(const char* language) {
    return InWords(
        {basis_, work_, person_, fit_}, language,
        [language](matcher::ConceptIndex index) { return ScenarioLabel(index, language); },
        /*all_reasons=*/true);
  }
  GateInWords TellGate(const Gate& gate, const char* language) {
    fit_.gates = {gate};
    const FitInWords told = Tell(language);
    EXPECT_FALSE(told.reasons.empty());
    EXPECT_EQ(told.reasons.front(), told.gates.front().reason);
    return told.gates.front();
  }
  std::string Ask(Topic topic, const char* language) {
    fit_.question = matcher::Question{topic, 0};
    return Tell(language).question;
  }

  matcher::ScoringBasis basis_;
  matcher::Work work_;
  matcher::Person person_;
  matcher::Fit fit_;
};

Gate AGate(GateCause cause) {
  return {.cause = cause,
          .feature = 34,
          .requirement = 0,
          .solution = 22,
          .dimension = Dimension::kWishes,
          .has = 7,
          .needed = 91};
}

void ExpectASentence(const std::string& text) {
  EXPECT_THAT(text, Not(IsEmpty()));
  EXPECT_THAT(text, Not(HasSubstr("$")));
  EXPECT_THAT(text, Not(HasSubstr(": .")));
  EXPECT_THAT(text, testing::AnyOf(testing::EndsWith("."), testing::EndsWith("?")));
}

TEST_P(WordingTest, EveryCauseOfAGateHasAReasonAndWhatWouldOpenIt) {
  const auto* causes = google::protobuf::GetEnumDescriptor<v1::GateCause>();
  ASSERT_EQ(causes->value_count(), matcher::kGateCauses);
  std::set<std::string> reasons;
  for (int index = 1; index < causes->value_count(); ++index) {
    SCOPED_TRACE(causes->value(index)->name());
    const auto told =
        TellGate(AGate(static_cast<GateCause>(causes->value(index)->number())), GetParam());
    ExpectASentence(told.reason);
    ExpectASentence(told.lift);
    EXPECT_TRUE(reasons.insert(told.reason).second) << told.reason;
  }
}

TEST_P(WordingTest, EveryTopicHasAQuestion) {
  const auto* topics = google::protobuf::GetEnumDescriptor<v1::QuestionTopic>();
  std::set<std::string> questions;
  for (int index = 1; index < topics->value_count(); ++index) {
    SCOPED_TRACE(topics->value(index)->name());
    const std::string asked = Ask(static_cast<Topic>(topics->value(index)->number()), GetParam());
    ExpectASentence(asked);
    EXPECT_TRUE(questions.insert(asked).second) << asked;
    // It is told among the reasons as well, with what is not known.
    EXPECT_THAT(Tell(GetParam()).reasons.back(), testing::EndsWith(asked));
  }
}

TEST_P(WordingTest, EveryKindOfAmountIsToldWhereItFitsAndWhereItCosts) {
  for (int kind = 1; kind <= static_cast<int>(matcher::AmountKind::kWeek); ++kind) {
    const auto amount = static_cast<matcher::AmountKind>(kind);
    const bool pace = amount >= matcher::AmountKind::kTempo;
    std::set<std::string> told;
    for (const matcher::BasisPoints score : {matcher::kWhole, 5'000}) {
      SCOPED_TRACE("kind " + std::to_string(kind) + ", score " + std::to_string(score));
      matcher::AmountTerm term{.kind = amount, .known = true, .has = 17, .asked = 23};
      term.fit = {score, score, score};
      term.measured = true;
      fit_.limits.clear();
      fit_.paces.clear();
      (pace ? fit_.paces : fit_.limits) = {term};
      const auto reasons = Tell(GetParam()).reasons;
      for (const std::string& reason : reasons) ExpectASentence(reason);
      told.insert(reasons.front());
    }
    EXPECT_EQ(told.size(), 2u) << "kind " << kind;
  }
}

TEST_P(WordingTest, EverySupportIsToldWhereItIsAndIsNot) {
  const auto* solutions = google::protobuf::GetEnumDescriptor<v1::SupportSolution>();
  for (int index = 1; index < solutions->value_count(); ++index) {
    SCOPED_TRACE(solutions->value(index)->name());
    const auto solution = static_cast<matcher::SupportSolution>(solutions->value(index)->number());
    person_.support_known = true;
    person_.needs = {{solution, 40, 0, false}};
    std::set<std::string> told;
    for (const int offered : {0, 1'000, 4'000}) {
      const matcher::BasisPoints met = offered * 10'000 / 4'000;
      fit_.supports = {{solution, 40, offered, 40, {met, met, met}, false, false}};
      const auto reasons = Tell(GetParam()).reasons;
      ExpectASentence(reasons.front());
      told.insert(reasons.front());
    }
    EXPECT_EQ(told.size(), 3u);
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, WordingTest, testing::Values("nl", "en"),
                         [](const auto& language) { return std::string(language.param); });

using GateWordingTest = WordingTest;

TEST_F(GateWordingTest, NamesWhatIsClosedAndTheNumbers) {
  EXPECT_EQ(TellGate(AGate(GateCause::kParticipationForm), "nl").reason,
            "Deze vorm van werk past niet: basisbaan.");
  EXPECT_EQ(TellGate(AGate(GateCause::kWishNever), "en").reason,
            "Never wants this: noise. It is here.");
  EXPECT_EQ(TellGate(AGate(GateCause::kSupportMissing), "en").lift,
            "Possible if this is arranged: a quiet place.");
  EXPECT_EQ(TellGate(AGate(GateCause::kTravel), "en").reason,
            "Too far: the journey takes 91 minutes, 7 is the limit.");
  EXPECT_EQ(TellGate(AGate(GateCause::kTempo), "nl").reason,
            "Dit werk gaat te snel: het eigen tempo is 7 %, minstens 91 % is nodig.");
  EXPECT_EQ(TellGate(AGate(GateCause::kNothingFits), "en").reason,
            "Nothing fits here yet: what the person wants.");
}

TEST_F(GateWordingTest, HoursAreTooManyOrTooFew) {
  Gate gate{.cause = GateCause::kHours, .has = 12, .needed = 20};
  EXPECT_EQ(TellGate(gate, "en").reason, "Can do 12 hours a week; at least 20 is needed.");
  gate = {.cause = GateCause::kHours, .has = 24, .needed = 8};
  EXPECT_EQ(TellGate(gate, "en").reason, "Wants at least 24 hours a week; here there are 8.");
}

TEST_F(GateWordingTest, ASkillIsMissingOrTooLow) {
  Gate gate{.cause = GateCause::kSkillMissing, .requirement = 0, .has = 0, .needed = 300};
  EXPECT_EQ(TellGate(gate, "nl").reason,
            "Dit moet vooraf op niveau 3: wieden. Dat is nog niet gezien.");
  gate.has = 150;
  EXPECT_EQ(TellGate(gate, "nl").reason,
            "Dit moet vooraf op niveau 3: wieden. Nu is het niveau 1,5.");
}

using QuestionWordingTest = WordingTest;

TEST_F(QuestionWordingTest, AsksForTheSkillByItsName) {
  EXPECT_EQ(Ask(Topic::kSkillLevel, "nl"), "Hoe goed gaat dit nu: wieden?");
  EXPECT_THAT(Tell("nl").reasons.back(),
              "Kan zekerder: wieden. Vraag: Hoe goed gaat dit nu: wieden?");
}

TEST_F(QuestionWordingTest, AsksForWhatTheTaskDoesNotTell) {
  person_.wishes.travel = {{5'321, 658}, matcher::TravelMeans::kCycling, 30};
  EXPECT_EQ(Ask(Topic::kTravel, "en"), "Where is the work?");
  person_.wishes.travel.reset();
  EXPECT_THAT(Ask(Topic::kTravel, "en"), HasSubstr("travelling"));
}

TEST_F(QuestionWordingTest, AsksHowMuchWhereTheNeedIsKnown) {
  person_.support_known = true;
  EXPECT_EQ(Ask(Topic::kSupport, "en"), "How much support is needed?");
}

TEST_F(QuestionWordingTest, AsksHowItGoesWhereSomePaceIsKnown) {
  fit_.paces = {{.kind = matcher::AmountKind::kTempo, .known = true, .has = 80, .asked = 80}};
  EXPECT_THAT(Ask(Topic::kPace, "en"), HasSubstr("at this work"));
}

TEST_F(QuestionWordingTest, NothingIsAskedWhereNothingIsUncertain) {
  EXPECT_EQ(Tell("nl").question, "");
}

TEST_F(QuestionWordingTest, WhatIsAskedIsNotAlsoToldAsUnknown) {
  Ask(Topic::kForms, "en");
  EXPECT_THAT(Tell("en").reasons,
              ElementsAre("Not known yet: what the person can do, what the person likes to do. "
                          "Not known either: which support is needed.",
                          "Not known yet: which forms of work are fine. Question: Which forms of "
                          "work are fine?"));
}

}  // namespace
}  // namespace passend::service
