// A population as the records that the service would have of it: a passport, its validations and
// its exposure for each person; tasks; a taxonomy. Projecting them back
// (service/match/projection.h) gives the same matcher::Person, and the same matcher::Work.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_POPULATION_RECORDS_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_POPULATION_RECORDS_H_

#include <cstdint>
#include <vector>

#include "matcher/person.h"
#include "matcher/taxonomy.h"
#include "matcher/work.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "passend/v1/validation.pb.h"
#include "storage/store.h"

namespace passend::service {

// ACTIVE, with times and everything that `person` tells, but for its skills.
v1::Passport PassportOf(const matcher::Person& person);

// In the order of their names, which are random by `seed` and in no order of skills; those of one
// skill are in the order of `person`. Each with its times, and, where somebody else established it,
// with validator, capacity and place.
std::vector<v1::Validation> ValidationsOf(const matcher::Person& person,
                                          const matcher::Taxonomy& taxonomy, uint64_t seed);

// OPEN.
v1::Task TaskOf(const matcher::Work& work, const matcher::Taxonomy& taxonomy);

// What is stored of a person: the passport, the validations, and the exposure of whom was shown.
std::vector<storage::Mutation> RecordsOf(const matcher::Person& person,
                                         const matcher::Taxonomy& taxonomy, uint64_t seed);

// What is stored of a taxonomy of these skills, all of them of one taxonomy, with as many
// occupations as they were counted in. The occupations' names come after those of the skills, so
// that each skill keeps its matcher::ConceptIndex.
std::vector<storage::Mutation> TaxonomyRecordsOf(const std::vector<matcher::Concept>& skills);

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_POPULATION_RECORDS_H_
