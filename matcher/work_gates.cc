#include "matcher/work_gates.h"

#include "matcher/wish_fit.h"

namespace passend::matcher {
namespace {

constexpr uint32_t LowOf(FeatureSet features) { return static_cast<uint32_t>(features); }
constexpr uint32_t HighOf(FeatureSet features) { return static_cast<uint32_t>(features >> 32); }

// Bits of the gates in the order of their causes, and which comes first.
constexpr int kFormBit = 0;
constexpr int kNeverBit = 1;
constexpr int kHoursBit = 2;
constexpr int kScheduleBit = 3;
constexpr std::array<GateCause, 16> FirstOfBits() {
  std::array<GateCause, 16> first{};
  for (size_t bits = 1; bits < first.size(); ++bits) {
    first[bits] = (bits >> kFormBit & 1) != 0    ? GateCause::kParticipationForm
                  : (bits >> kNeverBit & 1) != 0 ? GateCause::kWishNever
                  : (bits >> kHoursBit & 1) != 0 ? GateCause::kHours
                                                 : GateCause::kSchedule;
  }
  return first;
}

}  // namespace

void WorkGates::Set(size_t place, const Work& work) {
  form_[place] = FormSet{1} << work.form;
  const FeatureSet closing = work.features & ~work.closing_nothing;
  features_low_[place] = LowOf(closing);
  features_high_[place] = HighOf(closing);
  start_weekly_hours_[place] = work.start_weekly_hours;
  least_weekly_hours_[place] =
      work.shared_weekly_hours_min == 0 ? work.start_weekly_hours : work.shared_weekly_hours_min;
  for (size_t day = 0; day < kDaysPerWeek; ++day) {
    days_[day][place] = work.schedule.empty() ? ~uint32_t{0} : work.schedule.days[day];
  }
  place_[place] = work.place.value_or(Place{0, 0});
  distance_matters_[place] = work.place.has_value() && !DistanceIsNoMatter(work);
}

FirstGates WorkGates::FirstClosed(const Wishes& wishes, int64_t travel_meters_squared) const {
  // Loops without a branch, for the compiler to make vector operations of.
  const FormSet forms = wishes.forms == 0 ? ~FormSet{0} : wishes.forms;
  const uint32_t never_low = LowOf(wishes.never);
  const uint32_t never_high = HighOf(wishes.never);
  Column<uint32_t> bits;
  for (size_t place = 0; place < kShelfWorks; ++place) {
    const uint32_t never =
        (features_low_[place] & never_low) | (features_high_[place] & never_high);
    bits[place] = uint32_t{(form_[place] & forms) == 0} << kFormBit | uint32_t{never != 0}
                                                                          << kNeverBit;
  }
  if (wishes.weekly_hours_max != 0) {
    for (size_t place = 0; place < kShelfWorks; ++place) {
      bits[place] |= (uint32_t{wishes.weekly_hours_max < least_weekly_hours_[place]} |
                      uint32_t{wishes.weekly_hours_min > start_weekly_hours_[place]})
                     << kHoursBit;
    }
  }
  if (!wishes.schedule.empty()) {
    Column<uint32_t> common{};
    for (size_t day = 0; day < kDaysPerWeek; ++day) {
      for (size_t place = 0; place < kShelfWorks; ++place) {
        common[place] |= days_[day][place] & wishes.schedule.days[day];
      }
    }
    for (size_t place = 0; place < kShelfWorks; ++place) {
      bits[place] |= uint32_t{common[place] == 0} << kScheduleBit;
    }
  }
  constexpr std::array<GateCause, 16> kFirst = FirstOfBits();
  FirstGates first;
  for (size_t place = 0; place < kShelfWorks; ++place) first[place] = kFirst[bits[place]];
  if (!wishes.travel) return first;
  for (size_t place = 0; place < kShelfWorks; ++place) {
    if (first[place] != GateCause::kNone || !distance_matters_[place]) continue;
    if (MetersSquaredBetween(wishes.travel->home, place_[place]) >= travel_meters_squared) {
      first[place] = GateCause::kTravel;
    }
  }
  return first;
}

}  // namespace passend::matcher
