#include "service/taxonomy/taxonomy_records.h"

#include <optional>

#include "service/records/stored_message.h"
#include "service/taxonomy/taxonomy_names.h"

namespace passend::service {
namespace {

matcher::ConceptKind MatcherKind(v1::ConceptKind kind) {
  switch (kind) {
    case v1::CONCEPT_KIND_KNOWLEDGE:
      return matcher::ConceptKind::kKnowledge;
    case v1::CONCEPT_KIND_SKILL_GROUP:
      return matcher::ConceptKind::kSkillGroup;
    case v1::CONCEPT_KIND_OCCUPATION:
      return matcher::ConceptKind::kOccupation;
    default:
      return matcher::ConceptKind::kSkill;
  }
}

std::optional<matcher::MappingRelation> MatcherRelation(v1::MappingRelation relation) {
  switch (relation) {
    case v1::MAPPING_RELATION_EXACT:
      return matcher::MappingRelation::kExact;
    case v1::MAPPING_RELATION_CLOSE:
      return matcher::MappingRelation::kClose;
    case v1::MAPPING_RELATION_BROAD:
      return matcher::MappingRelation::kBroad;
    case v1::MAPPING_RELATION_NARROW:
      return matcher::MappingRelation::kNarrow;
    default:
      return std::nullopt;  // of a later version of the API: says nothing that we know of
  }
}

}  // namespace

absl::StatusOr<v1::Concept> StoredConcept(const storage::Record& record) {
  const std::optional<std::string> name = ConceptNameOfId(record.key.id);
  if (!name.has_value()) return DamagedData("the key of a stored concept");
  return ParseStored<v1::Concept>(record, *name);
}

absl::StatusOr<v1::Taxonomy> StoredTaxonomy(const storage::Record& record) {
  return ParseStored<v1::Taxonomy>(record, TaxonomyNameOfId(record.key.id));
}

matcher::Concept MatcherConcept(const v1::Concept& entry, int32_t occupations) {
  matcher::Concept result;
  result.name = entry.name();
  result.kind = MatcherKind(entry.kind());
  result.broader.assign(entry.broader().begin(), entry.broader().end());
  result.related.assign(entry.related().begin(), entry.related().end());
  for (const v1::ConceptMapping& mapping : entry.mappings()) {
    const auto relation = MatcherRelation(mapping.relation());
    if (relation.has_value()) result.mappings.push_back({mapping.target(), *relation});
  }
  result.used_by_occupations = entry.used_by_occupations();
  result.occupations = occupations;
  return result;
}

}  // namespace passend::service
