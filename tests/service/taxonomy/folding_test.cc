#include "service/taxonomy/folding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passend::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FoldingTest, DropsCaseAndAccents) {
  EXPECT_THAT(FoldedWords("Clean WINDOWS"), ElementsAre("clean", "windows"));
  EXPECT_THAT(FoldedWords("Één café in Curaçao"), ElementsAre("een", "cafe", "in", "curacao"));
  EXPECT_THAT(FoldedWords("cafe\u0301"), ElementsAre("cafe"));
  EXPECT_THAT(FoldedWords("Straße"), ElementsAre("strasse"));
  EXPECT_THAT(FoldedWords("smørrebrød cœur"), ElementsAre("smorrebrod", "coeur"));
}

TEST(FoldingTest, TakesLigaturesAndWideLettersApart) {
  EXPECT_THAT(FoldedWords("\u0132muiden"), ElementsAre("ijmuiden"));
  EXPECT_THAT(FoldedWords("IJmuiden"), ElementsAre("ijmuiden"));
  EXPECT_THAT(FoldedWords("\uFF23\uFF2E\uFF23"), ElementsAre("cnc"));
}

TEST(FoldingTest, SplitsAtWhateverIsNeitherLetterNorDigit) {
  EXPECT_THAT(FoldedWords("  C++-code, v2/(beta) "), ElementsAre("c", "code", "v2", "beta"));
  EXPECT_THAT(FoldedWords("foto's and foto\u2019s"), ElementsAre("fotos", "and", "fotos"));
}

TEST(FoldingTest, WithoutLetterOrDigitThereIsNoWord) {
  EXPECT_THAT(FoldedWords(""), IsEmpty());
  EXPECT_THAT(FoldedWords(" -- ' \u0301 "), IsEmpty());
}

TEST(FoldingTest, BytesThatAreNotUtf8SeparateWords) {
  EXPECT_THAT(FoldedWords("ab\xff"
                          "cd"),
              ElementsAre("ab", "cd"));
  EXPECT_THAT(FoldedWords("ab\xc3"), ElementsAre("ab"));
}

TEST(FoldingTest, FoldingTwiceChangesNothing) {
  for (const char* text : {"Één café", "Straße", "\u0132muiden", "na\u00efve \u01c4"}) {
    for (const std::string& word : FoldedWords(text)) {
      EXPECT_THAT(FoldedWords(word), ElementsAre(word));
    }
  }
}

}  // namespace
}  // namespace passend::service
