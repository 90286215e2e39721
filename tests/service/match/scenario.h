// A situation that a coach could read: a person, a task, and what is told of how they fit. The
// texts are in scenarios/*.txt: the person, the task, and what each reader is told in each
// language.
#ifndef PASSEND_TESTS_SERVICE_MATCH_SCENARIO_H_
#define PASSEND_TESTS_SERVICE_MATCH_SCENARIO_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/taxonomy.h"
#include "passend/v1/fit.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/match/reader.h"

namespace passend::service {

struct Scenario {
  std::string title;
  v1::Passport passport;
  std::vector<v1::Validation> validations;
  v1::Task task;
  v1::FitOutcome outcome = v1::FIT_OUTCOME_UNSPECIFIED;
  v1::FitBand band = v1::FIT_BAND_UNSPECIFIED;
  // By reader and language, as `coach nl`: one line a reason; a gate's is followed by what would
  // open it, after "-> ".
  std::map<std::string, std::vector<std::string>> told;
};

struct Telling {
  const char* section;  // `coach nl`
  Reader reader;
  const char* language_code;
};
inline constexpr Telling kTellings[] = {
    {"coach nl", Reader::kCoach, "nl"},
    {"coach en", Reader::kCoach, "en"},
    {"person nl", Reader::kPerson, "nl"},
    {"person en", Reader::kPerson, "en"},
};
// Sections of what an employer reads of the person in its list: nothing where the person is not in
// it.
inline constexpr std::pair<const char*, const char*> kEmployerTellings[] = {{"employer nl", "nl"},
                                                                            {"employer en", "en"}};

// Throws std::invalid_argument naming the line that cannot be read.
Scenario ParseScenario(std::string_view text);

// The skills that scenarios speak of, and what they are called.
const matcher::Taxonomy& ScenarioTaxonomy();
std::string_view ScenarioLabel(matcher::ConceptIndex index, std::string_view language_code);

// The day on which all scenarios play.
inline constexpr matcher::Day kScenarioDay = 20'778;  // 2026-11-21

// What is told of the scenario to a reader in a language, as the lines of its text.
struct Told {
  v1::Fit fit;
  std::vector<std::string> lines;
};
Told Tell(const Scenario& scenario, std::string_view language_code, Reader reader = Reader::kCoach);
std::vector<std::string> TellEmployer(const Scenario& scenario, std::string_view language_code);

// The text of a scenario with what is told put in the place of what it said before.
std::string Retold(std::string_view text);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_MATCH_SCENARIO_H_
