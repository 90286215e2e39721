// Whom the columns of a block can hold.
#include <algorithm>

#include "matcher/people_block.h"

namespace passend::matcher {
namespace {

constexpr int32_t kColumnHoursMax = 255;
constexpr int32_t kColumnMinutesMax = 254;  // 255 stands for more
constexpr int32_t kColumnPercentMax = 255;
constexpr int32_t kColumnAmountMax = 65'535;

constexpr bool Within(int64_t value, int64_t low, int64_t high) {
  return low <= value && value <= high;
}

bool HoldsValidation(const Validation& one) {
  // Well inside what a posting can tell, wherever the block counts from.
  return Within(int64_t{one.validated} - StagedPosting::kDayZero, -kPostingDaysMax / 4,
                kPostingDaysMax / 4) &&
         FitsPostings(one, StagedPosting::kDayZero);
}

bool HoldsSkills(std::span<const PersonSkill> skills) {
  if (skills.size() > kBlockSkillsMax) return false;
  for (size_t place = 0; place < skills.size(); ++place) {
    const PersonSkill& skill = skills[place];
    if (place > 0 && skills[place - 1].skill >= skill.skill) return false;
    if (skill.validations.empty()) return false;
    if (!std::all_of(skill.validations.begin(), skill.validations.end(), HoldsValidation)) {
      return false;
    }
  }
  return true;
}

bool HoldsSkills(std::span<const SkillValidation> skills) {
  size_t different = 0;
  for (size_t place = 0; place < skills.size(); ++place) {
    if (!HoldsValidation(skills[place].validation)) return false;
    if (place > 0 && skills[place - 1].skill > skills[place].skill) return false;
    different += place == 0 || skills[place - 1].skill != skills[place].skill;
  }
  return different <= kBlockSkillsMax;
}

bool HoldsPaces(const std::vector<PersonPace>& paces) {
  return paces.size() <= kBlockPacesMax &&
         std::all_of(paces.begin(), paces.end(), [](const PersonPace& pace) {
           return std::all_of(pace.amounts.begin(), pace.amounts.end(),
                              [](int32_t amount) { return Within(amount, 0, kColumnAmountMax); });
         });
}

bool HoldsAllButSkills(const Person& person) {
  const Wishes& wishes = person.wishes;
  if (person.name.size() > kNameBytesMax || person.last_shown > UINT32_MAX) return false;
  if (!AreDisjoint(wishes) || !HoldsPaces(person.paces)) return false;
  if (!Within(wishes.weekly_hours_min, 0, kColumnHoursMax)) return false;
  if (!Within(wishes.weekly_hours_max, 0, kColumnHoursMax)) return false;
  if (wishes.travel && !Within(wishes.travel->minutes_max, 1, kColumnMinutesMax)) return false;
  if (!person.support_known && !person.needs.empty()) return false;
  return person.needs.size() <= kBlockNeedsMax &&
         std::all_of(person.needs.begin(), person.needs.end(), [](const SupportNeed& need) {
           return need.solution < 64 && Within(need.amount_percent, 0, kColumnPercentMax) &&
                  Within(need.brought_percent, 0, kColumnPercentMax);
         });
}

}  // namespace

bool PeopleBlock::Holds(const Person& person) {
  return HoldsAllButSkills(person) && HoldsSkills(person.skills);
}

bool PeopleBlock::Holds(const Person& person, std::span<const SkillValidation> skills) {
  return HoldsAllButSkills(person) && HoldsSkills(skills);
}

}  // namespace passend::matcher
