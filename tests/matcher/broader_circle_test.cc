#include "matcher/broader_circle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace passend::matcher {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Broader = std::vector<std::vector<uint32_t>>;

TEST(BroaderCircleTest, ATreeHasNone) {
  EXPECT_THAT(FindBroaderCircle(Broader{}), IsEmpty());
  EXPECT_THAT(FindBroaderCircle(Broader{{}, {0}, {0}, {1, 2}}), IsEmpty());
}

TEST(BroaderCircleTest, BeginsWithTheSmallestAndGoesUp) {
  EXPECT_THAT(FindBroaderCircle(Broader{{}, {3}, {1}, {0, 2}}), ElementsAre(1, 3, 2));
  EXPECT_THAT(FindBroaderCircle(Broader{{1}, {2}, {1}}), ElementsAre(1, 2));
}

TEST(BroaderCircleTest, OneAboveItselfIsACircle) {
  EXPECT_THAT(FindBroaderCircle(Broader{{}, {0, 1}}), ElementsAre(1));
}

TEST(BroaderCircleTest, TakesAChainAsLongAsAVocabulary) {
  Broader chain(200'000);
  for (uint32_t i = 0; i + 1 < chain.size(); ++i) chain[i] = {i + 1};
  EXPECT_THAT(FindBroaderCircle(chain), IsEmpty());
  chain.back() = {0};
  EXPECT_EQ(FindBroaderCircle(chain).size(), chain.size());
}

TEST(BroaderCircleTest, WhatItFindsInGeneratedGraphsIsACircleAndItMissesNone) {
  for (uint32_t seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    Broader graph(1 + random() % 8);
    for (auto& above : graph) {
      for (uint32_t n = random() % 3; n > 0; --n) {
        above.push_back(static_cast<uint32_t>(random() % graph.size()));
      }
    }
    const std::vector<uint32_t> circle = FindBroaderCircle(graph);
    for (size_t i = 0; i < circle.size(); ++i) {
      const auto& above = graph[circle[i]];
      ASSERT_EQ(std::count(circle.begin(), circle.end(), circle[i]), 1) << "seed " << seed;
      ASSERT_NE(std::find(above.begin(), above.end(), circle[(i + 1) % circle.size()]), above.end())
          << "seed " << seed;
    }
    // Taking away whatever has nothing above it, again and again, leaves the circles.
    std::vector<bool> gone(graph.size(), false);
    for (size_t round = 0; round < graph.size(); ++round) {
      for (size_t i = 0; i < graph.size(); ++i) {
        gone[i] =
            std::all_of(graph[i].begin(), graph[i].end(), [&](uint32_t a) { return gone[a]; });
      }
    }
    const bool has_circle = std::find(gone.begin(), gone.end(), false) != gone.end();
    ASSERT_EQ(!circle.empty(), has_circle) << "seed " << seed;
  }
}

}  // namespace
}  // namespace passend::matcher
