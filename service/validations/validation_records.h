// The validations of a passport as they are stored.
#ifndef PASSEND_SERVICE_VALIDATIONS_VALIDATION_RECORDS_H_
#define PASSEND_SERVICE_VALIDATIONS_VALIDATION_RECORDS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/validation.pb.h"
#include "service/names/resource_names.h"
#include "storage/store.h"

namespace passend::service {

// With its name. DAMAGED_DATA.
absl::StatusOr<v1::Validation> ParseValidation(const storage::Record& record);

// All of them in the order of their names, revoked ones too. DAMAGED_DATA; errors of the store.
absl::StatusOr<std::vector<v1::Validation>> ReadValidations(const storage::Store& store,
                                                            const PassportName& parent);

// How many there are, and how many bytes they hold as stored.
struct ValidationsHeld {
  size_t count = 0;
  size_t bytes = 0;
};
absl::StatusOr<ValidationsHeld> CountValidations(const storage::Store& store,
                                                 const PassportName& parent);

// The keys only.
absl::StatusOr<std::vector<storage::Key>> ValidationKeys(const storage::Store& store,
                                                         const PassportName& parent);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_VALIDATION_RECORDS_H_
