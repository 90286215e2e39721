// Nothing that people are told names an illness or an impairment, whoever reads it. The whole
// source of every sentence is searched, so that no sentence is forgotten, and the situations that
// are told.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace passend::service {
namespace {

// Beginnings of words, in both languages.
constexpr const char* kForbidden[] = {
    "adhd",         "autis",         "asperger", "beperk",   "blind",       "burn-?out",
    "chronic",      "chronisch",     "deaf",     "defect",   "dement",      "depress",
    "diagnos",      "disab",         "disease",  "disorder", "doof",        "dove ",
    "down ?syndro", "dyslex",        "epilep",   "gebrek",   "gehandicapt", "handicap",
    "icd-?1",       "illness",       "impair",   "invalid",  "iq\\b",       "kanker",
    "klacht",       "laagbegaafd",   "lvb",      "medic",    "mental",      "motorisch",
    "niet normaal", "patholog",      "patient",  "patiënt",  "psych",       "ptss",
    "ptsd",         "retard",        "schizo",   "sick",     "stoornis",    "syndro",
    "therap",       "verstandelijk", "visueel",  "zenuw",    "ziek",        "zwakbegaafd"};

bool IsAboutWords(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return path.extension() == ".cc" &&
         (name.starts_with("words_") || name.starts_with("due_words_") ||
          name.starts_with("enum_words_") || name.starts_with("help_"));
}

std::vector<std::filesystem::path> Sources() {
  std::vector<std::filesystem::path> sources;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PASSEND_SERVICE_SOURCES)) {
    if (IsAboutWords(entry.path())) sources.push_back(entry.path());
  }
  for (const char* folder : {PASSEND_SCENARIOS, PASSEND_DUE_SCENARIOS}) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      sources.push_back(entry.path());
    }
  }
  return sources;
}

std::vector<std::string> ForbiddenIn(const std::string& text) {
  std::vector<std::string> found;
  for (const char* beginning : kForbidden) {
    const std::regex pattern(std::string("(^|[^a-z])(") + beginning + ")",
                             std::regex::icase | std::regex::ECMAScript);
    std::smatch match;
    if (std::regex_search(text, match, pattern)) found.push_back(match.str());
  }
  return found;
}

TEST(ForbiddenWordsTest, NoSentenceNamesAnIllnessOrAnImpairment) {
  const auto sources = Sources();
  ASSERT_GE(sources.size(), 18u) << "words of matches, of what is due, of the client; situations";
  for (const std::filesystem::path& source : sources) {
    std::ifstream stream(source);
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
      EXPECT_THAT(ForbiddenIn(line), testing::IsEmpty()) << source << ":" << number << ": " << line;
    }
  }
}

TEST(ForbiddenWordsTest, TheyAreFoundWhereTheyAre) {
  EXPECT_THAT(ForbiddenIn("Heeft autisme."), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(ForbiddenIn("Works less because of an illness."), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(ForbiddenIn("Werkt wat rustiger: 70 % van het tempo."), testing::IsEmpty());
}

}  // namespace
}  // namespace passend::service
