// What the rest of the service asks of taxonomies.
#ifndef PASSEND_SERVICE_SKILL_CATALOG_H_
#define PASSEND_SERVICE_SKILL_CATALOG_H_

#include <optional>
#include <string_view>

#include "passend/v1/taxonomy.pb.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class SkillCatalog {
 public:
  virtual ~SkillCatalog() = default;

  // What `taxonomies/{taxonomy}/concepts/{concept}` is; nullopt where no taxonomy has it. Concepts
  // that were dropped by their publisher are still there.
  virtual std::optional<v1::ConceptKind> KindOf(std::string_view concept_name) const = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SKILL_CATALOG_H_
