// What the parent knows of the store, and whether what a kill left is right.
#ifndef PASSEND_TESTS_STRESS_CRASH_CHECK_H_
#define PASSEND_TESTS_STRESS_CRASH_CHECK_H_

#include <map>
#include <string>
#include <vector>

#include "storage/store.h"
#include "tests/stress/crash_child.h"

namespace passend::storage {

class CrashCheck {
 public:
  explicit CrashCheck(std::string directory) : directory_(std::move(directory)) {}

  // Opens the store and checks it; returns what is wrong, or nothing.
  std::string AfterKill(const std::vector<Acknowledged>& acknowledged);

  uint64_t acknowledged() const { return acknowledged_; }
  uint64_t unacknowledged() const { return last_ - acknowledged_; }

 private:
  // Follows the journal from last_ on: each entry is one whole commit.
  std::string Follow(const Store& store);
  std::string CheckAcknowledged(const std::vector<Acknowledged>& acknowledged);
  std::string CheckRecords(const Store& store);
  std::string CheckReceipts(const Store& store, Sequence after);

  const std::string directory_;
  Sequence last_ = 0;
  std::map<Sequence, uint64_t> commits_;   // since the last compaction: the number of each commit
  std::map<std::string, Record> records_;  // what following the journal gives, by id
  uint64_t acknowledged_ = 0;
  int kills_ = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_CRASH_CHECK_H_
