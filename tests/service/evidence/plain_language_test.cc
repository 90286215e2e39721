// What employers, coaches and people are told is short enough to read. The whole source of every
// explanation is measured, in both languages, and the situations with what is filled in.
//
// Language level B1 is held to have 10 to 15 words a sentence on average, and B2 15 to 20
// (https://www.taaluilen.nl/van-lange-zinnen-naar-korte-zinnen/). So no sentence is longer than
// what ends B2, and the average of each file is within B1. A sentence is more than its length: that
// its words are everyday ones is not measured here, and somebody with many wishes is told a longer
// list of them than the situations have.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace passend::service {
namespace {

constexpr size_t kWordsMax = 20;
constexpr double kWordsOnAverageMax = 15;

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The string literals of a source; those that stand behind each other are one.
std::vector<std::string> Literals(std::string_view source) {
  std::vector<std::string> literals;
  bool goes_on = false;  // nothing but spaces since the last literal
  for (size_t at = 0; at < source.size(); ++at) {
    if (source[at] == '#' || source.substr(at).starts_with("//")) {
      at = std::min(source.find('\n', at), source.size());
    } else if (source[at] == '"') {
      if (!goes_on) literals.emplace_back();
      for (++at; at < source.size() && source[at] != '"'; ++at) {
        if (source[at] == '\\') ++at;
        literals.back() += source[at];
      }
      goes_on = true;
    } else if (!absl::ascii_isspace(static_cast<unsigned char>(source[at]))) {
      goes_on = false;
    }
  }
  return literals;
}

// Up to a full stop or a question mark; what has neither is no sentence but a name of something.
std::vector<std::string> SentencesOf(std::string_view text) {
  std::vector<std::string> sentences;
  std::string sentence;
  for (size_t i = 0; i < text.size(); ++i) {
    sentence += text[i];
    const bool ends = text[i] == '.' || text[i] == '?' || text[i] == '!';
    if (!ends || (i + 1 < text.size() && text[i + 1] != ' ')) continue;
    sentences.push_back(std::move(sentence));
    sentence.clear();
  }
  return sentences;
}

// Of the sentence itself: where something was seen stands behind it in brackets, for who wants it.
size_t WordsIn(std::string_view sentence) {
  size_t words = 0;
  int brackets = 0;
  bool inside = false;  // a word
  for (const char c : sentence) {
    if (c == '(') ++brackets;
    const bool counts = brackets == 0 && c != ' ';
    if (counts && !inside) ++words;
    inside = counts;
    if (c == ')') --brackets;
  }
  return words;
}

// Of matches, for each reader; of what is due; of the printed passport.
std::vector<std::filesystem::path> Explanations() {
  std::vector<std::filesystem::path> sources;
  for (const char* room : {"match", "evidence", "portable"}) {
    for (const auto& entry : std::filesystem::directory_iterator(
             std::filesystem::path(PASSEND_SERVICE_SOURCES) / room)) {
      const std::filesystem::path& path = entry.path();
      if (path.extension() == ".cc" && absl::StrContains(path.filename().string(), "words")) {
        sources.push_back(path);
      }
    }
  }
  return sources;
}

TEST(PlainLanguageTest, ExplanationsAreInShortSentences) {
  int measured = 0;
  for (const std::filesystem::path& path : Explanations()) {
    size_t words = 0;
    size_t sentences = 0;
    for (const std::string& literal : Literals(Read(path))) {
      for (const std::string& sentence : SentencesOf(literal)) {
        EXPECT_LE(WordsIn(sentence), kWordsMax) << path << ": " << sentence;
        words += WordsIn(sentence);
        ++sentences;
      }
    }
    if (sentences == 0) continue;
    ++measured;
    EXPECT_LE(static_cast<double>(words) / static_cast<double>(sentences), kWordsOnAverageMax)
        << path;
  }
  EXPECT_EQ(measured, 9) << "matches for coach and person, and what is due, in two languages each; "
                            "the printed passport in two; and the employers' words";
}

// The lines below `coach nl` and the like, up to the next empty line.
std::vector<std::string> ToldIn(const std::string& situation) {
  std::vector<std::string> told;
  bool inside = false;
  for (const absl::string_view line : absl::StrSplit(situation, '\n')) {
    const bool indented = absl::StartsWith(line, "  ");
    if (inside && indented) told.emplace_back(line);
    if (!indented) inside = absl::EndsWith(line, " nl") || absl::EndsWith(line, " en");
  }
  return told;
}

TEST(PlainLanguageTest, SoIsWhatPeopleAreToldInEverySituation) {
  size_t sentences = 0;
  for (const char* folder : {PASSEND_SCENARIOS, PASSEND_DUE_SCENARIOS}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      for (const std::string& line : ToldIn(Read(entry.path()))) {
        for (const std::string& sentence : SentencesOf(line)) {
          EXPECT_LE(WordsIn(sentence), kWordsMax) << entry.path() << ": " << sentence;
          ++sentences;
        }
      }
    }
  }
  EXPECT_GT(sentences, 200u);
}

TEST(PlainLanguageTest, LongSentencesAreFoundWhereTheyAre) {
  const std::vector<std::string> literals =
      Literals("// \"no literal\"\nf(\"One two. \"\n  \"Three four five?\", \"a \\\"name\\\"\");");
  EXPECT_THAT(literals, testing::ElementsAre("One two. Three four five?", "a \"name\""));
  EXPECT_THAT(SentencesOf(literals[0]), testing::ElementsAre("One two.", " Three four five?"));
  EXPECT_THAT(SentencesOf(literals[1]), testing::IsEmpty());
  EXPECT_THAT(SentencesOf("At 3.5 it ends."), testing::ElementsAre("At 3.5 it ends."));
  EXPECT_EQ(WordsIn(" Three four five?"), 3u);
  EXPECT_EQ(WordsIn("Cooks (level 3, seen by a coach) soup."), 2u);
  EXPECT_THAT(ToldIn("fit\n  no.\n\ncoach nl\n  Ja.\n  Nee.\n\nperson\n  x.\n"),
              testing::ElementsAre("  Ja.", "  Nee."));
}

}  // namespace
}  // namespace passend::service
