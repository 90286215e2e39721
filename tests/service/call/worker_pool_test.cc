#include "service/call/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/notification.h"

namespace passend::service {
namespace {

TEST(WorkerPoolTest, RunsEverythingBeforeItEnds) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(3, 1'000);
    for (int i = 0; i < 1'000; ++i) ASSERT_TRUE(pool.TryPost([&] { ++done; }));
  }
  EXPECT_EQ(done.load(), 1'000);
}

TEST(WorkerPoolTest, TurnsAwayWhatDoesNotFitInTheQueue) {
  absl::Notification started;
  absl::Notification go_on;
  std::atomic<int> done = 0;
  {
    WorkerPool pool(1, 2);
    ASSERT_TRUE(pool.TryPost([&] {
      started.Notify();
      go_on.WaitForNotification();
      ++done;
    }));
    started.WaitForNotification();
    EXPECT_TRUE(pool.TryPost([&] { ++done; }));
    EXPECT_TRUE(pool.TryPost([&] { ++done; }));
    EXPECT_FALSE(pool.TryPost([&] { done += 100; }));
    go_on.Notify();
  }
  EXPECT_EQ(done.load(), 3);
}

}  // namespace
}  // namespace passend::service
