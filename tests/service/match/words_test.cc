#include "service/match/words.h"

#include <set>

#include "gmock/gmock.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "gtest/gtest.h"
#include "passend/v1/fit.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/work.pb.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class MatchWordsTest : public testing::TestWithParam<const char*> {
 protected:
  const MatchWords& words() const { return MatchWordsFor(GetParam()); }

  // Every value of the enum but the unspecified one has a word of its own, and nothing else has.
  template <typename Enum, typename Entries>
  void ExpectEveryValue(const Entries& entries) {
    const auto* type = google::protobuf::GetEnumDescriptor<Enum>();
    std::set<int> numbers;
    for (const auto& entry : entries) {
      EXPECT_TRUE(numbers.insert(entry.number).second) << entry.number << " twice";
      EXPECT_NE(type->FindValueByNumber(entry.number), nullptr) << entry.number;
    }
    for (int index = 0; index < type->value_count(); ++index) {
      const int number = type->value(index)->number();
      EXPECT_EQ(numbers.contains(number), number != 0) << type->value(index)->name();
    }
  }
};

TEST_P(MatchWordsTest, HaveAWordForEveryValue) {
  ExpectEveryValue<v1::WorkFeature>(words().features);
  ExpectEveryValue<v1::ParticipationForm>(words().forms);
  ExpectEveryValue<v1::WorkKind>(words().kinds);
  ExpectEveryValue<v1::SupportSolution>(words().supports);
  ExpectEveryValue<v1::QuestionTopic>(words().topics);
}

TEST_P(MatchWordsTest, KnowTheirLanguage) { EXPECT_STREQ(words().language_code, GetParam()); }

// A person's skills, wishes, pace and support are told; what somebody has is nobody's business.
TEST_P(MatchWordsTest, NameNoDiagnosis) {
  std::string all;
  for (const auto& word : words().features) all += std::string(word.text) + "\n";
  for (const auto& word : words().supports) all += std::string(word.needed) + "\n";
  for (const auto& topic : words().topics) all += std::string(topic.question) + "\n";
  for (const char* unsaid : {"autis", "handicap", "beperking", "stoornis", "disab", "disorder",
                             "ziek", "illness", "patient", "diagnos"}) {
    EXPECT_THAT(all, Not(HasSubstr(unsaid)));
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, MatchWordsTest, testing::Values("nl", "en"));

TEST(MatchWords, OtherLanguagesAreDutch) {
  EXPECT_EQ(&MatchWordsFor("de"), &kDutchMatchWords);
  EXPECT_EQ(&MatchWordsFor(""), &kDutchMatchWords);
}

TEST(AgeText, CoarsensWithAge) {
  const auto age = [](int days) { return AgeText(kEnglishMatchWords, days); };
  EXPECT_EQ(age(0), "today");
  EXPECT_EQ(age(1), "yesterday");
  EXPECT_EQ(age(13), "13 days ago");
  EXPECT_EQ(age(14), "2 weeks ago");
  EXPECT_EQ(age(45), "6 weeks ago");
  EXPECT_EQ(age(46), "2 months ago");
  EXPECT_EQ(age(365), "12 months ago");
  EXPECT_EQ(age(715), "23 months ago");
  EXPECT_EQ(age(716), "2 years ago");
  EXPECT_EQ(age(890), "2 years ago");
  EXPECT_EQ(age(914), "3 years ago");
  EXPECT_EQ(age(36'524), "100 years ago");
  EXPECT_EQ(AgeText(kDutchMatchWords, 61), "2 maanden geleden");
}

TEST(HundredthsText, HasOneDecimalAtMost) {
  EXPECT_EQ(HundredthsText(kDutchMatchWords, 1'500), "15");
  EXPECT_EQ(HundredthsText(kDutchMatchWords, 667), "6,7");
  EXPECT_EQ(HundredthsText(kEnglishMatchWords, 667), "6.7");
  EXPECT_EQ(HundredthsText(kEnglishMatchWords, 995), "10");
  EXPECT_EQ(HundredthsText(kEnglishMatchWords, 0), "0");
}

TEST(Listed, NamesEachOnce) {
  EXPECT_EQ(Listed(std::vector<std::string>{"a", "b", "a"}), "a, b");
  EXPECT_THAT(Listed({}), IsEmpty());
}

TEST(TextOf, IsNothingForANumberOfALaterVersion) {
  EXPECT_THAT(TextOf(kDutchMatchWords.features, 63), IsEmpty());
  EXPECT_STREQ(TextOf(kDutchMatchWords.supports, 19).name, "");
}

}  // namespace
}  // namespace passend::service
