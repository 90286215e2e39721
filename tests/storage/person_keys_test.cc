#include "storage/person_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/envelope.h"
#include "storage/person_key_codec.h"
#include "tests/storage/damage.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/joining_thread.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {
namespace {

using testing::HasSubstr;

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// As long as it lives, no file of this process grows beyond so many bytes.
class FilesAtMost {
 public:
  explicit FilesAtMost(rlim_t bytes) : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit least{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &least);
  }
  ~FilesAtMost() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }
  FilesAtMost(const FilesAtMost&) = delete;
  FilesAtMost& operator=(const FilesAtMost&) = delete;

 private:
  rlimit before_;
  void (*const signal_)(int);
};

class PersonKeysTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<PersonKeys>> TryOpen(char master = 'a') {
    keys_.reset();
    return PersonKeys::Open({path(), std::make_shared<FixedWrapper>(master)});
  }

  PersonKeys& Open(char master = 'a') {
    auto opened = TryOpen(master);
    EXPECT_TRUE(opened.ok()) << opened.status();
    keys_ = *std::move(opened);
    if (!keys_->exists()) {
      EXPECT_TRUE(keys_->Make().ok());
    }
    return *keys_;
  }

  std::string path() const { return Beside("keys"); }
  std::string Beside(std::string_view name) const {
    return absl::StrCat(directory_.path(), "/", std::string(name));
  }
  std::string file() const { return path() + "/persons"; }

  static absl::Status Ensure(PersonKeys& keys, std::string_view person) {
    return keys.Ensure({&person, 1});
  }
  static absl::Status Destroy(PersonKeys& keys, std::string_view person) {
    return keys.Destroy({&person, 1});
  }
  static std::string KeyOf(const PersonKeys& keys, std::string_view person) {
    const auto found = keys.Find(person);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() && *found ? std::string((**found).view()) : "";
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<PersonKeys> keys_;
};

TEST_F(PersonKeysTest, AreMadeOnlyWhenAsked) {
  auto opened = TryOpen();
  ASSERT_TRUE(opened.ok());
  EXPECT_FALSE((*opened)->exists());
  EXPECT_FALSE(std::filesystem::exists(file()));
  ASSERT_TRUE((*opened)->Make().ok());
  EXPECT_TRUE((*opened)->exists());
  EXPECT_TRUE(absl::IsFailedPrecondition((*opened)->Make()));
}

TEST_F(PersonKeysTest, EachPersonHasAKeyOfTheirOwnAndKeepsIt) {
  std::string anna, ben;
  {
    PersonKeys& keys = Open();
    ASSERT_TRUE(Ensure(keys, "anna").ok());
    ASSERT_TRUE(Ensure(keys, "ben").ok());
    anna = KeyOf(keys, "anna");
    ben = KeyOf(keys, "ben");
    ASSERT_TRUE(Ensure(keys, "anna").ok());
    EXPECT_EQ(KeyOf(keys, "anna"), anna);
  }
  EXPECT_EQ(anna.size(), kSecretKeyBytes);
  EXPECT_NE(anna, ben);
  PersonKeys& keys = Open();
  EXPECT_EQ(KeyOf(keys, "anna"), anna);
  EXPECT_EQ(KeyOf(keys, "ben"), ben);
  EXPECT_EQ(keys.counts().live, 2u);
  EXPECT_THAT(BytesOf(file()), testing::Not(HasSubstr(anna)));
  EXPECT_THAT(BytesOf(file()), testing::Not(HasSubstr("anna")));
}

