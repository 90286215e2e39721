// Names of taxonomies and concepts, and the keys of their records.
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_NAMES_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace passend::service {

// "esco" of "taxonomies/esco"; nullopt where it is no such name. An id starts with a-z, then a-z,
// 0-9 and hyphens, 1 to 63 characters.
std::optional<std::string> TaxonomyIdOf(std::string_view taxonomy_name);

// A concept's name, taken apart.
struct ConceptId {
  std::string taxonomy;
  std::string concept_id;  // 1 to 63 of A-Z a-z 0-9 . _ -
};

// {"esco", "0005c151"} of "taxonomies/esco/concepts/0005c151"; nullopt where it is no such name.
std::optional<ConceptId> ConceptIdOf(std::string_view concept_name);

storage::Key TaxonomyKey(std::string_view taxonomy_id);
storage::Key ConceptKey(const ConceptId& id);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_NAMES_H_
