#include "service/taxonomy/label_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/taxonomy/folding.h"

namespace passend::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Language kNl = Language::kDutch;
constexpr Language kEn = Language::kEnglish;

// Texts of the hits, best first.
std::vector<std::string> Found(const std::vector<SearchLabel>& labels, std::string_view text,
                               Language language = kEn, size_t limit = 100) {
  std::vector<std::string> found;
  for (const LabelHit& hit : LabelIndex(labels).Search(SearchText(text), language, limit)) {
    found.emplace_back(hit.text);
  }
  return found;
}

// A label of a concept of its own.
SearchLabel Label(std::string_view text, Language language = kEn, int32_t used = 0) {
  return {text, language, true, text, used};
}

TEST(LabelIndexTest, TheExactLabelThenItsBeginningsThenWordsWithin) {
  EXPECT_THAT(Found({Label("use a clean room", kEn, 900), Label("cleaning", kEn, 500),
                     Label("clean windows", kEn, 300), Label("clean"), Label("unclean")},
                    "clean"),
              ElementsAre("clean", "cleaning", "clean windows", "use a clean room"));
}

TEST(LabelIndexTest, WordsInAnyOrderEachByItsFirstLetters) {
  const std::vector<SearchLabel> labels = {Label("clean windows of buildings"),
                                           Label("wind up a clock"), Label("window cleaning")};
  EXPECT_THAT(Found(labels, "wind clean"),
              ElementsAre("window cleaning", "clean windows of buildings"));
  EXPECT_THAT(Found(labels, "clean wind"),
              ElementsAre("clean windows of buildings", "window cleaning"));
  EXPECT_THAT(Found(labels, "build wind cl"), ElementsAre("clean windows of buildings"));
  EXPECT_THAT(Found(labels, "window x"), IsEmpty());
  EXPECT_THAT(Found(labels, "indow"), IsEmpty());
}

TEST(LabelIndexTest, PreferredLabelsComeBeforeAlternativesOfAnyLanguage) {
  EXPECT_THAT(Found({{"mop floors", kEn, false, "c/1", 900}, {"mop vloeren", kNl, true, "c/2", 1}},
                    "mop", kEn),
              ElementsAre("mop vloeren", "mop floors"));
}

TEST(LabelIndexTest, TheLanguageAskedForComesBeforeTheOther) {
  const std::vector<SearchLabel> labels = {Label("planten verzorgen", kNl, 1),
                                           Label("plan work", kEn, 900)};
  EXPECT_THAT(Found(labels, "plan", kNl), ElementsAre("planten verzorgen", "plan work"));
  EXPECT_THAT(Found(labels, "plan", kEn), ElementsAre("plan work", "planten verzorgen"));
}

TEST(LabelIndexTest, ThenWhatMoreOccupationsUseThenTheShorterThenTheName) {
  EXPECT_THAT(Found({{"cook b", kEn, true, "c/9", 5},
                     {"cook abc", kEn, true, "c/2", 7},
                     {"cook c", kEn, true, "c/1", 5},
                     {"cook dd", kEn, true, "c/0", 5}},
                    "cook"),
              ElementsAre("cook abc", "cook c", "cook b", "cook dd"));
}

TEST(LabelIndexTest, AConceptIsFoundOnceByItsBestLabel) {
  EXPECT_THAT(Found({{"tidy up and clean", kEn, true, "c/1", 0},
                     {"clean up", kEn, false, "c/1", 0},
                     {"clean", kNl, false, "c/1", 0}},
                    "clean"),
              ElementsAre("clean"));
}

TEST(LabelIndexTest, CaseAccentsAndPunctuationDoNotMatter) {
  const std::vector<SearchLabel> labels = {Label("Één-op-één begeleiden", kNl)};
  EXPECT_THAT(Found(labels, "een op", kNl), ElementsAre("Één-op-één begeleiden"));
  EXPECT_THAT(Found(labels, "  ÉÉN,OP ", kNl), ElementsAre("Één-op-één begeleiden"));
}

