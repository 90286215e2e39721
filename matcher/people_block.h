// Up to 16,384 people of one region, laid out for ranking: columns of bits and small numbers,
// skills in posting lists, and everything that is needed to give each person back exactly.
//
// Invariants:
//   B1  Person(row) equals what was put in, field by field.
//   B2  Nothing changes after it is made: any number of threads may read it.
//   B3  Nothing in it depends on a day, a policy or a query.
#ifndef PASSEND_MATCHER_PEOPLE_BLOCK_H_
#define PASSEND_MATCHER_PEOPLE_BLOCK_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "matcher/bit_planes.h"
#include "matcher/column.h"
#include "matcher/name_column.h"
#include "matcher/person.h"
#include "matcher/skill_lists.h"
#include "matcher/staged_people.h"
#include "matcher/way_minutes.h"
#include "matcher/wish_planes.h"

namespace passend::matcher {

// Values in a column that stand for entries of a list of the block.
using EntryNumber = uint16_t;

// Most skills, paces and needs of a person in a block: a record stays short.
inline constexpr size_t kBlockSkillsMax = 200;
inline constexpr size_t kBlockPacesMax = 32;
inline constexpr size_t kBlockNeedsMax = 64;

// One of several paces.
struct PackedPace {
  Day observed;
  std::array<uint16_t, kPaceParts> amounts;
  WorkKind kind;
  bool measured;

  PersonPace Unpack() const;
};

// The rows from `begin` to the next run's.
struct ScheduleRun {
  uint32_t begin;
  Week schedule;
};

struct PackedNeed {
  SupportSolution solution;
  uint8_t amount_percent;
  uint8_t brought_percent;
  bool essential;

  SupportNeed Unpack() const { return {solution, amount_percent, brought_percent, essential}; }
};

class PeopleBlock {
 public:
  // True where the columns can hold the person: within the ranges of passend.v1, and somewhat
  // beyond. Everybody else is kept and judged as a plain structure.
  static bool Holds(const Person& person);
  // The same of a person with these skills, in order of skill, instead of its own.
  static bool Holds(const Person& person, std::span<const SkillValidation> skills);

  // What the rows of a block are best sorted by, and no more than that: any order gives the same
  // answers, in more time and memory.
  static bool ComesBefore(const Wishes& a, const Wishes& b) {
    return a.schedule.days < b.schedule.days;
  }

  // 1 to kBlockRowsMax people of one region whom it Holds.
  explicit PeopleBlock(std::span<const Person* const> people);
  PeopleBlock(std::string region, std::span<const StagedPerson> people);

  size_t rows() const { return rows_; }
  const std::string& region() const { return region_; }
  Person At(uint32_t row) const;
  std::string NameOf(uint32_t row) const { return names_.Get(row); }
  bool IsNamed(uint32_t row, std::string_view name) const { return names_.Equals(row, name); }
  std::vector<PersonPace> PacesOf(uint32_t row) const;

  // Columns. Bits: a word is 64 rows, see BitPlanes; a pointer is to the words from `word` on.
  const BitPlanes& forms() const { return forms_; }  // 0: not known
  const BitPlanes& hours_min() const { return hours_min_; }
  const BitPlanes& hours_max() const { return hours_max_; }  // 0: not known
  const WishPlanes& wishes() const { return wishes_; }
  const SkillLists& skills() const { return skills_; }
  // Rows in succession have the same schedule; empty: not known.
  std::span<const ScheduleRun> schedules() const { return schedules_; }
  // The place of a row's run.
  size_t ScheduleOf(uint32_t row) const;
  // These two have a place for each row of the words, also after the last row.
  std::span<const EntryNumber> way() const { return way_; }
  std::span<const uint8_t> minutes_max() const { return minutes_max_; }
  std::span<const HomeMeans> ways() const { return ways_; }  // [0]: not known
  const Homes& homes() const { return homes_; }
  const uint64_t* travels(size_t word) const { return &travels_[word]; }  // has a known way
  // The least of it that is known; 0: not known.
  const BitPlanes& pace(int part) const { return paces_[static_cast<size_t>(part)]; }
  const uint64_t* several_paces(size_t word) const { return &several_paces_[word]; }
  // Of a row with several paces.
  std::span<const PackedPace> SeveralPaces(uint32_t row) const {
    const size_t place = SeveralPlace(row);
    return {packed_paces_.data() + several_starts_[place],
            packed_paces_.data() + several_starts_[place + 1]};
  }
  std::span<const EntryNumber> needs() const { return needs_; }
  size_t need_lists() const { return need_starts_.size() - 1; }
  // List 0 stands for needs that are not known; all others are known, and may be empty.
  std::span<const PackedNeed> NeedList(EntryNumber number) const {
    return {packed_needs_.data() + need_starts_[number],
            packed_needs_.data() + need_starts_[number + 1]};
  }
  const uint64_t* support_known(size_t word) const { return &support_known_[word]; }
  // Rows that cannot do without support on that line, whatever the policy.
  std::span<const uint16_t> NeedingLine(SupportLine line) const {
    return {needing_rows_.data() + needing_starts_[line],
            needing_rows_.data() + needing_starts_[line + 1]};
  }
  // Rows with an essential need of which the policy says how much is needed, on whatever line.
  std::span<const uint16_t> NeedingByPolicy() const {
    return {needing_rows_.data() + needing_starts_[kSupportLines],
            needing_rows_.data() + needing_rows_.size()};
  }
  uint32_t last_shown(uint32_t row) const { return last_shown_.empty() ? 0 : last_shown_[row]; }

