#include "tests/matcher/generated_world.h"

#include <algorithm>
#include <set>
#include <utility>

namespace passend::matcher {
namespace {

std::string ConceptName(int number) {
  std::string digits = std::to_string(1'000 + number);
  return "taxonomies/t/concepts/c" + digits;
}

FeatureSet RandomFeatures(RandomSource& random, int most) {
  FeatureSet features = 0;
  const auto count = random.Between(0, most);
  for (int64_t i = 0; i < count; ++i) features |= FeatureSet{1} << random.Between(1, 12);
  return features;
}

Week RandomWeek(RandomSource& random) {
  Week week;
  const auto blocks = random.Between(1, 6);
  for (int64_t i = 0; i < blocks; ++i) {
    const int start = static_cast<int>(random.Between(6, 20));
    week.Add(static_cast<int>(random.Between(0, 6)), start,
             static_cast<int>(random.Between(start + 1, 24)));
  }
  return week;
}

Place RandomPlace(RandomSource& random) {
  return {static_cast<int32_t>(random.Between(5'190, 5'230)),
          static_cast<int32_t>(random.Between(430, 490))};
}

SupportSolution RandomSolution(RandomSource& random) {
  constexpr SupportSolution kSolutions[] = {1, 2, 3, 4, 20, 21, 22, 23, 24, 40, 41, 42, 43};
  return kSolutions[random.Between(0, std::size(kSolutions) - 1)];
}

Wishes RandomWishes(RandomSource& random) {
  Wishes wishes;
  if (random.Chance(85)) {
    FeatureSet free = ~FeatureSet{0};
    const auto take = [&](int most) {
      const FeatureSet taken = RandomFeatures(random, most) & free;
      free &= ~taken;
      return taken;
    };
    for (int strength = 0; strength < kStrengths; ++strength) {
      wishes.wants[strength] = take(3);
      wishes.avoids[strength] = take(2);
    }
    if (random.Chance(30)) wishes.never = take(1);
  }
  // Half of the people know no limits, so that lists are long enough to be worth comparing.
  if (random.Chance(50)) return wishes;
  if (random.Chance(70)) wishes.forms = static_cast<FormSet>(random.Bits() & 0xffe) | 0x40;
  if (random.Chance(80)) {
    wishes.weekly_hours_min = static_cast<int32_t>(random.Between(1, 30));
    wishes.weekly_hours_max = static_cast<int32_t>(random.Between(wishes.weekly_hours_min, 60));
  }
  if (random.Chance(70)) wishes.schedule = RandomWeek(random);
  if (random.Chance(80)) {
    wishes.travel = Wishes::Travel{RandomPlace(random),
                                   static_cast<TravelMeans>(random.Between(0, kTravelMeans - 1)),
                                   static_cast<int32_t>(random.Between(1, 120))};
  }
  return wishes;
}

PaceAmounts RandomPace(RandomSource& random, int known_percent) {
  PaceAmounts amounts{};
  if (random.Chance(known_percent)) amounts[0] = static_cast<int32_t>(random.Between(30, 110));
  if (random.Chance(known_percent)) amounts[1] = static_cast<int32_t>(random.Between(15, 240));
  if (random.Chance(known_percent)) amounts[2] = static_cast<int32_t>(random.Between(2, 9));
  if (random.Chance(known_percent)) amounts[3] = static_cast<int32_t>(random.Between(1, 6));
  return amounts;
}

std::vector<SupportNeed> RandomNeeds(RandomSource& random) {
  std::vector<SupportNeed> needs;
  std::set<SupportSolution> used;
  const auto count = random.Between(0, 4);
  for (int64_t i = 0; i < count; ++i) {
    SupportNeed need{RandomSolution(random), 0, 0, random.Chance(20)};
    if (!used.insert(need.solution).second) continue;
    if (random.Chance(80)) {
      need.amount_percent = static_cast<int32_t>(random.Between(1, 100));
      if (random.Chance(30)) {
        need.brought_percent = static_cast<int32_t>(random.Between(0, need.amount_percent));
      }
    }
    needs.push_back(need);
  }
  return needs;
}

BasisPoints AnyPart(RandomSource& random) {
  return static_cast<BasisPoints>(random.Between(0, kWhole));
}

BasisPoints SomePart(RandomSource& random) {
  return static_cast<BasisPoints>(random.Between(1, kWhole));
}

}  // namespace

Taxonomy GenerateTaxonomy(RandomSource& random, int size) {
  std::vector<Concept> concepts;
  for (int i = 0; i < size; ++i) {
    Concept one{ConceptName(i), ConceptKind::kSkill, {}, {}, {}, 0, 100};
    one.used_by_occupations = static_cast<int32_t>(random.Between(0, 100));
    // Broader ones have lower numbers, so there is no circle.
    if (i > 0 && random.Chance(60))
      one.broader = {ConceptName(static_cast<int>(random.Between(0, i - 1)))};
    if (random.Chance(40))
      one.related = {ConceptName(static_cast<int>(random.Between(0, size - 1)))};
    if (random.Chance(20)) {
      one.mappings = {{ConceptName(static_cast<int>(random.Between(0, size - 1))),
                       static_cast<MappingRelation>(random.Between(0, 3))}};
    }
    concepts.push_back(std::move(one));
  }
  return *Taxonomy::Compile(std::move(concepts));
}

Validation GenerateValidation(RandomSource& random) {
  Validation validation{static_cast<Method>(random.Between(0, kMethods - 1)),
                        static_cast<int8_t>(random.Between(1, 5)),
                        static_cast<Day>(kToday - random.Between(-5, 4'000)),
                        {},
                        {}};
  if (random.Chance(15)) {
    validation.expires = validation.validated + static_cast<Day>(random.Between(1, 4'000));
  }
  if (random.Chance(10)) {
    validation.revoked = validation.validated + static_cast<Day>(random.Between(0, 4'000));
  }
  return validation;
}

Person GeneratePerson(RandomSource& random, const Taxonomy& taxonomy, std::string name) {
  Person person;
  person.name = std::move(name);
  if (random.Chance(90)) {
    std::set<ConceptIndex> skills;
    const auto count = random.Between(1, 8);
    for (int64_t i = 0; i < count; ++i) {
      skills.insert(
          static_cast<ConceptIndex>(random.Between(0, static_cast<int64_t>(taxonomy.size()) - 1)));
    }
    for (ConceptIndex skill : skills) {
      PersonSkill one{skill, {}};
      const auto validations = random.Between(1, 3);
      for (int64_t i = 0; i < validations; ++i)
        one.validations.push_back(GenerateValidation(random));
      person.skills.push_back(std::move(one));
    }
  }
  if (random.Chance(90)) person.wishes = RandomWishes(random);
  const auto paces = random.Between(0, 3);
  for (int64_t i = 0; i < paces; ++i) {
    person.paces.push_back({static_cast<WorkKind>(random.Between(1, 16)), RandomPace(random, 70),
                            random.Chance(60), static_cast<Day>(kToday - random.Between(0, 900))});
  }
  person.support_known = random.Chance(85);
  if (person.support_known) person.needs = RandomNeeds(random);
  if (random.Chance(95)) person.region = "region-" + std::to_string(random.Between(1, 3));
  person.last_shown = static_cast<uint64_t>(random.Between(0, 3));
  return person;
}

std::vector<Person> GeneratePeople(RandomSource& random, const Taxonomy& taxonomy, int count) {
  std::vector<Person> people;
  for (int i = 0; i < count; ++i) {
    // Now and then somebody who is like the one before in everything: a tie.
    if (!people.empty() && random.Chance(20)) {
      Person twin = people.back();
      twin.name = "passports/p" + std::to_string(i);
      people.push_back(std::move(twin));
    } else {
      people.push_back(GeneratePerson(random, taxonomy, "passports/p" + std::to_string(i)));
    }
  }
  return people;
}

Work GenerateWork(RandomSource& random, const Taxonomy& taxonomy, std::string name) {
  Work work;
  work.name = std::move(name);
  if (random.Chance(85)) {
    std::set<ConceptIndex> skills;
    const auto count = random.Between(1, 6);
    for (int64_t i = 0; i < count; ++i) {
      skills.insert(
          static_cast<ConceptIndex>(random.Between(0, static_cast<int64_t>(taxonomy.size()) - 1)));
    }
    const int learnable_percent = random.Chance(60) ? 100 : 75;
    for (ConceptIndex skill : skills) {
      work.requirements.push_back({skill, static_cast<int32_t>(random.Between(1, 5)),
                                   static_cast<int32_t>(random.Between(1, 5)),
                                   random.Chance(learnable_percent)});
    }
  }
  work.features = RandomFeatures(random, 6);
  if (random.Chance(20)) work.closing_nothing = random.Bits();
  work.kind = static_cast<WorkKind>(random.Between(0, 16));
  work.pace = RandomPace(random, 50);
  const auto offers = random.Between(0, 4);
  std::set<SupportSolution> used;
  for (int64_t i = 0; i < offers; ++i) {
    const SupportSolution solution = RandomSolution(random);
    if (!used.insert(solution).second) continue;
    work.offers.push_back({solution, static_cast<int32_t>(random.Between(1, 100)),
                           static_cast<int32_t>(random.Chance(70) ? 1 : random.Between(1, 40))});
  }
  work.form = static_cast<uint8_t>(random.Between(1, 11));
  work.start_weekly_hours = static_cast<int32_t>(random.Between(4, 40));
  if (random.Chance(30)) {
    work.shared_weekly_hours_min = static_cast<int32_t>(random.Between(1, work.start_weekly_hours));
  }
  if (random.Chance(70)) work.schedule = RandomWeek(random);
  if (random.Chance(90)) work.place = RandomPlace(random);
  work.remote = random.Chance(10);
  work.region = "region-" + std::to_string(random.Between(1, 3));
  return work;
}

Weights GenerateWeights(RandomSource& random, const Policy& policy) {
  Weights weights = policy.weights_min;
  BasisPoints left = kWhole;
  for (BasisPoints least : weights) left -= least;
  for (int dimension = 0; dimension + 1 < kDimensions; ++dimension) {
    const auto more = static_cast<BasisPoints>(random.Between(0, left));
    weights[dimension] += more;
    left -= more;
  }
  weights[kDimensions - 1] += left;
  return weights;
}

Policy GeneratePolicy(RandomSource& random) {
  Policy policy;
  if (random.Chance(40)) return policy;
  AbilityPolicy& ability = policy.ability;
  ability.certainty_floor = random.Chance(20) ? 0 : AnyPart(random);
  ability.certainty_full = SomePart(random);
  ability.learnable_start = random.Chance(30) ? 0 : AnyPart(random);
  ability.specificity_exponent = static_cast<int32_t>(random.Between(0, 4));
  ability.dispute_levels = static_cast<int32_t>(random.Between(2, 4));
  ability.dispute_certainty = SomePart(random);
  for (MethodCertainty& method : ability.methods) {
    method = {SomePart(random), static_cast<int32_t>(random.Between(0, 2'000)),
              static_cast<int32_t>(random.Between(1, 4'000))};
  }
  ability.related = AnyPart(random);
  ability.mapping_exact = AnyPart(random);
  ability.mapping_close = AnyPart(random);
  ability.mapping_narrower = AnyPart(random);
  WishesPolicy& wishes = policy.wishes;
  wishes.unknown = SomePart(random);
  wishes.unmet = random.Chance(30) ? 0 : AnyPart(random);
  wishes.hours_floor = SomePart(random);
  wishes.schedule_floor = SomePart(random);
  wishes.travel_floor = SomePart(random);
  PacePolicy& pace = policy.pace;
  pace.unknown = SomePart(random);
  pace.tempo_tolerance_percent = static_cast<int32_t>(random.Between(1, 150));
  pace.stretch_tolerance_minutes = static_cast<int32_t>(random.Between(1, 480));
  pace.expected_uncertainty = AnyPart(random);
  pace.other_kind_uncertainty = AnyPart(random);
  SupportPolicy& support = policy.support;
  support.unknown = SomePart(random);
  support.unmet = random.Chance(30) ? 0 : AnyPart(random);
  support.guidance_full_percent = static_cast<int32_t>(random.Between(1, 100));
  support.guidance_unknown_percent = static_cast<int32_t>(random.Between(1, 100));
  return policy;
}

std::unique_ptr<GeneratedWorld> GenerateWorld(RandomSource& random) {
  Taxonomy taxonomy = GenerateTaxonomy(random, static_cast<int>(random.Between(1, 25)));
  auto world = std::make_unique<GeneratedWorld>(GeneratedWorld{std::move(taxonomy), {}, {}});
  const Policy policy = GeneratePolicy(random);
  world->basis = {&world->taxonomy, policy,
                  random.Chance(50) ? policy.weights : GenerateWeights(random, policy), kToday};
  world->work = GenerateWork(random, world->taxonomy, "tasks/t");
  return world;
}

}  // namespace passend::matcher
