#include "service/validations/gather_validations.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/errors/call_errors.h"
#include "service/names/resource_names.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"

namespace passend::service {
namespace {

// In one commit, which holds them once more in their books.
constexpr size_t kValidationsPerCommit = 5'000;
constexpr size_t kBytesPerCommit = size_t{32} << 20;

// The records after `after`, as many as one commit takes.
absl::StatusOr<std::vector<storage::Record>> ReadSome(const storage::Store& store,
                                                      const std::string& after) {
  std::vector<storage::Record> some;
  size_t bytes = 0;
  const absl::Status scanned =
      store.Scan({storage::RecordKind::kValidation, "", after}, [&](storage::Record record) {
        bytes += record.value.size();
        some.push_back(std::move(record));
        return some.size() < kValidationsPerCommit && bytes < kBytesPerCommit;
      });
  if (!scanned.ok()) return scanned;
  return some;
}

// A commit that moves them.
absl::StatusOr<storage::Batch> Moving(const storage::Store& store,
                                      const std::vector<storage::Record>& records) {
  storage::Batch batch;
  std::map<std::string, ValidationBook> books;  // by passport
  for (const storage::Record& record : records) {
    const auto name = ValidationNameOfId(record.key.id);
    if (!name) return DamagedData("a stored validation");
    auto validation = ParseStored<v1::Validation>(record, MakeName(*name));
    if (!validation.ok()) return validation.status();
    const auto [at, first] = books.try_emplace(name->parent.passport);
    if (first) {
      auto book = ReadBook(store, name->parent);
      if (!book.ok()) return book.status();
      at->second = *std::move(book);
    }
    at->second.Add(*std::move(validation));
    batch.expectations.push_back({record.key, record.version});
    batch.mutations.push_back({record.key, std::nullopt});
  }
  for (const auto& [passport, book] : books) {
    const storage::Key key = BookKeyOf(PassportName{passport});
    batch.expectations.push_back({key, book.version});
    batch.mutations.push_back({key, StoredValue(book)});
    // Nothing of the person changes: whoever follows the journal reads what it has.
    batch.events.push_back(ChangeEvent(KeyOf(PassportName{passport}), Change::kChanged));
  }
  return batch;
}

}  // namespace

absl::StatusOr<size_t> GatherValidations(storage::Store& store,
                                         const std::function<void(size_t moved)>& progress) {
  size_t moved = 0;
  for (std::string last_id;;) {
    const auto records = ReadSome(store, last_id);
    if (!records.ok()) return records.status();
    if (records->empty()) return moved;
    absl::StatusOr<storage::Batch> batch = Moving(store, *records);
    if (!batch.ok()) return batch.status();
    const auto committed = store.Commit(*std::move(batch));
    if (!committed.ok()) return committed.status();
    moved += records->size();
    last_id = records->back().key.id;
    progress(moved);
  }
}

}  // namespace passend::service
