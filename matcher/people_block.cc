#include "matcher/people_block.h"

#include <algorithm>

#include "matcher/bit_stream.h"

namespace passend::matcher {
namespace {

constexpr int kCountBits = 5;
constexpr int kDayBits = 6;

constexpr int64_t FromZigZag(uint64_t value) {
  return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
}

}  // namespace

PersonPace PackedPace::Unpack() const {
  PersonPace pace{kind, {}, measured, observed};
  std::copy(amounts.begin(), amounts.end(), pace.amounts.begin());
  return pace;
}

Person PeopleBlock::At(uint32_t row) const {
  Person person;
  person.name = NameOf(row);
  person.region = region_;
  person.last_shown = last_shown(row);
  for (const LocalSkill skill : SkillsOf(row)) {
    PersonSkill& held = person.skills.emplace_back(PersonSkill{skills_.Concept(skill), {}});
    EachValidation(skills_.Run(skill, row), skills_.base(), [&](const Validation& one) {
      held.validations.push_back(one);
      return true;
    });
  }
  Wishes& wishes = person.wishes;
  wishes_.Read(row, wishes);
  wishes.forms = forms_.Get(row);
  wishes.weekly_hours_min = static_cast<int32_t>(hours_min_.Get(row));
  wishes.weekly_hours_max = static_cast<int32_t>(hours_max_.Get(row));
  wishes.schedule = schedules_[ScheduleOf(row)].schedule;
  if (way_[row] != 0) {
    const HomeMeans& way = ways_[way_[row]];
    wishes.travel = Wishes::Travel{homes_[way.home()], way.means(), minutes_max_[row]};
  }
  person.paces = PacesOf(row);
  person.support_known = needs_[row] != 0;
  for (const PackedNeed& need : NeedList(needs_[row])) person.needs.push_back(need.Unpack());
  return person;
}

size_t PeopleBlock::ScheduleOf(uint32_t row) const {
  const auto after =
      std::upper_bound(schedules_.begin(), schedules_.end(), row,
                       [](uint32_t of, const ScheduleRun& run) { return of < run.begin; });
  return static_cast<size_t>(after - schedules_.begin()) - 1;
}

std::vector<LocalSkill> PeopleBlock::SkillsOf(uint32_t row) const {
  BitReader record(RecordOf(row));
  std::vector<LocalSkill> skills(record.ReadGroups(kCountBits));
  LocalSkill next = 0;
  for (LocalSkill& skill : skills) {
    skill = next + record.ReadRice(skill_gap_bits_);
    next = skill + 1;
  }
  return skills;
}

std::vector<PersonPace> PeopleBlock::PacesOf(uint32_t row) const {
  if ((several_paces_[row / kWordRows] >> row % kWordRows & 1) != 0) {
    std::vector<PersonPace> paces;
    for (const PackedPace& pace : SeveralPaces(row)) paces.push_back(pace.Unpack());
    return paces;
  }
  BitReader record(RecordOf(row));
  for (auto skills = record.ReadGroups(kCountBits); skills > 0; --skills) {
    record.ReadRice(skill_gap_bits_);
  }
  if (record.Read(1) == 0) return {};
  PersonPace pace;
  pace.kind = static_cast<WorkKind>(record.Read(8));
  pace.measured = record.Read(1) != 0;
  pace.observed = static_cast<Day>(skills_.base() + FromZigZag(record.ReadGroups(kDayBits)));
  for (size_t part = 0; part < kPaceParts; ++part) {
    pace.amounts[part] = static_cast<int32_t>(paces_[part].Get(row));
  }
  return {pace};
}

size_t PeopleBlock::ColumnBytes() const {
  const auto of = [](const auto& column) { return column.size() * sizeof(*column.data()); };
  size_t bytes = forms_.bytes() + hours_min_.bytes() + hours_max_.bytes() + wishes_.bytes();
  for (const BitPlanes& pace : paces_) bytes += pace.bytes();
  return bytes + of(schedules_) + of(way_) + of(ways_) + homes_.bytes() + of(minutes_max_) +
         of(travels_) + of(several_paces_) + of(several_before_) + of(several_starts_) +
         of(packed_paces_) + of(needs_) + of(need_starts_) + of(packed_needs_) +
         of(support_known_) + of(needing_rows_) + of(skilled_) + of(fading_) + of(last_shown_);
}

bool PeopleBlock::HoldsAnySkill(uint32_t row, Day day) const {
  bool any = false;
  for (const LocalSkill skill : SkillsOf(row)) {
    EachValidation(skills_.Run(skill, row), skills_.base(), [&](const Validation& one) {
      any = CountsOn(one, day);
      return !any;
    });
    if (any) return true;
  }
  return false;
}

}  // namespace passend::matcher
