#include "tests/service/match/scenario.h"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "service/match/employer_ranking.h"
#include "service/match/employer_view.h"
#include "service/match/fit_projection.h"
#include "service/match/projection.h"
#include "service/records/validation_book.h"

namespace passend::service {
namespace {

using Words = std::vector<std::string>;

struct Skill {
  const char* id;
  const char* dutch;
  const char* english;
  const char* broader;
  const char* related;
};

constexpr Skill kSkills[] = {
    {"cook", "koken", "cook", "", ""},
    {"cook-soup", "soep koken", "cook soup", "cook", ""},
    {"cut-vegetables", "groente snijden", "cut vegetables", "", "cook-soup"},
    {"drive-forklift", "heftruck rijden", "drive a forklift", "", ""},
    {"talk-with-elderly", "praten met ouderen", "talk with elderly people", "", ""},
    {"weed", "wieden", "weed", "", ""},
};

std::string NameOf(std::string_view id) {
  return absl::StrCat("taxonomies/scenario/concepts/", std::string(id));
}

[[noreturn]] void Fail(std::string_view line) {
  throw std::invalid_argument(absl::StrCat("cannot read this: ", std::string(line)));
}

Words Split(std::string_view text, char separator) {
  Words parts;
  for (auto part : absl::StrSplit(std::string(text), separator)) {
    parts.emplace_back(absl::StripAsciiWhitespace(part));
  }
  return parts;
}

int NumberOf(const std::string& text) {
  int number;
  if (!absl::SimpleAtoi(text, &number)) Fail(text);
  return number;
}

// The value called "a green word", "GREEN_WORD" after the prefix of its type.
template <typename Enum>
Enum ValueOf(const std::string& prefix, const std::string& words) {
  const std::string name =
      prefix + absl::AsciiStrToUpper(absl::StrReplaceAll(words, {{" ", "_"}, {"-", "_"}}));
  const auto* value = google::protobuf::GetEnumDescriptor<Enum>()->FindValueByName(name);
  if (value == nullptr) Fail(words);
  return static_cast<Enum>(value->number());
}

// The word before the last, and the last as a number: "packed lunch 3".
std::pair<std::string, int> Counted(const std::string& text) {
  const size_t space = text.rfind(' ');
  if (space == std::string::npos) Fail(text);
  return {text.substr(0, space), NumberOf(text.substr(space + 1))};
}

google::protobuf::Timestamp DaysAgo(int days) { return StartOf(kScenarioDay - days); }

int DaysOf(std::string text) {
  Words words = Split(text, ' ');
  for (const std::string& word : words) {
    int number;
    if (absl::SimpleAtoi(word, &number)) return number;
  }
  Fail(text);
}

// "cook soup, level 3, observed, 60 days ago, expired 10 days ago, objected to"; "expires in 9
// days"
void ReadCan(const std::string& text, Scenario& scenario) {
  const Words parts = Split(text, ',');
  if (parts.size() < 4) Fail(text);
  v1::Validation& validation = scenario.validations.emplace_back();
  validation.set_skill(NameOf(absl::StrReplaceAll(parts[0], {{" ", "-"}})));
  validation.set_level(Counted(parts[1]).second);
  validation.set_method(ValueOf<v1::ValidationMethod>("VALIDATION_METHOD_", parts[2]));
  *validation.mutable_validate_time() = DaysAgo(DaysOf(parts[3]));
  for (size_t place = 4; place < parts.size(); ++place) {
    if (parts[place] == "objected to") {
      validation.add_disputes();
    } else if (parts[place].starts_with("expires in")) {
      *validation.mutable_expire_time() = DaysAgo(-DaysOf(parts[place]));
    } else {
      *validation.mutable_expire_time() = DaysAgo(DaysOf(parts[place]));
    }
  }
}

void ReadWishes(const std::string& text, v1::Attitude attitude, Scenario& scenario) {
  for (const std::string& part : Split(text, ',')) {
    v1::Wish& wish = *scenario.passport.mutable_wishes()->add_features();
    wish.set_attitude(attitude);
    const bool never = attitude == v1::ATTITUDE_NEVER;
    const auto [feature, strength] = never ? std::pair(part, 0) : Counted(part);
    wish.set_feature(ValueOf<v1::WorkFeature>("WORK_FEATURE_", feature));
    wish.set_strength(strength);
  }
}

// "monday 9-13, tuesday 9-13"
void ReadTimes(const std::string& text, v1::WeeklySchedule& schedule) {
  for (const std::string& part : Split(text, ',')) {
    const Words words = Split(part, ' ');
    const Words hours = Split(words.back(), '-');
    v1::TimeBlock& block = *schedule.add_blocks();
    block.set_day(ValueOf<v1::Weekday>("WEEKDAY_", words.front()));
    block.set_start_hour(NumberOf(hours.front()));
    block.set_end_hour(NumberOf(hours.back()));
  }
}

// "5321 658"
void ReadPoint(const std::string& text, v1::CoarsePoint& point) {
  const Words numbers = Split(text, ' ');
  point.set_latitude_centidegrees(NumberOf(numbers.front()));
  point.set_longitude_centidegrees(NumberOf(numbers.back()));
}

// "tempo 70", "stretch 60", "day 4", "week 3"
template <typename PaceMessage>
void ReadAmount(const std::string& text, PaceMessage& pace) {
  const auto [part, amount] = Counted(text);
  if (part == "tempo") {
    pace.set_tempo_percent(amount);
  } else if (part == "stretch") {
    pace.set_minutes_at_a_stretch(amount);
  } else if (part == "day") {
    pace.set_hours_per_day(amount);
  } else if (part == "week") {
    pace.set_days_per_week(amount);
  } else {
    Fail(text);
  }
}

// "kitchen, measured, tempo 70, day 4"
void ReadPace(const std::string& text, Scenario& scenario) {
  const Words parts = Split(text, ',');
  if (parts.size() < 3) Fail(text);
  v1::Pace& pace = *scenario.passport.add_paces();
  pace.set_kind(ValueOf<v1::WorkKind>("WORK_KIND_", parts[0]));
  pace.set_basis(ValueOf<v1::PaceBasis>("PACE_BASIS_", parts[1]));
  for (size_t part = 2; part < parts.size(); ++part) ReadAmount(parts[part], pace);
}

// "guidance mentor 10, essential, brings 5"; "organisational quiet place, how much is not known"
void ReadNeed(const std::string& text, Scenario& scenario) {
  const Words parts = Split(text, ',');
  v1::SupportNeed& need = *scenario.passport.mutable_support()->add_needs();
  bool amount_known = true;
  for (size_t place = 1; place < parts.size(); ++place) {
    if (parts[place] == "essential") {
      need.set_essential(true);
    } else if (parts[place] == "how much is not known") {
      amount_known = false;
    } else {
      need.set_brought_along_percent(Counted(parts[place]).second);
    }
  }
  std::string solution = parts[0];
  if (amount_known) {
    const auto [words, percent] = Counted(parts[0]);
    solution = words;
    need.set_amount_percent(percent);
  }
  need.set_solution(ValueOf<v1::SupportSolution>("SUPPORT_SOLUTION_", solution));
}

// "guidance job coach 100, shared by 15"
void ReadOffer(const std::string& text, Scenario& scenario) {
  const Words parts = Split(text, ',');
  const auto [solution, percent] = Counted(parts[0]);
  v1::SupportOffer& offer = *scenario.task.add_support_offers();
  offer.set_solution(ValueOf<v1::SupportSolution>("SUPPORT_SOLUTION_", solution));
  offer.set_amount_percent(percent);
  if (parts.size() > 1) offer.set_shared_by_people(Counted(parts[1]).second);
}

// "cook soup, level 3, importance 5, learnable"
void ReadAsked(const std::string& text, Scenario& scenario) {
  const Words parts = Split(text, ',');
  if (parts.size() < 3) Fail(text);
  v1::RequiredSkill& skill = *scenario.task.add_required_skills();
  skill.set_skill(NameOf(absl::StrReplaceAll(parts[0], {{" ", "-"}})));
  skill.set_level(Counted(parts[1]).second);
  skill.set_importance(Counted(parts[2]).second);
  skill.set_learnable(parts.size() > 3 && parts[3] == "learnable");
}

// "16, grows to 32, shared from 8"
void ReadTaskHours(const std::string& text, Scenario& scenario) {
  const Words parts = Split(text, ',');
  v1::TaskHours& hours = *scenario.task.mutable_hours();
  hours.set_start_weekly_hours(NumberOf(parts[0]));
  for (size_t place = 1; place < parts.size(); ++place) {
    const auto [words, number] = Counted(parts[place]);
    if (words == "grows to") {
      hours.set_growth_weekly_hours(number);
    } else if (words == "shared from") {
      hours.set_shared_weekly_hours_min(number);
    } else {
      Fail(text);
    }
  }
}

// "5321 658, 30 minutes, cycling"
void ReadHome(const std::string& text, Scenario& scenario) {
  const Words parts = Split(text, ',');
  if (parts.size() != 3) Fail(text);
  v1::TravelLimit& travel = *scenario.passport.mutable_wishes()->mutable_travel();
  ReadPoint(parts[0], *travel.mutable_home());
  travel.set_minutes_max(DaysOf(parts[1]));
  travel.set_means(ValueOf<v1::TravelMeans>("TRAVEL_MEANS_", parts[2]));
}

void ReadPersonHours(const std::string& text, Scenario& scenario) {
  const Words ends = Split(text, '-');
  v1::HoursRange& hours = *scenario.passport.mutable_wishes()->mutable_hours();
  hours.set_weekly_hours_min(NumberOf(ends.front()));
  hours.set_weekly_hours_max(NumberOf(ends.back()));
}

void ReadForms(const std::string& text, Scenario& scenario) {
  for (const std::string& form : Split(text, ',')) {
    scenario.passport.mutable_wishes()->add_participation_forms(
        ValueOf<v1::ParticipationForm>("PARTICIPATION_FORM_", form));
  }
}

using FieldReader = std::function<void(const std::string&, Scenario&)>;

const std::map<std::string, FieldReader>& Readers() {
  static const auto* readers = new std::map<std::string, FieldReader>{
      {"person/can", ReadCan},
      {"person/wants", [](const auto& text, auto& s) { ReadWishes(text, v1::ATTITUDE_WANTS, s); }},
      {"person/avoids",
       [](const auto& text, auto& s) { ReadWishes(text, v1::ATTITUDE_AVOIDS, s); }},
      {"person/never", [](const auto& text, auto& s) { ReadWishes(text, v1::ATTITUDE_NEVER, s); }},
      {"person/forms", ReadForms},
      {"person/hours", ReadPersonHours},
      {"person/times",
       [](const auto& text, auto& s) {
         ReadTimes(text, *s.passport.mutable_wishes()->mutable_schedule());
       }},
      {"person/home", ReadHome},
      {"person/pace", ReadPace},
      {"person/needs", ReadNeed},
      {"person/needs nothing",
       [](const auto&, auto& s) { s.passport.mutable_support()->set_nothing_needed(true); }},
      {"task/asks", ReadAsked},
      {"task/features",
       [](const auto& text, auto& s) {
         for (const std::string& feature : Split(text, ',')) {
           s.task.add_features(ValueOf<v1::WorkFeature>("WORK_FEATURE_", feature));
         }
       }},
      {"task/kind", [](const auto& text,
                       auto& s) { s.task.set_kind(ValueOf<v1::WorkKind>("WORK_KIND_", text)); }},
      {"task/pace",
       [](const auto& text, auto& s) {
         for (const std::string& part : Split(text, ',')) ReadAmount(part, *s.task.mutable_pace());
       }},
      {"task/offers", ReadOffer},
      {"task/form",
       [](const auto& text, auto& s) {
         s.task.set_participation_form(ValueOf<v1::ParticipationForm>("PARTICIPATION_FORM_", text));
       }},
      {"task/hours", ReadTaskHours},
      {"task/times",
       [](const auto& text, auto& s) { ReadTimes(text, *s.task.mutable_schedule()); }},
      {"task/place",
       [](const auto& text, auto& s) {
         if (text == "from home") {
           s.task.mutable_place()->set_remote(true);
         } else {
           ReadPoint(text, *s.task.mutable_place()->mutable_point());
         }
       }},
      {"fit/outcome", [](const auto& text,
                         auto& s) { s.outcome = ValueOf<v1::FitOutcome>("FIT_OUTCOME_", text); }},
      {"fit/band",
       [](const auto& text, auto& s) { s.band = ValueOf<v1::FitBand>("FIT_BAND_", text); }},
  };
  return *readers;
}

bool IsTelling(std::string_view section) {
  return std::any_of(std::begin(kTellings), std::end(kTellings),
                     [&](const Telling& telling) { return telling.section == section; }) ||
         std::any_of(std::begin(kEmployerTellings), std::end(kEmployerTellings),
                     [&](const auto& telling) { return telling.first == section; });
}

}  // namespace

Scenario ParseScenario(std::string_view text) {
  Scenario scenario;
  scenario.passport.set_name("passports/p-1");
  scenario.task.set_name("tasks/t-1");
  std::string section;
  for (const auto raw : absl::StrSplit(std::string(text), '\n')) {
    const std::string line(absl::StripAsciiWhitespace(raw));
    if (scenario.title.empty()) scenario.title = line;
    if (line.empty()) continue;
    if (raw.front() != ' ') {
      section = line;  // prose stands outside of sections and is for readers only
    } else if (IsTelling(section)) {
      scenario.told[section].push_back(line);
    } else {
      const size_t colon = line.find(": ");
      const std::string field = section + "/" + line.substr(0, colon);
      const auto reader = Readers().find(field);
      if (reader == Readers().end()) Fail(line);
      reader->second(colon == std::string::npos ? "" : line.substr(colon + 2), scenario);
    }
  }
  return scenario;
}

const matcher::Taxonomy& ScenarioTaxonomy() {
  static const auto* taxonomy = [] {
    std::vector<matcher::Concept> concepts;
    for (const Skill& skill : kSkills) {
      matcher::Concept& one = concepts.emplace_back();
      one.name = NameOf(skill.id);
      one.kind = matcher::ConceptKind::kSkill;
      if (*skill.broader != 0) one.broader = {NameOf(skill.broader)};
      if (*skill.related != 0) one.related = {NameOf(skill.related)};
    }
    return new matcher::Taxonomy(matcher::Taxonomy::Compile(std::move(concepts)).value());
  }();
  return *taxonomy;
}

std::string_view ScenarioLabel(matcher::ConceptIndex index, std::string_view language_code) {
  for (const Skill& skill : kSkills) {
    if (NameOf(skill.id) != ScenarioTaxonomy().name(index)) continue;
    return language_code == "nl" ? skill.dutch : skill.english;
  }
  return "";
}

Told Tell(const Scenario& scenario, std::string_view language_code, Reader reader) {
  const matcher::Taxonomy& taxonomy = ScenarioTaxonomy();
  const matcher::ScoringBasis basis{&taxonomy, {}, matcher::Policy{}.weights, kScenarioDay};
  const matcher::Person person =
      PersonOf(scenario.passport, SkillsOf(scenario.validations, taxonomy), /*last_shown=*/0);
  const matcher::ReferenceScorer scorer(basis, WorkOf(scenario.task, taxonomy));
  const matcher::Fit fit = scorer.Score(person);
  const LabelOf label_of = [&](matcher::ConceptIndex index) {
    return ScenarioLabel(index, language_code);
  };
  Told told;
  std::vector<matcher::ConceptIndex> contested;
  for (const v1::Validation& validation : scenario.validations) {
    if (HasOpenDispute(validation)) contested.push_back(*taxonomy.Find(validation.skill()));
  }
  told.fit = ToProto({basis, scorer.work(), person, fit, contested}, language_code, label_of,
                     FitDetail::kFull, reader);
  for (int place = 0; place < told.fit.reasons_size(); ++place) {
    told.lines.push_back(told.fit.reasons(place));
    if (place < told.fit.gates_size()) {
      told.lines.push_back("-> " + told.fit.gates(place).lift());
    }
  }
  return told;
}

std::vector<std::string> TellEmployer(const Scenario& scenario, std::string_view language_code) {
  const matcher::Taxonomy& taxonomy = ScenarioTaxonomy();
  const matcher::ScoringBasis basis =
      NeedsAside({&taxonomy, {}, matcher::Policy{}.weights, kScenarioDay});
  const matcher::Person person =
      PersonOf(scenario.passport, SkillsOf(scenario.validations, taxonomy), /*last_shown=*/0);
  const matcher::ReferenceScorer scorer(basis, NeedsAside(WorkOf(scenario.task, taxonomy)));
  const matcher::Fit fit = scorer.Score(person);
  if (fit.outcome == matcher::Outcome::kExcluded) return {};
  const v1::EmployerView view = EmployerViewOf(
      {basis, scorer.work(), person, fit}, language_code,
      [&](matcher::ConceptIndex index) { return ScenarioLabel(index, language_code); });
  return {view.reasons().begin(), view.reasons().end()};
}

std::string Retold(std::string_view text) {
  const Scenario scenario = ParseScenario(text);
  std::string retold;
  for (const auto line : absl::StrSplit(std::string(text), '\n')) {
    if (IsTelling(std::string(line))) break;
    absl::StrAppend(&retold, line, "\n");
  }
  retold.resize(retold.find_last_not_of('\n') + 1);
  for (const Telling& telling : kTellings) {
    absl::StrAppend(&retold, "\n\n", telling.section);
    for (const std::string& line : Tell(scenario, telling.language_code, telling.reader).lines) {
      absl::StrAppend(&retold, "\n  ", line);
    }
  }
  for (const auto& [section, language_code] : kEmployerTellings) {
    absl::StrAppend(&retold, "\n\n", section);
    for (const std::string& line : TellEmployer(scenario, language_code)) {
      absl::StrAppend(&retold, "\n  ", line);
    }
  }
  return retold + "\n";
}

}  // namespace passend::service
