#include "service/passendd/key_backups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class KeyBackupsTest : public testing::Test {
 protected:
  KeyBackupsTest() {
    auto opened = storage::PersonKeys::Open(
        {directory_.path() + "/keys", std::make_shared<storage::FixedWrapper>('a')});
    EXPECT_TRUE(opened.ok()) << opened.status();
    keys_ = *std::move(opened);
    EXPECT_TRUE(keys_->Make().ok());
  }

  void Refresh() { backups_->Refresh(); }
  void Start(const std::string& folder) {
    backups_.emplace(
        keys_, folder, absl::Hours(24 * 2), [this] { return now_; },
        [this](std::string_view line) { log_.emplace_back(line); });
  }
  std::vector<std::string> Files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  storage::TemporaryDirectory directory_;
  const std::string folder_ = directory_.path() + "/copies";
  std::shared_ptr<storage::PersonKeys> keys_;
  absl::Time now_ = absl::FromCivil(absl::CivilSecond(2026, 11, 21, 9, 30, 0), absl::UTCTimeZone());
  std::vector<std::string> log_;
  std::optional<KeyBackups> backups_;
};

TEST_F(KeyBackupsTest, ACopyEverySixHoursAndNoneIsKeptLonger) {
  Start(folder_);
  EXPECT_EQ(backups_->Newest(), absl::InfinitePast());
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T093000Z"));
  EXPECT_EQ(backups_->Newest(), now_);
  now_ += absl::Hours(6) - absl::Seconds(1);
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T093000Z"));
  now_ += absl::Seconds(1);
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T093000Z", "keys-20261121T153000Z"));
  now_ += absl::Hours(42);
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T153000Z", "keys-20261123T093000Z"));
}

TEST_F(KeyBackupsTest, FilesOfOthersAreLeftAlone) {
  const auto others = {"keys-infinite-past", "keys-infinite-future", "keys-20261121"};
  std::filesystem::create_directories(folder_);
  for (const char* name : others) std::ofstream(folder_ + "/" + name) << "of somebody";
  Start(folder_);
  EXPECT_EQ(backups_->Newest(), absl::InfinitePast());
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121", "keys-20261121T093000Z", "keys-infinite-future",
                                   "keys-infinite-past"));
}

TEST_F(KeyBackupsTest, ACopyOpensAsKeys) {
  const std::string_view anna = "anna";
  ASSERT_TRUE(keys_->Ensure({&anna, 1}).ok());
  Start(folder_);
  Refresh();
  std::filesystem::create_directories(directory_.path() + "/restored");
  std::filesystem::copy(folder_ + "/" + Files().front(), directory_.path() + "/restored/persons");
  auto restored = storage::PersonKeys::Open(
      {directory_.path() + "/restored", std::make_shared<storage::FixedWrapper>('a')});
  ASSERT_TRUE(restored.ok()) << restored.status();
  EXPECT_EQ((*restored)->counts().live, 1u);
}

TEST_F(KeyBackupsTest, AClockThatWentBackGetsACopyAgain) {
  Start(folder_);
  Refresh();
  now_ -= absl::Hours(24);
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261120T093000Z"));
  EXPECT_THAT(log_.back(), HasSubstr("keys-20261121T093000Z is of a time that has not come"));
  now_ += absl::Minutes(1);
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261120T093000Z")) << "one copy, not one a minute";
}

TEST_F(KeyBackupsTest, WhatWasMadeGetsACopyThatIsNotOlder) {
  Start(folder_);
  Refresh();
  now_ += absl::Minutes(10);
  backups_->CopyAfter(now_);
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T093000Z", "keys-20261121T094000Z"));
  now_ += absl::Minutes(10);
  backups_->CopyAfter(now_ - absl::Minutes(15));  // there is one
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T093000Z", "keys-20261121T094000Z"));
}

TEST_F(KeyBackupsTest, ACopyThatFailedStaysDue) {
  Start(folder_);
  Refresh();
  now_ += absl::Minutes(10);
  std::filesystem::create_directories(folder_ + "/keys-20261121T094000Z/in-the-way");
  backups_->CopyAfter(now_);
  EXPECT_THAT(log_.back(), HasSubstr("copies are not as they should be"));
  std::filesystem::remove_all(folder_ + "/keys-20261121T094000Z");
  now_ += absl::Minutes(1);
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T093000Z", "keys-20261121T094100Z"));
}

TEST_F(KeyBackupsTest, ANewMasterKeyGetsACopyUnderIt) {
  Start(folder_);
  Refresh();
  now_ += absl::Minutes(10);
  ASSERT_TRUE(keys_->Rewrap(std::make_shared<storage::FixedWrapper>('b')).ok());
  Refresh();
  ASSERT_THAT(Files(), ElementsAre("keys-20261121T093000Z", "keys-20261121T094000Z"));
  EXPECT_EQ(*storage::PersonKeys::MasterIdOfCopy(folder_ + "/" + Files()[1]), keys_->master_id());
  EXPECT_NE(*storage::PersonKeys::MasterIdOfCopy(folder_ + "/" + Files()[0]), keys_->master_id());
  Refresh();
  EXPECT_EQ(Files().size(), 2u) << "once";
}

TEST_F(KeyBackupsTest, ADamagedNewestCopyGetsAnotherBesideIt) {
  Start(folder_);
  Refresh();
  std::filesystem::resize_file(folder_ + "/" + Files().front(), 10);
  now_ += absl::Minutes(1);
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20261121T093000Z", "keys-20261121T093100Z"));
}

TEST_F(KeyBackupsTest, OtherFilesAreLeftAloneAndUnfinishedCopiesGo) {
  Start(folder_);
  std::filesystem::create_directories(folder_);
  for (const char* name : {"keys-20200101", "notes", "keys-20200101T000000Z.new"}) {
    std::ofstream(folder_ + "/" + name) << "x";
  }
  Refresh();
  EXPECT_THAT(Files(), ElementsAre("keys-20200101", "keys-20261121T093000Z", "notes"));
}

TEST_F(KeyBackupsTest, WhatGoesWrongIsSaidOnce) {
  const std::string file = directory_.path() + "/file";
  std::ofstream(file) << "x";
  Start(file);
  Refresh();
  Refresh();
  EXPECT_THAT(log_, ElementsAre(HasSubstr("copies are not as they should be")));
}

}  // namespace
}  // namespace passend::service
