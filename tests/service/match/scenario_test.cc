// Reads every situation in scenarios/ and holds what is told of it against its text.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

std::vector<std::filesystem::path> ScenarioFiles() {
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(PASSEND_SCENARIOS)) {
    if (entry.path().extension() == ".txt") files.insert(entry.path());
  }
  return {files.begin(), files.end()};
}

Scenario Read(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return ParseScenario(text.str());
}

// The section of a scenario's text that would hold these lines.
std::string AsWritten(const std::string& section, const std::vector<std::string>& lines) {
  std::string text = section + "\n";
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

class ScenarioTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ScenarioTest, IsToldAsWritten) {
  const Scenario scenario = Read(GetParam());
  const Told dutch = Tell(scenario, "nl");
  const Told english = Tell(scenario, "en");

  EXPECT_EQ(v1::FitOutcome_Name(dutch.fit.outcome()), v1::FitOutcome_Name(scenario.outcome));
  EXPECT_EQ(v1::FitBand_Name(dutch.fit.band()), v1::FitBand_Name(scenario.band));
  EXPECT_EQ(dutch.lines, scenario.dutch) << AsWritten("nl", dutch.lines);
  EXPECT_EQ(english.lines, scenario.english) << AsWritten("en", english.lines);
}

// The numbers are the same in every language, and they add up.
TEST_P(ScenarioTest, LossesAddUp) {
  const v1::Fit fit = Tell(Read(GetParam()), "nl").fit;

  int64_t loss = 0;
  for (const v1::DimensionFit& part : fit.dimensions()) loss += part.loss();
  if (fit.outcome() == v1::FIT_OUTCOME_RANKED) {
    EXPECT_EQ(loss, fit.loss());
  }
  EXPECT_EQ(fit.dimensions_size(), 4);
  EXPECT_EQ(fit.score(), fit.score_basis_points() / 100);
}

// "able_and_willing" of scenarios/able-and-willing.txt.
std::string CaseName(const testing::TestParamInfo<std::filesystem::path>& file) {
  std::string name = file.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ScenarioTest, testing::ValuesIn(ScenarioFiles()), CaseName);

TEST(ScenarioTextTest, NamesTheLineThatItCannotRead) {
  EXPECT_THAT([] { ParseScenario("A title\n\nperson\n  wants: cheese 3\n"); },
              testing::ThrowsMessage<std::invalid_argument>(testing::HasSubstr("cheese")));
  EXPECT_THAT([] { ParseScenario("A title\n\nperson\n  juggles: well\n"); },
              testing::ThrowsMessage<std::invalid_argument>(testing::HasSubstr("juggles")));
}

}  // namespace
}  // namespace passend::service
