// Doing harm to the files of a closed store, and seeing what becomes of it.
#ifndef PASSEND_TESTS_STORAGE_DAMAGE_H_
#define PASSEND_TESTS_STORAGE_DAMAGE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "storage/rocksdb_store.h"
#include "storage/store.h"

namespace passend::storage {

// Everything that a store gives to its readers.
struct Contents {
  std::vector<Record> records;
  std::vector<JournalEntry> entries;
  friend bool operator==(const Contents&, const Contents&) = default;
};

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const std::string& directory);

// Opens the store, makes `count` commits of two records and an event each, and closes it.
void CommitAt(const std::string& directory, int count);

// Opens the store, reads everything, and closes it. The first error on the way is the outcome.
absl::StatusOr<Contents> ContentsAt(const std::string& directory);

void CopyDirectory(const std::string& from, const std::string& to);  // replaces `to`
void FlipBit(const std::string& file, uint64_t offset, int bit);
uint64_t SizeOf(const std::string& file);

// How many regular files below `directory` contain `text`.
int CountFilesWith(const std::string& directory, const std::string& text);

// Paths in the database directory of a store whose names start and end so, in order of name.
std::vector<std::string> DatabaseFiles(const std::string& directory, const std::string& prefix,
                                       const std::string& suffix);

// The database behind a closed store, opened without any of the store's care.
class BareDatabase {
 public:
  explicit BareDatabase(const std::string& directory);
  ~BareDatabase();
  rocksdb::DB& db() { return *db_; }
  rocksdb::ColumnFamilyHandle* family(const std::string& name) const;

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_DAMAGE_H_
