// Reads every situation in scenarios/ and holds what is told of it against its text.
#include <algorithm>
#include <cstdlib>
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

std::string TextOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

Scenario Read(const std::filesystem::path& file) { return ParseScenario(TextOf(file)); }

class ScenarioTest : public testing::TestWithParam<std::filesystem::path> {};

// With PASSEND_RETELL set, the texts are written anew: read what git says has changed.
TEST_P(ScenarioTest, IsToldAsWritten) {
  const std::string text = TextOf(GetParam());
  const std::string retold = Retold(text);
  if (std::getenv("PASSEND_RETELL") != nullptr) std::ofstream(GetParam()) << retold;
  const Scenario scenario = Read(GetParam());
  const v1::Fit fit = Tell(scenario, "nl").fit;

  EXPECT_EQ(v1::FitOutcome_Name(fit.outcome()), v1::FitOutcome_Name(scenario.outcome));
  EXPECT_EQ(v1::FitBand_Name(fit.band()), v1::FitBand_Name(scenario.band));
  for (const Telling& telling : kTellings) {
    const auto at = scenario.told.find(telling.section);
    EXPECT_EQ(Tell(scenario, telling.language_code, telling.reader).lines,
              at == scenario.told.end() ? std::vector<std::string>() : at->second)
        << telling.section;
  }
  for (const auto& [section, language_code] : kEmployerTellings) {
    const auto at = scenario.told.find(section);
    EXPECT_EQ(TellEmployer(scenario, language_code),
              at == scenario.told.end() ? std::vector<std::string>() : at->second)
        << section;
  }
}

// What an employer is told has nothing of pace, support, hours or the way there, of what a person
// needs, avoids or never wants, or of doubts; and no number at all.
TEST_P(ScenarioTest, EmployersHearNothingOfPaceSupportOrDoubts) {
  for (const std::string& line : TellEmployer(Read(GetParam()), "en")) {
    for (const char* word : {"tempo", "pace", "Needs", "Brings", "support", "Rather not", "Never",
                             "journey", "opinions", "objects", "hours", "minutes", "->"}) {
      EXPECT_THAT(line, testing::Not(testing::HasSubstr(word)));
    }
    EXPECT_EQ(std::ranges::count_if(line, [](char c) { return c >= '0' && c <= '9'; }), 0) << line;
  }
}

// The same whatever the person needs, at what pace, and under what conditions never.
TEST_P(ScenarioTest, EmployersHearTheSameOfSomebodyWhoNeedsNothing) {
  const Scenario scenario = Read(GetParam());
  Scenario other = scenario;
  other.passport.clear_paces();
  other.passport.mutable_support()->Clear();
  other.passport.mutable_support()->set_nothing_needed(true);
  EXPECT_EQ(TellEmployer(scenario, "nl"), TellEmployer(other, "nl"));
}

// What costs points, closes the task or is not known says to the person what would help.
TEST_P(ScenarioTest, ThePersonIsToldWhatWouldHelp) {
  const Scenario scenario = Read(GetParam());
  const Told coach = Tell(scenario, "nl");
  const Told person = Tell(scenario, "nl", Reader::kPerson);

  ASSERT_EQ(person.lines.size(), coach.lines.size()) << "the same, said to the person";
  for (int gate = 0; gate < person.fit.gates_size(); ++gate) {
    EXPECT_THAT(person.fit.gates(gate).lift(), testing::StartsWith("Het zou helpen als "));
  }
  for (const std::string& line : person.lines) {
    if (line.ends_with("?")) {
      EXPECT_THAT(line, testing::HasSubstr("Het zou helpen als "));
    }
  }
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
