#include <algorithm>
#include <bit>
#include <map>
#include <tuple>

#include "matcher/bit_stream.h"
#include "matcher/people_block.h"

namespace passend::matcher {
namespace {

constexpr int kCountBits = 5;
constexpr int kDayBits = 6;
constexpr int32_t kColumnHoursMax = 255;
constexpr int32_t kColumnMinutesMax = 254;  // 255 stands for more
constexpr int32_t kColumnPercentMax = 255;
constexpr int32_t kColumnAmountMax = 65'535;
// Validations are counted from here while it is asked whether they fit; blocks choose a nearer day.
constexpr Day kMiddle = 20'000;

constexpr uint64_t ToZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

constexpr bool Within(int64_t value, int64_t low, int64_t high) {
  return low <= value && value <= high;
}

bool HoldsSkills(const std::vector<PersonSkill>& skills) {
  if (skills.size() > kBlockSkillsMax) return false;
  for (size_t place = 0; place < skills.size(); ++place) {
    if (place > 0 && skills[place - 1].skill >= skills[place].skill) return false;
    for (const Validation& one : skills[place].validations) {
      // Well inside what a posting can tell, wherever the block counts from.
      if (!Within(int64_t{one.validated} - kMiddle, -kPostingDaysMax / 4, kPostingDaysMax / 4))
        return false;
    }
    if (!FitsPostings(skills[place].validations, kMiddle)) return false;
  }
  return true;
}

bool HoldsPaces(const std::vector<PersonPace>& paces) {
  return paces.size() <= kBlockPacesMax &&
         std::all_of(paces.begin(), paces.end(), [](const PersonPace& pace) {
           return std::all_of(pace.amounts.begin(), pace.amounts.end(),
                              [](int32_t amount) { return Within(amount, 0, kColumnAmountMax); });
         });
}

// The value of one field in every row.
template <typename Field>
BitPlanes PlanesOf(std::span<const Person* const> people, const Field& field) {
  std::vector<uint32_t> values;
  values.reserve(people.size());
  for (const Person* person : people) values.push_back(static_cast<uint32_t>(field(*person)));
  return BitPlanes(values);
}

void SetBit(std::vector<uint64_t>& words, size_t row) {
  words[row / kWordRows] |= uint64_t{1} << row % kWordRows;
}

}  // namespace

bool PeopleBlock::Holds(const Person& person) {
  const Wishes& wishes = person.wishes;
  if (person.name.size() > kNameBytesMax || person.last_shown > UINT32_MAX) return false;
  if (!AreDisjoint(wishes) || !HoldsSkills(person.skills) || !HoldsPaces(person.paces))
    return false;
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

PeopleBlock::PeopleBlock(std::span<const Person* const> people)
    : rows_(people.size()), region_(people.front()->region), names_(people) {
  std::vector<const Wishes*> wishes;
  wishes.reserve(rows_);
  for (const Person* person : people) wishes.push_back(&person->wishes);
  wishes_ = WishPlanes(wishes);
  forms_ = PlanesOf(people, [](const Person& one) { return one.wishes.forms; });
  hours_min_ = PlanesOf(people, [](const Person& one) { return one.wishes.weekly_hours_min; });
  hours_max_ = PlanesOf(people, [](const Person& one) { return one.wishes.weekly_hours_max; });
  if (std::any_of(people.begin(), people.end(),
                  [](const Person* person) { return person->last_shown != 0; })) {
    for (const Person* person : people) {
      last_shown_.push_back(static_cast<uint32_t>(person->last_shown));
    }
    last_shown_.shrink_to_fit();
  }
  BuildSchedules(people);
  BuildTravel(people);
  BuildPaces(people);
  BuildNeeds(people);
  BuildSkills(people);
  BuildRecords(people);
}

void PeopleBlock::BuildSchedules(std::span<const Person* const> people) {
  for (uint32_t row = 0; row < rows_; ++row) {
    const Week& week = people[row]->wishes.schedule;
    if (row == 0 || week != schedules_.back().schedule) schedules_.push_back({row, week});
  }
  schedules_.shrink_to_fit();
}

void PeopleBlock::BuildTravel(std::span<const Person* const> people) {
  std::map<std::pair<int32_t, int32_t>, uint16_t> homes;
  std::map<std::tuple<uint16_t, TravelMeans>, EntryNumber> ways;
  ways_.push_back({0, TravelMeans::kWalking});
  way_.assign(rows_, 0);
  minutes_max_.assign(rows_, 0);
  travels_.assign(WordsFor(rows_), 0);
  for (size_t row = 0; row < rows_; ++row) {
    const auto& travel = people[row]->wishes.travel;
    if (!travel) continue;
    SetBit(travels_, row);
    const Place& place = travel->home;
    const auto [home, home_added] =
        homes.emplace(std::pair(place.latitude_centidegrees, place.longitude_centidegrees),
                      static_cast<uint16_t>(homes_.size()));
    if (home_added) {
      if (homes_.empty()) reach_.south_west = reach_.north_east = place;
      homes_.push_back(place);
      reach_.south_west = {
          std::min(reach_.south_west.latitude_centidegrees, place.latitude_centidegrees),
          std::min(reach_.south_west.longitude_centidegrees, place.longitude_centidegrees)};
      reach_.north_east = {
          std::max(reach_.north_east.latitude_centidegrees, place.latitude_centidegrees),
          std::max(reach_.north_east.longitude_centidegrees, place.longitude_centidegrees)};
    }
    const auto [way, added] = ways.emplace(std::tuple(home->second, travel->means),
                                           static_cast<EntryNumber>(ways_.size()));
    if (added) ways_.push_back({home->second, travel->means});
    way_[row] = way->second;
    minutes_max_[row] = static_cast<uint8_t>(travel->minutes_max);
    int32_t& longest = reach_.minutes_max[static_cast<size_t>(travel->means)];
    longest = std::max(longest, travel->minutes_max);
  }
  ways_.shrink_to_fit();
  homes_.shrink_to_fit();
}

void PeopleBlock::BuildPaces(std::span<const Person* const> people) {
  several_paces_.assign(WordsFor(rows_), 0);
  several_starts_ = {0};
  for (size_t row = 0; row < rows_; ++row) {
    if (row % kWordRows == 0) {
      several_before_.push_back(static_cast<uint16_t>(several_starts_.size() - 1));
    }
    if (people[row]->paces.size() <= 1) continue;
    SetBit(several_paces_, row);
    for (const PersonPace& pace : people[row]->paces) {
      PackedPace& packed =
          packed_paces_.emplace_back(PackedPace{pace.observed, {}, pace.kind, pace.measured});
      for (size_t part = 0; part < kPaceParts; ++part) {
        packed.amounts[part] = static_cast<uint16_t>(pace.amounts[part]);
      }
    }
    several_starts_.push_back(static_cast<uint32_t>(packed_paces_.size()));
  }
  several_starts_.shrink_to_fit();
  packed_paces_.shrink_to_fit();
  for (size_t part = 0; part < kPaceParts; ++part) {
    paces_[part] = PlanesOf(people, [part](const Person& one) {
      int32_t least = 0;
      for (const PersonPace& pace : one.paces) {
        const int32_t amount = pace.amounts[part];
        if (amount != 0 && (least == 0 || amount < least)) least = amount;
      }
      return least;
    });
  }
}

void PeopleBlock::BuildNeeds(std::span<const Person* const> people) {
  using Key = std::vector<std::tuple<SupportSolution, int32_t, int32_t, bool>>;
  std::map<Key, EntryNumber> numbers;
  need_starts_ = {0, 0};
  support_known_.assign(WordsFor(rows_), 0);
  needs_.assign(rows_, 0);
  Key key;
  for (size_t row = 0; row < rows_; ++row) {
    const Person& person = *people[row];
    if (!person.support_known) continue;
    SetBit(support_known_, row);
    key.clear();
    for (const SupportNeed& need : person.needs) {
      key.emplace_back(need.solution, need.amount_percent, need.brought_percent, need.essential);
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

void PeopleBlock::FindNeeding(std::span<const Person* const> people) {
  std::array<std::vector<uint16_t>, kSupportLines + 1> rows;
  for (uint32_t row = 0; row < rows_; ++row) {
    for (const SupportNeed& need : people[row]->needs) {
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

void PeopleBlock::BuildSkills(std::span<const Person* const> people) {
  // Days count from where the newest validation still fits into one posting.
  Day newest = kMiddle;
  bool any = false;
  skilled_.assign(WordsFor(rows_), 0);
  fading_ = skilled_;
  all_count_from_ = INT32_MIN;
  for (size_t row = 0; row < rows_; ++row) {
    if (people[row]->skills.empty()) continue;
    SetBit(skilled_, row);
    std::optional<Day> counts_from;
    for (const PersonSkill& skill : people[row]->skills) {
      for (const Validation& one : skill.validations) {
        newest = any ? std::max(newest, one.validated) : one.validated;
        any = true;
        if (one.expires || one.revoked) continue;
        counts_from = std::min(counts_from.value_or(one.validated), one.validated);
      }
    }
    if (counts_from) {
      all_count_from_ = std::max(all_count_from_, *counts_from);
    } else {
      SetBit(fading_, row);
    }
  }
  skills_ = SkillLists(people, newest - static_cast<Day>(kPostingValueMask));
}

void PeopleBlock::BuildRecords(std::span<const Person* const> people) {
  int64_t gaps = 0;
  int64_t held = 0;
  std::vector<std::vector<LocalSkill>> skills(rows_);
  for (size_t row = 0; row < rows_; ++row) {
    for (const PersonSkill& skill : people[row]->skills) {
      skills[row].push_back(skills_.Find(skill.skill));
    }
    if (skills[row].empty()) continue;
    gaps += skills[row].back() + 1 - static_cast<int64_t>(skills[row].size());
    held += static_cast<int64_t>(skills[row].size());
  }
  // The width that is best for gaps of this mean, to within a few percent.
  const uint64_t mean = held == 0 ? 0 : static_cast<uint64_t>(gaps * 2 / (held * 3));
  skill_gap_bits_ = std::bit_width(mean);
  for (size_t row = 0; row < rows_; ++row) {
    if (row % kRecordGroupRows == 0)
      group_starts_.push_back(static_cast<uint32_t>(records_.size()));
    record_starts_.push_back(static_cast<uint16_t>(records_.size() - group_starts_.back()));
    BitWriter record(records_);
    record.WriteGroups(skills[row].size(), kCountBits);
    LocalSkill next = 0;
    for (LocalSkill skill : skills[row]) {
      record.WriteRice(skill - next, skill_gap_bits_);
      next = skill + 1;
    }
    const std::vector<PersonPace>& paces = people[row]->paces;
    record.Write(paces.size() == 1, 1);
    if (paces.size() != 1) continue;
    record.Write(paces.front().kind, 8);
    record.Write(paces.front().measured, 1);
    record.WriteGroups(ToZigZag(int64_t{paces.front().observed} - skills_.base()), kDayBits);
  }
  records_.resize(records_.size() + kBitReaderSlack);
  records_.shrink_to_fit();
  record_starts_.shrink_to_fit();
  group_starts_.shrink_to_fit();
}

}  // namespace passend::matcher