  // Rows with skills; of these, those of whom it depends on the day whether any counts, whatever
  // the day; and a day from which all others have one that counts for good.
  const uint64_t* skilled(size_t word) const { return &skilled_[word]; }
  const uint64_t* fading(size_t word) const { return &fading_[word]; }
  Day all_count_from() const { return all_count_from_; }
  // True when any skill of the row has a validation that counts on that day.
  bool HoldsAnySkill(uint32_t row, Day day) const;

  // The columns of gates, wishes, pace and support, with the lists that their entries stand for.
  size_t ColumnBytes() const;

  // Where homes are, and the longest travel by each means; 0: nobody travels so.
  struct Reach {
    Place south_west;
    Place north_east;
    std::array<int32_t, kTravelMeans> minutes_max;
  };
  const Reach& reach() const { return reach_; }

 private:
  void Build(std::span<const StagedPerson> people);
  void BuildTravel(std::span<const StagedPerson> people);
  void BuildPaces(std::span<const StagedPerson> people);
  void BuildNeeds(std::span<const StagedPerson> people);
  void FindNeeding(std::span<const StagedPerson> people);
  void BuildSkills(std::span<const StagedPerson> people);
  void BuildRecords(std::span<const StagedPerson> people);
  void BuildSchedules(std::span<const StagedPerson> people);
  // The place of a row among those with several paces.
  size_t SeveralPlace(uint32_t row) const {
    const uint64_t before =
        several_paces_[row / kWordRows] & ((uint64_t{1} << row % kWordRows) - 1);
    return several_before_[row / kWordRows] + static_cast<size_t>(std::popcount(before));
  }
  std::vector<LocalSkill> SkillsOf(uint32_t row) const;
  const uint8_t* RecordOf(uint32_t row) const {
    return records_.data() + group_starts_[row / kRecordGroupRows] + record_starts_[row];
  }

  size_t rows_;
  std::string region_;
  NameColumn names_;
  BitPlanes forms_;
  BitPlanes hours_min_;
  BitPlanes hours_max_;
  WishPlanes wishes_;
  std::vector<ScheduleRun> schedules_;
  std::vector<EntryNumber> way_;
  Column<HomeMeans> ways_;
  Homes homes_;
  std::vector<uint8_t> minutes_max_;
  std::vector<uint64_t> travels_;
  Reach reach_{};
  std::array<BitPlanes, kPaceParts> paces_;
  std::vector<uint64_t> several_paces_;
  std::vector<uint16_t> several_before_;  // rows with several paces before each word
  std::vector<uint32_t> several_starts_;  // one more than such rows
  Column<PackedPace> packed_paces_;
  std::vector<EntryNumber> needs_;
  std::vector<uint32_t> need_starts_;
  std::vector<PackedNeed> packed_needs_;
  std::vector<uint64_t> support_known_;
  std::array<uint32_t, kSupportLines + 1> needing_starts_{};
  std::vector<uint16_t> needing_rows_;
  Column<uint32_t> last_shown_;  // empty: nobody was ever
  std::vector<uint64_t> skilled_;
  std::vector<uint64_t> fading_;
  Day all_count_from_ = 0;
  SkillLists skills_;
  // What no query reads in passing: each row's skills and the rest of its paces.
  int skill_gap_bits_ = 0;
  static constexpr size_t kRecordGroupRows = 16;
  std::vector<uint32_t> group_starts_;
  std::vector<uint16_t> record_starts_;  // within the group
  Column<uint8_t> records_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PEOPLE_BLOCK_H_
