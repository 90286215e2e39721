// Fills a store with a population (tests/benchmarks/matcher/population.h), as if each of its people
// had been registered through the service.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_STORE_FILLER_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_STORE_FILLER_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "storage/store.h"
#include "tests/benchmarks/matcher/population.h"

namespace passend::service {

// Writes the population's taxonomy, `people` passports with their validations and exposures, and
// `tasks` open tasks of six required skills each (Population::MakePerson and MakeWork, numbered
// from 0). The records are those of population_records.h: the keys and values that the handlers
// write. The commits are large and have no events: whoever follows the journal is told nothing, so
// the store is to be filled before anybody follows it. Tells on stderr how far it is.
//
// The ids are random, so people come in no order of them, as in a store that grew. Errors of the
// store; waits where it is busy.
absl::Status FillStore(const matcher::Population& population, size_t people, size_t tasks,
                       storage::Store& store);

// How many passports a store has, by looking at all of them.
absl::StatusOr<size_t> CountPassports(const storage::Store& store);

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_STORE_FILLER_H_
