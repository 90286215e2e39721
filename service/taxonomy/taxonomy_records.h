// What is stored of taxonomies, as it is read (records/stored_message.h).
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_RECORDS_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_RECORDS_H_

#include "absl/status/statusor.h"
#include "matcher/taxonomy.h"
#include "passend/v1/taxonomy.pb.h"
#include "storage/store.h"

namespace passend::service {

// The concept of a record, with its name. DAMAGED_DATA.
absl::StatusOr<v1::Concept> StoredConcept(const storage::Record& record);

// The taxonomy of a record, with its name and etag. DAMAGED_DATA.
absl::StatusOr<v1::Taxonomy> StoredTaxonomy(const storage::Record& record);

// What the scoring core needs of a concept, in a vocabulary with so many occupations that use any
// skill.
matcher::Concept MatcherConcept(const v1::Concept& entry, int32_t occupations);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_RECORDS_H_
