// Random operations on a store and on the plainest model there is: a std::map. Seed and length are
// printed; PASSEND_SEED and PASSEND_OPERATIONS set them (1,000,000 for the long run).
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "storage/store_errors.h"
#include "tests/storage/store_conformance.h"

namespace passend::storage {
namespace {

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

// What a Store is to do, written with no thought of speed, durability or threads.
class ModelStore {
 public:
  absl::StatusOr<CommitResult> Commit(const Batch& batch, absl::Time now) {
    if (batch.mutations.empty() && batch.events.empty()) return NothingToDo();
    if (batch.idempotency) {
      const auto at = receipts.find(batch.idempotency->request);
      if (at != receipts.end()) {
        if (at->second.fingerprint != batch.idempotency->fingerprint) return RequestReused();
        return CommitResult{at->second.sequence, at->second.response};
      }
    }
    for (const Expectation& expectation : batch.expectations) {
      const auto at = records.find(expectation.key);
      const Version found = at == records.end() ? 0 : at->second.version;
      if (found != expectation.version) return ExpectationFailed(RecordKind::kTask, 0, 0);
    }
    const Sequence sequence = journal.size() + 1;
    for (const Mutation& mutation : batch.mutations) {
      records.erase(mutation.key);
      if (mutation.value) records[mutation.key] = {mutation.key, sequence, *mutation.value};
    }
    journal.push_back({sequence, now, batch.events});
    if (batch.idempotency) {
      const Idempotency& receipt = *batch.idempotency;
      receipts[receipt.request] = {sequence, receipt.fingerprint, receipt.response};
    }
    return CommitResult{sequence, std::nullopt};
  }

  void Compact(Sequence through) {
    if (through <= floor) return;
    floor = through;
    std::erase_if(receipts, [&](const auto& receipt) { return receipt.second.sequence <= floor; });
  }

  std::map<Key, Record> records;
  std::vector<JournalEntry> journal;  // entry n at n - 1, those below the floor as well
  std::map<std::string, Receipt> receipts;
  Sequence floor = 0;
};

class StoreModel : public StoreConformance {
 protected:
  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }

  // Few keys, so that operations meet; some are prefixes of others.
  Key RandomKey() {
    static const std::vector<std::string> kIds = {
        "a", "a/1", "a/2", "b", "\xff", "\xff\xff", std::string("\0", 1)};
    std::string id = kIds[Below(kIds.size())];
    if (Below(2) == 0) id += std::to_string(Below(40));
    return {static_cast<RecordKind>(1 + Below(3)), std::move(id)};
  }

  std::string RandomValue() {
    const size_t most = Below(50) == 0 ? 20'000 : 40;
    return std::string(Below(most), static_cast<char>('a' + Below(26)));
  }

  Batch RandomBatch() {
    Batch batch;
    std::map<Key, std::optional<std::string>> mutations;
    for (size_t i = Below(4); i > 0; --i) {
      mutations[RandomKey()] =
          Below(4) == 0 ? std::nullopt : std::optional<std::string>(RandomValue());
    }
    for (auto& [key, value] : mutations) {
      if (Below(2) == 0) batch.expectations.push_back({key, ExpectedVersion(key)});
      batch.mutations.push_back({key, std::move(value)});
    }
    for (size_t i = Below(3); i > 0; --i) batch.events.push_back({RandomKey(), RandomValue()});
    if (Below(3) == 0) {
      batch.idempotency = {"request " + std::to_string(Below(200)),
                           "digest " + std::to_string(Below(2)), RandomValue()};
    }
    return batch;
  }

  // Mostly right.
  Version ExpectedVersion(const Key& key) {
    const auto at = model_.records.find(key);
    const Version version = at == model_.records.end() ? 0 : at->second.version;
    return Below(8) == 0 ? version + 1 : version;
  }

