#include "service/admin/admin_jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AdminJobs : public testing::Test {
 protected:
  void Make(AdminJobRunner::Work work) {
    runner_ = std::make_unique<AdminJobRunner>(
        v1::JOB_KIND_SCRUB, std::move(work), [] { return absl::FromUnixSeconds(1'800'000'000); },
        [this](std::string_view line) { log_.emplace_back(line); },
        [this](bool well) { ended_.push_back(well); });
  }
  v1::AdminJob AtEnd() {
    while (runner_->Get().state() == v1::JOB_STATE_RUNNING) absl::SleepFor(absl::Milliseconds(1));
    return runner_->Get();
  }
  std::vector<std::string> log_;
  std::vector<bool> ended_;
  std::unique_ptr<AdminJobRunner> runner_;
};

TEST_F(AdminJobs, BeforeTheFirstThereIsNone) {
  Make([](const storage::LongWork&, v1::AdminJob&) {});
  EXPECT_EQ(runner_->Get().state(), v1::JOB_STATE_UNSPECIFIED);
  EXPECT_EQ(runner_->Get().kind(), v1::JOB_KIND_SCRUB);
}

TEST_F(AdminJobs, WhoStartsOneThatRunsIsToldOfThat) {
  absl::Notification go;
  int times = 0;
  Make([&](const storage::LongWork& work, v1::AdminJob& outcome) {
    ++times;
    work.progress(3, 10);
    go.WaitForNotification();
    outcome.set_sequence(7);
  });
  const v1::AdminJob first = runner_->Start();
  EXPECT_EQ(first.state(), v1::JOB_STATE_RUNNING);
  while (runner_->Get().done_bytes() != 3) absl::SleepFor(absl::Milliseconds(1));
  const v1::AdminJob again = runner_->Start();
  EXPECT_EQ(again.start_time().DebugString(), first.start_time().DebugString());
  EXPECT_EQ(again.total_bytes(), 10);
  go.Notify();
  const v1::AdminJob end = AtEnd();
  EXPECT_EQ(end.state(), v1::JOB_STATE_SUCCEEDED);
  EXPECT_EQ(end.sequence(), 7);
  EXPECT_EQ(end.done_bytes(), 10);
  EXPECT_EQ(times, 1);
  EXPECT_THAT(log_, ElementsAre("scrub: done, up to commit 7"));
}

TEST_F(AdminJobs, ProblemsAreAFailureAndTheNextOneBeginsAnew) {
  bool broken = true;
  Make([&](const storage::LongWork&, v1::AdminJob& outcome) {
    if (broken) outcome.add_problems("a file is gone");
  });
  const auto first = runner_->Start().start_time();
  EXPECT_EQ(AtEnd().state(), v1::JOB_STATE_FAILED);
  EXPECT_THAT(log_, ElementsAre("ERROR: scrub: failed: a file is gone"));
  broken = false;
  const auto second = runner_->Start().start_time();
  EXPECT_NE(first.DebugString(), second.DebugString()) << "though the clock stands still";
  EXPECT_EQ(AtEnd().state(), v1::JOB_STATE_SUCCEEDED);
  EXPECT_EQ(AtEnd().problems_size(), 0);
  EXPECT_THAT(ended_, ElementsAre(false, true));
}

TEST_F(AdminJobs, TheEndOfTheServerStopsIt) {
  bool stopped = false;
  Make([&](const storage::LongWork& work, v1::AdminJob& outcome) {
    while (!work.stopped()) absl::SleepFor(absl::Milliseconds(1));
    stopped = true;
    outcome.add_problems("stopped on request");
  });
  runner_->Start();
  runner_.reset();
  EXPECT_TRUE(stopped);
  EXPECT_THAT(ended_, IsEmpty()) << "nothing has failed";
}

}  // namespace
}  // namespace passend::service