TEST_F(PersonKeysTest, NeedADirectoryAndAMasterKey) {
  EXPECT_TRUE(
      absl::IsInvalidArgument(PersonKeys::Open({"", std::make_shared<FixedWrapper>()}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(PersonKeys::Open({path(), nullptr}).status()));
  EXPECT_FALSE(std::filesystem::exists(path()));
}

// Nobody is told that a key is there which is not, and once there is room all goes on.
TEST_F(PersonKeysTest, WithoutRoomForAnotherKeyNothingChanges) {
  PersonKeys& keys = Open();
  absl::Status made, destroyed;
  {
    const FilesAtMost none(kKeyHeaderBytes);
    made = Ensure(keys, "anna");
    destroyed = Destroy(keys, "ben");
  }
  EXPECT_TRUE(absl::IsUnavailable(made)) << made;
  EXPECT_THAT(std::string(made.message()), HasSubstr("cannot make room in"));
  EXPECT_TRUE(absl::IsUnavailable(destroyed)) << destroyed;
  EXPECT_FALSE(keys.Knows("anna"));
  EXPECT_FALSE(keys.IsDestroyed("ben"));
  ASSERT_TRUE(Ensure(keys, "anna").ok());
  const std::string annas = KeyOf(keys, "anna");
  PersonKeys& again = Open();
  EXPECT_EQ(KeyOf(again, "anna"), annas);
  EXPECT_EQ(again.counts().live, 1u);
  EXPECT_EQ(again.counts().destroyed, 0u);
}

TEST_F(PersonKeysTest, RewrapAndCopyWithoutRoomLeaveNothing) {
  PersonKeys& keys = Open();
  ASSERT_TRUE(Ensure(keys, "anna").ok());
  const std::string annas = KeyOf(keys, "anna");
  const std::string before = BytesOf(file());
  absl::Status rewrapped, copied;
  {
    const FilesAtMost little(before.size() - 1);
    rewrapped = keys.Rewrap(std::make_shared<FixedWrapper>('b'));
    copied = keys.CopyTo(Beside("copy"));
  }
  EXPECT_TRUE(absl::IsUnavailable(rewrapped)) << rewrapped;
  EXPECT_TRUE(absl::IsUnavailable(copied)) << copied;
  EXPECT_THAT(std::string(copied.message()), HasSubstr("cannot write"));
  for (const std::string& left : {file() + ".new", Beside("copy"), Beside("copy.new")}) {
    EXPECT_FALSE(std::filesystem::exists(left)) << left;
  }
  EXPECT_EQ(BytesOf(file()), before);
  EXPECT_EQ(keys.master_id(), "fixed-a");
  ASSERT_TRUE(keys.Rewrap(std::make_shared<FixedWrapper>('b')).ok());
  EXPECT_EQ(KeyOf(keys, "anna"), annas);
}

TEST_F(PersonKeysTest, AKeyThatIsNotThereIsLost) {
  PersonKeys& keys = Open();
  EXPECT_TRUE(absl::IsDataLoss(keys.Find("anna").status()));
  EXPECT_FALSE(keys.IsDestroyed("anna"));
}

TEST_F(PersonKeysTest, DestroyedIsForEver) {
  {
    PersonKeys& keys = Open();
    ASSERT_TRUE(Ensure(keys, "anna").ok());
    ASSERT_TRUE(Ensure(keys, "ben").ok());
    const std::string before = BytesOf(file());
    const std::string wrapped = before.substr(kKeyHeaderBytes + 24, kWrappedPersonKeyBytes);
    ASSERT_TRUE(Destroy(keys, "anna").ok());
    EXPECT_THAT(BytesOf(file()), testing::Not(HasSubstr(wrapped))) << "overwritten in place";
    EXPECT_THAT(before, HasSubstr(wrapped));
    ASSERT_TRUE(Ensure(keys, "anna").ok());
    ASSERT_TRUE(Destroy(keys, "anna").ok());
    ASSERT_TRUE(Destroy(keys, "somebody without a key").ok());
  }
  PersonKeys& keys = Open();
  EXPECT_TRUE(keys.IsDestroyed("anna"));
  EXPECT_EQ(KeyOf(keys, "anna"), "");
  EXPECT_TRUE(keys.IsDestroyed("somebody without a key"));
  EXPECT_NE(KeyOf(keys, "ben"), "");
  EXPECT_EQ(keys.counts().live, 1u);
  EXPECT_EQ(keys.counts().destroyed, 2u);
}

TEST_F(PersonKeysTest, OneProcessAtATime) {
  PersonKeys& keys = Open();
  ASSERT_TRUE(keys.exists());
  const auto second = PersonKeys::Open({path(), std::make_shared<FixedWrapper>()});
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status()));
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("in use by another process"));
}

