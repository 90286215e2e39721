// Names of taxonomies and concepts, and the keys of their records.
#ifndef PASSEND_SERVICE_TAXONOMY_TAXONOMY_NAMES_H_
#define PASSEND_SERVICE_TAXONOMY_TAXONOMY_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace passend::service {

// "esco" of "taxonomies/esco"; nullopt where the name has not the form of a taxonomy's name.
std::optional<std::string> TaxonomyIdOf(std::string_view taxonomy_name);

// A concept's name, taken apart.
struct ConceptId {
  std::string taxonomy;
  std::string concept_id;
};

// {"esco", "0005c151"} of "taxonomies/esco/concepts/0005c151"; nullopt where the name has not the
// form of a concept's name.
std::optional<ConceptId> ConceptIdOf(std::string_view concept_name);

// The names of what is kept under record ids; nullopt for an id without a slash.
std::string TaxonomyNameOfId(std::string_view record_id);
std::optional<std::string> ConceptNameOfId(std::string_view record_id);

storage::Key TaxonomyKey(std::string_view taxonomy_id);
storage::Key ConceptKey(const ConceptId& id);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_TAXONOMY_NAMES_H_
