#include "service/admin/admin_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "service/errors/error_status.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/batches.h"
#include "tests/storage/damage.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class AdminHandlersTest : public testing::Test {
 protected:
  AdminHandlersTest() : store_(*storage::OpenAt(directory_.path() + "/data")) {
    EXPECT_TRUE(store_
                    ->Commit(storage::BatchOf()
                                 .Put(storage::Passport("anna"), "")
                                 .Tell(storage::Passport("anna"), ""))
                    .ok());
  }
  AdminHandlers Handlers(AdminSettings settings) {
    return AdminHandlers(*store_, std::move(settings), absl::Now, [](std::string_view) {});
  }
  AdminSettings WithFolder() const { return {.backup_folder = directory_.path() + "/backups"}; }

  static v1::AdminJob AtEnd(const AdminHandlers& handlers, v1::JobKind kind) {
    v1::GetJobRequest request;
    request.set_kind(kind);
    while (true) {
      auto job = handlers.GetJob({}, request);
      EXPECT_TRUE(job.ok()) << job.status();
      if (!job.ok() || job->state() != v1::JOB_STATE_RUNNING) return job.value_or(v1::AdminJob());
      absl::SleepFor(absl::Milliseconds(2));
    }
  }

  storage::TemporaryDirectory directory_;
  std::unique_ptr<storage::Store> store_;
};

TEST_F(AdminHandlersTest, ABackupSaysWhichCommitItHas) {
  AdminHandlers handlers = Handlers(WithFolder());
  ASSERT_TRUE(handlers.StartBackup({}, {}).ok());
  const v1::AdminJob job = AtEnd(handlers, v1::JOB_KIND_BACKUP);
  EXPECT_EQ(job.state(), v1::JOB_STATE_SUCCEEDED) << job.DebugString();
  EXPECT_EQ(job.sequence(), 1);
  EXPECT_EQ(job.backup(), 1);
  EXPECT_EQ(job.backups_kept(), 1);
  EXPECT_GT(job.new_bytes(), 0);
}

TEST_F(AdminHandlersTest, WithoutAFolderThereAreNone) {
  AdminHandlers handlers = Handlers({});
  EXPECT_EQ(ReasonOf(handlers.StartBackup({}, {}).status()), v1::ERROR_REASON_BACKUPS_OFF);
  v1::GetJobRequest request;
  request.set_kind(v1::JOB_KIND_BACKUP);
  EXPECT_EQ(ReasonOf(handlers.GetJob({}, request).status()), v1::ERROR_REASON_BACKUPS_OFF);
  EXPECT_FALSE(std::filesystem::exists(directory_.path() + "/backups"));
}

TEST_F(AdminHandlersTest, AScrubReadsWhatRecordsMean) {
  AdminHandlers handlers = Handlers({});
  ASSERT_TRUE(handlers.StartScrub({}, {}).ok());
  v1::AdminJob job = AtEnd(handlers, v1::JOB_KIND_SCRUB);
  EXPECT_EQ(job.state(), v1::JOB_STATE_SUCCEEDED) << job.DebugString();
  EXPECT_EQ(job.records(), 1);
  EXPECT_EQ(job.journal_entries(), 1);
  ASSERT_TRUE(store_
                  ->Commit(storage::BatchOf()
                               .Put(storage::Passport("bram"), "\xff no message")
                               .Tell(storage::Passport("bram"), ""))
                  .ok());
  ASSERT_TRUE(handlers.StartScrub({}, {}).ok());
  job = AtEnd(handlers, v1::JOB_KIND_SCRUB);
  EXPECT_EQ(job.state(), v1::JOB_STATE_FAILED);
  ASSERT_EQ(job.problems_size(), 1);
  EXPECT_THAT(job.problems(0), HasSubstr("record of passport bram: it cannot be read as one"));
}

TEST_F(AdminHandlersTest, WhatFailsIsCountedByKindAndWhatWorksIsSeen) {
  std::ofstream(directory_.path() + "/file") << "not a folder";
  std::vector<std::string> failed;
  AdminSettings settings{.backup_folder = directory_.path() + "/file"};
  settings.job_failed = [&](std::string_view kind) { failed.emplace_back(kind); };
  {
    AdminHandlers handlers = Handlers(settings);
    EXPECT_FALSE(handlers.backup_watch()->writable());
    ASSERT_TRUE(handlers.StartBackup({}, {}).ok()) << "the server serves nevertheless";
    EXPECT_EQ(AtEnd(handlers, v1::JOB_KIND_BACKUP).state(), v1::JOB_STATE_FAILED);
    EXPECT_THAT(failed, ElementsAre("backup"));
  }
  settings.backup_folder = directory_.path() + "/backups";
  AdminHandlers handlers = Handlers(settings);
  EXPECT_TRUE(handlers.backup_watch()->writable());
  EXPECT_EQ(handlers.backup_watch()->newest(), absl::InfinitePast());
  ASSERT_TRUE(handlers.StartBackup({}, {}).ok());
  EXPECT_EQ(AtEnd(handlers, v1::JOB_KIND_BACKUP).state(), v1::JOB_STATE_SUCCEEDED);
  EXPECT_NE(handlers.backup_watch()->newest(), absl::InfinitePast());
  EXPECT_EQ(failed.size(), 1u);
  ASSERT_TRUE(store_
                  ->Commit(storage::BatchOf()
                               .Put(storage::Passport("bram"), "\xff no message")
                               .Tell(storage::Passport("bram"), ""))
                  .ok());
  ASSERT_TRUE(handlers.StartScrub({}, {}).ok());
  EXPECT_EQ(AtEnd(handlers, v1::JOB_KIND_SCRUB).state(), v1::JOB_STATE_FAILED);
  EXPECT_THAT(failed, ElementsAre("backup", "scrub"));
}

TEST_F(AdminHandlersTest, WithAnIntervalBackupsAreMadeUnasked) {
  AdminSettings settings = WithFolder();
  settings.backup_interval = absl::Milliseconds(20);
  AdminHandlers handlers = Handlers(settings);
  for (int i = 0; i < 2'000 && AtEnd(handlers, v1::JOB_KIND_BACKUP).backup() < 2; ++i) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  EXPECT_GE(AtEnd(handlers, v1::JOB_KIND_BACKUP).backup(), 2);
}

}  // namespace
}  // namespace passend::service
