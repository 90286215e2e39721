#include "service/call/fair_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace passend::service {
namespace {

using testing::ElementsAre;

constexpr size_t kMany = 1'000;

class FairQueueTest : public testing::Test {
 protected:
  // Who is turned away for it; "" for nobody.
  std::string Push(const std::string& sharer, GivesWay gives_way = GivesWay::kUsual,
                   size_t usual_max = kMany) {
    const auto away = queue_.Push({sharer, gives_way, [] {}, [] {}}, usual_max);
    return away ? away->sharer : "";
  }
  std::string Pop() { return queue_.Pop().sharer; }
  std::vector<std::string> PopAll() {
    std::vector<std::string> all;
    while (!queue_.empty()) all.push_back(Pop());
    return all;
  }

  FairQueue queue_{kMany};
};

TEST_F(FairQueueTest, CallsOfOneSharerBeginAsTheyCame) {
  std::vector<int> began;
  for (int i = 0; i < 5; ++i) {
    queue_.Push({"a", GivesWay::kUsual, [&began, i] { began.push_back(i); }, [] {}}, kMany);
  }
  while (!queue_.empty()) queue_.Pop().run();
  EXPECT_THAT(began, ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(FairQueueTest, SharersTakeTurnsHoweverManyEachSends) {
  for (int i = 0; i < 5; ++i) Push("flood");
  Push("b");
  Push("b");
  Push("c");
  EXPECT_THAT(PopAll(), ElementsAre("flood", "b", "c", "flood", "b", "flood", "flood", "flood"));
}

TEST_F(FairQueueTest, WhoComesLateGetsItsShareFromThenOn) {
  for (int i = 0; i < 100; ++i) Push("flood");
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Pop(), "flood");
  for (int i = 0; i < 10; ++i) Push("late");
  std::map<std::string, int> began;
  for (int i = 0; i < 20; ++i) ++began[Pop()];
  EXPECT_EQ(began["late"], 10);
  EXPECT_EQ(began["flood"], 10) << "and nothing for the time before it came";
}

TEST_F(FairQueueTest, WhatGivesWayLastGoesFirst) {
  for (int i = 0; i < 3; ++i) Push("employer", GivesWay::kFirst);
  Push("reader", GivesWay::kUsual);
  Push("coach", GivesWay::kLast);
  Push("coach", GivesWay::kLast);
  EXPECT_THAT(PopAll(),
              ElementsAre("coach", "coach", "reader", "employer", "employer", "employer"));
}

TEST_F(FairQueueTest, ASharersOwnListsDoNotDelayItsErasure) {
  for (int i = 0; i < 10; ++i) Push("portal", GivesWay::kFirst);
  queue_.Push({"portal", GivesWay::kLast, [] {}, [] {}}, kMany);
  EXPECT_EQ(queue_.Pop().gives_way, GivesWay::kLast);
}

TEST_F(FairQueueTest, AFloodOfWhatGivesWayLastEndsUpAsEverybody) {
  const int head_start = static_cast<int>(HeadStartOf(GivesWay::kLast));
  for (int i = 0; i < 400; ++i) Push("flood", GivesWay::kLast);
  for (int i = 0; i < 100; ++i) Push("employer", GivesWay::kFirst);
  std::map<std::string, int> began;
  for (int i = 0; i < 2 * head_start; ++i) ++began[Pop()];
  EXPECT_GE(began["flood"], head_start);
  began.clear();
  for (int i = 0; i < 60; ++i) ++began[Pop()];
  EXPECT_NEAR(began["employer"], 30, 1) << "its head start is used up";
}

TEST_F(FairQueueTest, NothingWaitsForEver) {
  Push("employer", GivesWay::kFirst);
  for (int i = 0; i < 5; ++i) Push("early coach" + std::to_string(i), GivesWay::kLast);
  int began_before = 0;
  for (int i = 0;; ++i) {  // always somebody new who is to go first
    ASSERT_LT(i, 1'000);
    Push("coach" + std::to_string(i), GivesWay::kLast);
    if (Pop() == "employer") break;
    ++began_before;
  }
  EXPECT_GT(began_before, 64) << "though those went first for long";
}

TEST_F(FairQueueTest, TurnsAwayWhatCameLastOfWhoHasMost) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Push("flood", GivesWay::kUsual, 6), "");
  EXPECT_EQ(Push("b", GivesWay::kUsual, 6), "");
  EXPECT_EQ(Push("b", GivesWay::kUsual, 6), "flood");
  EXPECT_EQ(Push("c", GivesWay::kUsual, 6), "flood");
  EXPECT_EQ(Push("flood", GivesWay::kUsual, 6), "flood");
  EXPECT_EQ(queue_.size(), 6u);
  EXPECT_THAT(PopAll(), ElementsAre("flood", "b", "c", "flood", "b", "flood"));
}

TEST_F(FairQueueTest, ListsAreTurnedAwayForWhatGivesWayLast) {
  for (int i = 0; i < 4; ++i) Push("employer" + std::to_string(i), GivesWay::kFirst, 4);
  for (int i = 3; i >= 0; --i) {
    EXPECT_EQ(Push("coach" + std::to_string(i), GivesWay::kLast, 4),
              "employer" + std::to_string(i));
  }
  EXPECT_EQ(Push("coach5", GivesWay::kLast, 4), "") << "those may be more, up to the maximum";
  EXPECT_EQ(Push("employer", GivesWay::kFirst, 4), "employer");
  EXPECT_EQ(queue_.size(), 5u);
}

TEST_F(FairQueueTest, NeverHasMoreThanItsMaximum) {
  FairQueue queue(3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(queue.Push({std::to_string(i), GivesWay::kLast, [] {}, [] {}}, 1).has_value());
  }
  EXPECT_TRUE(queue.Push({"3", GivesWay::kLast, [] {}, [] {}}, 1).has_value());
  EXPECT_TRUE(queue.Push({"3", GivesWay::kLast, [] {}, [] {}}, 100).has_value());
  EXPECT_EQ(queue.size(), 3u);
}

TEST_F(FairQueueTest, WhoWasTurnedAwayIsNotChargedForIt) {
  for (int i = 0; i < 2; ++i) Push("a", GivesWay::kUsual, 4);
  for (int i = 0; i < 2; ++i) Push("b", GivesWay::kUsual, 4);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Push("a", GivesWay::kUsual, 4), "a");
  EXPECT_EQ(Pop(), "a");
  EXPECT_EQ(Push("a", GivesWay::kUsual, 4), "");
  EXPECT_THAT(PopAll(), ElementsAre("b", "a", "b", "a"));
}

