#include "service/audit/history_store.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/names/resource_names.h"
#include "service/records/erasure_batch.h"
#include "storage/limits.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

size_t LinesIn(const storage::Store& store) {
  size_t lines = 0;
  const absl::Status scanned =
      store.Scan({storage::RecordKind::kLook, "", ""}, [&](const storage::Record&) {
        ++lines;
        return true;
      });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return lines;
}

// A batch of a partner may erase hundreds of people at once, each with years of lines: more than
// fit in one commit.
TEST(HistoryStoreTest, ManyAreErasedAtOnceWhateverIsKeptOfThem) {
  constexpr int kPeople = 20;
  constexpr int kLines = 4'000;
  static_assert(size_t{kPeople} * kLines > storage::kBatchMutationsMax);
  const std::unique_ptr<storage::Store> inner = storage::NewMemoryStore();
  HistoryStore store(*inner);
  storage::Batch erasing;
  for (int person = 0; person < kPeople; ++person) {
    const std::string id = absl::StrCat("person-", person);
    storage::Batch lines;
    for (int line = 0; line < kLines; ++line) {
      lines.mutations.push_back(
          {{storage::RecordKind::kLook, absl::StrCat(id, "/", 100'000 + line)}, "somebody looked"});
    }
    ASSERT_TRUE(store.Commit(std::move(lines)).ok());
    storage::Batch one = ErasureBatch(PassportName{id}, absl::UnixEpoch());
    for (auto& mutation : one.mutations) erasing.mutations.push_back(std::move(mutation));
    for (auto& event : one.events) erasing.events.push_back(std::move(event));
  }
  ASSERT_EQ(LinesIn(*inner), size_t{kPeople} * kLines);
  const auto committed = store.Commit(std::move(erasing));
  EXPECT_TRUE(committed.ok()) << committed.status();
  EXPECT_EQ(LinesIn(*inner), 0u);
}

}  // namespace
}  // namespace passend::service
