// The last write before a power cut, of which some sectors are on the disk: storage/torn_write.h.
#include "storage/torn_write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "storage/log_end.h"
#include "tests/storage/batches.h"
#include "tests/storage/damage.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

std::string BytesOf(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class TornWrite : public testing::Test {
 protected:
  // Ten commits in files, and some in the log, of which the anchor knows all but `unknown`.
  void Make(int in_log, int unknown) {
    CommitAt(store_, 10);
    if (in_log > unknown) CommitAt(store_, in_log - unknown);
    const std::string known = directory_.path() + "/anchor";
    fs::copy_file(store_ + "/anchor", known);
    if (unknown == 0) return;
    CommitAt(store_, unknown);
    fs::copy_file(known, store_ + "/anchor", fs::copy_options::overwrite_existing);
  }
  std::string Log() const { return DatabaseFiles(store_, "", ".log").back(); }
  std::string List() const { return DatabaseFiles(store_, "MANIFEST-", "").back(); }
  Sequence LastAfterOpening() {
    const auto store = OpenAt(store_);
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? (*store)->LastSequence() : 0;
  }
  // Refused, and the file is as it was.
  void ExpectRefused(const std::string& file) {
    const std::string before = BytesOf(file);
    EXPECT_TRUE(absl::IsDataLoss(OpenAt(store_).status()));
    EXPECT_TRUE(BytesOf(file) == before) << file << " has changed";
  }

  TemporaryDirectory directory_;
  const std::string store_ = directory_.path() + "/store";
};

TEST_F(TornWrite, AnEntryThatWasNotAnsweredIsCutOff) {
  Make(1, 1);
  FlipBit(Log(), SizeOf(Log()) - 5, 2);
  EXPECT_EQ(LastAfterOpening(), 10u);
  CommitAt(store_, 1);
  EXPECT_EQ(LastAfterOpening(), 11u);
}

TEST_F(TornWrite, OneThatTheAnchorKnowsIsDamageAndStays) {
  Make(1, 0);
  FlipBit(Log(), SizeOf(Log()) - 5, 2);
  ExpectRefused(Log());
}

TEST_F(TornWrite, OneWithAnotherBehindItIsDamageAndStays) {
  Make(2, 2);  // the first of them was synced before the second was written
  FlipBit(Log(), 100, 2);
  ExpectRefused(Log());
}

TEST_F(TornWrite, WithoutAnAnchorNothingIsCutOff) {
  Make(1, 1);
  fs::remove(store_ + "/anchor");
  FlipBit(Log(), SizeOf(Log()) - 5, 2);
  ExpectRefused(Log());
  OpenOptions options;
  options.directory = store_;
  options.adopt_without_anchor = true;
  EXPECT_TRUE(absl::IsDataLoss(OpenRocksDbStore(options).status()));
}

TEST_F(TornWrite, OfTheListOfFilesTheLastEntriesTogether) {
  CommitAt(store_, 10);
  const std::string whole = BytesOf(List());
  const LogEnd end = FindLogEnd(whole);
  ASSERT_TRUE(end.has_entry);
  // As if one more had been torn, of which the disk has the middle.
  std::ofstream(List(), std::ios::binary | std::ios::app) << std::string(30, '\7');
  EXPECT_EQ(LastAfterOpening(), 10u);
}

// Entries that go over several blocks, and a block whose last bytes are too few for another part.
class LogOfBlocks : public testing::Test {
 protected:
  static constexpr uint64_t kBlockBytes = 32'768;

  void SetUp() override {
    store_ = *OpenAt(path_);
    Commit(1'000);
    const uint64_t before = Size();
    Commit(1'000);
    const uint64_t around = Size() - before - 1'000;  // what an entry has beside the value
    while (Left() > 12'000) Commit(1'000);
    Commit(Left() - around - kTooFew);
    ASSERT_EQ(Left(), kTooFew);
    begins_ = Size();
    Commit(100'000);
    ends_ = Size();
    store_.reset();
    log_ = BytesOf(Log());
    ASSERT_EQ(log_.size(), ends_);
  }

  static constexpr uint64_t kTooFew = 3;
  TemporaryDirectory directory_;
  const std::string path_ = directory_.path() + "/store";
  uint64_t begins_ = 0;  // the large entry, which is the last
  uint64_t ends_ = 0;
  std::string log_;

  std::string Log() const { return DatabaseFiles(path_, "", ".log").back(); }

 private:
  uint64_t Size() const { return SizeOf(Log()); }
  uint64_t Left() const { return kBlockBytes - Size() % kBlockBytes; }
  void Commit(uint64_t bytes) {
    const auto committed =
        store_->Commit(BatchOf().Put({RecordKind::kTask, "t"}, std::string(bytes, 'v')));
    ASSERT_TRUE(committed.ok()) << committed.status();
  }

  std::unique_ptr<Store> store_;
};

TEST_F(LogOfBlocks, EndsWhereItsLastWholeEntryDoes) {
  const LogEnd whole = FindLogEnd(log_);
  EXPECT_FALSE(whole.torn);
  EXPECT_TRUE(whole.has_entry);
  EXPECT_EQ(whole.end, ends_);
  const std::string_view log = log_;
  EXPECT_EQ(FindLogEnd(log.substr(0, begins_)).end, begins_);
  for (uint64_t at = begins_ + kTooFew; at < ends_; at += 997) {
    const LogEnd cut = FindLogEnd(log.substr(0, at));
    EXPECT_EQ(cut.end, begins_) << at;
    std::string flipped = log_;
    flipped[at] ^= 4;
    const LogEnd found = FindLogEnd(flipped);
    EXPECT_TRUE(found.torn) << at;
    EXPECT_EQ(found.end, begins_) << at;
    EXPECT_EQ(found.behind, 0u) << at;
  }
}

TEST_F(LogOfBlocks, ALargeEntryThatWasNotAnsweredIsCutOffAsAWhole) {
  const Sequence last = (*OpenAt(path_))->LastSequence();
  std::filesystem::copy(path_ + "/anchor", directory_.path() + "/anchor");
  {
    const auto store = OpenAt(path_);
    ASSERT_TRUE(
        (*store)->Commit(BatchOf().Put({RecordKind::kTask, "t"}, std::string(100'000, 'w'))).ok());
  }
  std::filesystem::copy(directory_.path() + "/anchor", path_ + "/anchor",
                        std::filesystem::copy_options::overwrite_existing);
  FlipBit(Log(), SizeOf(Log()) / 2, 3);
  const auto store = OpenAt(path_);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*store)->LastSequence(), last);
  EXPECT_EQ((*store)->Read({{RecordKind::kTask, "t"}})->front()->value, std::string(100'000, 'v'));
}

TEST(LogEnd, IsFoundWhereverALogIsCutOrFlipped) {
  TemporaryDirectory directory;
  const std::string store = directory.path() + "/store";
  CommitAt(store, 3);
  const std::string log = BytesOf(DatabaseFiles(store, "", ".log").back());
  const LogEnd whole = FindLogEnd(log);
  EXPECT_TRUE(whole.has_entry);
  EXPECT_FALSE(whole.torn);
  EXPECT_EQ(whole.end, log.size());
  EXPECT_FALSE(FindLogEnd("").has_entry);
  EXPECT_FALSE(FindLogEnd(log + std::string(5'000, '\0')).torn) << "zeros are room";
  uint64_t last_end = 0;
  for (size_t size = 1; size < log.size(); ++size) {
    const LogEnd cut = FindLogEnd(std::string_view(log).substr(0, size));
    const std::string_view rest = std::string_view(log).substr(cut.end, size - cut.end);
    // A checksum may begin with zeros, and those alone are room.
    EXPECT_EQ(cut.torn, rest.find_first_not_of('\0') != std::string_view::npos) << size;
    EXPECT_EQ(cut.behind, 0u);
    EXPECT_GE(cut.end, last_end);
    last_end = cut.end;
  }
  for (size_t at = 0; at < log.size(); ++at) {
    std::string flipped = log;
    flipped[at] ^= 4;
    const LogEnd found = FindLogEnd(flipped);
    EXPECT_TRUE(found.torn) << at;
    EXPECT_LE(found.end, at);
    EXPECT_EQ(found.behind == 0, at >= last_end) << at;
  }
}

}  // namespace
}  // namespace passend::storage
