#include "storage/master_key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/storage/store_factories.h"

namespace passend::storage {
namespace {

using testing::HasSubstr;

class MasterKeyFileTest : public testing::Test {
 protected:
  std::string path() const { return directory_.path() + "/master"; }

  absl::Status Refusal(const std::string& text) {
    std::filesystem::remove(path());
    std::ofstream(path()) << text;
    chmod(path().c_str(), 0600);
    return MasterKeyFile::Load(path()).status();
  }

 private:
  TemporaryDirectory directory_;
};

const std::string kDigits(64, 'b');

TEST_F(MasterKeyFileTest, IsMadeForItsOwnerOnly) {
  ASSERT_TRUE(MasterKeyFile::Create(path(), SystemRandom()).ok());
  struct stat found;
  ASSERT_EQ(stat(path().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  const auto loaded = MasterKeyFile::Load(path());
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  const SecretKey key = RandomKey(SystemRandom());
  const auto wrapped = (*loaded)->Wrap(key);
  ASSERT_TRUE(wrapped.ok());
  EXPECT_EQ(wrapped->master_id, (*loaded)->current_id());
  const auto unwrapped = (*loaded)->Unwrap(*wrapped);
  ASSERT_TRUE(unwrapped.ok());
  EXPECT_EQ(unwrapped->view(), key.view());
}

TEST_F(MasterKeyFileTest, IsNeverOverwritten) {
  ASSERT_TRUE(MasterKeyFile::Create(path(), SystemRandom()).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(MasterKeyFile::Create(path(), SystemRandom())));
}

TEST_F(MasterKeyFileTest, TheLastKeyIsCurrentAndThoseBeforeUnwrap) {
  ASSERT_TRUE(MasterKeyFile::Create(path(), SystemRandom()).ok());
  const auto before = MasterKeyFile::Load(path());
  ASSERT_TRUE(before.ok());
  const auto wrapped = (*before)->Wrap(RandomKey(SystemRandom()));
  ASSERT_TRUE(MasterKeyFile::AddKey(path(), SystemRandom()).ok());
  const auto after = MasterKeyFile::Load(path());
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_NE((*after)->current_id(), (*before)->current_id());
  EXPECT_TRUE((*after)->Unwrap(*wrapped).ok());
  const auto newer = (*after)->Wrap(RandomKey(SystemRandom()));
  const absl::Status refused = (*before)->Unwrap(*newer).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr((*after)->current_id()));
}

// As an editor may leave it.
TEST_F(MasterKeyFileTest, AKeyIsAddedToAFileWithoutAnEndOfLine) {
  ASSERT_TRUE(Refusal("passend-master-key-1 own " + kDigits).ok());
  const auto wrapped = (*MasterKeyFile::Load(path()))->Wrap(RandomKey(SystemRandom()));
  ASSERT_TRUE(MasterKeyFile::AddKey(path(), SystemRandom()).ok());
  const auto after = MasterKeyFile::Load(path());
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_NE((*after)->current_id(), "own");
  EXPECT_TRUE((*after)->Unwrap(*wrapped).ok());
}

TEST_F(MasterKeyFileTest, AnotherKeyOfTheSameIdIsNoticed) {
  const std::string line = "passend-master-key-1 own ";
  ASSERT_TRUE(Refusal(line + kDigits + "\n").ok());
  const auto wrapped = (*MasterKeyFile::Load(path()))->Wrap(RandomKey(SystemRandom()));
  ASSERT_TRUE(Refusal(line + std::string(64, 'c') + "\n").ok());
  EXPECT_TRUE(absl::IsDataLoss((*MasterKeyFile::Load(path()))->Unwrap(*wrapped).status()));
}

TEST_F(MasterKeyFileTest, RefusesAFileThatOthersMayRead) {
  ASSERT_TRUE(MasterKeyFile::Create(path(), SystemRandom()).ok());
  for (const mode_t mode : {0640, 0604, 0620, 0666}) {
    ASSERT_EQ(chmod(path().c_str(), mode), 0);
    const absl::Status refused = MasterKeyFile::Load(path()).status();
    EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << mode;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("chmod 600"));
  }
  EXPECT_TRUE(absl::IsNotFound(MasterKeyFile::Load(path() + ".not").status()));
}

TEST_F(MasterKeyFileTest, RefusesWhatItDoesNotKnowAndNeverSaysAKey) {
  const std::string start = "passend-master-key-1 ";
  for (const std::string& text :
       {std::string(), std::string("# only a comment\n"), "passend-master-key-2 own " + kDigits,
        start + kDigits, start + "own " + kDigits + "b", start + "own " + kDigits.substr(1) + "x",
        start + "OWN " + kDigits, start + " " + kDigits,
        start + "own " + kDigits + "\n" + start + "own " + kDigits}) {
    const absl::Status refused = Refusal(text);
    EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << text;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("master key file"));
    EXPECT_THAT(std::string(refused.message()), testing::Not(HasSubstr("bbbb")));
  }
  EXPECT_TRUE(Refusal("# a comment\n\n" + start + "own " + kDigits).ok());
}

}  // namespace
}  // namespace passend::storage
