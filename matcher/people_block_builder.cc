#include <algorithm>
#include <bit>
#include <optional>
#include <unordered_map>
#include <utility>

#include "matcher/bit_stream.h"
#include "matcher/people_block.h"

namespace passend::matcher {
namespace {

constexpr int kCountBits = 5;
constexpr int kDayBits = 6;

constexpr uint64_t ToZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

// The value of one field in every row.
template <typename Field>
BitPlanes PlanesOf(std::span<const StagedPerson> people, const Field& field) {
  std::vector<uint32_t> values;
  values.reserve(people.size());
  for (const StagedPerson& person : people) values.push_back(static_cast<uint32_t>(field(person)));
  return BitPlanes(values);
}

void SetBit(std::vector<uint64_t>& words, size_t row) {
  words[row / kWordRows] |= uint64_t{1} << row % kWordRows;
}

}  // namespace

PeopleBlock::PeopleBlock(std::span<const Person* const> people)
    : rows_(people.size()), region_(people.front()->region) {
  StagedPeople staged;
  for (const Person* person : people) staged.Add(*person);
  std::vector<StagedPerson> rows;
  rows.reserve(rows_);
  for (size_t place = 0; place < rows_; ++place) rows.push_back(staged[place]);
  Build(rows);
}

PeopleBlock::PeopleBlock(std::string region, std::span<const StagedPerson> people)
    : rows_(people.size()), region_(std::move(region)) {
  Build(people);
}

void PeopleBlock::Build(std::span<const StagedPerson> people) {
  std::vector<std::string_view> names;
  std::vector<const Wishes*> wishes;
  names.reserve(rows_);
  wishes.reserve(rows_);
  for (const StagedPerson& person : people) {
    names.push_back(person.name);
    wishes.push_back(person.wishes);
  }
  names_ = NameColumn(names);
  wishes_ = WishPlanes(wishes);
  forms_ = PlanesOf(people, [](const StagedPerson& one) { return one.wishes->forms; });
  hours_min_ =
      PlanesOf(people, [](const StagedPerson& one) { return one.wishes->weekly_hours_min; });
  hours_max_ =
      PlanesOf(people, [](const StagedPerson& one) { return one.wishes->weekly_hours_max; });
  if (std::any_of(people.begin(), people.end(),
                  [](const StagedPerson& person) { return person.last_shown != 0; })) {
    last_shown_.reserve(rows_);
    for (const StagedPerson& person : people) last_shown_.push_back(person.last_shown);
  }
  BuildSchedules(people);
  BuildTravel(people);
  BuildPaces(people);
  BuildNeeds(people);
  BuildSkills(people);
  BuildRecords(people);
}

void PeopleBlock::BuildSchedules(std::span<const StagedPerson> people) {
  for (uint32_t row = 0; row < rows_; ++row) {
    const Week& week = people[row].wishes->schedule;
    if (row == 0 || week != schedules_.back().schedule) schedules_.push_back({row, week});
  }
  schedules_.shrink_to_fit();
}

void PeopleBlock::BuildTravel(std::span<const StagedPerson> people) {
  std::unordered_map<uint64_t, uint16_t> homes;
  std::unordered_map<uint32_t, EntryNumber> ways;
  std::vector<HomeMeans> ways_in_use = {{0, TravelMeans::kWalking}};
  way_.assign(WordsFor(rows_) * kWordRows, 0);
  minutes_max_.assign(way_.size(), 0);
  travels_.assign(WordsFor(rows_), 0);
  for (size_t row = 0; row < rows_; ++row) {
    const auto& travel = people[row].wishes->travel;
    if (!travel) continue;
    SetBit(travels_, row);
    const Place& place = travel->home;
    const auto [home, home_added] =
        homes.emplace(uint64_t{static_cast<uint32_t>(place.latitude_centidegrees)} << 32 |
                          static_cast<uint32_t>(place.longitude_centidegrees),
                      static_cast<uint16_t>(homes_.size()));
    if (home_added) {
      if (homes_.empty()) reach_.south_west = reach_.north_east = place;
      homes_.Add(place);
      reach_.south_west = {
          std::min(reach_.south_west.latitude_centidegrees, place.latitude_centidegrees),
          std::min(reach_.south_west.longitude_centidegrees, place.longitude_centidegrees)};
      reach_.north_east = {
          std::max(reach_.north_east.latitude_centidegrees, place.latitude_centidegrees),
          std::max(reach_.north_east.longitude_centidegrees, place.longitude_centidegrees)};
    }
    const auto [way, added] =
        ways.emplace(uint32_t{home->second} << 8 | static_cast<uint32_t>(travel->means),
                     static_cast<EntryNumber>(ways_in_use.size()));
    if (added) ways_in_use.emplace_back(home->second, travel->means);
    way_[row] = way->second;
    minutes_max_[row] = static_cast<uint8_t>(travel->minutes_max);
    int32_t& longest = reach_.minutes_max[static_cast<size_t>(travel->means)];
    longest = std::max(longest, travel->minutes_max);
  }
  ways_.assign(ways_in_use.begin(), ways_in_use.end());
  homes_.ShrinkToFit();
}

void PeopleBlock::BuildPaces(std::span<const StagedPerson> people) {
  several_paces_.assign(WordsFor(rows_), 0);
  several_starts_ = {0};
  std::vector<PackedPace> paces;
  for (size_t row = 0; row < rows_; ++row) {
    if (row % kWordRows == 0) {
      several_before_.push_back(static_cast<uint16_t>(several_starts_.size() - 1));
    }
    if (people[row].paces.size() <= 1) continue;
    SetBit(several_paces_, row);
    for (const PersonPace& pace : people[row].paces) {
      PackedPace& packed =
          paces.emplace_back(PackedPace{pace.observed, {}, pace.kind, pace.measured});
      for (size_t part = 0; part < kPaceParts; ++part) {
        packed.amounts[part] = static_cast<uint16_t>(pace.amounts[part]);
      }
    }
    several_starts_.push_back(static_cast<uint32_t>(paces.size()));
  }
  several_starts_.shrink_to_fit();
  packed_paces_.assign(paces.begin(), paces.end());
  for (size_t part = 0; part < kPaceParts; ++part) {
    paces_[part] = PlanesOf(people, [part](const StagedPerson& one) {
      int32_t least = 0;
      for (const PersonPace& pace : one.paces) {
        const int32_t amount = pace.amounts[part];
        if (amount != 0 && (least == 0 || amount < least)) least = amount;
      }
      return least;
    });
  }
}

void PeopleBlock::BuildNeeds(std::span<const StagedPerson> people) {
  std::unordered_map<std::string, EntryNumber> numbers;  // by the bytes of a list
  need_starts_ = {0, 0};
  support_known_.assign(WordsFor(rows_), 0);
  needs_.assign(rows_, 0);
  std::string key;
  for (size_t row = 0; row < rows_; ++row) {
    const StagedPerson& person = people[row];
    if (!person.support_known) continue;
    SetBit(support_known_, row);
    key.clear();
    for (const SupportNeed& need : person.needs) {
      for (const int32_t part : {int32_t{need.solution}, need.amount_percent, need.brought_percent,
                                 int32_t{need.essential}}) {
        key += static_cast<char>(part);
      }
    }
    const auto [entry, added] = numbers.emplace(key, static_cast<EntryNumber>(need_lists()));
    if (added) {
      for (const SupportNeed& need : person.needs) {
        packed_needs_.push_back({need.solution, static_cast<uint8_t>(need.amount_percent),
                                 static_cast<uint8_t>(need.brought_percent), need.essential});
      }
      need_starts_.push_back(static_cast<uint32_t>(packed_needs_.size()));
    }
    needs_[row] = entry->second;
  }
  FindNeeding(people);
  need_starts_.shrink_to_fit();
  packed_needs_.shrink_to_fit();
}

void PeopleBlock::FindNeeding(std::span<const StagedPerson> people) {
  std::array<std::vector<uint16_t>, kSupportLines + 1> rows;
  for (uint32_t row = 0; row < rows_; ++row) {
    for (const SupportNeed& need : people[row].needs) {
      if (!need.essential) continue;
      // How much a need of no known amount takes is the policy's to say.
      const bool by_policy = need.amount_percent == 0;
      if (!by_policy && need.amount_percent <= need.brought_percent) continue;
      rows[by_policy ? kSupportLines : LineOf(need.solution)].push_back(static_cast<uint16_t>(row));
    }
  }
  for (size_t line = 0; line <= kSupportLines; ++line) {
    needing_starts_[line] = static_cast<uint32_t>(needing_rows_.size());
    needing_rows_.insert(needing_rows_.end(), rows[line].begin(), rows[line].end());
  }
  needing_rows_.shrink_to_fit();
}

void PeopleBlock::BuildSkills(std::span<const StagedPerson> people) {
  // Days count from where the newest validation still fits into one posting.
  std::optional<Day> newest;
  skilled_.assign(WordsFor(rows_), 0);
  fading_ = skilled_;
  all_count_from_ = INT32_MIN;
  for (size_t row = 0; row < rows_; ++row) {
    const std::span<const StagedPosting> parts = people[row].skills;
    if (parts.empty()) continue;
    SetBit(skilled_, row);
    std::optional<Day> counts_from;
    for (size_t part = 0; part < parts.size(); ++part) {
      if (!parts[part].validates()) continue;
      const Day validated = StagedPosting::kDayZero + parts[part].days();
      newest = std::max(newest.value_or(validated), validated);
      const bool ends = part + 1 < parts.size() && !parts[part + 1].validates();
      if (!ends) counts_from = std::min(counts_from.value_or(validated), validated);
    }
    if (counts_from) {
      all_count_from_ = std::max(all_count_from_, *counts_from);
    } else {
      SetBit(fading_, row);
    }
  }
  skills_ = SkillLists(
      people, newest.value_or(StagedPosting::kDayZero) - static_cast<Day>(kPostingValueMask));
}

void PeopleBlock::BuildRecords(std::span<const StagedPerson> people) {
  // The skills of all rows, one after another.
  std::vector<LocalSkill> skills;
  std::vector<uint32_t> ends;
  ends.reserve(rows_);
  int64_t gaps = 0;
  for (const StagedPerson& person : people) {
    const size_t begin = skills.size();
    std::optional<ConceptIndex> last;
    for (const StagedPosting& part : person.skills) {
      if (part.skill() == last) continue;
      last = part.skill();
      skills.push_back(skills_.Find(part.skill()));
    }
    ends.push_back(static_cast<uint32_t>(skills.size()));
    if (last) gaps += skills.back() + 1 - static_cast<int64_t>(skills.size() - begin);
  }
  // The width that is best for gaps of this mean, to within a few percent.
  const auto held = static_cast<int64_t>(skills.size());
  const uint64_t mean = held == 0 ? 0 : static_cast<uint64_t>(gaps * 2 / (held * 3));
  skill_gap_bits_ = std::bit_width(mean);
  std::vector<uint8_t> records;
  record_starts_.reserve(rows_);
  group_starts_.reserve(rows_ / kRecordGroupRows + 1);
  for (size_t row = 0; row < rows_; ++row) {
    if (row % kRecordGroupRows == 0) group_starts_.push_back(static_cast<uint32_t>(records.size()));
    record_starts_.push_back(static_cast<uint16_t>(records.size() - group_starts_.back()));
    BitWriter record(records);
    const size_t begin = row == 0 ? 0 : ends[row - 1];
    record.WriteGroups(ends[row] - begin, kCountBits);
    LocalSkill next = 0;
    for (size_t place = begin; place < ends[row]; ++place) {
      record.WriteRice(skills[place] - next, skill_gap_bits_);
      next = skills[place] + 1;
    }
    const std::span<const PersonPace> paces = people[row].paces;
    record.Write(paces.size() == 1, 1);
    if (paces.size() != 1) continue;
    record.Write(paces.front().kind, 8);
    record.Write(paces.front().measured, 1);
    record.WriteGroups(ToZigZag(int64_t{paces.front().observed} - skills_.base()), kDayBits);
  }
  records.resize(records.size() + kBitReaderSlack);
  records_.assign(records.begin(), records.end());
}

}  // namespace passend::matcher
