#include "service/evidence/asked_skills.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace passend::service {

std::vector<DueThing> SkillsAskedFor(const matcher::Person& person,
                                     const matcher::ScoringBasis& basis,
                                     const std::vector<matcher::Work>& works) {
  std::vector<DueThing> things;
  if (person.skills.empty()) return things;
  std::map<matcher::ConceptIndex, int32_t> levels;
  for (const matcher::Work& work : works) {
    for (const matcher::Requirement& requirement : work.requirements) {
      if (std::ranges::binary_search(person.skills, requirement.skill, std::less<>(),
                                     &matcher::PersonSkill::skill)) {
        continue;
      }
      int32_t& level = levels[requirement.skill];
      level = std::max(level, requirement.level);
    }
  }
  for (const auto& [skill, level] : levels) {
    DueThing& thing = things.emplace_back();
    thing.kind = v1::DUE_KIND_FIND_OUT;
    thing.topic = matcher::Topic::kSkillLevel;
    thing.skill = skill;
    thing.recorded = false;
    thing.level = thing.level_high = level;
    thing.method = matcher::Method::kWorkSample;
    thing.outcomes = {{{matcher::Method::kWorkSample, static_cast<int8_t>(level), basis.as_of,
                        std::nullopt, std::nullopt}}};
  }
  return things;
}

}  // namespace passend::service
