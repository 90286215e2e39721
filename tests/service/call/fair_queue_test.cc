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

class Chance {
 public:
  explicit Chance(uint32_t seed) : random_(seed) {}
  bool Happens(double often) { return std::uniform_real_distribution<>(0, 1)(random_) < often; }

 private:
  std::mt19937 random_;
};

WaitingCall ACall(const std::string& sharer, GivesWay gives_way, double steps = 1) {
  return {sharer, gives_way, [] {}, [] {}, {}, steps};
}

class FairQueueTest : public testing::Test {
 protected:
  // From now on as many wait at most, but for those that go before all.
  void LimitTo(size_t waiting) { queue_ = FairQueue(kMany, waiting); }
  // Who is turned away for it; "" for nobody.
  std::string Push(const std::string& sharer, GivesWay gives_way = GivesWay::kUsual) {
    const auto away = queue_.Push(ACall(sharer, gives_way), 0);
    EXPECT_LE(away.size(), 1u);
    return away.empty() ? "" : away.front().sharer;
  }
  std::string Pop() { return queue_.Pop().sharer; }
  std::vector<std::string> PopAll() {
    std::vector<std::string> all;
    while (!queue_.empty()) all.push_back(Pop());
    return all;
  }

  FairQueue queue_{kMany, kMany};
};

TEST_F(FairQueueTest, CallsOfOneSharerBeginAsTheyCame) {
  std::vector<int> began;
  for (int i = 0; i < 5; ++i) {
    queue_.Push({"a", GivesWay::kUsual, [&began, i] { began.push_back(i); }, [] {}}, 0);
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
  queue_.Push(ACall("portal", GivesWay::kLast), 0);
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
    ASSERT_LT(i, 100);
    Push("coach" + std::to_string(i), GivesWay::kLast);
    if (Pop() == "employer") break;
    ++began_before;
  }
  EXPECT_EQ(began_before, 16) << "a sixteenth of the time is for those behind";
}

TEST_F(FairQueueTest, TurnsAwayWhatCameLastOfWhoHasMost) {
  LimitTo(6);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(Push("flood"), "");
  EXPECT_EQ(Push("b"), "");
  EXPECT_EQ(Push("b"), "flood");
  EXPECT_EQ(Push("c"), "flood");
  EXPECT_EQ(Push("flood"), "flood");
  EXPECT_EQ(queue_.size(), 6u);
  EXPECT_THAT(PopAll(), ElementsAre("flood", "b", "c", "flood", "b", "flood"));
}

TEST_F(FairQueueTest, ListsAreTurnedAwayForWhatGivesWayLastButForAFew) {
  LimitTo(8);
  for (int i = 0; i < 8; ++i) Push("employer" + std::to_string(i), GivesWay::kFirst);
  for (int i = 7; i >= 2; --i) {
    EXPECT_EQ(Push("coach" + std::to_string(i), GivesWay::kLast), "employer" + std::to_string(i));
  }
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Push("more" + std::to_string(i), GivesWay::kLast), "") << "up to the maximum";
  }
  EXPECT_EQ(Push("employer", GivesWay::kFirst), "employer");
  EXPECT_EQ(queue_.size(), 2u + 6u + 20u);
}

TEST_F(FairQueueTest, NeverHasMoreThanItsMaximum) {
  FairQueue queue(3, 1);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(queue.Push(ACall(std::to_string(i), GivesWay::kLast), 0).empty());
  }
  EXPECT_EQ(queue.Push(ACall("3", GivesWay::kLast), 0).size(), 1u);
  EXPECT_EQ(queue.Push(ACall("3", GivesWay::kLast), 100).size(), 1u);
  EXPECT_EQ(queue.size(), 3u);
}

// What is kept for lists is kept from floods, not from many who withdraw something each.
TEST_F(FairQueueTest, AllMakesRoomForWhatGivesWayLastOfMany) {
  FairQueue queue(16, 16);
  for (int i = 0; i < 16; ++i) queue.Push(ACall("employer", GivesWay::kFirst), 16);
  for (int i = 0; i < 16; ++i) {
    const auto away = queue.Push(ACall("person" + std::to_string(i), GivesWay::kLast), 16);
    ASSERT_EQ(away.size(), 1u);
    EXPECT_EQ(away.front().sharer, "employer");
  }
  while (!queue.empty()) EXPECT_EQ(queue.Pop().gives_way, GivesWay::kLast);
}

// As many calls wait as can begin in time, by what they take; short ones are many.
TEST_F(FairQueueTest, HasPlacesByWhatCallsTake) {
  FairQueue queue(100, 4);
  for (int i = 0; i < 40; ++i) {
    EXPECT_TRUE(queue.Push(ACall(std::to_string(i), GivesWay::kUsual, 0.25), 10).empty()) << i;
  }
  EXPECT_EQ(queue.Push(ACall("one more", GivesWay::kUsual, 0.25), 10).size(), 1u);
  EXPECT_EQ(queue.Push(ACall("a write", GivesWay::kLast, 5), 10).size(), 20u);
  EXPECT_EQ(queue.Push(ACall("a long write", GivesWay::kLast, 50), 10).size(), 18u);
  EXPECT_EQ(queue.size(), 4u) << "so many wait in any case";
}

