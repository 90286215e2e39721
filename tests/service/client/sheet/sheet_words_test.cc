#include "service/client/sheet/sheet_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passend/v1/passport.pb.h"
#include "service/client/dates.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::optional<int> Method(const std::string& word) {
  return EnumFromWord(*v1::ValidationMethod_descriptor(), word);
}

TEST(EnumFromWord, TakesDutchEnglishAndProtoAndUniqueBeginnings) {
  for (const char* word : {"gezien door een coach", " Gezien  door een COACH ", "gezien",
                           "observed", "observed by a coach", "OBSERVED"}) {
    EXPECT_EQ(Method(word), v1::VALIDATION_METHOD_OBSERVED) << word;
  }
  EXPECT_EQ(Method("work-sample"), v1::VALIDATION_METHOD_WORK_SAMPLE);
  EXPECT_EQ(Method("diploma"), v1::VALIDATION_METHOD_FORMAL);
  EXPECT_EQ(Method(""), std::nullopt);
  EXPECT_EQ(Method("unspecified"), std::nullopt);
  EXPECT_EQ(Method("guess"), std::nullopt);
  EXPECT_EQ(EnumFromWord(*v1::WorkFeature_descriptor(), "t"), std::nullopt) << "many begin so";
}

// Every word that the client shows for a value is read back as that value.
TEST(EnumFromWord, TakesEveryWordThatIsShown) {
  for (const auto* type : {v1::ValidationMethod_descriptor(), v1::WorkFeature_descriptor(),
                           v1::WorkKind_descriptor(), v1::ParticipationForm_descriptor(),
                           v1::PaceBasis_descriptor(), v1::SupportSolution_descriptor()}) {
    for (int i = 0; i < type->value_count(); ++i) {
      const int number = type->value(i)->number();
      if (number == 0) continue;
      for (const Language language : {Language::kDutch, Language::kEnglish}) {
        const std::string word = EnumWord(language, *type, number);
        EXPECT_EQ(EnumFromWord(*type, word), number) << word;
        EXPECT_THAT(EnumWords(language, *type), HasSubstr(word));
      }
    }
  }
}

TEST(WholeFrom, TakesWholeNumbersWithinTheirBounds) {
  EXPECT_EQ(WholeFrom("80", 1, 150), 80);
  EXPECT_EQ(WholeFrom(" 80 % ", 1, 150), 80);
  for (const char* wrong : {"", "0", "151", "8,5", "80x", "-1", "99999999999"}) {
    EXPECT_EQ(WholeFrom(wrong, 1, 150), std::nullopt) << wrong;
  }
}

TEST(DayFrom, TakesDaysAsDutchAndIsoWriteThem) {
  const auto text = [](const std::string& day) {
    const auto read = DayFrom(day);
    return read ? DayText(*read) : "";
  };
  EXPECT_EQ(text("2026-11-02"), "2026-11-02");
  EXPECT_EQ(text("2-11-2026"), "2026-11-02");
  EXPECT_EQ(text("21/11/2026"), "2026-11-21");
  // The last two are other days where the month comes first.
  for (const char* wrong : {"", "31-2-2026", "11-2026", "2026", "2-11-26", "1-13-2026", "x",
                            "11/21/2026", "02/11/2026", "11/2/2026"}) {
    EXPECT_EQ(text(wrong), "") << wrong;
  }
}

TEST(YesFrom, KnowsYesAndNo) {
  EXPECT_EQ(YesFrom("Ja"), true);
  EXPECT_EQ(YesFrom("x"), true);
  EXPECT_EQ(YesFrom("no"), false);
  EXPECT_EQ(YesFrom("maybe"), std::nullopt);
}

TEST(PartsOf, SplitsAtCommasSemicolonsAndLines) {
  EXPECT_THAT(PartsOf("Groen 3, buiten ;\n in een  team,"),
              ElementsAre("groen 3", "buiten", "in een team"));
  EXPECT_THAT(PartsOf(" , "), IsEmpty());
}

TEST(AsUtf8, ReadsWhatOlderSpreadsheetsWrite) {
  EXPECT_EQ(AsUtf8("co\xF6peratie \x80"), "coöperatie €");
  EXPECT_EQ(AsUtf8("coöperatie"), "coöperatie");
}

}  // namespace
}  // namespace passend::client