TEST_F(PersonKeysTest, AnotherMasterKeyOpensNothing) {
  Open();
  EXPECT_TRUE(absl::IsFailedPrecondition(TryOpen('b').status()));
}

TEST_F(PersonKeysTest, RewrapKeepsTheKeysAndChangesAllThatProtectsThem) {
  std::string anna, before;
  {
    PersonKeys& keys = Open();
    std::vector<std::string> ids;
    for (int person = 0; person < 10'000; ++person) ids.push_back(absl::StrCat("person ", person));
    const std::vector<std::string_view> people(ids.begin(), ids.end());
    ASSERT_TRUE(keys.Ensure(people).ok());  // more than the file has room for at first
    ASSERT_TRUE(Ensure(keys, "anna").ok());
    ASSERT_TRUE(Destroy(keys, "person 3").ok());
    anna = KeyOf(keys, "anna");
    before = BytesOf(file());
    ASSERT_TRUE(keys.Rewrap(std::make_shared<FixedWrapper>('b')).ok());
    EXPECT_EQ(keys.master_id(), "fixed-b");
    EXPECT_EQ(KeyOf(keys, "anna"), anna);
    EXPECT_TRUE(keys.IsDestroyed("person 3"));
    ASSERT_TRUE(Ensure(keys, "ben").ok());
  }
  const std::string after = BytesOf(file());
  for (size_t slot = 0; slot < 10'000; ++slot) {
    if (slot == 3) continue;  // destroyed
    const size_t at = kKeyHeaderBytes + slot * kKeySlotBytes;
    ASSERT_NE(before.substr(at + 24, 72), after.substr(at + 24, 72)) << at;
  }
  EXPECT_FALSE(std::filesystem::exists(file() + ".new"));
  EXPECT_TRUE(absl::IsFailedPrecondition(TryOpen('a').status())) << "needed no more";
  PersonKeys& keys = Open('b');
  EXPECT_EQ(KeyOf(keys, "anna"), anna);
  EXPECT_NE(KeyOf(keys, "ben"), "");
  EXPECT_TRUE(keys.IsDestroyed("person 3"));
}

TEST_F(PersonKeysTest, RewrapThatFailsChangesNothing) {
  class Refusing final : public KeyWrapper {
   public:
    std::string current_id() const override { return "refusing"; }
    absl::StatusOr<WrappedKey> Wrap(const SecretKey&) const override {
      return absl::UnavailableError("the device is away");
    }
    absl::StatusOr<SecretKey> Unwrap(const WrappedKey&) const override {
      return absl::UnavailableError("the device is away");
    }
  };
  PersonKeys& keys = Open();
  ASSERT_TRUE(Ensure(keys, "anna").ok());
  const std::string before = BytesOf(file());
  EXPECT_TRUE(absl::IsUnavailable(keys.Rewrap(std::make_shared<Refusing>())));
  EXPECT_EQ(BytesOf(file()), before);
  EXPECT_EQ(keys.master_id(), "fixed-a");
}

// A crash while the new file was made leaves the old one in force.
TEST_F(PersonKeysTest, AnUnfinishedRewrapIsRemoved) {
  std::string anna;
  {
    PersonKeys& keys = Open();
    ASSERT_TRUE(Ensure(keys, "anna").ok());
    anna = KeyOf(keys, "anna");
  }
  std::ofstream(file() + ".new") << "half of it";
  PersonKeys& keys = Open();
  EXPECT_FALSE(std::filesystem::exists(file() + ".new"));
  EXPECT_EQ(KeyOf(keys, "anna"), anna);
}

TEST_F(PersonKeysTest, NoFlippedBitGivesAWrongKey) {
  std::string anna;
  {
    PersonKeys& keys = Open();
    ASSERT_TRUE(Ensure(keys, "anna").ok());
    anna = KeyOf(keys, "anna");
  }
  TryOpen().IgnoreError();
  const std::string whole = BytesOf(file());
  for (uint64_t byte = 0; byte < kKeyHeaderBytes + kKeySlotBytes; byte += 3) {
    FlipBit(file(), byte, static_cast<int>(byte % 8));
    const auto opened = TryOpen();
    if (byte < kKeyHeaderBytes) {
      EXPECT_TRUE(absl::IsDataLoss(opened.status())) << byte << " " << opened.status();
    } else {
      ASSERT_TRUE(opened.ok()) << opened.status();
      EXPECT_TRUE(absl::IsDataLoss((*opened)->Find("anna").status())) << byte;
      EXPECT_EQ((*opened)->counts().damaged, 1u);
    }
    FlipBit(file(), byte, static_cast<int>(byte % 8));
  }
  EXPECT_EQ(KeyOf(Open(), "anna"), anna);
}

// Its checksum is right, and it is not what the key store's own key wrapped.
TEST_F(PersonKeysTest, AKeyThatCannotBeUnwrappedIsDamage) {
  ASSERT_TRUE(Ensure(Open(), "anna").ok());
  TryOpen().IgnoreError();
  const std::string bytes = BytesOf(file()).substr(kKeyHeaderBytes, kKeySlotBytes);
  const auto slot = DecodeKeySlot(bytes);
  ASSERT_TRUE(slot.has_value());
  std::string wrapped(slot->wrapped);
  wrapped.back() = static_cast<char>(wrapped.back() ^ 1);
  {
    std::fstream keys(file(), std::ios::in | std::ios::out | std::ios::binary);
    keys.seekp(kKeyHeaderBytes);
    keys << EncodeKeySlot({slot->state, slot->name, wrapped});
  }
  const auto opened = TryOpen();
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_TRUE(absl::IsDataLoss((*opened)->Find("anna").status()));
  const auto copy = (*opened)->Rewrap(std::make_shared<FixedWrapper>('b'));
  EXPECT_TRUE(absl::IsDataLoss(copy)) << copy;
}

TEST_F(PersonKeysTest, KeysOfANewerPassendAreLeftAsTheyAre) {
  Open();
  TryOpen().IgnoreError();
  std::string bytes = BytesOf(file());
  constexpr size_t kFormatAt = 11;  // the last of the four bytes after the mark
  ASSERT_EQ(bytes[kFormatAt], 1);
  bytes[kFormatAt] = 2;
  const Checksum checksum = ChecksumOf({bytes.data(), kKeyHeaderBytes - sizeof(Checksum)});
  std::copy(checksum.begin(), checksum.end(), bytes.begin() + kKeyHeaderBytes - sizeof(Checksum));
  std::ofstream(file(), std::ios::binary) << bytes;
  const auto opened = TryOpen();
  EXPECT_TRUE(absl::IsFailedPrecondition(opened.status()));
  EXPECT_THAT(opened.status().message(), HasSubstr("newer Passend (format 2; this one reads 1)"));
  EXPECT_EQ(BytesOf(file()), bytes);
}

TEST_F(PersonKeysTest, ManyAtOnce) {
  PersonKeys& keys = Open();
  constexpr int kThreads = 4;
  constexpr int kPeople = 100;
  std::atomic<int> wrong = 0;
  {
    std::vector<JoiningThread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int person = 0; person < kPeople; ++person) {
          const std::string own = absl::StrCat(thread, "/", person);
          const std::string shared = absl::StrCat("shared/", person);
          const std::vector<std::string_view> people = {own, shared};
          if (!keys.Ensure(people).ok()) ++wrong;
          const auto found = keys.Find(shared);
          if (!found.ok() || !*found) ++wrong;
          if (person % 2 == 0 && !Destroy(keys, own).ok()) ++wrong;
          if (keys.IsDestroyed(own) != (person % 2 == 0)) ++wrong;
        }
      });
    }
    threads.emplace_back([&] {
      for (const char letter : {'b', 'c', 'd'}) {
        if (!keys.Rewrap(std::make_shared<FixedWrapper>(letter)).ok()) ++wrong;
      }
    });
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(keys.counts().live, size_t{kThreads * kPeople / 2 + kPeople});
  PersonKeys& again = Open('d');
  EXPECT_EQ(again.counts().live, size_t{kThreads * kPeople / 2 + kPeople});
  EXPECT_EQ(again.counts().destroyed, size_t{kThreads * kPeople / 2});
  EXPECT_NE(KeyOf(again, "shared/99"), "");
}