TEST(LabelIndexTest, NothingForATextWithoutWordsOrALimitOfNothing) {
  EXPECT_THAT(Found({Label("clean")}, ""), IsEmpty());
  EXPECT_THAT(Found({Label("clean")}, " - "), IsEmpty());
  EXPECT_THAT(Found({Label("clean")}, "clean", kEn, 0), IsEmpty());
  EXPECT_THAT(Found({}, "clean"), IsEmpty());
}

// The definition, without any index.
std::vector<LabelHit> SearchPlainly(const std::vector<SearchLabel>& labels, const SearchText& text,
                                    Language language, size_t limit) {
  std::map<std::string_view, LabelHit> best;
  for (const SearchLabel& label : labels) {
    const SearchText folded(label.text);
    const bool words =
        std::all_of(text.words.begin(), text.words.end(), [&](const std::string& start) {
          return std::any_of(folded.words.begin(), folded.words.end(),
                             [&](const std::string& word) { return word.starts_with(start); });
        });
    if (text.words.empty() || !(words || folded.joined.starts_with(text.joined))) continue;
    const MatchTier tier = folded.joined == text.joined             ? MatchTier::kExact
                           : folded.joined.starts_with(text.joined) ? MatchTier::kStart
                                                                    : MatchTier::kWordStarts;
    const LabelHit hit = {
        {tier, !label.preferred, label.language != language, -label.used_by_occupations,
         static_cast<uint32_t>(folded.joined.size()), label.concept_name},
        label.text};
    const auto [at, added] = best.try_emplace(label.concept_name, hit);
    if (!added && hit.order < at->second.order) at->second = hit;
  }
  std::vector<LabelHit> hits;
  for (const auto& [name, hit] : best) hits.push_back(hit);
  std::sort(hits.begin(), hits.end(),
            [](const LabelHit& a, const LabelHit& b) { return a.order < b.order; });
  if (hits.size() > limit) hits.resize(limit);
  return hits;
}

TEST(LabelIndexTest, EqualsThePlainSearchOnGeneratedLabels) {
  for (uint32_t seed = 1; seed <= 150; ++seed) {
    std::mt19937 random(seed);
    static constexpr const char* kWords[] = {"a", "ab", "abc", "b", "ba", "c", "ca", "Éa"};
    const auto text_of = [&random](uint32_t words_max) {
      std::string text;
      for (uint32_t n = 1 + random() % words_max; n > 0; --n) {
        if (!text.empty()) text += ' ';
        text += kWords[random() % 8];
      }
      return text;
    };
    std::vector<std::string> texts(random() % 60);
    std::vector<std::string> names;
    for (std::string& text : texts) text = text_of(4);
    for (int i = 0; i < 20; ++i) names.push_back(absl::StrCat("c/", 100 + i));
    std::vector<SearchLabel> labels;
    for (const std::string& text : texts) {
      const size_t number = random() % names.size();
      labels.push_back({text, random() % 2 == 0 ? kNl : kEn, random() % 3 == 0, names[number],
                        static_cast<int32_t>(number % 4)});
    }
    const LabelIndex index(labels);
    for (int round = 0; round < 20; ++round) {
      const SearchText text(text_of(3));
      const Language language = random() % 2 == 0 ? kNl : kEn;
      const size_t limit = random() % 8;
      const auto fast = index.Search(text, language, limit);
      const auto plain = SearchPlainly(labels, text, language, limit);
      ASSERT_EQ(fast.size(), plain.size()) << "seed " << seed << ", text " << text.joined;
      for (size_t i = 0; i < fast.size(); ++i) {
        ASSERT_EQ(fast[i].order, plain[i].order)
            << "seed " << seed << ", text " << text.joined << ", hit " << i;
      }
    }
  }
}

}  // namespace
}  // namespace passend::service
