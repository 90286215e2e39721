// Read, Scan and snapshots: S1 and S6 as a reader sees them.
#include "storage/limits.h"
#include "tests/storage/store_conformance.h"

namespace passend::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class StoreRead : public StoreConformance {
 protected:
  void CommitTasks(const std::vector<std::string>& ids) {
    Batch batch;
    for (const std::string& id : ids) batch.mutations.push_back({Task(id), "task " + id});
    Commit(std::move(batch));
  }
};
PASSEND_FOR_EVERY_STORE(StoreRead);

TEST_P(StoreRead, GivesOneEntryAKeyInTheOrderAsked) {
  Commit(BatchOf().Put(Passport("a"), "1").Put(Passport("b"), "2"));
  const auto found = store().Read({Passport("b"), Passport("c"), Passport("a"), Passport("b")});
  ASSERT_TRUE(found.ok());
  EXPECT_THAT(*found, ElementsAre(Record{Passport("b"), 1, "2"}, std::nullopt,
                                  Record{Passport("a"), 1, "1"}, Record{Passport("b"), 1, "2"}));
  EXPECT_THAT(*store().Read({}), IsEmpty());
}

TEST_P(StoreRead, ScansOneKindInByteOrder) {
  CommitTasks({"b", "a", std::string("\xff"), "a/1", std::string("\0", 1)});
  Commit(BatchOf().Put(Passport("p"), "1").Put({RecordKind::kTaxonomy, "t"}, "1"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", ""}),
              ElementsAre(std::string("\0", 1), "a", "a/1", "b", "\xff"));
  EXPECT_THAT(Ids(store(), {RecordKind::kSecret, "", ""}), IsEmpty());
}

TEST_P(StoreRead, ScansAPrefix) {
  CommitTasks({"a", "a/1", "a/2", "a0", "b", "\xff\xff", "\xff\xff\x01", "\xff\xfe"});
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "a/", ""}), ElementsAre("a/1", "a/2"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "a", ""}), ElementsAre("a", "a/1", "a/2", "a0"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "\xff\xff", ""}),
              ElementsAre("\xff\xff", "\xff\xff\x01"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "nothing", ""}), IsEmpty());
}

TEST_P(StoreRead, ScansAfterAnId) {
  CommitTasks({"a", "b", "b/1", "b/2", "c"});
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "b"}), ElementsAre("b/1", "b/2", "c"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "bb"}), ElementsAre("c"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "b/", "b/1"}), ElementsAre("b/2"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "b/", "a"}), ElementsAre("b/1", "b/2"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "b/", "b/2"}), IsEmpty());
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "b/", "zzz"}), IsEmpty());
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "zzz"}), IsEmpty());
}

TEST_P(StoreRead, ScansUntilAnId) {
  CommitTasks({"a", "b", "b/1", "b/2", "c"});
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "", "b"}), ElementsAre("a", "b"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "a", "b/1"}), ElementsAre("b", "b/1"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "", "bb"}), ElementsAre("a", "b", "b/1", "b/2"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "b/", "", "b/1"}), ElementsAre("b/1"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "b/", "", "zzz"}), ElementsAre("b/1", "b/2"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "b/", "", "a"}), IsEmpty());
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "b", "b"}), IsEmpty());
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "c", "a"}), IsEmpty());
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", "zzz", "zzzz"}), IsEmpty());
}

