// A disk that breaks under an open store: what is refused, what is still served, what is left.
#include <gmock/gmock.h>

#include "tests/storage/store_on_failing_disk.h"

namespace passend::storage {
namespace {

class RocksDbFailure : public StoreOnFailingDisk {};

TEST_F(RocksDbFailure, ABrokenDiskStopsWritesForGoodAndReadsGoOn) {
  ASSERT_TRUE(Commit("a").ok());
  files_->fault = Fault::kBroken;
  EXPECT_EQ(stopped_count_.load(), 0);
  EXPECT_TRUE(absl::IsUnavailable(Commit("b")));
  files_->fault = Fault::kNone;
  const absl::Status later = Commit("c");
  EXPECT_EQ(stopped_count_.load(), 1) << "told once";
  EXPECT_THAT(stopped_why_, testing::HasSubstr("the disk is broken"));
  EXPECT_TRUE(absl::IsUnavailable(later));
  EXPECT_THAT(std::string(later.message()), testing::HasSubstr("stopped taking writes; reopen it"));
  EXPECT_TRUE(absl::IsUnavailable(store_->Fence(1)));
  EXPECT_TRUE(absl::IsUnavailable(store_->CompactJournal(1)));
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  EXPECT_EQ(store_->Tail(0, 10)->size(), 1u);
  EXPECT_EQ(store_->LastSequence(), 1u);
}

TEST_F(RocksDbFailure, ReopenedItTakesWritesAgainAndHasLostNothing) {
  ASSERT_TRUE(Commit("a").ok());
  files_->fault = Fault::kBroken;
  EXPECT_FALSE(Commit("b").ok());
  files_->fault = Fault::kNone;
  Open();
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  EXPECT_TRUE(Commit("c").ok());
  // Whether "b" is there was never said; the journal and the records agree on it.
  const auto entries = store_->Tail(0, 10);
  ASSERT_TRUE(entries.ok());
  EXPECT_EQ((*store_->Read({Task("b")}))[0].has_value(), entries->size() == 3);
}

TEST_F(RocksDbFailure, ADiskThatBreaksWhileTheEngineGoesOnStopsWrites) {
  ASSERT_TRUE(Commit("a").ok());
  files_->FillUp();
  EXPECT_TRUE(absl::IsResourceExhausted(Commit("b")));
  files_->fault = Fault::kBroken;
  files_->fault_of_room = Fault::kNone;
  const absl::Status broken = CommitOnceThereIsRoom("b");
  EXPECT_TRUE(absl::IsUnavailable(broken)) << broken;
  EXPECT_EQ(stopped_count_.load(), 1);
  EXPECT_TRUE(IsThere("a"));
  files_->MakeRoom();
  EXPECT_TRUE(absl::IsUnavailable(Commit("c")));
  Open();
  EXPECT_TRUE(IsThere("a"));
  EXPECT_TRUE(Commit("c").ok());
}

TEST_F(RocksDbFailure, AFenceThatCannotBeWrittenStopsWrites) {
  ASSERT_TRUE(Commit("a").ok());
  files_->fault = Fault::kBroken;
  EXPECT_TRUE(absl::IsUnavailable(store_->Fence(7)));
  files_->fault = Fault::kNone;
  EXPECT_EQ(stopped_count_.load(), 1);
  EXPECT_TRUE(absl::IsUnavailable(Commit("b")));
  EXPECT_TRUE(absl::IsUnavailable(store_->Fence(8)));
}

// Whichever of the files is not opened, once or twice in a row: the disk failed, nothing is
// damaged.
TEST_F(RocksDbFailure, AFileThatIsNotOpenedIsNoDamage) {
  ASSERT_TRUE(Commit("a").ok());
  int failed = 0;
  for (const int not_opened : {1, 2}) {
    for (int before = 0;; ++before) {
      store_.reset();
      files_->opened_still = before;
      files_->not_opened = not_opened;
      const absl::Status status = TryOpen();
      if (files_->not_opened == not_opened) break;  // fewer files are opened
      files_->not_opened = 0;
      if (status.ok()) continue;
      ++failed;
      EXPECT_TRUE(absl::IsUnavailable(status)) << "after " << before << " files: " << status;
    }
    files_->not_opened = 0;
  }
  EXPECT_GE(failed, 4);
  Open();
  EXPECT_TRUE((*store_->Read({Task("a")}))[0].has_value());
  EXPECT_TRUE(Commit("b").ok());
}

}  // namespace
}  // namespace passend::storage
