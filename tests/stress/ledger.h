// What a store has to have: who commits tells it what was answered, and it looks whether that, and
// nothing that is torn, is there.
#ifndef PASSEND_TESTS_STRESS_LEDGER_H_
#define PASSEND_TESTS_STRESS_LEDGER_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "storage/store.h"

namespace passend::storage {

class Ledger {
 public:
  // A commit by its number, always the same. Each of its mutations has an event whose payload
  // starts with the number, in decimal; its request is the number. Records are of kinds kPassport,
  // kTask and kErasure.
  using CommitOf = std::function<Batch(uint64_t number)>;
  explicit Ledger(CommitOf commit_of) : commit_of_(std::move(commit_of)) {}

  // The commit of that number was answered with that sequence.
  void Acknowledge(Sequence sequence, uint64_t number);
  // The journal is being compacted up to there, and was.
  void Compacting(Sequence through) { may_be_compacted_ = std::max(may_be_compacted_, through); }
  void Compacted(Sequence through) { compacted_ = through; }

  // Reads everything; returns what is wrong, or nothing. What is found is to stay from then on.
  //   - nothing acknowledged is lost: it is in the journal under its sequence
  //   - nothing is torn: a commit's records, events and receipt are all there, or none
  //   - the journal has no gap and no repeat, and what it was seen to hold is unchanged
  //   - records are what following the journal gives
  std::string Check(const Store& store);

  Sequence last() const { return last_; }
  uint64_t acknowledged() const { return acknowledged_; }
  // Commits that were found without having been acknowledged.
  uint64_t unacknowledged() const { return last_ - std::min(last_, acknowledged_); }
  const std::map<Key, Record>& records() const { return records_; }

 private:
  std::string CheckStart(const Store& store);
  std::string Follow(const Store& store);
  std::string FollowOne(const JournalEntry& entry);
  std::string CheckRecords(const Store& store) const;
  std::string CheckReceipts(const Store& store) const;

  const CommitOf commit_of_;
  std::map<Sequence, uint64_t> commits_;  // acknowledged or seen, not compacted: their numbers
  std::map<Key, Record> records_;         // what following the journal up to last_ gives
  Sequence last_ = 0;                     // followed up to here
  Sequence compacted_ = 0;
  Sequence may_be_compacted_ = 0;
  uint64_t acknowledged_ = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_LEDGER_H_
