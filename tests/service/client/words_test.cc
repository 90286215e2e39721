#include "service/client/words.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "passend/v1/audit_service.pb.h"
#include "passend/v1/error_reason.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/sync.pb.h"
#include "passend/v1/taxonomy.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "passend/v1/visibility.pb.h"

namespace passend::client {
namespace {

std::map<Word, std::string> Texts(Language language) {
  std::map<Word, std::string> texts;
  for (const auto& table : {WordsOf(language).texts, WordsOf(language).help,
                            WordsOf(language).set_texts, WordsOf(language).set_help}) {
    for (const WordText& text : table) {
      EXPECT_TRUE(texts.emplace(text.word, text.text).second) << "twice: " << text.text;
    }
  }
  return texts;
}

std::set<char> Fills(const std::string& text) {
  std::set<char> fills;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && std::isdigit(text[i + 1]) && text[i + 2] == '}')
      fills.insert(text[i + 1]);
  }
  return fills;
}

TEST(Words, AreTheSameInBothLanguagesWithTheSameFills) {
  const auto dutch = Texts(Language::kDutch);
  const auto english = Texts(Language::kEnglish);
  ASSERT_EQ(dutch.size(), english.size());
  int expected = 0;
  for (const auto& [word, text] : dutch) {
    EXPECT_EQ(static_cast<int>(word), expected++) << "a word without text is before: " << text;
    ASSERT_TRUE(english.contains(word)) << text;
    EXPECT_FALSE(text.empty());
    EXPECT_EQ(Fills(text), Fills(english.at(word))) << text;
  }
}

TEST(Words, FillIn) {
  EXPECT_EQ(Say(Language::kEnglish, Word::kHasAsked, {"16", "32"}), "has 16, asked 32");
  EXPECT_EQ(Say(Language::kDutch, Word::kHasAsked, {"16", "32"}), "heeft 16, gevraagd 32");
  EXPECT_EQ(Say(Language::kEnglish, Word::kRefused, {"{1}"}), "Refused: {1}.");
}

class EnumWords : public ::testing::TestWithParam<const google::protobuf::EnumDescriptor*> {};

TEST_P(EnumWords, CoverEveryValueInBothLanguages) {
  for (int i = 0; i < GetParam()->value_count(); ++i) {
    const auto* value = GetParam()->value(i);
    if (value->number() == 0) continue;
    for (const Language language : {Language::kDutch, Language::kEnglish}) {
      EXPECT_NE(EnumWord(language, *GetParam(), value->number()), value->name());
    }
  }
}

namespace v1 = passend::v1;
INSTANTIATE_TEST_SUITE_P(
    All, EnumWords,
    ::testing::Values(
        v1::FitOutcome_descriptor(), v1::FitBand_descriptor(), v1::Dimension_descriptor(),
        v1::SkillRelation_descriptor(), v1::AmountKind_descriptor(), v1::GateCause_descriptor(),
        v1::ValidationMethod_descriptor(), v1::PaceBasis_descriptor(), v1::Attitude_descriptor(),
        v1::FieldGroup_descriptor(), v1::Purpose_descriptor(), v1::PassportState_descriptor(),
        v1::TravelMeans_descriptor(), v1::TaskState_descriptor(), v1::CarvingMethod_descriptor(),
        v1::PayForm_descriptor(), v1::AdditionalityGround_descriptor(),
        v1::ParticipationForm_descriptor(), v1::WorkFeature_descriptor(), v1::WorkKind_descriptor(),
        v1::SupportSolution_descriptor(), v1::ConceptKind_descriptor(),
        v1::ConceptState_descriptor(), v1::MappingRelation_descriptor(),
        v1::ErrorReason_descriptor(), v1::ReplayOutcome_descriptor(), v1::FitFlag_descriptor(),
        v1::DueKind_descriptor(), v1::PushOutcome_descriptor(), v1::WatchRemoval_descriptor()),
    [](const auto& test) { return test.param->name(); });

TEST(EnumWords, SayTheNumberOfAValueOfALaterVersion) {
  EXPECT_EQ(EnumWord(Language::kEnglish, *v1::WorkFeature_descriptor(), 999), "999");
}

}  // namespace
}  // namespace passend::client