  void CompareCommit() {
    clock().Advance(absl::Microseconds(static_cast<int64_t>(Below(1'000))));
    const Batch batch = RandomBatch();
    const auto expected = model_.Commit(batch, clock().Now());
    const auto result = store().Commit(batch);
    ASSERT_EQ(result.status().code(), expected.status().code()) << result.status();
    if (!result.ok()) return;
    ASSERT_EQ(result->sequence, expected->sequence);
    ASSERT_EQ(result->repeated_response, expected->repeated_response);
  }

  void CompareRead() {
    const std::vector<Key> keys = {RandomKey(), RandomKey(), RandomKey()};
    const auto found = store().Read(keys);
    ASSERT_TRUE(found.ok()) << found.status();
    for (size_t i = 0; i < keys.size(); ++i) {
      const auto at = model_.records.find(keys[i]);
      ASSERT_EQ((*found)[i],
                at == model_.records.end() ? std::nullopt : std::optional<Record>(at->second));
    }
  }

  template <typename Source>
  void CompareScan(const Source& source, const std::map<Key, Record>& records) {
    const Key key = RandomKey();
    const ScanRange range{key.kind, key.id.substr(0, Below(3)),
                          Below(2) == 0 ? "" : RandomKey().id};
    std::vector<Record> expected;
    for (const auto& [at, record] : records) {
      if (at.kind == range.kind && at.id.starts_with(range.prefix) && at.id > range.after) {
        expected.push_back(record);
      }
    }
    std::vector<Record> seen;
    const auto status = source.Scan(range, [&](Record record) {
      seen.push_back(std::move(record));
      return true;
    });
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_EQ(seen, expected);
  }

  void CompareTail() {
    const Sequence last = model_.journal.size();
    const Sequence after = last - std::min<Sequence>(last, Below(20)) + Below(3);
    const size_t limit = 1 + Below(10);
    const auto page = store().Tail(after, limit);
    if (after < model_.floor || after > last) {
      ASSERT_TRUE(absl::IsOutOfRange(page.status())) << page.status();
      return;
    }
    ASSERT_TRUE(page.ok()) << page.status();
    const auto from = model_.journal.begin() + static_cast<std::ptrdiff_t>(after);
    const auto to = from + static_cast<std::ptrdiff_t>(std::min<Sequence>(limit, last - after));
    ASSERT_EQ(*page, std::vector<JournalEntry>(from, to));
  }

  void CompareReceipt() {
    const std::string request = "request " + std::to_string(Below(200));
    const auto receipt = store().FindReceipt(request);
    ASSERT_TRUE(receipt.ok()) << receipt.status();
    const auto at = model_.receipts.find(request);
    ASSERT_EQ(receipt->has_value(), at != model_.receipts.end());
    if (!receipt->has_value()) return;
    ASSERT_EQ((*receipt)->sequence, at->second.sequence);
    ASSERT_EQ((*receipt)->fingerprint, at->second.fingerprint);
    ASSERT_EQ((*receipt)->response, at->second.response);
  }

  void CompareCompaction() {
    const Sequence last = model_.journal.size();
    const Sequence through = last - std::min<Sequence>(last, Below(200));
    ASSERT_TRUE(store().CompactJournal(through).ok());
    model_.Compact(through);
  }

  void CompareSnapshot() {
    auto snapshot = store().GetSnapshot();
    ASSERT_TRUE(snapshot.ok());
    const std::map<Key, Record> records = model_.records;
    ASSERT_EQ((*snapshot)->sequence(), model_.journal.size());
    for (size_t i = Below(5); i > 0; --i) CompareCommit();
    CompareScan(**snapshot, records);
  }

  void Reopen() {
    if (harness().Has(Trait::kSurvivesClosing)) {
      ASSERT_TRUE(harness().Open(settings_).ok());
    }
    ASSERT_EQ(store().LastSequence(), model_.journal.size());
  }

  void Step() {
    const size_t choice = Below(1'000);
    if (choice < 500) return CompareCommit();
    if (choice < 700) return CompareRead();
    if (choice < 800) return CompareScan(store(), model_.records);
    if (choice < 900) return CompareTail();
    if (choice < 960) return CompareReceipt();
    if (choice < 985) return CompareSnapshot();
    if (choice < 998) return CompareCompaction();
    if (Below(20) == 0) Reopen();
  }

  // Small, so that memory reaches files many times.
  const StoreSettings settings_{.memory_bytes = size_t{2} << 20};
  ModelStore model_;
  std::mt19937_64 random_;
};
PASSEND_FOR_EVERY_STORE(StoreModel);

TEST_P(StoreModel, RandomOperationsAgree) {
  const uint64_t seed = FromEnvironment("PASSEND_SEED", 20'261'121);
  const uint64_t operations = FromEnvironment("PASSEND_OPERATIONS", 20'000);
  std::cout << "PASSEND_SEED=" << seed << " PASSEND_OPERATIONS=" << operations << std::endl;
  random_.seed(seed);
  ASSERT_TRUE(harness().Open(settings_).ok());
  for (uint64_t i = 0; i < operations; ++i) {
    Step();
    if (HasFatalFailure()) FAIL() << "at operation " << i << " of seed " << seed;
  }
  Reopen();
  for (int i = 0; i < 100 && !HasFatalFailure(); ++i) CompareScan(store(), model_.records);
}

}  // namespace
}  // namespace passend::storage
