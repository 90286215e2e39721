// The last write before a power cut, of which some sectors are on the disk: storage/torn_write.h.
#include "storage/torn_write.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "storage/log_end.h"
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
    EXPECT_EQ(cut.torn, cut.end != size) << size;
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
