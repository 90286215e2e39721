#include "service/call/feed_bell.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"

namespace passend::service {
namespace {

constexpr absl::Duration kLong = absl::Hours(1);

TEST(FeedBellTest, ARingWakesEverybodyOnce) {
  FeedBell bell;
  std::atomic<int> woken = 0;
  std::vector<int> who(1'000);
  for (int& one : who) bell.Wait(&one, bell.count(), kLong, [&] { ++woken; });
  EXPECT_EQ(bell.waiting(), who.size());
  EXPECT_EQ(woken, 0);
  bell.Ring(7);
  EXPECT_EQ(woken, 1'000);
  bell.Ring(5);
  EXPECT_EQ(woken, 1'000);
  EXPECT_EQ(bell.reached(), 7u);
  EXPECT_EQ(bell.waiting(), 0u);
}

TEST(FeedBellTest, WhatRangBeforeOneWaitedIsNotMissed) {
  FeedBell bell;
  const uint64_t before = bell.count();
  bell.Ring(1);
  bool woken = false;
  bell.Wait(&bell, before, kLong, [&] { woken = true; });
  EXPECT_TRUE(woken);
}

TEST(FeedBellTest, TheTimeWakes) {
  FeedBell bell;
  absl::Notification woken;
  const absl::Time start = absl::Now();
  bell.Wait(&bell, bell.count(), absl::Milliseconds(100), [&] { woken.Notify(); });
  ASSERT_TRUE(woken.WaitForNotificationWithTimeout(absl::Seconds(10)));
  EXPECT_GE(absl::Now() - start, absl::Milliseconds(100));
}

TEST(FeedBellTest, HurryWakesOneAndNobodyElse) {
  FeedBell bell;
  int first = 0;
  int second = 0;
  bell.Wait(&first, bell.count(), kLong, [&] { ++first; });
  bell.Wait(&second, bell.count(), kLong, [&] { ++second; });
  bell.Hurry(&first);
  bell.Hurry(&first);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 0);
  bell.Ring(1);
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 1);
}

// Each is woken exactly once, whoever comes first.
TEST(FeedBellTest, RingsHurriesAndTimesMeet) {
  FeedBell bell;
  constexpr int kRounds = 300;
  std::atomic<int> woken = 0;
  std::atomic<bool> over = false;
  std::vector<int> who(kRounds);
  std::thread ringing([&] {
    for (uint64_t i = 0; !over; ++i) bell.Ring(i);
  });
  std::thread hurrying([&] {
    while (!over) {
      for (int& one : who) bell.Hurry(&one);
    }
  });
  for (int& one : who) {
    bell.Wait(&one, bell.count(), absl::Milliseconds(1), [&] { ++woken; });
  }
  while (bell.waiting() > 0) absl::SleepFor(absl::Milliseconds(1));
  over = true;
  ringing.join();
  hurrying.join();
  EXPECT_EQ(woken, kRounds);
}

}  // namespace
}  // namespace passend::service
