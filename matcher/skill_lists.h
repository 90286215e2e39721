// The posting lists of a block: for each skill that anybody in it has, who, and what is known of
// it.
#ifndef PASSEND_MATCHER_SKILL_LISTS_H_
#define PASSEND_MATCHER_SKILL_LISTS_H_

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/column.h"
#include "matcher/posting.h"
#include "matcher/staged_people.h"

namespace passend::matcher {

// A skill within a block: its place among the block's skills, which are in order of concept.
using LocalSkill = uint32_t;

// Immutable.
class SkillLists {
 public:
  SkillLists() = default;
  // Every row's skills fit for postings relative to `base`.
  SkillLists(std::span<const StagedPerson> rows, Day base);

  Day base() const { return base_; }
  size_t skills() const { return concepts_.size(); }
  ConceptIndex Concept(LocalSkill skill) const { return concepts_[skill]; }

  // The place of a concept's list; skills() where nobody has it.
  LocalSkill Find(ConceptIndex skill) const {
    const size_t word = skill / 64;
    if (word >= present_.size() || (present_[word] >> skill % 64 & 1) == 0) {
      return static_cast<LocalSkill>(skills());
    }
    const uint64_t lower = present_[word] & ((uint64_t{1} << skill % 64) - 1);
    return before_[word] + static_cast<LocalSkill>(std::popcount(lower));
  }

  // In order of row. One posting beyond its end may be read.
  std::span<const Posting> List(LocalSkill skill) const {
    return {postings_.data() + starts_[skill], postings_.data() + starts_[skill + 1]};
  }

  // What one row holds of a skill; empty: nothing.
  std::span<const Posting> Run(LocalSkill skill, uint32_t row) const;

 private:
  void FindConcepts(std::span<const StagedPerson> rows);

  Day base_ = 0;
  Column<ConceptIndex> concepts_;
  // A bit for each concept that is there, and how many there are before each word.
  std::vector<uint64_t> present_;
  std::vector<uint32_t> before_;
  Column<uint32_t> starts_;   // one more than concepts
  Column<Posting> postings_;  // one more than there are
};

// The end of the run that begins at `begin`.
inline const Posting* RunEnd(const Posting* begin, const Posting* list_end) {
  const Posting* end = begin + 1;
  while (end != list_end && RowOf(*end) == RowOf(*begin)) ++end;
  return end;
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_SKILL_LISTS_H_
