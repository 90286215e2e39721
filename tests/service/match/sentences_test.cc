#include "service/match/sentences.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace passend::service {
namespace {

using matcher::Dimension;
using testing::ElementsAre;

matcher::Fit AFit() {
  matcher::Fit fit;
  // Support loses most, then ability.
  fit.dimensions[0] = {{9'000, 9'000, 9'000}, 3'000, 300};
  fit.dimensions[1] = {{10'000, 10'000, 10'000}, 3'000, 0};
  fit.dimensions[2] = {{9'900, 9'900, 9'900}, 2'000, 20};
  fit.dimensions[3] = {{5'000, 5'000, 5'000}, 2'000, 900};
  return fit;
}

struct Sentence {
  SentenceAbout about;
  std::string text;
};

class SentencesTest : public testing::Test {
 protected:
  void Add(SentenceGroup group, Dimension dimension, int64_t importance, const std::string& text) {
    added_.push_back({{group, dimension, importance}, text});
  }
  void AddTwoOfEverything() {
    Add(SentenceGroup::kQuestion, Dimension::kAbility, 0, "question");
    for (const auto& [dimension, name] :
         std::vector<std::pair<Dimension, std::string>>{{Dimension::kSupport, "support"},
                                                        {Dimension::kPace, "pace"},
                                                        {Dimension::kWishes, "wishes"},
                                                        {Dimension::kAbility, "ability"}}) {
      Add(SentenceGroup::kUncertain, dimension, 0, "unsure " + name);
      Add(SentenceGroup::kCost, dimension, 1, "small cost " + name);
      Add(SentenceGroup::kCost, dimension, 2, "cost " + name);
      Add(SentenceGroup::kStrength, dimension, 1, "small " + name);
      Add(SentenceGroup::kStrength, dimension, 2, "great " + name);
    }
  }

  std::vector<std::string> Told(size_t limit) {
    return TellSentences(fit_, limit, [&](Sentences& sentences) {
      for (const Sentence& sentence : added_) {
        sentences.Add(sentence.about, [&] {
          ++written_;
          return sentence.text;
        });
      }
    });
  }

  matcher::Fit fit_ = AFit();
  std::vector<Sentence> added_;
  size_t written_ = 0;
};

TEST_F(SentencesTest, BeginWithWhatThePersonCanAndWants) {
  AddTwoOfEverything();
  EXPECT_THAT(
      Told(kAllSentences),
      ElementsAre("great ability", "small ability", "great wishes", "small wishes", "great pace",
                  "small pace", "great support", "small support", "cost support",
                  "small cost support", "cost ability", "small cost ability", "cost pace",
                  "small cost pace", "cost wishes", "small cost wishes", "unsure ability",
                  "unsure wishes", "unsure pace", "unsure support", "question"));
}

TEST_F(SentencesTest, GatesComeFirstInTheOrderInWhichTheyAreChecked) {
  Add(SentenceGroup::kStrength, Dimension::kAbility, 9, "strength");
  Add(SentenceGroup::kGate, Dimension::kSupport, 0, "first gate");
  Add(SentenceGroup::kGate, Dimension::kAbility, 5, "second gate");
  EXPECT_THAT(Told(kAllSentences), ElementsAre("first gate", "second gate", "strength"));
}

TEST_F(SentencesTest, AShortListHasSomethingOfEveryDimensionAndTheQuestion) {
  AddTwoOfEverything();
  EXPECT_THAT(Told(7), ElementsAre("great ability", "great wishes", "great pace", "great support",
                                   "cost support", "cost ability", "question"));
}

TEST_F(SentencesTest, AShortListIsFilledWithWhatThereIs) {
  Add(SentenceGroup::kStrength, Dimension::kAbility, 1, "one");
  Add(SentenceGroup::kStrength, Dimension::kAbility, 3, "three");
  Add(SentenceGroup::kStrength, Dimension::kAbility, 2, "two");
  EXPECT_THAT(Told(7), ElementsAre("three", "two", "one"));
  EXPECT_THAT(Told(2), ElementsAre("three", "two"));
}

TEST_F(SentencesTest, ADimensionThatIsClosedLosesMost) {
  fit_.dimensions[2] = {{0, 0, 0}, 2'000, 0};
  Add(SentenceGroup::kCost, Dimension::kSupport, 0, "support");
  Add(SentenceGroup::kCost, Dimension::kPace, 0, "pace");
  EXPECT_THAT(Told(kAllSentences), ElementsAre("pace", "support"));
}

TEST_F(SentencesTest, OnlyWhatIsToldIsWritten) {
  AddTwoOfEverything();
  Told(7);
  EXPECT_EQ(written_, 7u);
}

TEST_F(SentencesTest, WhereThereAreNoneNothingIsTold) {
  EXPECT_THAT(Told(7), ElementsAre());
  EXPECT_THAT(Told(kAllSentences), ElementsAre());
}

}  // namespace
}  // namespace passend::service
