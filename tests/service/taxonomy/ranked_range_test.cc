#include "service/taxonomy/ranked_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace passend::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<uint32_t> Lowest(const RankedRange& ranks, size_t begin, size_t end,
                             size_t limit = 1'000) {
  std::vector<uint32_t> visited;
  ranks.VisitLowestFirst(begin, end, [&](uint32_t rank) {
    visited.push_back(rank);
    return visited.size() < limit;
  });
  return visited;
}

TEST(RankedRangeTest, GivesTheRanksOfAStretchLowestFirst) {
  const RankedRange ranks({5, 3, 9, 0, 3});
  EXPECT_THAT(Lowest(ranks, 0, 5), ElementsAre(0, 3, 3, 5, 9));
  EXPECT_THAT(Lowest(ranks, 0, 3), ElementsAre(3, 5, 9));
  EXPECT_THAT(Lowest(ranks, 2, 3), ElementsAre(9));
  EXPECT_THAT(Lowest(ranks, 0, 5, 2), ElementsAre(0, 3));
}

TEST(RankedRangeTest, AnEmptyStretchHasNone) {
  const RankedRange ranks({5, 3});
  EXPECT_THAT(Lowest(ranks, 1, 1), IsEmpty());
  EXPECT_THAT(Lowest(ranks, 2, 2), IsEmpty());
  EXPECT_THAT(Lowest(ranks, 2, 1), IsEmpty());
  EXPECT_THAT(Lowest(RankedRange({}), 0, 0), IsEmpty());
}

TEST(RankedRangeTest, EqualsSortingOnGeneratedLists) {
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    std::mt19937 random(seed);
    std::vector<uint32_t> list(random() % 70);
    for (uint32_t& rank : list) rank = random() % 100;
    const size_t begin = random() % (list.size() + 1);
    const size_t end = begin + random() % (list.size() - begin + 1);
    std::vector<uint32_t> expected(list.begin() + static_cast<std::ptrdiff_t>(begin),
                                   list.begin() + static_cast<std::ptrdiff_t>(end));
    std::sort(expected.begin(), expected.end());
    ASSERT_EQ(Lowest(RankedRange(list), begin, end), expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace passend::service
