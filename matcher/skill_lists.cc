#include "matcher/skill_lists.h"

#include <algorithm>

namespace passend::matcher {

SkillLists::SkillLists(std::span<const Person* const> rows, Day base) : base_(base) {
  // One pass to find, one to count, one to place: the rows come in order, so every list does.
  std::vector<Posting> run;
  for (const Person* person : rows) {
    for (const PersonSkill& skill : person->skills) {
      if (skill.skill / 64 >= present_.size()) present_.resize(skill.skill / 64 + 1);
      present_[skill.skill / 64] |= uint64_t{1} << skill.skill % 64;
    }
  }
  present_.shrink_to_fit();
  for (size_t word = 0; word < present_.size(); ++word) {
    before_.push_back(static_cast<uint32_t>(concepts_.size()));
    for (uint64_t bits = present_[word]; bits != 0; bits &= bits - 1) {
      concepts_.push_back(static_cast<ConceptIndex>(word * 64) +
                          static_cast<ConceptIndex>(std::countr_zero(bits)));
    }
  }
  before_.shrink_to_fit();
  concepts_.shrink_to_fit();
  starts_.assign(concepts_.size() + 1, 0);
  for (const Person* person : rows) {
    for (const PersonSkill& skill : person->skills) {
      run.clear();
      AppendRun(skill.validations, base, 0, run);
      starts_[Find(skill.skill) + 1] += static_cast<uint32_t>(run.size());
    }
  }
  for (size_t skill = 0; skill < concepts_.size(); ++skill) starts_[skill + 1] += starts_[skill];
  postings_.assign(starts_.back() + 1, ~Posting{0});
  std::vector<uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (uint32_t row = 0; row < rows.size(); ++row) {
    for (const PersonSkill& skill : rows[row]->skills) {
      run.clear();
      AppendRun(skill.validations, base, row, run);
      uint32_t& place = next[Find(skill.skill)];
      std::copy(run.begin(), run.end(), postings_.begin() + place);
      place += static_cast<uint32_t>(run.size());
    }
  }
}

std::span<const Posting> SkillLists::Run(LocalSkill skill, uint32_t row) const {
  const std::span<const Posting> list = List(skill);
  const auto begin = std::lower_bound(list.begin(), list.end(), row << kPostingRowShift);
  if (begin == list.end() || RowOf(*begin) != row) return {};
  return {&*begin, RunEnd(&*begin, list.data() + list.size())};
}

}  // namespace passend::matcher
