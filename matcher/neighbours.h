// Which skills are used by much the same occupations.
#ifndef PASSEND_MATCHER_NEIGHBOURS_H_
#define PASSEND_MATCHER_NEIGHBOURS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/units.h"

namespace passend::matcher {

// A skill within one call: a number less than `skills`.
using SkillNumber = uint32_t;

// What one occupation uses. A skill that is named twice, in one list or in both, counts once, as
// essential where it is in both.
struct OccupationSkills {
  std::vector<SkillNumber> essential;
  std::vector<SkillNumber> optional;
};

struct NeighbourParameters {
  // Most neighbours of one skill.
  size_t neighbours_max = 20;
  // Least nearness of a neighbour, 1 to kWhole.
  BasisPoints nearness_min = 1'000;
};

struct Neighbour {
  SkillNumber skill;
  BasisPoints nearness;  // nearness_min to kWhole
  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

// For each skill from 0 to `skills` - 1 its neighbours: nearest first, equally near ones in order
// of their numbers, cut after neighbours_max. A skill is not its own neighbour; one that no
// occupation uses has none.
//
//   nearness(a, b) = floor(kWhole * c / sqrt(n(a) * n(b)))
//
// is the cosine of two sets of occupations: n(a) occupations use a, c use both; kWhole where the
// same occupations use both. In whole numbers throughout, so it is the same everywhere. Needs fewer
// than 2^20 occupations. Takes time in proportion to the sum over occupations of the square of the
// number of their skills.
std::vector<std::vector<Neighbour>> FindNeighbours(std::span<const OccupationSkills> occupations,
                                                   size_t skills,
                                                   const NeighbourParameters& parameters);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_NEIGHBOURS_H_
