// The numbers of the scoring core: fixed point, so that the same inputs give the same ranking on
// every machine and in every year.
#ifndef PASSEND_MATCHER_UNITS_H_
#define PASSEND_MATCHER_UNITS_H_

#include <cstdint>

namespace passend::matcher {

// A part of a whole, 0 to kWhole. Every score, factor, certainty and weight is one.
using BasisPoints = int32_t;
inline constexpr BasisPoints kWhole = 10'000;

// Levels after a factor have hundredths: level 3 is 300, half of level 5 is 250.
using LevelHundredths = int32_t;
inline constexpr LevelHundredths kLevelUnit = 100;
inline constexpr int kLevelMax = 5;

// Days since 1970-01-01 UTC; negative before.
using Day = int32_t;

// floor(a * b / kWhole) for a, b >= 0.
constexpr BasisPoints Part(int64_t a, int64_t b) {
  return static_cast<BasisPoints>(a * b / kWhole);
}

// Where `part` of `whole` stands between `floor` and kWhole: floor + (kWhole - floor) * part /
// whole, rounded down. Needs 0 <= part <= whole, whole > 0.
constexpr BasisPoints Between(BasisPoints floor, int64_t part, int64_t whole) {
  return static_cast<BasisPoints>(floor + (kWhole - floor) * part / whole);
}

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_UNITS_H_
