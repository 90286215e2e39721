// A store as a server has it: people's records encrypted, their keys and the master key beside it,
// backups now and then; and somebody who uses all of it at random, and writes down in a ledger what
// was answered.
#ifndef PASSEND_TESTS_STRESS_PEOPLE_STORE_H_
#define PASSEND_TESTS_STRESS_PEOPLE_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <string>

#include "storage/person_keys.h"
#include "storage/rocksdb_store.h"
#include "tests/stress/ledger.h"

namespace passend::storage {

// A commit by its number: tasks of its own and shared ones, often a passport, now and then the
// erasure of a person.
Batch PeopleCommitOf(uint64_t number);

struct BackupMade {
  uint32_t number = 0;  // 0: none
  Sequence last = 0;
};

class PeopleStore {
 public:
  // Below `root`: data/store/, keys/, secrets/master and backups/. The ledger knows PeopleCommitOf.
  // What is answered while `counts` is false is not written down; null: it always counts.
  PeopleStore(std::string root, uint64_t seed, Ledger& ledger, BackupMade backup = {},
              std::function<bool()> counts = nullptr)
      : root_(std::move(root)),
        random_(seed),
        ledger_(ledger),
        backup_(backup),
        counts_(std::move(counts)) {}

  // Hears why the store stops, from the next Open on.
  void OnStop(std::function<void(const absl::Status& why)> stopped) {
    stopped_ = std::move(stopped);
  }

  // Makes a store as from before people's records were encrypted, with so many commits that erase
  // nobody: the next Open encrypts it.
  absl::Status MakePlain(int commits);
  // As a server starts: makes what is not there yet, and nothing where something was lost.
  absl::Status Open();
  void Close();
  bool is_open() const { return store_ != nullptr; }

  // Of an open one: what is wrong, or nothing. As Ledger::Check; and everybody who was erased has
  // no key.
  std::string Check();

  // One commit, or now and then a compaction, a new master key, a backup, closing and opening. What
  // a commit answers with success is in the ledger afterwards. Errors as they came; to a commit
  // that is of an erased person ABORTED is no error.
  absl::Status Step();
  absl::Status CommitOne() { return CommitNumber(random_()); }
  absl::Status CommitNumber(uint64_t number);
  absl::Status Compact();
  absl::Status NewMasterKey();
  absl::Status BackUp();

  // All that it gives to its readers, in one text: records by scans and one by one, the journal,
  // its receipts. The first error on the way.
  absl::StatusOr<std::string> Everything() const;

  // What is wrong with the newest backup that was said to be made, or nothing.
  std::string CheckBackup() const;

  Store& store() { return *store_; }
  // What has been answered so far, for who goes on with a copy of the folder.
  const BackupMade& backup() const { return backup_; }

 private:
  bool Counts() const { return counts_ == nullptr || counts_(); }

  const std::string root_;
  std::mt19937_64 random_;
  Ledger& ledger_;
  std::shared_ptr<PersonKeys> keys_;
  std::unique_ptr<Store> store_;
  BackupMade backup_;
  const std::function<bool()> counts_;
  std::function<void(const absl::Status& why)> stopped_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_PEOPLE_STORE_H_
