// The hours of a week as bits.
#ifndef PASSEND_MATCHER_WEEK_H_
#define PASSEND_MATCHER_WEEK_H_

#include <array>
#include <bit>
#include <cstdint>

namespace passend::matcher {

inline constexpr int kDaysPerWeek = 7;

// Bit h of day d (0 is Monday) is the hour from h to h + 1. All zero: not known, or any time.
struct Week {
  std::array<uint32_t, kDaysPerWeek> days{};

  // Adds the hours [start_hour, end_hour) of `day`; 0 <= start_hour < end_hour <= 24.
  constexpr void Add(int day, int start_hour, int end_hour) {
    days[day] |= ((1u << end_hour) - 1) & ~((1u << start_hour) - 1);
  }
  constexpr bool empty() const {
    uint32_t any = 0;
    for (uint32_t day : days) any |= day;
    return any == 0;
  }
  constexpr int hours() const {
    int count = 0;
    for (uint32_t day : days) count += std::popcount(day);
    return count;
  }
  friend bool operator==(const Week&, const Week&) = default;
};

constexpr Week operator&(const Week& a, const Week& b) {
  Week common;
  for (int day = 0; day < kDaysPerWeek; ++day) common.days[day] = a.days[day] & b.days[day];
  return common;
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WEEK_H_