// Whatever the range: the same records, of the snapshot's sequence, in the same order.
TEST_P(StoreRead, ScansViewsAsItScansCopies) {
  Batch batch;
  for (int number = 0; number < 1'500; ++number) {
    batch.mutations.push_back({Task(std::to_string(number)), std::string(number % 1'200, 't')});
  }
  Commit(std::move(batch));
  Commit(BatchOf().Put(Task("77"), "").Put(Passport("1"), "p").Delete(Task("78")));
  const auto snapshot = store().GetSnapshot();
  ASSERT_TRUE(snapshot.ok());
  Commit(BatchOf().Put(Task("79"), "new").Delete(Task("80")).Put(Task("zzz"), "new"));
  for (const ScanRange& range :
       {ScanRange{RecordKind::kTask, "", ""}, ScanRange{RecordKind::kTask, "7", ""},
        ScanRange{RecordKind::kTask, "", "3", "9"},
        ScanRange{RecordKind::kTask, "12", "120", "129"}, ScanRange{RecordKind::kPassport, "", ""},
        ScanRange{RecordKind::kSecret, "", ""}}) {
    std::vector<Record> copies, views;
    ASSERT_TRUE((*snapshot)
                    ->Scan(range,
                           [&](Record record) {
                             copies.push_back(std::move(record));
                             return true;
                           })
                    .ok());
    ASSERT_TRUE((*snapshot)
                    ->ScanViews(range,
                                [&](const RecordView& view) {
                                  views.push_back({{view.kind, std::string(view.id)},
                                                   view.version,
                                                   std::string(view.value)});
                                  return true;
                                })
                    .ok());
    EXPECT_EQ(views, copies);
  }
}

TEST_P(StoreRead, StopsTheScanOfViewsWhenToldTo) {
  CommitTasks({"a", "b", "c"});
  const auto snapshot = store().GetSnapshot();
  std::vector<std::string> seen;
  ASSERT_TRUE((*snapshot)
                  ->ScanViews({RecordKind::kTask, "", ""},
                              [&](const RecordView& view) {
                                seen.emplace_back(view.id);
                                return seen.size() < 2;
                              })
                  .ok());
  EXPECT_THAT(seen, ElementsAre("a", "b"));
}

TEST_P(StoreRead, StopsTheScanWhenToldTo) {
  CommitTasks({"a", "b", "c"});
  std::vector<Record> seen;
  ASSERT_TRUE(store()
                  .Scan({RecordKind::kTask, "", ""},
                        [&](Record record) {
                          seen.push_back(record);
                          return seen.size() < 2;
                        })
                  .ok());
  EXPECT_THAT(seen, ElementsAre(Record{Task("a"), 1, "task a"}, Record{Task("b"), 1, "task b"}));
}

TEST_P(StoreRead, DeletedRecordsAreNotScanned) {
  CommitTasks({"a", "b", "c"});
  Commit(BatchOf().Delete(Task("b")));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", ""}), ElementsAre("a", "c"));
}

TEST_P(StoreRead, SnapshotSeesItsSequenceOnly) {
  CommitTasks({"a", "b"});
  const auto snapshot = store().GetSnapshot();
  ASSERT_TRUE(snapshot.ok());
  Commit(BatchOf().Put(Task("a"), "new").Delete(Task("b")).Put(Task("c"), "new"));
  EXPECT_EQ((*snapshot)->sequence(), 1u);
  EXPECT_THAT(*(*snapshot)->Read({Task("a"), Task("c")}),
              ElementsAre(Record{Task("a"), 1, "task a"}, std::nullopt));
  EXPECT_THAT(Ids(**snapshot, {RecordKind::kTask, "", ""}), ElementsAre("a", "b"));
  EXPECT_THAT(Ids(**snapshot, {RecordKind::kTask, "", "a"}), ElementsAre("b"));
  EXPECT_THAT(Ids(store(), {RecordKind::kTask, "", ""}), ElementsAre("a", "c"));
}

TEST_P(StoreRead, SnapshotOfNothing) {
  const auto snapshot = store().GetSnapshot();
  ASSERT_TRUE(snapshot.ok());
  CommitTasks({"a"});
  EXPECT_EQ((*snapshot)->sequence(), 0u);
  EXPECT_THAT(Ids(**snapshot, {RecordKind::kTask, "", ""}), IsEmpty());
  EXPECT_TRUE(absl::IsInvalidArgument((*snapshot)->Read({Task("")}).status()));
}

// The way in which an index is built: a snapshot, then the journal from there on.
TEST_P(StoreRead, SnapshotAndTailTogetherMissNothing) {
  CommitTasks({"a"});
  const auto snapshot = store().GetSnapshot();
  CommitTasks({"b"});
  ASSERT_TRUE(snapshot.ok());
  const auto entries = Tail((*snapshot)->sequence());
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].sequence, 2u);
}

}  // namespace
}  // namespace passend::storage
