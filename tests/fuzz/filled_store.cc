#include "tests/fuzz/filled_store.h"

#include <algorithm>
#include <cstdint>

#include "service/admin/record_check.h"
#include "storage/memory_store.h"
#include "tests/fuzz/fuzz_check.h"

namespace passend::fuzz {

std::unique_ptr<storage::Store> StoreWith(std::vector<storage::Mutation> records) {
  std::unique_ptr<storage::Store> store = storage::NewMemoryStore();
  storage::Batch batch;
  batch.mutations = std::move(records);
  return store->Commit(std::move(batch)).ok() ? std::move(store) : nullptr;
}

void PromiseSame(const absl::Status& read, const storage::Key& key, std::string_view value) {
  static storage::RecordRules& check = *service::NewRecordCheck().release();
  if (read.ok()) {
    Promise(check.Look({key.kind, key.id, 1, value}).empty(), "the check takes what is read");
  } else {
    Promise(absl::IsDataLoss(read), "what is not read is damaged");
  }
}

std::pair<std::string_view, std::string_view> InTwo(std::string_view bytes) {
  if (bytes.empty()) return {};
  const size_t first = std::min<size_t>(static_cast<uint8_t>(bytes[0]), bytes.size() - 1);
  return {bytes.substr(1, first), bytes.substr(1 + first)};
}

}  // namespace passend::fuzz
