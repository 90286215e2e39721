// What the golden databases hold: written once, when their format was the newest, and read by every
// later Passend.
#ifndef PASSEND_TESTS_STORAGE_GOLDEN_GOLDEN_STORE_H_
#define PASSEND_TESTS_STORAGE_GOLDEN_GOLDEN_STORE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "storage/store.h"
#include "tests/storage/batches.h"

namespace passend::storage {

inline constexpr Sequence kGoldenCompacted = 2;
inline constexpr Sequence kGoldenLast = 7;

// Fills an empty store. The first error.
inline absl::Status FillGolden(Store& store) {
  const Key book{RecordKind::kValidationBook, "anna"};
  const Key old{RecordKind::kValidation, "bram/one"};
  const Key gone{RecordKind::kErasure, "cor"};
  std::vector<Batch> batches;
  batches.push_back(BatchOf().Put(Passport("anna"), "anna 1").Tell(Passport("anna"), "made"));
  batches.push_back(BatchOf().Put(Passport("bram"), "bram").Tell(Passport("bram"), "made"));
  batches.push_back(BatchOf()
                        .Put(Passport("cor"), "cor")
                        .Tell(Passport("cor"), "made")
                        .Once("partner/1", "digest", "answer"));
  batches.push_back(
      BatchOf().Put(book, "book").Put(old, "validation").Tell(Passport("anna"), "validated"));
  batches.push_back(BatchOf().Put(Passport("anna"), "anna 2").Tell(Passport("anna"), "changed"));
  batches.push_back(BatchOf().Put(Task("soup"), std::string(5'000, 's')).Tell(Task("soup"), ""));
  batches.push_back(
      BatchOf().Delete(Passport("cor")).Put(gone, "then").Tell(Passport("cor"), "erased"));
  for (Batch& batch : batches) {
    const auto committed = store.Commit(std::move(batch));
    if (!committed.ok()) return committed.status();
  }
  return store.CompactJournal(kGoldenCompacted);
}

// All records, in the order of kinds and ids.
inline std::vector<Record> GoldenRecords() {
  return {{Passport("anna"), 5, "anna 2"},
          {Passport("bram"), 2, "bram"},
          {{RecordKind::kValidation, "bram/one"}, 4, "validation"},
          {Task("soup"), 6, std::string(5'000, 's')},
          {{RecordKind::kErasure, "cor"}, 7, "then"},
          {{RecordKind::kValidationBook, "anna"}, 4, "book"}};
}

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_GOLDEN_GOLDEN_STORE_H_