TEST_F(FairQueueTest, WhoWasTurnedAwayIsNotChargedForIt) {
  LimitTo(4);
  for (int i = 0; i < 2; ++i) Push("a");
  for (int i = 0; i < 2; ++i) Push("b");
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Push("a"), "a");
  EXPECT_EQ(Pop(), "a");
  EXPECT_EQ(Push("a"), "");
  EXPECT_THAT(PopAll(), ElementsAre("b", "a", "b", "a"));
}

TEST_F(FairQueueTest, ForgetsThoseWhoAskNoMore) {
  for (const GivesWay once : {GivesWay::kLast, GivesWay::kUsual, GivesWay::kFirst}) {
    FairQueue queue(8, 8);
    size_t most = 0;
    int always = 0;
    int waiting = 0;
    const auto push = [&](const std::string& sharer, GivesWay gives_way) {
      if (sharer == "always") ++waiting;
      for (const WaitingCall& away : queue.Push(ACall(sharer, gives_way), 0)) {
        if (away.sharer == "always") --waiting;
      }
    };
    std::mt19937 random(7);
    for (int i = 0; i < 100'000; ++i) {
      const bool somebody = random() % 10 != 0;
      const bool later = random() % 2 == 0;
      if (somebody && later) push("once" + std::to_string(i), once);
      if (waiting < 2) push("always", GivesWay::kFirst);
      if (somebody && !later) push("once" + std::to_string(i), once);
      most = std::max(most, queue.sharers());
      if (queue.Pop().sharer != "always") continue;
      ++always;
      --waiting;
    }
    EXPECT_LT(most, 500u);
    EXPECT_GE(always, 100'000 / 17 - 1) << "whoever comes anew all the time";
    while (!queue.empty()) queue.Pop();
    EXPECT_EQ(queue.sharers(), 0u);
  }
}

// Many lists too many, from one who floods and from others who ask for nearly all that there is,
// while coaches write: who asks for less than their share is not turned away.
TEST_F(FairQueueTest, WhoAsksNowAndThenIsNotTurnedAwayWhileOthersWriteAndFlood) {
  for (uint32_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    Chance chance(seed);
    FairQueue queue(256, 16);
    std::map<std::string, int> away;
    std::map<std::string, int> began;
    int modest = 0;
    const auto push = [&](const std::string& sharer, GivesWay gives_way) {
      for (const WaitingCall& other : queue.Push(ACall(sharer, gives_way), 0)) {
        ++away[other.sharer];
      }
    };
    for (int call = 0; call < 20'000; ++call) {  // each loop one can begin
      for (int n = 0; n < 4; ++n) push("flood", GivesWay::kFirst);
      for (int i = 0; i < 8; ++i) {
        if (chance.Happens(0.125)) push("portal" + std::to_string(i), GivesWay::kFirst);
      }
      for (int i = 0; i < 4; ++i) {
        if (chance.Happens(0.05)) push("coach" + std::to_string(i), GivesWay::kLast);
      }
      if (chance.Happens(0.04)) {
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
  constexpr int kStepsMax = 24;
  constexpr int kListTakes = 20;  // a write one
  for (const double writes : {0.02, 0.1, 0.25}) {
    SCOPED_TRACE(writes);
    Chance chance(7);
    FairQueue queue(512, 16);
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
      const double steps = list ? 1 : 1.0 / kListTakes;
      for (const WaitingCall& other : queue.Push(ACall(sharer, gives_way, steps), kStepsMax)) {
        ++away[other.sharer];
        if (other.gives_way == GivesWay::kFirst) --lists;
      }
    };
    int free_at = 0;
    for (int now = 0; now < 400'000; ++now) {
      if (chance.Happens(4.0 / kListTakes)) push("flood", GivesWay::kFirst, now);
      for (int i = 0; i < 8; ++i) {
        if (chance.Happens(0.125 / kListTakes))
          push("portal" + std::to_string(i), GivesWay::kFirst, now);
      }
      for (int i = 0; i < 4; ++i) {
        if (chance.Happens(writes / 4)) push("coach" + std::to_string(i), GivesWay::kLast, now);
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
    EXPECT_LE(most_lists, static_cast<size_t>(kStepsMax));
    EXPECT_LE(waited_most, 2 * kListTakes);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(away["coach" + std::to_string(i)], 0) << i;
    EXPECT_NEAR(began["flood"], began["portal0"], began["flood"] / 5.0);
  }
}

TEST_F(FairQueueTest, WhoLeftSomeOfItsShareMayTakeItAtOnceButNotMuchOfIt) {
  constexpr int kSaved = 16;
  LimitTo(100);
  for (int i = 0; i < 80; ++i) Push("flood", GivesWay::kFirst);
  for (int i = 0; i < 40; ++i) Pop();
  for (int i = 0; i < kSaved + 6; ++i) EXPECT_EQ(Push("modest", GivesWay::kFirst), "");
  std::vector<std::string> first(kSaved + 10);
  for (std::string& sharer : first) sharer = Pop();
  const auto then = first.begin() + kSaved + 2;
  EXPECT_EQ(std::count(first.begin(), then, "modest"), kSaved + 1);
  EXPECT_EQ(std::count(then, first.end(), "modest"), 4) << "then they take turns";
}

// A flood, of calls of any kind and however short, that always has more waiting than there are
// places.
TEST_F(FairQueueTest, NoFloodShutsAnybodyOut) {
  for (const GivesWay kind : {GivesWay::kLast, GivesWay::kUsual, GivesWay::kFirst}) {
    for (const double steps : {1.0, 0.25, 0.05, 1.0 / 64}) {
      SCOPED_TRACE(testing::Message() << static_cast<int>(kind) << " of " << steps);
      Chance chance(7);
      FairQueue queue(248, 16);
      std::map<std::string, double> asked;
      std::map<std::string, double> had;
      double spent = 0;
      const auto push = [&](const std::string& sharer, GivesWay gives_way, double takes) {
        asked[sharer] += takes;
        queue.Push(ACall(sharer, gives_way, takes), 16);
      };
      const auto ask = [&](const std::string& sharer, GivesWay gives_way, double takes,
                           double elapsed, double share) {
        if (chance.Happens(share * elapsed / takes)) push(sharer, gives_way, takes);
      };
      double elapsed = 0;
      for (int i = 0; i < 100'000; ++i) {
        for (double left = 2 * elapsed; left > 0; left -= steps) push("flood", kind, steps);
        ask("coach", GivesWay::kLast, 0.1, elapsed, 0.1);
        ask("reader", GivesWay::kUsual, 0.1, elapsed, 0.1);
        ask("employer", GivesWay::kFirst, 1, elapsed, 0.1);
        push("flood", kind, steps);
        const WaitingCall call = queue.Pop();
        had[call.sharer] += call.steps;
        spent += call.steps;
        elapsed = call.steps;
      }
      for (const char* sharer : {"coach", "reader", "employer"}) {
        EXPECT_GE(had[sharer], 0.9 * asked[sharer] - 5) << sharer;
        EXPECT_GT(asked[sharer], 10) << sharer;
      }
      EXPECT_GT(had["flood"], 0.6 * spent);
    }
  }
}

// More coaches than there are places, each with one call after another, all that the server can do:
// each has as much, and a sixteenth of the time is for what waits behind them.
TEST_F(FairQueueTest, ManyWhoGoFirstLeaveSomethingToAllOthers) {
  constexpr int kCoaches = 40;
  constexpr double kWrite = 0.1;
  FairQueue queue(248, 16);
  const auto write = [&](int coach) {
    EXPECT_TRUE(
        queue.Push(ACall("coach" + std::to_string(coach), GivesWay::kLast, kWrite), 16).empty());
  };
  for (int i = 0; i < kCoaches; ++i) write(i);
  std::map<GivesWay, double> had;
  std::map<std::string, int> writes;
  for (int i = 0; i < 100'000; ++i) {
    queue.Push(ACall("employer" + std::to_string(i % 5), GivesWay::kFirst), 16);
    queue.Push(ACall("reader" + std::to_string(i % 5), GivesWay::kUsual, kWrite), 16);
    const WaitingCall call = queue.Pop();
    had[call.gives_way] += call.steps;
    if (call.gives_way != GivesWay::kLast) continue;
    ++writes[call.sharer];
    write(std::stoi(call.sharer.substr(5)));
  }
  EXPECT_NEAR(had[GivesWay::kUsual], had[GivesWay::kLast] / 16, 1);
  EXPECT_NEAR(had[GivesWay::kFirst], (had[GivesWay::kLast] + had[GivesWay::kUsual]) / 16, 1);
  for (int i = 0; i < kCoaches; ++i) {
    const int equal = static_cast<int>(had[GivesWay::kLast] / kWrite / kCoaches);
    EXPECT_NEAR(writes["coach" + std::to_string(i)], equal, 1 + equal / 100) << i;
  }
}

// Whatever comes: each call leaves once, by one of both ways; and whoever always has calls waiting
// begins at least nearly as often as anybody else of the same kind.
TEST_F(FairQueueTest, RandomFloodsAreSharedEvenly) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    FairQueue queue(64, 64);
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
          left += queue.Push(ACall(std::to_string(i), GivesWay::kFirst), 0).size();
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
