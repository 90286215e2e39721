#include "matcher/neighbours.h"

#include <algorithm>

namespace passend::matcher {
namespace {

// The greatest r with r * r <= x.
uint64_t SquareRoot(uint64_t x) {
  uint64_t root = 0;
  for (uint64_t bit = uint64_t{1} << 31; bit != 0; bit >>= 1) {
    const uint64_t next = root | bit;
    if (next * next <= x) root = next;
  }
  return root;
}

// floor(kWhole * common / sqrt(a * b)): the root of the floor is the floor of the root.
BasisPoints Cosine(uint64_t common, uint64_t a, uint64_t b) {
  const uint64_t scaled = kWhole * common;
  return static_cast<BasisPoints>(SquareRoot(scaled * scaled / (a * b)));
}

// The skills of an occupation, each once.
std::vector<SkillNumber> UsedBy(const OccupationSkills& occupation) {
  std::vector<SkillNumber> used = occupation.essential;
  used.insert(used.end(), occupation.optional.begin(), occupation.optional.end());
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

bool NearerThan(const Neighbour& a, const Neighbour& b) {
  if (a.nearness != b.nearness) return a.nearness > b.nearness;
  return a.skill < b.skill;
}

}  // namespace

std::vector<std::vector<Neighbour>> FindNeighbours(std::span<const OccupationSkills> occupations,
                                                   size_t skills,
                                                   const NeighbourParameters& parameters) {
  std::vector<std::vector<SkillNumber>> used_by(occupations.size());
  std::vector<std::vector<uint32_t>> occupations_of(skills);
  for (uint32_t occupation = 0; occupation < occupations.size(); ++occupation) {
    used_by[occupation] = UsedBy(occupations[occupation]);
    for (SkillNumber skill : used_by[occupation]) occupations_of[skill].push_back(occupation);
  }

  std::vector<std::vector<Neighbour>> all(skills);
  std::vector<uint32_t> common(skills, 0);  // with the skill at hand; zero in between
  std::vector<SkillNumber> touched;
  for (SkillNumber skill = 0; skill < skills; ++skill) {
    touched.clear();
    for (uint32_t occupation : occupations_of[skill]) {
      for (SkillNumber other : used_by[occupation]) {
        if (common[other]++ == 0) touched.push_back(other);
      }
    }
    std::vector<Neighbour>& near = all[skill];
    for (SkillNumber other : touched) {
      const BasisPoints nearness =
          Cosine(common[other], occupations_of[skill].size(), occupations_of[other].size());
      common[other] = 0;
      if (other != skill && nearness >= parameters.nearness_min) near.push_back({other, nearness});
    }
    const size_t kept = std::min(near.size(), parameters.neighbours_max);
    std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(kept), near.end(),
                      NearerThan);
    near.resize(kept);
    near.shrink_to_fit();
  }
  return all;
}

}  // namespace passend::matcher
