// Ranks the people of one block after another for one query, exactly as the plain scorer would.
//
// Gates are closed for 64 rows at a time, in the order of their causes, so that every exclusion is
// counted under its first cause. A row that is left is scored only where it could still enter the
// list (LeastNeeded): the counts need everybody, the list does not.
#ifndef PASSEND_MATCHER_BLOCK_SCAN_H_
#define PASSEND_MATCHER_BLOCK_SCAN_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/best_list.h"
#include "matcher/people_block.h"
#include "matcher/people_query.h"

namespace passend::matcher {

// Where somebody in a list was found. Points into what the list was made from.
struct PersonSource {
  const PeopleBlock* block = nullptr;  // nullptr: a plain person
  uint32_t row = 0;
  const Person* person = nullptr;
};
struct NameOfPerson {
  std::string operator()(const PersonSource& source) const {
    return source.block != nullptr ? source.block->NameOf(source.row) : source.person->name;
  }
};
using BestPeople = BestList<PersonSource, NameOfPerson>;

// A list of a block as it is read: from `at`, which moves on, to `end`.
struct OpenList {
  const Posting* at;
  const Posting* end;
  const Posting* begin;
  const Attainment* attainment;
};

// A skill that is asked, with its part of ScanScratch::lists.
struct OpenSkill {
  const SkillQuery* query;
  size_t lists_begin;
  size_t lists_end;
  int64_t gain_max;  // most that anybody in the block adds to the sum by it
};

// Memory of a scan that is worth keeping for the next one. Not thread-safe.
struct ScanScratch {
  std::vector<uint64_t> open;         // rows that no gate has closed so far
  std::vector<uint64_t> unknown;      // rows of whom no skill is known
  std::vector<uint64_t> has;          // rows that have a skill that cannot be learnt
  std::vector<uint64_t> wanted;       // rows that can still enter the list
  std::vector<OpenSkill> skills;      // of the block
  std::vector<OpenList> lists;        // of all of them
  std::vector<int64_t> sums;          // sum(weight * fit) of each wanted row
  std::vector<BasisPoints> fits;      // of one requirement; 0 between requirements
  std::vector<uint32_t> touched;      // rows of `fits` that are not 0
  std::vector<uint8_t> met;           // strengths of wishes that are met, of each row
  std::vector<uint8_t> common_hours;  // of each run of schedules
  std::vector<uint64_t> no_common_hour;
  WayScratch ways;
  std::vector<uint64_t> lacks_support;      // rows without what they cannot do without
  std::vector<BasisPoints> support_scores;  // of each list of needs; -1: not yet known
  std::array<std::vector<uint64_t>, kPaceParts> paces_closed;  // rows with several paces, by part
};

// Adds the rows of `block` that are not in `gone` (empty: all are there; else a word for 64 rows)
// to `counts`, and those of the best that belong there to `best`. The block must outlive `best`.
void ScanBlock(const PeopleQuery& query, const PeopleBlock& block, std::span<const uint64_t> gone,
               ScanScratch& scratch, BestPeople& best, PoolCounts& counts);

// What the layout needs for the query: the columns of gates, wishes, pace and support, and the
// lists of the skills that count. In bytes.
size_t BytesWalked(const PeopleQuery& query, const PeopleBlock& block);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_BLOCK_SCAN_H_
