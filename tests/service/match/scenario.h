// A situation that a coach could read: a person, a task, and what is told of how they fit. The
// texts are in scenarios/*.txt; scenarios/README.md explains how they are written.
#ifndef PASSEND_TESTS_SERVICE_MATCH_SCENARIO_H_
#define PASSEND_TESTS_SERVICE_MATCH_SCENARIO_H_

#include <string>
#include <string_view>
#include <vector>

#include "matcher/taxonomy.h"
#include "passend/v1/fit.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/validation.pb.h"

namespace passend::service {

struct Scenario {
  std::string title;
  v1::Passport passport;
  std::vector<v1::Validation> validations;
  v1::Task task;
  v1::FitOutcome outcome = v1::FIT_OUTCOME_UNSPECIFIED;
  v1::FitBand band = v1::FIT_BAND_UNSPECIFIED;
  // One line a reason; a gate's is followed by what would open it, after "-> ".
  std::vector<std::string> dutch;
  std::vector<std::string> english;
};

// Throws std::invalid_argument naming the line that cannot be read.
Scenario ParseScenario(std::string_view text);

// The skills that scenarios speak of, and what they are called.
const matcher::Taxonomy& ScenarioTaxonomy();
std::string_view ScenarioLabel(matcher::ConceptIndex index, std::string_view language_code);

// The day on which all scenarios play.
inline constexpr matcher::Day kScenarioDay = 20'778;  // 2026-11-21

// What is told of the scenario in a language, as the lines of its text.
struct Told {
  v1::Fit fit;
  std::vector<std::string> lines;
};
Told Tell(const Scenario& scenario, std::string_view language_code);

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_MATCH_SCENARIO_H_
