#include "service/records/known_skill.h"

#include <optional>

#include "service/errors/request_errors.h"

namespace passend::service {

absl::Status CheckSkill(const SkillCatalog& catalog, std::string_view skill, std::string_view field,
                        SkillUse use) {
  const std::optional<v1::ConceptKind> kind = catalog.KindOf(skill);
  if (!kind.has_value()) {
    return UnknownSkill(field, skill, "a skill of a taxonomy that was imported");
  }
  const bool group_allowed = use == SkillUse::kRequired;
  if (kind == v1::CONCEPT_KIND_SKILL || kind == v1::CONCEPT_KIND_KNOWLEDGE ||
      (group_allowed && kind == v1::CONCEPT_KIND_SKILL_GROUP)) {
    return absl::OkStatus();
  }
  return UnknownSkill(field, skill,
                      group_allowed ? "a concept of kind SKILL, KNOWLEDGE or SKILL_GROUP"
                                    : "a concept of kind SKILL or KNOWLEDGE");
}

}  // namespace passend::service
