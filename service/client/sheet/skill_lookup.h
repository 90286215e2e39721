// Which skill a coach means.
#ifndef PASSEND_SERVICE_CLIENT_SHEET_SKILL_LOOKUP_H_
#define PASSEND_SERVICE_CLIENT_SHEET_SKILL_LOOKUP_H_

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "service/client/words.h"

namespace passend::client {

// Whether there is a concept of that name.
using HasConcept = std::function<absl::StatusOr<bool>(const std::string& name)>;
using SearchSkills = std::function<absl::StatusOr<passend::v1::SearchConceptsResponse>(
    const passend::v1::SearchConceptsRequest&)>;

// What was found for a name: a skill, or what to say instead.
struct FoundSkill {
  std::string name;     // taxonomies/.../concepts/...; empty: not found
  std::string problem;  // with what may be meant
};

// Finds skills by what they are called, each name once. Not thread-safe.
class SkillLookup {
 public:
  SkillLookup(Language language, HasConcept has, SearchSkills search)
      : language_(language), has_(std::move(has)), search_(std::move(search)) {}

  // `esco/...` and full names of what there is, as they are. Otherwise the one skill that has
  // exactly this label, whatever its case; where there is none, or more than one, the nearest are
  // named. An error only where the server could not be asked.
  absl::StatusOr<FoundSkill> Find(const std::string& text);

 private:
  absl::StatusOr<FoundSkill> Ask(const std::string& typed);

  const Language language_;
  const HasConcept has_;
  const SearchSkills search_;
  std::map<std::string, FoundSkill> known_;
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SHEET_SKILL_LOOKUP_H_
