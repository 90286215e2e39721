// The errors of taxonomies, with their reasons and metadata (passend/v1/error_reason.proto).
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_ERRORS_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_ERRORS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace passend::service {

absl::Status TaxonomyNotFound(std::string_view name);
absl::Status ConceptNotFound(std::string_view name);

// `what` says what is wrong with the header, or with its absence.
absl::Status ImportHeaderError(std::string_view what);

// `what` says what is wrong with the end; `received` concepts had come.
absl::Status ImportEndError(std::string_view what, size_t received);

absl::Status DuplicateConcept(std::string_view name);

// `field` of `name` points to `target`; `why_not` says why that is no good.
absl::Status DanglingConcept(std::string_view name, std::string_view field, std::string_view target,
                             std::string_view why_not);

// `circle`: each concept followed by a broader one, the last by the first.
absl::Status ConceptCycle(const std::vector<std::string>& circle);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_ERRORS_H_
