// Whatever is written, every earlier state can be read again, record by record.
#include "service/audit/as_of_snapshot.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/audit/audit_keys.h"
#include "service/audit/history_store.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using storage::Key;
using storage::Record;
using storage::RecordKind;

constexpr RecordKind kKinds[] = {RecordKind::kPassport, RecordKind::kTask, RecordKind::kConcept};

std::vector<Record> RecordsOf(const storage::Snapshot& snapshot, const storage::ScanRange& range) {
  std::vector<Record> records;
  EXPECT_TRUE(snapshot
                  .Scan(range,
                        [&](Record record) {
                          records.push_back(std::move(record));
                          return true;
                        })
                  .ok());
  return records;
}

TEST(AsOfSnapshotTest, IsTheStoreAsItWasAfterEachCommit) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  const auto inner = storage::NewMemoryStore();
  HistoryStore store(*inner);
  ASSERT_TRUE(store.Begin().ok());
  std::map<storage::Sequence, std::shared_ptr<const storage::Snapshot>> moments;
  // Ids of which one is the beginning of another, with a character before '/' after it.
  const std::vector<std::string> ids = {"a", "a-b", "a/b", "ab", "b", "b-", "c"};
  for (int step = 0; step < 150; ++step) {
    storage::Batch batch;
    for (const RecordKind kind : kKinds) {
      if (random() % 2 == 0) continue;
      batch.mutations.push_back({{kind, ids[random() % ids.size()]}, absl::StrCat("v", random())});
    }
    if (batch.mutations.empty()) continue;
    const auto committed = store.Commit(std::move(batch));
    ASSERT_TRUE(committed.ok()) << committed.status();
    moments[committed->sequence] = inner->GetSnapshot().value();
  }
  const std::shared_ptr<const storage::Snapshot> now = inner->GetSnapshot().value();
  for (const auto& [sequence, then] : moments) {
    const AsOfSnapshot again(now, sequence);
    for (const RecordKind kind : kKinds) {
      for (const storage::ScanRange& range :
           {storage::ScanRange{kind, "", ""}, storage::ScanRange{kind, "a", ""},
            storage::ScanRange{kind, "", "a"}, storage::ScanRange{kind, "", "a-b", "b"}}) {
        ASSERT_EQ(RecordsOf(again, range), RecordsOf(*then, range)) << "commit " << sequence;
      }
      for (const std::string& id : ids) {
        ASSERT_EQ(again.Read({{kind, id}}).value(), then->Read({{kind, id}}).value());
      }
    }
  }
}

TEST(AsOfSnapshotTest, ReadsMoreThanItKeepsInMemory) {
  const auto inner = storage::NewMemoryStore();
  HistoryStore store(*inner);
  const auto put_all = [&](const std::string& value) {
    storage::Batch batch;
    for (int number = 0; number < 5'000; ++number) {
      batch.mutations.push_back({{RecordKind::kTask, absl::StrCat("t", number)}, value});
    }
    EXPECT_TRUE(store.Commit(std::move(batch)).ok());
  };
  put_all("first");
  const storage::Sequence first = store.LastSequence();
  put_all("second");
  const AsOfSnapshot again(inner->GetSnapshot().value(), first);
  const auto records = RecordsOf(again, {RecordKind::kTask, "", ""});
  ASSERT_EQ(records.size(), 5'000u);
  for (const Record& record : records) ASSERT_EQ(record.value, "first");
}

TEST(AuditKeysTest, KeysArePairsWithWhatTheyAreMadeOf) {
  const absl::Time time = absl::FromUnixSeconds(1'800'000'000);
  const std::string early = MakeAnswerId(time, "12345678");
  const std::string late = MakeAnswerId(time + absl::Microseconds(1), "12345678");
  EXPECT_LT(late, early) << "newest first";
  EXPECT_GT(early, AnswersUpTo(time));
  EXPECT_LT(late, AnswersUpTo(time));
  EXPECT_TRUE(IsAnswerId(early));
  EXPECT_EQ(ParseDecisionName(DecisionNameOf(early)), early);
  EXPECT_EQ(ParseDecisionName("decisions/" + early + "0"), std::nullopt);
  EXPECT_EQ(ParseDecisionName(early), std::nullopt);
  const Key look = LookKey("anna", early);
  ASSERT_TRUE(ParseLookId(look.id).has_value());
  EXPECT_EQ(ParseLookId(look.id)->passport, "anna");
  EXPECT_EQ(ParseLookId(look.id)->answer, early);
  EXPECT_FALSE(ParseLookId("anna/1").has_value());
  const Key history = HistoryKey({RecordKind::kPassport, "anna"}, 258);
  EXPECT_EQ(history.kind, RecordKind::kPersonHistory);
  ASSERT_TRUE(ParseHistoryId(history.id).has_value());
  EXPECT_EQ(ParseHistoryId(history.id)->id, "anna");
  EXPECT_EQ(ParseHistoryId(history.id)->kind, RecordKind::kPassport);
  EXPECT_EQ(ParseHistoryId(history.id)->version, 258u);
  EXPECT_EQ(HistoryKey({RecordKind::kTask, "soup"}, 1).kind, RecordKind::kHistory);
  for (const Key& note : {HistoryStartKey(), SweptKey()}) {
    EXPECT_FALSE(ParseHistoryId(note.id).has_value());
  }
}

}  // namespace
}  // namespace passend::service
