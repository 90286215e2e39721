#include "service/call/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"

namespace passend::service {
namespace {

// A pool of one thread, which is held until it is let go; with a clock of its own.
class WorkerPoolTest : public testing::Test {
 protected:
  void Hold(size_t waiting_max, absl::Duration wait_when_busy = kWaitWhenBusy) {
    pool_ = std::make_unique<WorkerPool>(
        1, waiting_max,
        [this] { return absl::UnixEpoch() + absl::Milliseconds(now_millis_.load()); },
        wait_when_busy);
    HoldAgain();
  }
  void HoldAgain() {
    started_ = std::make_shared<absl::Notification>();
    go_on_ = std::make_shared<absl::Notification>();
    pool_->Post({"holder", GivesWay::kLast,
                 [started = started_, go_on = go_on_] {
                   started->Notify();
                   go_on->WaitForNotification();
                 },
                 [] { FAIL() << "the holder was turned away"; }});
    started_->WaitForNotification();
  }
  static std::string_view MethodOf(GivesWay kind) {
    return kind == GivesWay::kFirst ? "list" : kind == GivesWay::kLast ? "write" : "read";
  }
  // As if all calls of that kind took so long lately. What is held goes on before, and is held
  // again.
  void Run(GivesWay kind, int64_t millis) {
    go_on_->Notify();
    constexpr int kRemembered = 32;  // it counts for so much
    absl::Notification done;
    pool_->Post({"a",
                 kind,
                 [&] {
                   now_millis_ += kRemembered * millis;
                   done.Notify();
                 },
                 [] { FAIL() << "turned away"; },
                 {},
                 1,
                 MethodOf(kind)});
    done.WaitForNotification();
    HoldAgain();
  }
  void LetGo() {
    go_on_->Notify();
    pool_.reset();
  }
  void Post(const std::string& sharer, GivesWay gives_way = GivesWay::kUsual) {
    pool_->Post({sharer,
                 gives_way,
                 [this] { ++ran_; },
                 [this] { ++turned_away_; },
                 {},
                 1,
                 MethodOf(gives_way)});
  }

