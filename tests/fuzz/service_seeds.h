// What the service that is fuzzed has from the start: a vocabulary, two people with a validation
// each, a task that they are found for, and consents: of the first one for an introduction, of the
// second one for those who keep the first.
#ifndef PASSEND_TESTS_FUZZ_SERVICE_SEEDS_H_
#define PASSEND_TESTS_FUZZ_SERVICE_SEEDS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace passend::fuzz {

// A call by somebody who may do everything; more than one request is a stream. Gives the answer.
using Ask = std::function<absl::StatusOr<std::string>(std::string_view method,
                                                      const std::vector<std::string>& requests)>;

// Makes it. A call that is refused is a broken promise. Times are around `now`.
void Plant(const Ask& ask, int64_t now);

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_SERVICE_SEEDS_H_
