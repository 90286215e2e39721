#include "matcher/staged_people.h"

namespace passend::matcher {

void StagedPeople::AddSkill(ConceptIndex skill, const Validation& validation) {
  const int code = static_cast<int>(validation.method) * kLevelMax + validation.level - 1;
  skills_.emplace_back(skill, static_cast<uint32_t>(code),
                       int64_t{validation.validated} - StagedPosting::kDayZero);
  if (validation.expires) {
    skills_.emplace_back(skill, kPostingExpires,
                         int64_t{*validation.expires} - validation.validated);
  }
  if (validation.revoked) {
    skills_.emplace_back(skill, kPostingRevoked,
                         int64_t{*validation.revoked} - validation.validated);
  }
}

void StagedPeople::AddAllButSkills(const Person& person) {
  names_ += person.name;
  paces_.insert(paces_.end(), person.paces.begin(), person.paces.end());
  needs_.insert(needs_.end(), person.needs.begin(), person.needs.end());
  people_.push_back({person.wishes,
                     {static_cast<uint32_t>(names_.size()), static_cast<uint32_t>(skills_.size()),
                      static_cast<uint32_t>(paces_.size()), static_cast<uint32_t>(needs_.size())},
                     static_cast<uint32_t>(person.last_shown),
                     person.support_known});
}

void StagedPeople::Add(const Person& person) {
  for (const PersonSkill& skill : person.skills) {
    for (const Validation& validation : skill.validations) AddSkill(skill.skill, validation);
  }
  AddAllButSkills(person);
}

void StagedPeople::Add(const Person& person, std::span<const SkillValidation> skills) {
  for (const SkillValidation& one : skills) AddSkill(one.skill, one.validation);
  AddAllButSkills(person);
}

void StagedPeople::Append(const StagedPeople& other, size_t begin, size_t end) {
  if (begin == end) return;
  const Ends from = other.EndsBefore(begin);
  const Ends to = other.EndsBefore(end);
  const Ends here = EndsBefore(size());
  const auto append = [](auto& things, const auto& others, uint32_t first, uint32_t last) {
    things.insert(things.end(), others.begin() + first, others.begin() + last);
  };
  append(names_, other.names_, from.name, to.name);
  append(skills_, other.skills_, from.skills, to.skills);
  append(paces_, other.paces_, from.paces, to.paces);
  append(needs_, other.needs_, from.needs, to.needs);
  for (size_t place = begin; place < end; ++place) {
    Fixed& fixed = people_.emplace_back(other.people_[place]);
    fixed.ends.name += here.name - from.name;
    fixed.ends.skills += here.skills - from.skills;
    fixed.ends.paces += here.paces - from.paces;
    fixed.ends.needs += here.needs - from.needs;
  }
}

void StagedPeople::Clear() {
  people_.clear();
  names_.clear();
  skills_.clear();
  paces_.clear();
  needs_.clear();
}

StagedPerson StagedPeople::operator[](size_t place) const {
  const Ends begin = EndsBefore(place);
  const Fixed& fixed = people_[place];
  const Ends& end = fixed.ends;
  const auto part = [](const auto& things, uint32_t first, uint32_t last) {
    return std::span(things).subspan(first, last - first);
  };
  return {std::string_view(names_).substr(begin.name, end.name - begin.name),
          &fixed.wishes,
          part(skills_, begin.skills, end.skills),
          part(paces_, begin.paces, end.paces),
          part(needs_, begin.needs, end.needs),
          fixed.support_known,
          fixed.last_shown};
}

}  // namespace passend::matcher
