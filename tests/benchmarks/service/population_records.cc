#include "tests/benchmarks/service/population_records.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"
#include "service/records/support_kinds.h"
#include "service/records/validation_book.h"
#include "service/taxonomy/taxonomy_names.h"
#include "tests/matcher/random_source.h"

namespace passend::service {
namespace {

constexpr char kIdLetters[] = "abcdefghijklmnopqrstuvwxyz234567";
constexpr size_t kIdCharacters = 26;
constexpr int64_t kSecondsPerHour = 3'600;

// As service/names/random_id.h.
std::string RandomIdOf(matcher::RandomSource& random) {
  std::string id(kIdCharacters, 'a');
  for (char& letter : id) letter = kIdLetters[random.Between(0, 31)];
  return id;
}

void AddBlocks(const matcher::Week& week, v1::WeeklySchedule& schedule) {
  for (int day = 0; day < matcher::kDaysPerWeek; ++day) {
    const uint32_t hours = week.days[static_cast<size_t>(day)];
    for (int start = 0; start < 24; ++start) {
      if ((hours >> start & 1) == 0) continue;
      int end = start;
      while (end < 24 && (hours >> end & 1) != 0) ++end;
      v1::TimeBlock& block = *schedule.add_blocks();
      block.set_day(static_cast<v1::Weekday>(v1::WEEKDAY_MONDAY + day));
      block.set_start_hour(start);
      block.set_end_hour(end);
      start = end;
    }
  }
}

void AddFeatures(matcher::FeatureSet features, v1::Attitude attitude, int strength,
                 v1::Wishes& wishes) {
  for (int feature = 1; feature < 64; ++feature) {
    if ((features >> feature & 1) == 0) continue;
    v1::Wish& wish = *wishes.add_features();
    wish.set_feature(static_cast<v1::WorkFeature>(feature));
    wish.set_attitude(attitude);
    wish.set_strength(strength);
  }
}

v1::Wishes WishesOf(const matcher::Wishes& from) {
  v1::Wishes wishes;
  for (int strength = 1; strength <= matcher::kStrengths; ++strength) {
    const auto place = static_cast<size_t>(strength - 1);
    AddFeatures(from.wants[place], v1::ATTITUDE_WANTS, strength, wishes);
    AddFeatures(from.avoids[place], v1::ATTITUDE_AVOIDS, strength, wishes);
  }
  AddFeatures(from.never, v1::ATTITUDE_NEVER, 0, wishes);
  for (int form = 1; form < 32; ++form) {
    if ((from.forms >> form & 1) == 0) continue;
    wishes.add_participation_forms(static_cast<v1::ParticipationForm>(form));
  }
  if (from.weekly_hours_max != 0) {
    wishes.mutable_hours()->set_weekly_hours_min(from.weekly_hours_min);
    wishes.mutable_hours()->set_weekly_hours_max(from.weekly_hours_max);
  }
  if (!from.schedule.empty()) AddBlocks(from.schedule, *wishes.mutable_schedule());
  if (from.travel) {
    v1::TravelLimit& travel = *wishes.mutable_travel();
    travel.mutable_home()->set_latitude_centidegrees(from.travel->home.latitude_centidegrees);
    travel.mutable_home()->set_longitude_centidegrees(from.travel->home.longitude_centidegrees);
    travel.set_minutes_max(from.travel->minutes_max);
    travel.set_means(static_cast<v1::TravelMeans>(v1::TRAVEL_MEANS_WALKING +
                                                  static_cast<int>(from.travel->means)));
  }
  return wishes;
}

// An amount of 0 is one that is not known, or not asked.
template <typename PaceMessage>
void SetAmounts(const matcher::PaceAmounts& amounts, PaceMessage& pace) {
  if (amounts[0] != 0) pace.set_tempo_percent(amounts[0]);
  if (amounts[1] != 0) pace.set_minutes_at_a_stretch(amounts[1]);
  if (amounts[2] != 0) pace.set_hours_per_day(amounts[2]);
  if (amounts[3] != 0) pace.set_days_per_week(amounts[3]);
}

v1::SupportProfile SupportOf(const matcher::Person& person) {
  v1::SupportProfile support;
  support.set_nothing_needed(person.needs.empty());
  for (const matcher::SupportNeed& from : person.needs) {
    v1::SupportNeed& need = *support.add_needs();
    need.set_solution(static_cast<v1::SupportSolution>(from.solution));
    if (from.amount_percent != 0) need.set_amount_percent(from.amount_percent);
    need.set_essential(from.essential);
    need.set_brought_along_percent(from.brought_percent);
  }
  FillSupportKinds(*support.mutable_needs());
  return support;
}

v1::Validation ValidationOf(const matcher::Validation& from, const std::string& skill,
                            matcher::RandomSource& random) {
  v1::Validation validation;
  validation.set_skill(skill);
  validation.set_level(from.level);
  validation.set_method(static_cast<v1::ValidationMethod>(v1::VALIDATION_METHOD_SELF_DECLARED +
                                                          static_cast<int>(from.method)));
  google::protobuf::Timestamp seen = StartOf(from.validated);
  seen.set_seconds(seen.seconds() + random.Between(8, 17) * kSecondsPerHour);
  google::protobuf::Timestamp recorded = seen;
  recorded.set_seconds(seen.seconds() + random.Between(60, 6 * kSecondsPerHour));
  recorded.set_nanos(static_cast<int32_t>(random.Between(0, 999'999) * 1'000));
  *validation.mutable_create_time() = recorded;
  // Who says it of oneself gives no time, and it is the time of recording.
  *validation.mutable_validate_time() =
      from.method == matcher::Method::kSelfDeclared ? recorded : seen;
  if (from.expires) *validation.mutable_expire_time() = StartOf(*from.expires);
  if (from.revoked) {
    *validation.mutable_revoke_time() = StartOf(*from.revoked);
    validation.set_revoke_reason("recorded by mistake");
  }
  if (from.method != matcher::Method::kSelfDeclared) {
    validation.set_validator(absl::StrCat("coaches/c-", random.Between(1, 9'999)));
    validation.set_capacity("job coach");
    validation.set_place(random.Chance(50) ? "community kitchen" : "wood workshop");
  }
  return validation;
}

}  // namespace

v1::Passport PassportOf(const matcher::Person& person) {
  v1::Passport passport;
  passport.set_name(person.name);
  *passport.mutable_create_time() = ToTimestamp(absl::FromUnixMicros(1'767'225'600'123'456));
  *passport.mutable_update_time() = ToTimestamp(absl::FromUnixMicros(1'790'000'000'654'321));
  passport.set_state(v1::PASSPORT_STATE_ACTIVE);
  passport.set_region(person.region);
  if (person.wishes != matcher::Wishes{}) *passport.mutable_wishes() = WishesOf(person.wishes);
  for (const matcher::PersonPace& from : person.paces) {
    v1::Pace& pace = *passport.add_paces();
    pace.set_kind(static_cast<v1::WorkKind>(from.kind));
    SetAmounts(from.amounts, pace);
    pace.set_basis(from.measured ? v1::PACE_BASIS_MEASURED : v1::PACE_BASIS_EXPECTED);
    pace.set_place("wood workshop");
    *pace.mutable_observe_time() = StartOf(from.observed);
  }
  if (person.support_known) *passport.mutable_support() = SupportOf(person);
  return passport;
}

std::vector<v1::Validation> ValidationsOf(const matcher::Person& person,
                                          const matcher::Taxonomy& taxonomy, uint64_t seed) {
  matcher::RandomSource random(seed);
  std::vector<v1::Validation> validations;
  std::vector<std::string> ids;
  for (const matcher::PersonSkill& skill : person.skills) {
    ids.clear();
    for (size_t one = 0; one < skill.validations.size(); ++one) ids.push_back(RandomIdOf(random));
    std::sort(ids.begin(), ids.end());
    for (size_t one = 0; one < skill.validations.size(); ++one) {
      validations.push_back(
          ValidationOf(skill.validations[one], taxonomy.name(skill.skill), random));
      validations.back().set_name(absl::StrCat(person.name, "/validations/", ids[one]));
    }
  }
  std::sort(validations.begin(), validations.end(),
            [](const v1::Validation& a, const v1::Validation& b) { return a.name() < b.name(); });
  return validations;
}

v1::Task TaskOf(const matcher::Work& work, const matcher::Taxonomy& taxonomy) {
  v1::Task task;
  task.set_name(work.name);
  *task.mutable_create_time() = ToTimestamp(absl::FromUnixMicros(1'767'225'600'123'456));
  *task.mutable_update_time() = task.create_time();
  task.set_state(v1::TASK_STATE_OPEN);
  task.set_employer("employers/garden");
  task.set_title("Help where help is needed");
  task.mutable_carving()->set_method(v1::CARVING_METHOD_JOB_CARVING);
  for (const matcher::Requirement& from : work.requirements) {
    v1::RequiredSkill& required = *task.add_required_skills();
    required.set_skill(taxonomy.name(from.skill));
    required.set_level(from.level);
    required.set_importance(from.importance);
    required.set_learnable(from.learnable);
  }
  for (int feature = 1; feature < 64; ++feature) {
    if ((work.features >> feature & 1) == 0) continue;
    task.add_features(static_cast<v1::WorkFeature>(feature));
  }
  task.set_kind(static_cast<v1::WorkKind>(work.kind));
  SetAmounts(work.pace, *task.mutable_pace());
  for (const matcher::SupportOffer& from : work.offers) {
    v1::SupportOffer& offer = *task.add_support_offers();
    offer.set_solution(static_cast<v1::SupportSolution>(from.solution));
    offer.set_amount_percent(from.amount_percent);
    offer.set_shared_by_people(from.shared_by_people);
  }
  FillSupportKinds(*task.mutable_support_offers());
  task.set_participation_form(static_cast<v1::ParticipationForm>(work.form));
  task.mutable_hours()->set_start_weekly_hours(work.start_weekly_hours);
  task.mutable_hours()->set_growth_weekly_hours(work.growth_weekly_hours);
  task.mutable_hours()->set_shared_weekly_hours_min(work.shared_weekly_hours_min);
  if (!work.schedule.empty()) AddBlocks(work.schedule, *task.mutable_schedule());
  task.mutable_place()->set_region(work.region);
  task.mutable_place()->set_remote(work.remote);
  if (work.place) {
    v1::CoarsePoint& point = *task.mutable_place()->mutable_point();
    point.set_latitude_centidegrees(work.place->latitude_centidegrees);
    point.set_longitude_centidegrees(work.place->longitude_centidegrees);
  }
  task.set_pay_form(v1::PAY_FORM_MINIMUM_WAGE);
  task.mutable_additionality()->set_ground(v1::ADDITIONALITY_GROUND_NOT_DONE_BEFORE);
  task.mutable_additionality()->set_statement("Nobody has done this here before.");
  return task;
}

std::vector<storage::Mutation> RecordsOf(const matcher::Person& person,
                                         const matcher::Taxonomy& taxonomy, uint64_t seed) {
  std::vector<storage::Mutation> records;
  const PassportName name = *ParsePassportName(person.name);
  records.push_back({KeyOf(name), StoredValue(PassportOf(person))});
  ValidationBook book;
  for (v1::Validation& validation : ValidationsOf(person, taxonomy, seed)) {
    book.Add(std::move(validation));
  }
  if (!book.validations.empty()) records.push_back({BookKeyOf(name), StoredValue(book)});
  if (person.last_shown != 0) {
    const absl::Time shown = absl::FromUnixSeconds(static_cast<int64_t>(person.last_shown));
    records.push_back({ExposureKey(name.passport), ExposureValue(shown)});
  }
  return records;
}

std::vector<storage::Mutation> TaxonomyRecordsOf(const std::vector<matcher::Concept>& skills) {
  std::vector<storage::Mutation> records;
  const std::string taxonomy_id = ConceptIdOf(skills.front().name)->taxonomy;
  v1::Taxonomy taxonomy;
  taxonomy.set_display_name("A vocabulary to measure with");
  taxonomy.set_version_label("1");
  const auto add = [&](const v1::Concept& entry) {
    records.push_back({ConceptKey(*ConceptIdOf(entry.name())), StoredValue(entry)});
    taxonomy.set_concept_count(taxonomy.concept_count() + 1);
    taxonomy.set_relation_count(taxonomy.relation_count() + entry.broader_size() +
                                entry.related_size() + entry.essential_skills_size());
  };
  const auto make = [](const std::string& name, v1::ConceptKind kind) {
    v1::Concept entry;
    entry.set_name(name);
    entry.set_kind(kind);
    entry.set_state(v1::CONCEPT_STATE_ACTIVE);
    v1::ConceptLabel& label = *entry.add_labels();
    label.set_language_code("nl");
    label.set_preferred(absl::StrCat("begrip ", name.substr(name.rfind('/') + 1)));
    return entry;
  };
  int32_t occupations = 0;
  for (const matcher::Concept& skill : skills) {
    v1::Concept entry = make(skill.name, v1::CONCEPT_KIND_SKILL);
    entry.mutable_broader()->Assign(skill.broader.begin(), skill.broader.end());
    entry.mutable_related()->Assign(skill.related.begin(), skill.related.end());
    entry.set_used_by_occupations(skill.used_by_occupations);
    entry.set_specificity_basis_points(
        matcher::Specificity(skill.used_by_occupations, skill.occupations));
    occupations = std::max(occupations, skill.occupations);
    add(entry);
  }
  for (int32_t occupation = 0; occupation < occupations; ++occupation) {
    v1::Concept entry =
        make(absl::StrCat("taxonomies/", taxonomy_id, "/concepts/occupation-", occupation),
             v1::CONCEPT_KIND_OCCUPATION);
    entry.add_essential_skills(skills[static_cast<size_t>(occupation) % skills.size()].name);
    add(entry);
  }
  taxonomy.set_occupation_count(occupations);
  records.push_back({TaxonomyKey(taxonomy_id), StoredValue(taxonomy)});
  return records;
}

}  // namespace passend::service