TEST_F(FairQueueTest, ForgetsThoseWhoAskNoMore) {
  FairQueue queue(8);
  queue.Push({"always", GivesWay::kFirst, [] {}, [] {}}, 8);
  size_t most = 0;
  for (int i = 0; i < 200'000; ++i) {
    queue.Push({"once" + std::to_string(i), GivesWay::kLast, [] {}, [] {}}, 8);
    queue.Push({"always", GivesWay::kFirst, [] {}, [] {}}, 8);
    queue.Pop();
    most = std::max(most, queue.sharers());
  }
  EXPECT_LT(most, 2'000u);
  while (!queue.empty()) queue.Pop();
  EXPECT_EQ(queue.sharers(), 0u);
}

// Many lists too many, from one who floods and from others who ask for nearly all that there is,
// while coaches write: who asks for less than their share is not turned away.
TEST_F(FairQueueTest, WhoAsksNowAndThenIsNotTurnedAwayWhileOthersWriteAndFlood) {
  for (uint32_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto happens = [&random](double often) {
      return std::uniform_real_distribution<>(0, 1)(random) < often;
    };
    FairQueue queue(256);
    std::map<std::string, int> away;
    std::map<std::string, int> began;
    int modest = 0;
    const auto push = [&](const std::string& sharer, GivesWay gives_way) {
      if (const auto other = queue.Push({sharer, gives_way, [] {}, [] {}}, 16)) {
        ++away[other->sharer];
      }
    };
    for (int call = 0; call < 20'000; ++call) {  // each loop one can begin
      for (int n = 0; n < 4; ++n) push("flood", GivesWay::kFirst);
      for (int i = 0; i < 8; ++i) {
        if (happens(0.125)) push("portal" + std::to_string(i), GivesWay::kFirst);
      }
      for (int i = 0; i < 4; ++i) {
        if (happens(0.05)) push("coach" + std::to_string(i), GivesWay::kLast);
      }
      if (happens(0.04)) {
        ++modest;
        push("modest", GivesWay::kFirst);
      }
      ++began[queue.Pop().sharer];
    }
    EXPECT_LE(away["modest"], modest / 200) << "but for two that come at once";
    EXPECT_GE(began["modest"], modest - modest / 200 - 2);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(away["coach" + std::to_string(i)], 0) << i;
    EXPECT_GT(away["flood"], 70'000);
    EXPECT_NEAR(began["flood"], began["portal0"], began["flood"] / 5.0);
  }
}

// Lists that take long, from a flood and from others, and short writes of coaches, who take less
// than their share of the time though they make more calls than anybody. However long it goes on,
// lists have the places that are meant for them, and no coach waits for more than the list that
// runs.
TEST_F(FairQueueTest, CoachesWhoWriteMuchWaitForNoListsHoweverLongAFloodGoesOn) {
  constexpr size_t kUsualMax = 24;
  constexpr int kListTakes = 20;  // a write one
  for (const double writes : {0.02, 0.1, 0.25}) {
    SCOPED_TRACE(writes);
    std::mt19937 random(7);
    const auto happens = [&random](double often) {
      return std::uniform_real_distribution<>(0, 1)(random) < often;
    };
    FairQueue queue(512);
    std::map<std::string, int> away;
    std::map<std::string, int> began;
    size_t lists = 0;
    size_t most_lists = 0;
    int waited_most = 0;
    std::map<std::string, std::deque<int>> came;
    const auto push = [&](const std::string& sharer, GivesWay gives_way, int now) {
      const bool list = gives_way == GivesWay::kFirst;
      if (list)
        ++lists;
      else
        came[sharer].push_back(now);
      const double step = list ? 1 : 1.0 / kListTakes;
      const auto other = queue.Push({sharer, gives_way, [] {}, [] {}, {}, step}, kUsualMax);
      if (!other) return;
      ++away[other->sharer];
      if (other->gives_way == GivesWay::kFirst) --lists;
    };
    int free_at = 0;
    for (int now = 0; now < 400'000; ++now) {
      if (happens(4.0 / kListTakes)) push("flood", GivesWay::kFirst, now);
      for (int i = 0; i < 8; ++i) {
        if (happens(0.125 / kListTakes)) push("portal" + std::to_string(i), GivesWay::kFirst, now);
      }
      for (int i = 0; i < 4; ++i) {
        if (happens(writes / 4)) push("coach" + std::to_string(i), GivesWay::kLast, now);
      }
      most_lists = std::max(most_lists, lists);
      if (now < free_at || queue.empty()) continue;
      const WaitingCall call = queue.Pop();
      ++began[call.sharer];
      if (call.gives_way == GivesWay::kFirst) {
        --lists;
        free_at = now + kListTakes;
      } else {
        free_at = now + 1;
        waited_most = std::max(waited_most, now - came[call.sharer].front());
        came[call.sharer].pop_front();
      }
    }
    EXPECT_LE(most_lists, kUsualMax);
    EXPECT_LE(waited_most, 2 * kListTakes);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(away["coach" + std::to_string(i)], 0) << i;
    EXPECT_NEAR(began["flood"], began["portal0"], began["flood"] / 5.0);
  }
}

TEST_F(FairQueueTest, WhoLeftSomeOfItsShareMayTakeItAtOnceButNotMuchOfIt) {
  for (int i = 0; i < 50; ++i) Push("flood");
  for (int i = 0; i < 30; ++i) Pop();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Push("modest", GivesWay::kUsual, 30), "");
  std::vector<std::string> first(14);
  for (std::string& sharer : first) sharer = Pop();
  EXPECT_EQ(std::count(first.begin(), first.begin() + 6, "modest"), 5);
  EXPECT_EQ(std::count(first.begin() + 6, first.end(), "modest"), 4) << "then they take turns";
}

// Coaches who write all the time, all that there is: lists are half of it still.
TEST_F(FairQueueTest, WritesWithoutEndLeaveHalfToLists) {
  for (int i = 0; i < 4; ++i) Push("employer" + std::to_string(i), GivesWay::kFirst);
  int writes = 0;
  int lists = 0;
  for (int i = 0; i < 10'000; ++i) {
    Push("coach" + std::to_string(i), GivesWay::kLast);
    const WaitingCall call = queue_.Pop();
    if (call.gives_way == GivesWay::kLast) {
      ++writes;
    } else {
      ++lists;
      Push(call.sharer, GivesWay::kFirst);
    }
    if (queue_.size() > 500) break;
  }
  EXPECT_GE(writes, lists);
  EXPECT_GT(lists, 100);
}

// Whatever comes: each call leaves once, by one of both ways; and whoever always has calls waiting
// begins at least nearly as often as anybody else of the same kind.
TEST_F(FairQueueTest, RandomFloodsAreSharedEvenly) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    FairQueue queue(64);
    const size_t sharers = 2 + random() % 6;
    std::vector<int> weights;
    for (size_t i = 0; i < sharers; ++i) weights.push_back(5 + static_cast<int>(random() % 50));
    std::map<std::string, int> began;
    size_t pushed = 0;
    size_t left = 0;
    for (int round = 0; round < 2'000; ++round) {
      for (size_t i = 0; i < sharers; ++i) {
        for (int n = static_cast<int>(random() % static_cast<uint32_t>(weights[i])); n >= 0; --n) {
          ++pushed;
          if (queue.Push({std::to_string(i), GivesWay::kFirst, [] {}, [] {}}, 64)) ++left;
        }
      }
      for (int n = 0; n < 4; ++n, ++left) ++began[queue.Pop().sharer];
    }
    EXPECT_EQ(pushed, left + queue.size());
    const int share = 8'000 / static_cast<int>(sharers);
    for (const auto& [sharer, count] : began) EXPECT_NEAR(count, share, share / 20.0) << sharer;
    EXPECT_EQ(began.size(), sharers);
  }
}

}  // namespace
}  // namespace passend::service
