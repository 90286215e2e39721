// Whether a skill that somebody names exists, and may stand where it stands.
#ifndef PASSEND_SERVICE_RECORDS_KNOWN_SKILL_H_
#define PASSEND_SERVICE_RECORDS_KNOWN_SKILL_H_

#include <string_view>

#include "absl/status/status.h"
#include "service/skill_catalog.h"

namespace passend::service {

enum class SkillUse {
  kHeld,      // somebody has it: SKILL or KNOWLEDGE
  kRequired,  // a task asks for it: a SKILL_GROUP as well
};

// UNKNOWN_SKILL with the field's path.
absl::Status CheckSkill(const SkillCatalog& catalog, std::string_view skill, std::string_view field,
                        SkillUse use);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_KNOWN_SKILL_H_
