// The lines of answers, written and synced by the engine alone: nobody encrypts, chains or checks
// them, and nothing tells of them. What is left is what it costs to write lines down.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_BARE_LOG_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_BARE_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"
#include "storage/store.h"
#include "tests/service/folder.h"

namespace passend::service {

// Ends the program where anything cannot be done. One thread at a time.
class BareLog {
 public:
  // Of the last answers that the store's journal tells of, at least one. The log is a database of
  // its own, empty at first, with the store's settings; it is gone with this.
  explicit BareLog(const storage::Store& store);

  // Makes ready the lines of one of the answers, under the id of a new one: as many, of as many
  // bytes.
  void Prepare();
  // Writes them, in one synced write.
  void Commit();

 private:
  // A record as it was before the store encrypted it. Its key without the id of the answer.
  struct Line {
    std::string key;
    std::string value;
  };
  void AddAnswer(const storage::Store& store, const storage::JournalEntry& entry);

  Folder folder_;  // before the log, which is closed first
  std::unique_ptr<rocksdb::DB> log_;
  std::vector<std::vector<Line>> answers_;
  uint64_t prepared_ = 0;
  rocksdb::WriteBatch batch_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_BARE_LOG_H_
