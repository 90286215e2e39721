#include "service/ending_signal.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/time/clock.h"
#include "service/regular_call.h"

namespace passend::service {
namespace {

TEST(EndingSignalTest, WaitsForItsTimeAndNotBeyondTheEnd) {
  EndingSignal ending;
  const absl::Time began = absl::Now();
  EXPECT_FALSE(ending.WaitFor(absl::Milliseconds(30)));
  EXPECT_GE(absl::Now() - began, absl::Milliseconds(29));
  std::thread ender([&] {
    absl::SleepFor(absl::Milliseconds(20));
    ending.End();
  });
  EXPECT_TRUE(ending.WaitFor(absl::Hours(1)));
  ender.join();
  EXPECT_TRUE(ending.WaitFor(absl::Hours(1))) << "nobody waits any more";
}

TEST(EndingSignalTest, WaitsForTheEndAloneWhereTheTimeIsInfinite) {
  EndingSignal ending;
  std::atomic<bool> waited = false;
  std::thread waiting([&] {
    EXPECT_TRUE(ending.WaitFor(absl::InfiniteDuration()));
    waited = true;
  });
  absl::SleepFor(absl::Milliseconds(30));
  EXPECT_FALSE(waited);
  ending.End();
  waiting.join();
}

TEST(RegularCallTest, CallsAgainAndAgainUntilItEnds) {
  std::atomic<int> calls = 0;
  {
    const RegularCall regular(absl::Milliseconds(2), [&] { ++calls; });
    while (calls < 5) absl::SleepFor(absl::Milliseconds(1));
  }
  const int at_the_end = calls;
  absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(calls, at_the_end);
}

}  // namespace
}  // namespace passend::service
