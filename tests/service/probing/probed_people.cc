#include "tests/service/probing/probed_people.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/names/resource_names.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"

namespace passend::service {
namespace {

using matcher::RandomSource;

constexpr char kRegion[] = "groningen";
constexpr int kThemes = 8;
constexpr int kKindsOfWork = 24;
constexpr size_t kPeopleOfACommit = 100;

int Number(RandomSource& random, int low, int high) {
  return static_cast<int>(random.Between(low, high));
}

void DrawWishes(RandomSource& random, v1::Wishes& wishes) {
  for (int theme = 1; theme <= kThemes; ++theme) {
    if (!random.Chance(40)) continue;
    v1::Wish& wish = *wishes.add_features();
    wish.set_feature(static_cast<v1::WorkFeature>(theme));
    wish.set_attitude(random.Chance(75) ? v1::ATTITUDE_WANTS : v1::ATTITUDE_AVOIDS);
    wish.set_strength(Number(random, 1, 3));
  }
  wishes.add_participation_forms(v1::PARTICIPATION_FORM_BASIC_JOB);
  wishes.mutable_hours()->set_weekly_hours_min(Number(random, 4, 12));
  wishes.mutable_hours()->set_weekly_hours_max(Number(random, 16, 36));
  if (!random.Chance(50)) return;
  v1::TravelLimit& travel = *wishes.mutable_travel();
  travel.mutable_home()->set_latitude_centidegrees(Number(random, 5310, 5330));
  travel.mutable_home()->set_longitude_centidegrees(Number(random, 640, 670));
  travel.set_minutes_max(Number(random, 20, 60));
  travel.set_means(v1::TRAVEL_MEANS_CYCLING);
}

// About as often as a coach writes it down; half of it is essential.
bool DrawNeed(RandomSource& random, v1::SupportSolution solution, int percent, int amount,
              v1::SupportProfile& support) {
  if (!random.Chance(percent)) return false;
  v1::SupportNeed& need = *support.add_needs();
  need.set_solution(solution);
  need.set_amount_percent(amount);
  need.set_essential(random.Chance(50));
  return true;
}

Truth DrawNeeds(RandomSource& random, v1::Passport& passport) {
  Truth truth;
  const auto set = [&](Secret secret, bool has) {
    truth.secrets[static_cast<size_t>(secret)] = has;
  };
  const bool slow = random.Chance(25);
  v1::Pace& pace = *passport.add_paces();
  pace.set_kind(v1::WORK_KIND_GREEN);
  pace.set_tempo_percent(slow ? Number(random, 30, 55) : Number(random, 75, 110));
  pace.set_basis(v1::PACE_BASIS_MEASURED);
  set(Secret::kLowTempo, slow);
  if (random.Chance(10)) return truth;  // needs were never asked
  v1::SupportProfile& support = *passport.mutable_support();
  set(Secret::kJobCoach, DrawNeed(random, v1::SUPPORT_SOLUTION_GUIDANCE_JOB_COACH, 25,
                                  Number(random, 10, 30), support));
  set(Secret::kQuietPlace,
      DrawNeed(random, v1::SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE, 25, 100, support));
  set(Secret::kTransport,
      DrawNeed(random, v1::SUPPORT_SOLUTION_TECHNICAL_TRANSPORT, 20, 100, support));
  DrawNeed(random, v1::SUPPORT_SOLUTION_ORGANISATIONAL_FLEXIBLE_BREAKS, 15, 50, support);
  DrawNeed(random, v1::SUPPORT_SOLUTION_TECHNICAL_ADAPTED_EQUIPMENT, 8, 100, support);
  if (support.needs_size() == 0) support.set_nothing_needed(true);
  return truth;
}

std::vector<v1::Validation> DrawSkills(RandomSource& random, const PassportName& passport,
                                       absl::Time now) {
  std::vector<v1::Validation> validations;
  for (int skill = 0; skill < kProbedSkills; ++skill) {
    if (!random.Chance(40)) continue;
    v1::Validation& validation = validations.emplace_back();
    validation.set_name(MakeName(ValidationName{passport, absl::StrFormat("v%02d", skill)}));
    validation.set_skill(ProbedSkill(skill));
    validation.set_level(Number(random, 1, 5));
    validation.set_method(random.Chance(50) ? v1::VALIDATION_METHOD_OBSERVED
                                            : v1::VALIDATION_METHOD_WORK_SAMPLE);
    *validation.mutable_validate_time() =
        ToTimestamp(now - absl::Hours(24 * Number(random, 10, 1'500)));
  }
  return validations;
}

}  // namespace

const char* NameOf(Secret secret) {
  switch (secret) {
    case Secret::kJobCoach:
      return "job coach";
    case Secret::kQuietPlace:
      return "quiet place";
    case Secret::kTransport:
      return "transport";
    case Secret::kLowTempo:
      return "low tempo";
  }
  return "";
}

std::string ProbedSkill(int number) { return Named(absl::StrFormat("skill-%02d", number)); }

std::vector<Truth> FillWithPeople(MatchWorld& world, RandomSource& random, size_t count,
                                  Needing needing) {
  std::vector<v1::Concept> skills;
  for (int skill = 0; skill < kProbedSkills; ++skill) {
    skills.push_back(MakeSkill(absl::StrFormat("skill-%02d", skill)));
  }
  const auto imported = world.taxonomies().Import(skills);
  EXPECT_TRUE(imported.ok()) << imported.status();
  std::vector<Truth> truths;
  storage::Batch batch;
  for (size_t number = 0; number < count; ++number) {
    const PassportName name{absl::StrFormat("p%05d", number)};
    v1::Passport passport;
    passport.set_name(MakeName(name));
    passport.set_state(v1::PASSPORT_STATE_ACTIVE);
    passport.set_region(kRegion);
    DrawWishes(random, *passport.mutable_wishes());
    truths.push_back(DrawNeeds(random, passport));
    if (needing == Needing::kNothing) {
      passport.clear_paces();
      passport.clear_support();
      passport.mutable_support()->set_nothing_needed(true);
    }
    ValidationBook book;
    for (v1::Validation& one : DrawSkills(random, name, world.now())) book.Add(std::move(one));
    batch.mutations.push_back({KeyOf(name), StoredValue(passport)});
    batch.mutations.push_back({BookKeyOf(name), StoredValue(book)});
    batch.events.push_back(ChangeEvent(KeyOf(name), Change::kChanged));
    if (batch.events.size() < kPeopleOfACommit && number + 1 < count) continue;
    const auto committed = world.store().Commit(std::move(batch));
    EXPECT_TRUE(committed.ok()) << committed.status();
    batch = {};
  }
  world.Current();
  return truths;
}

Probe MakeProbe(RandomSource& random, Spread spread, int number, const std::string& employer) {
  Probe probe;
  v1::Task& task = probe.task;
  task = AGardenTask(absl::StrFormat("probe-%04d", number));
  task.set_employer(employer);
  task.clear_required_skills();
  constexpr int kPairs = kProbedSkills * (kProbedSkills - 1) / 2;
  int pair = spread == Spread::kNearlyTheSame ? number % kKindsOfWork : number % kPairs;
  int first = 0;
  while (pair >= kProbedSkills - 1 - first) pair -= kProbedSkills - 1 - first++;
  for (const int skill : {first, first + 1 + pair}) {
    v1::RequiredSkill& required = *task.add_required_skills();
    required.set_skill(ProbedSkill(skill));
    required.set_level(spread == Spread::kNearlyTheSame ? Number(random, 2, 4) : 3);
    required.set_importance(3);
    required.set_learnable(true);
  }
  task.clear_features();
  task.add_features(static_cast<v1::WorkFeature>(1 + number % kThemes));
  task.mutable_hours()->set_start_weekly_hours(4 * Number(random, 3, 5));
  task.mutable_place()->clear_remote();
  task.mutable_place()->mutable_point()->set_latitude_centidegrees(5321);
  task.mutable_place()->mutable_point()->set_longitude_centidegrees(656);
  task.set_kind(v1::WORK_KIND_GREEN);

  const auto offer = [&](v1::SupportSolution solution) {
    if (!random.Chance(50)) return false;
    v1::SupportOffer& support = *task.add_support_offers();
    support.set_solution(solution);
    support.set_amount_percent(100);
    support.set_shared_by_people(1);
    return true;
  };
  const auto gives = [&](Secret secret, bool there) {
    probe.gives[static_cast<size_t>(secret)] = there;
  };
  gives(Secret::kJobCoach, offer(v1::SUPPORT_SOLUTION_GUIDANCE_JOB_COACH));
  gives(Secret::kQuietPlace, offer(v1::SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE));
  gives(Secret::kTransport, offer(v1::SUPPORT_SOLUTION_TECHNICAL_TRANSPORT));
  offer(v1::SUPPORT_SOLUTION_ORGANISATIONAL_FLEXIBLE_BREAKS);
  offer(v1::SUPPORT_SOLUTION_TECHNICAL_ADAPTED_EQUIPMENT);
  const bool calm = random.Chance(50);
  task.mutable_pace()->set_tempo_percent(calm ? 30 : 85);
  gives(Secret::kLowTempo, calm);
  return probe;
}

}  // namespace passend::service
