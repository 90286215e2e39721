// Nothing that people are told names an illness or an impairment, whoever reads it. The whole
// source of every sentence is searched, so that no sentence is forgotten, and the situations that
// are told.
#include <cctype>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace passend::service {
namespace {

// Beginnings of words, in both languages.
constexpr std::string_view kForbidden[] = {
    "adhd",         "autis",    "asperger",    "beperk",     "blind",   "burn-out", "burnout",
    "chroni",       "deaf",     "defect",      "dement",     "depress", "diagnos",  "disab",
    "disease",      "disorder", "doof",        "dove ",      "dyslex",  "epilep",   "gebrek",
    "gehandicapt",  "handicap", "icd-",        "illness",    "impair",  "invalid",  "iq ",
    "kanker",       "klacht",   "laagbegaafd", "lvb",        "medic",   "mental",   "motorisch",
    "niet normaal", "patholog", "patient",     "patiënt",    "psych",   "ptsd",     "ptss",
    "retard",       "schizo",   "sick",        "stoornis",   "syndro",  "therap",   "verstandelijk",
    "visueel",      "zenuw",    "ziek",        "zwakbegaafd"};

bool IsAboutWords(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return path.extension() == ".cc" &&
         (name.find("words") != std::string::npos || name.starts_with("help_"));
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

// Names in code, as ERROR_REASON_INVALID_FIELD, are no words that people are told.
bool IsInsideAWord(char before) {
  return std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '_';
}

std::vector<std::string_view> ForbiddenIn(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::vector<std::string_view> found;
  for (const std::string_view beginning : kForbidden) {
    for (size_t at = text.find(beginning); at != std::string::npos;
         at = text.find(beginning, at + 1)) {
      if (at > 0 && IsInsideAWord(text[at - 1])) continue;
      found.push_back(beginning);
      break;
    }
  }
  return found;
}

TEST(ForbiddenWordsTest, NoSentenceNamesAnIllnessOrAnImpairment) {
  const auto sources = Sources();
  ASSERT_GE(sources.size(), 30u) << "words of matches, of what is due, of the client; situations";
  for (const char* name : {"words_nl.cc", "words_nl_person.cc", "employer_words.cc",
                           "due_words_nl.cc", "words_print_nl.cc", "sheet_words.cc"}) {
    EXPECT_THAT(sources, testing::Contains(testing::Property(&std::filesystem::path::filename,
                                                             std::filesystem::path(name))));
  }
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
