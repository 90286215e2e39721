#include "matcher/skill_lists.h"

#include <algorithm>

namespace passend::matcher {
namespace {

// Days of a part, counted as postings count them.
int64_t DaysOf(const StagedPosting& part, Day base) {
  return part.validates() ? int64_t{part.days()} + StagedPosting::kDayZero - base : part.days();
}

bool FitsOnePosting(int64_t days) { return 0 <= days && days <= kPostingValueMask; }

}  // namespace

SkillLists::SkillLists(std::span<const StagedPerson> rows, Day base) : base_(base) {
  FindConcepts(rows);
  // One pass to count, one to place: the rows come in order, so every list does.
  starts_.assign(concepts_.size() + 1, 0);
  std::vector<LocalSkill> skills;  // of each part of each row
  for (const StagedPerson& person : rows) {
    for (const StagedPosting& part : person.skills) {
      skills.push_back(Find(part.skill()));
      starts_[skills.back() + 1] += FitsOnePosting(DaysOf(part, base)) ? 1 : 2;
    }
  }
  for (size_t skill = 0; skill < concepts_.size(); ++skill) starts_[skill + 1] += starts_[skill];
  postings_.assign(starts_.back() + 1, ~Posting{0});
  std::vector<uint32_t> next(starts_.begin(), starts_.end() - 1);
  auto skill = skills.begin();
  for (uint32_t row = 0; row < rows.size(); ++row) {
    for (const StagedPosting& part : rows[row].skills) {
      uint32_t& place = next[*skill++];
      const int64_t days = DaysOf(part, base);
      if (!FitsOnePosting(days)) {
        postings_[place++] = MakePosting(row, kPostingHigh, days >> kPostingCodeShift);
      }
      postings_[place++] = MakePosting(row, part.code(), days);
    }
  }
}

void SkillLists::FindConcepts(std::span<const StagedPerson> rows) {
  ConceptIndex last = 0;
  for (const StagedPerson& person : rows) {
    // A person's skills come in order.
    if (!person.skills.empty()) last = std::max(last, person.skills.back().skill());
  }
  present_.assign(last / 64 + 1, 0);
  for (const StagedPerson& person : rows) {
    for (const StagedPosting& part : person.skills) {
      present_[part.skill() / 64] |= uint64_t{1} << part.skill() % 64;
    }
  }
  std::vector<ConceptIndex> concepts;
  before_.reserve(present_.size());
  for (size_t word = 0; word < present_.size(); ++word) {
    before_.push_back(static_cast<uint32_t>(concepts.size()));
    for (uint64_t bits = present_[word]; bits != 0; bits &= bits - 1) {
      concepts.push_back(static_cast<ConceptIndex>(word * 64) +
                         static_cast<ConceptIndex>(std::countr_zero(bits)));
    }
  }
  concepts_.assign(concepts.begin(), concepts.end());
}

std::span<const Posting> SkillLists::Run(LocalSkill skill, uint32_t row) const {
  const std::span<const Posting> list = List(skill);
  const auto begin = std::lower_bound(list.begin(), list.end(), row << kPostingRowShift);
  if (begin == list.end() || RowOf(*begin) != row) return {};
  return {&*begin, RunEnd(&*begin, list.data() + list.size())};
}

}  // namespace passend::matcher
