#include "matcher/neighbours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace passend::matcher {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr NeighbourParameters kAll = {.neighbours_max = 1'000, .nearness_min = 1};

TEST(NeighboursTest, SkillsOfTheSameOccupationsAreAsNearAsCanBe) {
  const std::vector<OccupationSkills> occupations = {{{0, 1}, {}}, {{0}, {1}}};
  const auto neighbours = FindNeighbours(occupations, 2, kAll);
  EXPECT_THAT(neighbours[0], ElementsAre(Neighbour{1, kWhole}));
  EXPECT_THAT(neighbours[1], ElementsAre(Neighbour{0, kWhole}));
}

TEST(NeighboursTest, NearnessIsTheCosineRoundedDown) {
  // Skill 0 in two occupations, skill 1 in one of them: 1 / sqrt(2) = 0.70710...
  const std::vector<OccupationSkills> occupations = {{{0, 1}, {}}, {{0}, {}}};
  EXPECT_THAT(FindNeighbours(occupations, 2, kAll)[0], ElementsAre(Neighbour{1, 7'071}));
}

TEST(NeighboursTest, WithoutACommonOccupationThereIsNoNeighbour) {
  const std::vector<OccupationSkills> occupations = {{{0}, {}}, {{}, {1}}};
  const auto neighbours = FindNeighbours(occupations, 3, kAll);
  EXPECT_THAT(neighbours, ElementsAre(IsEmpty(), IsEmpty(), IsEmpty()));
}

TEST(NeighboursTest, NearestFirstAndEquallyNearInOrderOfNumber) {
  const std::vector<OccupationSkills> occupations = {{{4, 3, 2, 1, 0}, {}}, {{0, 3}, {}}};
  EXPECT_THAT(FindNeighbours(occupations, 5, kAll)[0],
              ElementsAre(Neighbour{3, kWhole}, Neighbour{1, 7'071}, Neighbour{2, 7'071},
                          Neighbour{4, 7'071}));
}

TEST(NeighboursTest, CutsAfterTheMostAndUnderTheLeast) {
  const std::vector<OccupationSkills> occupations = {{{4, 3, 2, 1, 0}, {}}, {{0, 3}, {}}};
  EXPECT_THAT(FindNeighbours(occupations, 5, {.neighbours_max = 2, .nearness_min = 1})[0],
              ElementsAre(Neighbour{3, kWhole}, Neighbour{1, 7'071}));
  EXPECT_THAT(FindNeighbours(occupations, 5, {.neighbours_max = 9, .nearness_min = 7'072})[0],
              ElementsAre(Neighbour{3, kWhole}));
  EXPECT_THAT(
      FindNeighbours(occupations, 5, {.neighbours_max = 9, .nearness_min = 7'071})[0].size(), 4u);
  EXPECT_THAT(FindNeighbours(occupations, 5, {.neighbours_max = 0, .nearness_min = 1})[0],
              IsEmpty());
}

TEST(NeighboursTest, ASkillNamedTwiceByAnOccupationCountsOnce) {
  const std::vector<OccupationSkills> occupations = {{{0, 0, 1}, {1, 0}}, {{0}, {}}};
  EXPECT_THAT(FindNeighbours(occupations, 2, kAll)[0], ElementsAre(Neighbour{1, 7'071}));
}

TEST(NeighboursTest, EqualTheDefinitionOnGeneratedOccupations) {
  for (uint32_t seed = 1; seed <= 30; ++seed) {
    std::mt19937 random(seed);
    const size_t skills = 1 + random() % 25;
    std::vector<OccupationSkills> occupations(random() % 40);
    std::vector<std::set<size_t>> used_in(skills);
    for (size_t i = 0; i < occupations.size(); ++i) {
      for (uint32_t n = random() % 12; n > 0; --n) {
        const auto skill = static_cast<SkillNumber>(random() % skills);
        (random() % 2 == 0 ? occupations[i].essential : occupations[i].optional).push_back(skill);
        used_in[skill].insert(i);
      }
    }
    const NeighbourParameters parameters = {
        .neighbours_max = random() % 10,
        .nearness_min = static_cast<BasisPoints>(1 + random() % 6'000)};
    const auto neighbours = FindNeighbours(occupations, skills, parameters);
    ASSERT_EQ(neighbours.size(), skills);
    for (SkillNumber a = 0; a < skills; ++a) {
      std::vector<Neighbour> expected;
      for (SkillNumber b = 0; b < skills; ++b) {
        if (a == b) continue;
        int64_t common = 0;
        for (size_t occupation : used_in[a]) common += used_in[b].contains(occupation) ? 1 : 0;
        // The greatest n with n <= kWhole * common / sqrt(size * size), by counting up.
        const int64_t sizes = static_cast<int64_t>(used_in[a].size() * used_in[b].size());
        BasisPoints nearness = 0;
        while (common > 0 && int64_t{nearness + 1} * (nearness + 1) * sizes <=
                                 common * common * kWhole * kWhole) {
          ++nearness;
        }
        if (nearness >= parameters.nearness_min) expected.push_back({b, nearness});
      }
      std::stable_sort(expected.begin(), expected.end(),
                       [](const auto& x, const auto& y) { return x.nearness > y.nearness; });
      if (expected.size() > parameters.neighbours_max) expected.resize(parameters.neighbours_max);
      ASSERT_EQ(neighbours[a], expected) << "seed " << seed << ", skill " << a;
    }
  }
}

}  // namespace
}  // namespace passend::matcher