TEST_F(PersonKeysTest, ACopyIsTheKeysAsTheyAreThen) {
  PersonKeys& keys = Open();
  ASSERT_TRUE(Ensure(keys, "anna").ok());
  ASSERT_TRUE(Ensure(keys, "bert").ok());
  ASSERT_TRUE(Destroy(keys, "bert").ok());
  const std::string annas = KeyOf(keys, "anna");
  const std::string folder = Beside("copies");
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(keys.CopyTo(folder + "/persons").ok());
  ASSERT_TRUE(Ensure(keys, "carla").ok());
  ASSERT_TRUE(Destroy(keys, "anna").ok());

  auto copy = PersonKeys::Open({folder, std::make_shared<FixedWrapper>('a')});
  ASSERT_TRUE(copy.ok()) << copy.status();
  EXPECT_EQ((*copy)->id(), keys.id());
  EXPECT_EQ(KeyOf(**copy, "anna"), annas);
  EXPECT_TRUE((*copy)->IsDestroyed("bert"));
  EXPECT_TRUE(absl::IsDataLoss((*copy)->Find("carla").status()));
  EXPECT_EQ(std::filesystem::status(folder + "/persons").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(PersonKeysTest, ACopyBesideChangesHasWholeSlots) {
  PersonKeys& keys = Open();
  std::atomic<bool> done = false;
  {
    JoiningThread changing([&] {
      for (int person = 0; person < 400; ++person) {
        EXPECT_TRUE(Ensure(keys, absl::StrCat("p", person)).ok());
        if (person % 3 == 0) {
          EXPECT_TRUE(Destroy(keys, absl::StrCat("p", person)).ok());
        }
      }
      done = true;
    });
    for (int round = 0; !done; ++round) {
      const std::string folder = Beside(absl::StrCat("copy", round));
      std::filesystem::create_directories(folder);
      ASSERT_TRUE(keys.CopyTo(folder + "/persons").ok());
      auto copy = PersonKeys::Open({folder, std::make_shared<FixedWrapper>('a')});
      ASSERT_TRUE(copy.ok()) << copy.status();
      EXPECT_EQ((*copy)->counts().damaged, 0u);
    }
  }
}

TEST_F(PersonKeysTest, ACopyThatCannotBeWrittenLeavesNothing) {
  PersonKeys& keys = Open();
  const std::string nowhere = Beside("nowhere/persons");
  EXPECT_FALSE(keys.CopyTo(nowhere).ok());
  EXPECT_FALSE(std::filesystem::exists(nowhere));
}

TEST_F(PersonKeysTest, ACopyIsRemoved) {
  PersonKeys& keys = Open();
  const std::string copy = Beside("copy");
  ASSERT_TRUE(keys.CopyTo(copy).ok());
  EXPECT_TRUE(keys.RemoveCopy(copy).ok());
  EXPECT_FALSE(std::filesystem::exists(copy));
  EXPECT_TRUE(keys.RemoveCopy(copy).ok());
}

}  // namespace
}  // namespace passend::storage
