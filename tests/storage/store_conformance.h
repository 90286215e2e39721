// The suite that every Store passes. Its cases are in store_*_test.cc, by subject; each runs
// against every factory of store_factories.h.
#ifndef PASSEND_TESTS_STORAGE_STORE_CONFORMANCE_H_
#define PASSEND_TESTS_STORAGE_STORE_CONFORMANCE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/storage/batches.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {

class StoreConformance : public testing::TestWithParam<StoreFactory> {
 protected:
  void SetUp() override {
    harness_ = GetParam().make();
    ASSERT_TRUE(harness_->Open({}).ok());
  }

  Store& store() { return harness_->store(); }
  TestClock& clock() { return harness_->clock(); }
  StoreHarness& harness() { return *harness_; }

  // Commits what has to succeed.
  Sequence Commit(Batch batch) {
    const absl::StatusOr<CommitResult> result = store().Commit(std::move(batch));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? result->sequence : 0;
  }

  absl::StatusCode CodeOf(Batch batch) { return store().Commit(std::move(batch)).status().code(); }

  std::optional<Record> Read(const Key& key) {
    auto found = store().Read({key});
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? found->front() : std::nullopt;
  }

  std::vector<JournalEntry> Tail(Sequence after, size_t limit = 1'000) {
    auto entries = store().Tail(after, limit);
    EXPECT_TRUE(entries.ok()) << entries.status();
    return entries.ok() ? *std::move(entries) : std::vector<JournalEntry>();
  }

  // Works for a Store and for a Snapshot.
  template <typename Source>
  static std::vector<std::string> Ids(const Source& source, const ScanRange& range) {
    std::vector<std::string> ids;
    const absl::Status status = source.Scan(range, [&](Record record) {
      ids.push_back(record.key.id);
      return true;
    });
    EXPECT_TRUE(status.ok()) << status;
    return ids;
  }

 private:
  std::unique_ptr<StoreHarness> harness_;
};

inline std::string FactoryName(const testing::TestParamInfo<StoreFactory>& factory) {
  return factory.param.name;
}

// Each file of the suite has its own, as its cases are its own.
#define PASSEND_FOR_EVERY_STORE(Suite)                                                   \
  INSTANTIATE_TEST_SUITE_P(Every, Suite,                                                 \
                           testing::Values(MemoryFactory(), EncryptedMemoryFactory(),    \
                                           RocksDbFactory(), EncryptedRocksDbFactory()), \
                           FactoryName)

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_STORE_CONFORMANCE_H_
