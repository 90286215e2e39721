// What skills are called and by whom, as credentials and printed pages name them.
#ifndef PASSEND_SERVICE_PORTABLE_SKILL_DIRECTORY_H_
#define PASSEND_SERVICE_PORTABLE_SKILL_DIRECTORY_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "passend/v1/taxonomy.pb.h"
#include "service/credential/badge.h"
#include "service/skill_catalog.h"
#include "storage/store.h"

namespace passend::service {

// Reads concepts from the store as they are asked for, each once; all of them at most once, where a
// badge names a skill by an identifier that does not tell its place. `store` and `catalog` must
// outlive it. Thread safety: none; one for each answer.
class SkillDirectory {
 public:
  SkillDirectory(const storage::Store& store, const SkillCatalog& catalog)
      : store_(store), catalog_(catalog) {}

  // The label in the language; where it has none, in the other; where the concept is not stored,
  // the last part of its name. Errors of the store; DAMAGED_DATA.
  absl::StatusOr<std::string> LabelOf(const std::string& skill, std::string_view language_code);

  // The skill as a badge names it, with what ESCO calls it where the taxonomy says so.
  absl::StatusOr<BadgeSkill> BadgeOf(const std::string& skill);

  // Which skill a badge means: the one that it states, unless the publisher's identifiers tell that
  // another is meant; otherwise the first whose publisher's identifier it names. "" where no
  // taxonomy has it, or it is no skill that somebody can have.
  absl::StatusOr<std::string> MeantBy(const BadgeStatement& badge);

  // Whether a taxonomy has it, as something that a person can have.
  bool IsHeld(std::string_view skill) const;

 private:
  // Null where it is not stored.
  absl::StatusOr<const v1::Concept*> Find(const std::string& name);

  absl::StatusOr<std::string> FindByUri(const std::string& uri);
  absl::Status ReadUris();

  const storage::Store& store_;
  const SkillCatalog& catalog_;
  std::map<std::string, v1::Concept> concepts_;  // with an empty name: not stored
  // The skills by their publishers' identifiers, of one look at all concepts; nullopt: nobody had
  // to look yet.
  std::optional<std::map<std::string, std::string>> by_uri_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_SKILL_DIRECTORY_H_