  std::atomic<int64_t> now_millis_ = 0;
  std::atomic<int> ran_ = 0;
  std::atomic<int> turned_away_ = 0;
  std::unique_ptr<WorkerPool> pool_;
  std::shared_ptr<absl::Notification> started_;
  std::shared_ptr<absl::Notification> go_on_;
};

TEST(WorkerPoolThreadsTest, RunEverythingBeforeTheyEnd) {
  std::atomic<int> done = 0;
  {
    WorkerPool pool(3, 1'000, absl::Now);
    for (int i = 0; i < 1'000; ++i) {
      pool.Post({"a", GivesWay::kUsual, [&] { ++done; }, [] { FAIL() << "turned away"; }});
    }
  }
  EXPECT_EQ(done.load(), 1'000);
}

TEST_F(WorkerPoolTest, TurnsAwayWhatDoesNotFitInTheQueue) {
  Hold(2);
  Post("a");
  Post("a");
  EXPECT_EQ(turned_away_.load(), 0);
  EXPECT_EQ(pool_->waiting(), 2u);
  Post("a");
  EXPECT_EQ(turned_away_.load(), 1) << "before Post returned";
  LetGo();
  EXPECT_EQ(ran_.load(), 2);
}

TEST_F(WorkerPoolTest, TurnsAwayTheFloodAndNotWhoComesAfterIt) {
  Hold(4);
  for (int i = 0; i < 4; ++i) Post("flood");
  Post("somebody");
  EXPECT_EQ(turned_away_.load(), 1);
  Post("flood");
  EXPECT_EQ(turned_away_.load(), 2);
  LetGo();
  EXPECT_EQ(ran_.load(), 4);
}

TEST_F(WorkerPoolTest, LetsFewerWaitWhereCallsTakeLong) {
  Hold(100);
  for (const GivesWay kind : {GivesWay::kFirst, GivesWay::kLast}) Run(kind, 9);
  const int fit = 250 / 9;
  for (int i = 0; i < fit; ++i) Post("a", GivesWay::kFirst);
  EXPECT_EQ(turned_away_.load(), 0);
  Post("a", GivesWay::kFirst);
  EXPECT_EQ(turned_away_.load(), 1);
  for (int i = 0; i < 30; ++i) Post("coach" + std::to_string(i), GivesWay::kLast);
  EXPECT_EQ(turned_away_.load(), 1 + fit - 4) << "lists gave way to what gives way last";
  EXPECT_EQ(pool_->waiting(), 34u) << "which may be more, up to the maximum";
  LetGo();
  EXPECT_EQ(ran_.load(), 34);
}

// What took long once counts for as much as it is asked for, and keeps nothing else from waiting.
TEST_F(WorkerPoolTest, LetsManyWaitWhereOneOfAnotherKindTookLong) {
  Hold(100);
  Run(GivesWay::kFirst, 30'000);
  for (int i = 0; i < 99; ++i) Post("reader" + std::to_string(i));
  Post("employer", GivesWay::kFirst);
  EXPECT_EQ(turned_away_.load(), 0);
  LetGo();
  EXPECT_EQ(ran_.load(), 100);
}

// Of the share of who makes many short calls, each takes little: they go first for longer.
TEST_F(WorkerPoolTest, CountsWhatCallsTakeOfAShareByHowLongTheyTook) {
  Hold(400);
  Run(GivesWay::kLast, 1);
  Run(GivesWay::kFirst, 20);
  int writes = 0;
  int writes_before_the_list = 0;
  pool_->Post({"a",
               GivesWay::kFirst,
               [&] { writes_before_the_list = writes; },
               [] { FAIL() << "turned away"; },
               {},
               1,
               "list"});
  for (int i = 0; i < 200; ++i) {
    pool_->Post({"coach",
                 GivesWay::kLast,
                 [&] { ++writes; },
                 [] { FAIL() << "turned away"; },
                 {},
                 1,
                 "write"});
  }
  LetGo();
  EXPECT_EQ(writes_before_the_list, 200) << "16 if each were as much as a list";
}

// A stream has its place already: it waits its turn, however long the others take.
TEST_F(WorkerPoolTest, TurnsAwayWhoWaitedTooLongButForWhatGivesWayLast) {
  Hold(8);
  Post("a", GivesWay::kFirst);
  Post("b");
  Post("coach", GivesWay::kLast);
  now_millis_ += absl::ToInt64Milliseconds(kWaitTimesMax * kWaitWhenBusy) + 1;
  Post("c");
  EXPECT_EQ(turned_away_.load(), 0);
  LetGo();
  EXPECT_EQ(turned_away_.load(), 2);
  EXPECT_EQ(ran_.load(), 2) << "the coach's, and who has just come";
}

TEST_F(WorkerPoolTest, LetsAllWaitWhoHaveAPlace) {
  Hold(100, absl::InfiniteDuration());
  now_millis_ += 32 * 1'000;
  go_on_->Notify();
  HoldAgain();
  for (int i = 0; i < 100; ++i) Post("a", GivesWay::kFirst);
  EXPECT_EQ(turned_away_.load(), 0);
  LetGo();
  EXPECT_EQ(ran_.load(), 100);
}

TEST_F(WorkerPoolTest, RunsWhereItIsBroughtOnlyWhatIsAlone) {
  Hold(8);
  std::thread::id ran_on;
  const auto bring = [&] {
    pool_->RunOrPost({"a", GivesWay::kUsual,
                      [&] {
                        ran_on = std::this_thread::get_id();
                        ++ran_;
                      },
                      [] { FAIL() << "turned away"; }});
  };
  bring();
  EXPECT_EQ(ran_.load(), 0) << "another one runs";
  EXPECT_EQ(pool_->waiting(), 1u);
  go_on_->Notify();
  while (ran_ == 0) std::this_thread::yield();
  EXPECT_NE(ran_on, std::this_thread::get_id());
  // The pool's thread has to come back from it first.
  for (int i = 0; i < 1'000 && ran_on != std::this_thread::get_id(); ++i) {
    absl::SleepFor(absl::Milliseconds(5));
    const int before = ran_.load();
    bring();
    while (ran_ == before) std::this_thread::yield();
  }
  EXPECT_EQ(ran_on, std::this_thread::get_id());
}

TEST(WorkerPoolThreadsTest, OnlyOneAtATimeRunsWhereItIsBrought) {
  WorkerPool pool(2, 100, absl::Now);
  absl::Notification second_ran;
  bool ran_here = false;
  pool.RunOrPost({"a", GivesWay::kUsual,
                  [&] {
                    ran_here = true;
                    pool.RunOrPost({"b", GivesWay::kUsual, [&] { second_ran.Notify(); },
                                    [] { FAIL() << "turned away"; }});
                    second_ran.WaitForNotification();  // by one of the pool's threads
                  },
                  [] { FAIL() << "turned away"; }});
  EXPECT_TRUE(ran_here);
}

TEST(WorkerPoolThreadsTest, TheEndWaitsForWhatRunsElsewhere) {
  absl::Notification began;
  std::atomic<bool> done = false;
  auto pool = std::make_unique<WorkerPool>(1, 100, absl::Now);
  std::thread bringer([&, &pool = *pool] {
    pool.RunOrPost({"a", GivesWay::kUsual,
                    [&] {
                      began.Notify();
                      absl::SleepFor(absl::Milliseconds(50));
                      done = true;
                    },
                    [] { FAIL() << "turned away"; }});
  });
  began.WaitForNotification();
  pool.reset();
  EXPECT_TRUE(done);
  bringer.join();
}

}  // namespace
}  // namespace passend::service
