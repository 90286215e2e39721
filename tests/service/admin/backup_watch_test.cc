#include "service/admin/backup_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "storage/backup/backups.h"
#include "tests/storage/damage.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class BackupWatchTest : public testing::Test {
 protected:
  BackupWatch Watch(absl::Duration interval) {
    return {folder_, interval, [this] { return now_; },
            [this](std::string_view line) { log_.emplace_back(line); }};
  }
  void MakeBackup() {
    auto store = storage::OpenAt(directory_.path() + "/data");
    ASSERT_TRUE(store.ok()) << store.status();
    const auto made =
        storage::MakeBackup(**store, {.folder = folder_, .clock = [this] { return now_; }});
    ASSERT_TRUE(made.ok()) << made.status();
  }

  storage::TemporaryDirectory directory_;
  const std::string folder_ = directory_.path() + "/backups";
  absl::Time now_ = absl::FromUnixSeconds(1'800'000'000);
  std::vector<std::string> log_;
};

TEST_F(BackupWatchTest, TheNextIsDueByTheAgeOfTheNewestAndNotByTheStart) {
  EXPECT_TRUE(Watch(absl::Hours(6)).IsDue()) << "there is none";
  MakeBackup();
  const absl::Time made = now_;
  now_ += absl::Hours(6) - absl::Seconds(1);
  EXPECT_FALSE(Watch(absl::Hours(6)).IsDue());
  now_ += absl::Seconds(1);
  BackupWatch watch = Watch(absl::Hours(6));
  EXPECT_EQ(watch.newest(), absl::InfinitePast()) << "not before the first look";
  EXPECT_TRUE(watch.IsDue()) << "of a server that was started just now";
  EXPECT_EQ(watch.newest(), made);
  EXPECT_FALSE(Watch(absl::ZeroDuration()).IsDue()) << "only when an operator asks";
  now_ = made - absl::Hours(1);
  EXPECT_TRUE(Watch(absl::Hours(6)).IsDue()) << "the clock was wrong, then or now";
}

TEST_F(BackupWatchTest, OneThatFailedIsTriedAgainAfterAWhile) {
  BackupWatch watch = Watch(absl::Hours(6));
  EXPECT_TRUE(watch.IsDue());
  now_ += kBackupRetry - absl::Seconds(1);
  EXPECT_FALSE(watch.IsDue());
  now_ += absl::Seconds(1);
  EXPECT_TRUE(watch.IsDue());
  EXPECT_FALSE(watch.IsDue());
}

TEST_F(BackupWatchTest, ADamagedSealIsNoBackup) {
  MakeBackup();
  std::ofstream(folder_ + "/seals/1") << "no seal";
  BackupWatch watch = Watch(absl::Hours(6));
  EXPECT_TRUE(watch.IsDue()) << "and what is due says what is wrong";
  EXPECT_EQ(watch.newest(), absl::InfinitePast());
}

TEST_F(BackupWatchTest, AFolderThatCannotBeWrittenToIsToldOnceForEachCause) {
  std::ofstream(directory_.path() + "/file") << "not a folder";
  std::filesystem::create_symlink(directory_.path() + "/file", folder_);
  BackupWatch watch = Watch(absl::ZeroDuration());
  EXPECT_FALSE(watch.writable()) << "not before the first look";
  watch.Look();
  watch.Look();
  EXPECT_FALSE(watch.writable());
  EXPECT_THAT(log_, ElementsAre(HasSubstr("WARNING: backup: no backup can be made: ")));
  EXPECT_THAT(log_[0], HasSubstr(folder_));
  std::filesystem::remove(folder_);
  watch.Look();
  EXPECT_TRUE(watch.writable());
  EXPECT_EQ(log_.size(), 1u);
  EXPECT_TRUE(std::filesystem::is_directory(folder_));
  EXPECT_TRUE(std::filesystem::is_empty(folder_)) << "what it tried with is gone";
}

TEST_F(BackupWatchTest, AFolderThatCanBeWrittenToIsNotWorthALine) {
  MakeBackup();
  BackupWatch watch = Watch(absl::ZeroDuration());
  watch.Look();
  EXPECT_TRUE(watch.writable());
  EXPECT_EQ(watch.newest(), now_);
  EXPECT_THAT(log_, IsEmpty());
}

}  // namespace
}  // namespace passend::service
