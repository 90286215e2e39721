// Stores of before 2026-11-21 had a record for each validation. They are put into books.
#ifndef PASSEND_SERVICE_VALIDATIONS_GATHER_VALIDATIONS_H_
#define PASSEND_SERVICE_VALIDATIONS_GATHER_VALIDATIONS_H_

#include <cstddef>
#include <functional>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::service {

// Moves every validation that has a record of its own into its passport's book, some thousands in a
// commit: what was moved when it ends early stays moved, and it goes on from there the next time.
// Where there is none left it costs nothing. Nobody else may write meanwhile. `progress` hears how
// many were moved so far. How many were moved; DAMAGED_DATA; errors of the store.
absl::StatusOr<size_t> GatherValidations(storage::Store& store,
                                         const std::function<void(size_t moved)>& progress);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_GATHER_VALIDATIONS_H_
