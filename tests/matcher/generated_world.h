// Vocabularies, people and work for property tests: every shape that the core allows, with many
// ties, empty fields and values at their limits.
#ifndef PASSEND_TESTS_MATCHER_GENERATED_WORLD_H_
#define PASSEND_TESTS_MATCHER_GENERATED_WORLD_H_

#include <memory>
#include <string>
#include <vector>

#include "matcher/person.h"
#include "matcher/reference_scorer.h"
#include "matcher/work.h"
#include "tests/matcher/random_source.h"

namespace passend::matcher {

inline constexpr Day kToday = 20'000;

// About `size` concepts with broader, related and mapped ones.
Taxonomy GenerateTaxonomy(RandomSource& random, int size);

Person GeneratePerson(RandomSource& random, const Taxonomy& taxonomy, std::string name);
Work GenerateWork(RandomSource& random, const Taxonomy& taxonomy, std::string name);
std::vector<Person> GeneratePeople(RandomSource& random, const Taxonomy& taxonomy, int count);

// Within the rules of passend.v1.Policy.
Policy GeneratePolicy(RandomSource& random);
// Within the bounds of the policy.
Weights GenerateWeights(RandomSource& random, const Policy& policy);

Validation GenerateValidation(RandomSource& random);

// One question: everything a score depends on.
struct GeneratedWorld {
  Taxonomy taxonomy;
  ScoringBasis basis;  // points to `taxonomy`
  Work work;
};
std::unique_ptr<GeneratedWorld> GenerateWorld(RandomSource& random);

}  // namespace passend::matcher

#endif  // PASSEND_TESTS_MATCHER_GENERATED_WORLD_H_
