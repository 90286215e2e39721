// Reads every situation in due/ and holds what is told to be due against its text.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/evidence/due_order.h"
#include "service/evidence/due_words.h"
#include "service/match/projection.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

// The person's text, then one for each open task, between lines of dashes; then what is told.
constexpr char kDashes[] = "\n----\n";
constexpr char kTold[] = "\n==== what is due\n";

std::vector<std::filesystem::path> Files() {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(PASSEND_DUE_SCENARIOS)) {
    if (entry.path().extension() == ".txt") files.insert(entry.path());
  }
  return {files.begin(), files.end()};
}

std::string TextOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// The list as ListDue makes it, one line each: the value in points and tenths, then the reason.
std::string Told(const std::vector<Scenario>& parts, std::string_view language, Reader reader) {
  const matcher::Taxonomy& taxonomy = ScenarioTaxonomy();
  const matcher::ScoringBasis basis{&taxonomy, {}, matcher::Policy{}.weights, kScenarioDay};
  std::vector<v1::Validation> validations = parts.front().validations;
  int number = 0;
  for (v1::Validation& one : validations) one.set_name("v" + std::to_string(++number));
  const matcher::Person person =
      PersonOf(parts.front().passport, SkillsOf(validations, taxonomy), 0);
  std::vector<matcher::Work> works;
  for (size_t task = 1; task < parts.size(); ++task) {
    works.push_back(WorkOf(parts[task].task, taxonomy));
  }
  std::string told;
  for (const DueWeighed& due : WhatIsDue(validations, person, basis, works)) {
    const std::string label(due.thing.skill ? ScenarioLabel(*due.thing.skill, language) : "");
    const std::string title =
        due.value.swings.empty() ? "" : parts[due.value.swings.front().work + 1].title;
    const auto tenths = due.value.basis_points / 10;
    absl::StrAppend(&told, "  ", tenths / 10, ".", tenths % 10, "  ",
                    DueReason(due.thing, due.value, label, title, language, reader), "\n");
  }
  return told;
}

std::string Retold(const std::string& text) {
  const std::string given = text.substr(0, text.find(kTold));
  std::vector<Scenario> parts;
  for (const auto part : absl::StrSplit(given, kDashes)) {
    parts.push_back(ParseScenario(std::string(part)));
  }
  std::string retold = given.substr(0, given.find_last_not_of('\n') + 1) + "\n" + kTold;
  for (const Telling& telling : kTellings) {
    absl::StrAppend(&retold, "\n", telling.section, "\n",
                    Told(parts, telling.language_code, telling.reader));
  }
  return retold;
}

class DueScenarioTest : public testing::TestWithParam<std::filesystem::path> {};

// With PASSEND_RETELL set, the texts are written anew: read what git says has changed.
TEST_P(DueScenarioTest, IsToldAsWritten) {
  const std::string text = TextOf(GetParam());
  const std::string retold = Retold(text);
  if (std::getenv("PASSEND_RETELL") != nullptr) std::ofstream(GetParam()) << retold;
  EXPECT_EQ(retold, TextOf(GetParam()));
}

std::string CaseName(const testing::TestParamInfo<std::filesystem::path>& file) {
  std::string name = file.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, DueScenarioTest, testing::ValuesIn(Files()), CaseName);

}  // namespace
}  // namespace passend::service
