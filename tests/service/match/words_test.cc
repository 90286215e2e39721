#include "service/match/words.h"

#include <regex>
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

using testing::IsEmpty;
using testing::Not;

// Every text of a language, in an order that is the same for all languages. The topic of a skill's
// level is named by the skill itself, so that it has no "not known".
std::vector<std::string> AllTexts(const MatchWords& words) {
  std::vector<std::string> texts;
  const auto add = [&](auto... more) { (texts.emplace_back(more), ...); };
  for (const auto& entries : {words.features, words.forms, words.kinds}) {
    for (const NumberedWord& word : entries) add(word.text);
  }
  for (const SupportWord& word : words.supports) {
    add(word.name, word.needed, word.there, word.not_there);
  }
  for (const char* method : words.methods) add(method);
  for (const char* dimension : words.dimensions) add(dimension);
  for (const PaceWord& pace : words.paces) add(pace.enough, pace.short_of, pace.gate, pace.lift);
  add(words.today, words.one_day, words.days, words.weeks, words.months, words.years);
  for (const char* text : words.can) add(text);
  for (const char* text : words.can_through) add(text);
  add(words.decimal_mark, words.evidence, words.evidence_disputed, words.more_than_asked,
      words.not_yet_at_level, words.like_it, words.nothing_yet, words.open_hiring,
      words.self_declared, words.long_ago, words.disputed, words.wants_met, words.avoids_met,
      words.never_met, words.wants_unmet, words.avoids_unmet, words.hours_fit, words.hours_shared,
      words.grows, words.hours_in_common_fit, words.hours_in_common_few, words.travel_fit,
      words.travel_long, words.travel_arranged, words.from_home, words.pace_expected,
      words.pace_elsewhere, words.support_said, words.guidance_part, words.support_part,
      words.support_brought, words.nothing_needed, words.amount_unknown, words.not_yet_known,
      words.also_not_known, words.not_certain_question, words.not_yet_known_question);
  if (*words.knowing_helps != 0) add(words.knowing_helps);
  for (const MatchWords::Gate& gate :
       {words.form, words.never, words.hours_too_many, words.hours_too_few, words.schedule,
        words.travel, words.skill_lower, words.skill_missing, words.support, words.nothing_fits}) {
    add(gate.reason, gate.lift);
  }
  std::vector<MatchWords::Topic> topics(words.topics.begin(), words.topics.end());
  topics.insert(topics.end(), {words.place, words.support_amount, words.pace_unsure});
  for (const MatchWords::Topic& topic : topics) {
    if (topic.number != v1::QUESTION_TOPIC_SKILL_LEVEL) add(topic.not_known);
    add(topic.question);
  }
  return texts;
}

// The places that are filled in, each as often as it stands there: "$0$1".
std::string FilledIn(const std::string& text) {
  std::multiset<char> places;
  for (size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at + 1)) {
    places.insert(text.at(at + 1));
  }
  std::string found;
  for (const char place : places) found += std::string("$") + place;
  return found;
}

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

TEST_P(MatchWordsTest, HaveNoEmptyText) {
  for (const std::string& text : AllTexts(words())) EXPECT_THAT(text, Not(IsEmpty()));
}

// A person's skills, wishes, pace and support are told; what somebody has is nobody's business.
TEST_P(MatchWordsTest, NameNoDiagnosis) {
  const std::regex unsaid(
      "autis|adhd|handicap|beperk|gebrek|stoornis|disab|disorder|defect|ziek|illness|disease|"
      "sick|pati[eë]nt|diagnos|psych|depress|verslaaf|verslav|addict|doof|dove|deaf|blind|"
      "rolstoel|wheelchair|trauma|medici|syndro|cliënt|client",
      std::regex::icase);
  for (const std::string& text : AllTexts(words())) {
    EXPECT_FALSE(std::regex_search(text, unsaid)) << text;
  }
}

TEST_P(MatchWordsTest, CallNobodyHeOrShe) {
  const std::regex gendered("\\b(hij|zij|hem|haar|he|she|him|her|his|hers)\\b", std::regex::icase);
  for (const std::string& text : AllTexts(words())) {
    EXPECT_FALSE(std::regex_search(text, gendered)) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, MatchWordsTest, testing::Values("nl", "en"));

// The same is told in both languages: what is filled into a text is filled into its pair.
TEST(MatchWords, BothLanguagesTellTheSame) {
  const auto dutch = AllTexts(kDutchMatchWords);
  const auto english = AllTexts(kEnglishMatchWords);
  ASSERT_EQ(dutch.size(), english.size());
  for (size_t place = 0; place < dutch.size(); ++place) {
    EXPECT_EQ(FilledIn(dutch[place]), FilledIn(english[place])) << dutch[place] << "\n"
                                                                << english[place];
  }
}

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
  EXPECT_EQ(Listed(std::vector<std::string_view>{"a", "b", "a"}), "a, b");
  EXPECT_THAT(Listed({}), IsEmpty());
}

TEST(TextOf, IsNothingForANumberOfALaterVersion) {
  EXPECT_THAT(TextOf(kDutchMatchWords.features, 63), IsEmpty());
  EXPECT_STREQ(TextOf(kDutchMatchWords.supports, 19).name, "");
}

}  // namespace
}  // namespace passend::service
