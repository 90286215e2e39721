// What is stored of taxonomies: a record is the serialised message, the etag its version.
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_RECORDS_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_RECORDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "matcher/taxonomy.h"
#include "passend/v1/taxonomy.pb.h"
#include "storage/store.h"

namespace passend::service {

// DAMAGED_DATA where the bytes are no such message.
absl::StatusOr<v1::Concept> ParseConcept(const std::string& bytes);

// With its etag. DAMAGED_DATA where the bytes are no such message.
absl::StatusOr<v1::Taxonomy> ParseTaxonomy(const storage::Record& record);

std::string TaxonomyEtag(storage::Version version);

// What the scoring core needs of a concept, in a vocabulary with so many occupations that use any
// skill.
matcher::Concept MatcherConcept(const v1::Concept& entry, int32_t occupations);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_RECORDS_H_
