// From the names of a vocabulary's concepts to their numbers, for who asks millions of times.
#ifndef PASSEND_SERVICE_MATCH_SKILL_NUMBERS_H_
#define PASSEND_SERVICE_MATCH_SKILL_NUMBERS_H_

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "matcher/taxonomy.h"
#include "service/text.h"

namespace passend::service {

// Immutable; any number of threads may ask.
class SkillNumbers {
 public:
  explicit SkillNumbers(std::shared_ptr<const matcher::Taxonomy> taxonomy)
      : taxonomy_(std::move(taxonomy)) {
    numbers_.reserve(taxonomy_->size());
    for (matcher::ConceptIndex index = 0; index < taxonomy_->size(); ++index) {
      numbers_.emplace(taxonomy_->name(index), index);
    }
  }

  // As matcher::Taxonomy::Find.
  std::optional<matcher::ConceptIndex> Find(std::string_view name) const {
    const auto found = numbers_.find(ToAbsl(name));
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
  }

 private:
  const std::shared_ptr<const matcher::Taxonomy> taxonomy_;  // whose names the keys are
  absl::flat_hash_map<absl::string_view, matcher::ConceptIndex> numbers_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_SKILL_NUMBERS_H_
