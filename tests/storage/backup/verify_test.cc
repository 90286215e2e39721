// Whatever happens to the files of a backup, verify says so, and restore does not take them.
#include <gmock/gmock.h>

#include "storage/files.h"
#include "tests/storage/backup/backup_scene.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Verify : public BackupScene {
 protected:
  // Two backups that share a file.
  void SetUp() override {
    Open();
    for (int i = 0; i < 100; ++i) Put("p" + std::to_string(i), std::string(200, 'v'));
    ASSERT_TRUE(BackUp().ok());
    Put("later", "value");
    ASSERT_TRUE(BackUp().ok());
    store_.reset();
    ASSERT_TRUE(BackupScene::IsWhole());
    CopyDirectory(backups(), path("intact"));
    files_ = BackupFiles();
    ASSERT_GE(files_.size(), 8u);
  }
  void PutBack() { CopyDirectory(path("intact"), backups()); }

  void ExpectNoticed(const std::string& what) {
    EXPECT_FALSE(IsWhole()) << what;
    for (const uint32_t number : {1u, 2u}) {
      const auto restored = Restore(number);
      if (restored.ok()) {
        // The other backup's file: this one is as it was.
        EXPECT_TRUE(BackupScene::Verify(number)->whole()) << what;
        EXPECT_EQ(ContentsAt(target())->entries.size(), 99u + number) << what;
        fs::remove_all(target());
      } else {
        EXPECT_FALSE(fs::exists(target() + "/db")) << what;
      }
    }
  }

  std::vector<std::string> files_;
};

TEST_F(Verify, AFlippedBitInAnyFileIsNoticed) {
  int tried = 0;
  for (const std::string& file : files_) {
    const std::string full = backups() + "/" + file;
    const uint64_t bytes = SizeOf(full);
    for (uint64_t part = 0; part < 5 && bytes > 0; ++part) {
      FlipBit(full, std::min(bytes - 1, bytes * part / 4), static_cast<int>(part + 1));
      EXPECT_FALSE(IsWhole()) << file << " part " << part;
      FlipBit(full, std::min(bytes - 1, bytes * part / 4), static_cast<int>(part + 1));
      ++tried;
    }
  }
  EXPECT_TRUE(IsWhole());
  EXPECT_GE(tried, 40);
}

TEST_F(Verify, AMissingFileIsNoticedByNameAndNotRestored) {
  for (const std::string& file : files_) {
    fs::remove(backups() + "/" + file);
    ExpectNoticed(file + " missing");
    PutBack();
  }
}

TEST_F(Verify, AShorterOrLongerFileIsNoticed) {
  for (const std::string& file : files_) {
    const std::string full = backups() + "/" + file;
    fs::resize_file(full, SizeOf(full) + 1);
    ExpectNoticed(file + " longer");
    PutBack();
    if (SizeOf(full) == 0) continue;
    fs::resize_file(full, SizeOf(full) - 1);
    ExpectNoticed(file + " shorter");
    PutBack();
  }
}

TEST_F(Verify, SwappedFilesOfTwoBackupsAreNoticed) {
  int swapped = 0;
  for (const std::string& first : files_) {
    for (const std::string& second : files_) {
      const auto read = [&](const std::string& file) {
        std::ifstream stream(backups() + "/" + file, std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(stream), {}};
      };
      if (first >= second || read(first) == read(second)) continue;
      if (fs::path(first).extension() != fs::path(second).extension()) continue;
      fs::rename(backups() + "/" + first, backups() + "/swapping");
      fs::rename(backups() + "/" + second, backups() + "/" + first);
      fs::rename(backups() + "/swapping", backups() + "/" + second);
      EXPECT_FALSE(IsWhole()) << first << " and " << second;
      PutBack();
      ++swapped;
    }
  }
  EXPECT_GE(swapped, 5);
}

TEST_F(Verify, AllThatIsDamagedIsNamed) {
  fs::remove(backups() + "/private/2/CURRENT");
  FlipBit(backups() + "/meta/2", 3, 2);
  const auto verified = BackupScene::Verify();
  ASSERT_TRUE(verified.ok());
  EXPECT_TRUE(verified->backups[0].whole());
  ASSERT_EQ(verified->backups[1].problems.size(), 2u);
  EXPECT_THAT(verified->backups[1].problems[0], HasSubstr("meta/2 is damaged"));
  EXPECT_THAT(verified->backups[1].problems[1], HasSubstr("private/2/CURRENT is missing"));
}

TEST_F(Verify, WhatIsBeingMadeIsNotWrong) {
  const auto write = [&](const std::string& file) { std::ofstream(backups() + "/" + file) << "x"; };
  write("meta/3");  // listed, and not sealed yet
  {
    const auto lock = DirectoryLock::Take(backups());
    ASSERT_TRUE(lock.ok());
    EXPECT_TRUE(IsWhole());
    EXPECT_EQ(BackupScene::Verify()->backups.size(), 2u);
    fs::remove(backups() + "/meta/3");
    fs::remove(backups() + "/seals/1");  // the oldest is on its way out
    EXPECT_TRUE(IsWhole());
    PutBack();
    write("meta/3");
    write("meta/4");
    std::ofstream(backups() + "/seals/4") << "x";
    EXPECT_FALSE(IsWhole()) << "between two that are sealed nothing is made";
    PutBack();
  }
  write("meta/3");
  const auto verified = BackupScene::Verify();
  EXPECT_FALSE(verified->whole()) << "nobody is making it any more";
  EXPECT_THAT(verified->problems, testing::ElementsAre(HasSubstr("backup 3 has no seal")));
}

TEST_F(Verify, WhatIsRemovedMeanwhileIsPassedOver) {
  bool removed = false;
  CheckSettings settings;
  settings.work.progress = [&](uint64_t, uint64_t) {
    if (removed) return;
    fs::remove(backups() + "/seals/1");
    fs::remove_all(backups() + "/private/1");
    removed = true;
  };
  const auto verified = VerifyBackups(backups(), std::nullopt, settings);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_TRUE(removed);
  EXPECT_TRUE(verified->whole());
  ASSERT_EQ(verified->backups.size(), 1u);
  EXPECT_EQ(verified->backups[0].number, 2u);
}

TEST_F(Verify, WhereThereIsNothingItSaysSo) {
  EXPECT_TRUE(absl::IsNotFound(VerifyBackups(path("nowhere"), std::nullopt, {}).status()));
  EXPECT_TRUE(absl::IsNotFound(BackupScene::Verify(7).status()));
}

TEST_F(Verify, ItChangesNothing) {
  for (const auto& entry : fs::recursive_directory_iterator(backups())) {
    if (entry.is_regular_file()) fs::permissions(entry.path(), fs::perms::owner_read);
  }
  EXPECT_TRUE(IsWhole());
  EXPECT_EQ(BackupFiles(), files_);
}

}  // namespace
}  // namespace passend::storage
