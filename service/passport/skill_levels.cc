#include "service/passport/skill_levels.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "matcher/certainty.h"
#include "service/match/book_reader.h"

namespace passend::service {
namespace {

auto Age(const v1::Validation& validation) {
  return std::make_tuple(-validation.validate_time().seconds(), -validation.validate_time().nanos(),
                         -validation.create_time().seconds(), -validation.create_time().nanos(),
                         validation.name());
}

}  // namespace

std::vector<v1::PassportSkill> SkillsOn(const matcher::AbilityPolicy& policy,
                                        std::vector<v1::Validation> validations, matcher::Day day) {
  std::ranges::sort(validations, {}, Age);
  std::map<std::string, std::vector<v1::Validation>> by_skill;
  for (v1::Validation& validation : validations) {
    by_skill[validation.skill()].push_back(std::move(validation));
  }
  std::vector<v1::PassportSkill> skills;
  for (auto& [name, of_skill] : by_skill) {
    std::vector<matcher::Validation> read;
    for (const v1::Validation& validation : of_skill) {
      if (const auto one = ValidationOf(FactsOf(validation))) read.push_back(*one);
    }
    const std::optional<matcher::HeldLevel> held = matcher::HoldsOn(policy, read, day);
    if (!held.has_value()) continue;
    v1::PassportSkill& skill = skills.emplace_back();
    skill.set_skill(name);
    skill.set_level(held->level);
    skill.set_certainty_basis_points(held->certainty);
    skill.set_disputed(held->disputed);
    for (v1::Validation& validation : of_skill) *skill.add_validations() = std::move(validation);
  }
  return skills;
}

}  // namespace passend::service
