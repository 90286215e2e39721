// The embedded Store: a RocksDB database, an anchor beside it, and a lock, in one directory.
//
//     <directory>/db       the database
//     <directory>/anchor   the last commit, kept outside the database (storage/anchor.h)
//     <directory>/lock     held while the store is open
#ifndef PASSEND_STORAGE_ROCKSDB_STORE_H_
#define PASSEND_STORAGE_ROCKSDB_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "storage/person_keys.h"
#include "storage/store.h"

namespace rocksdb {
class Env;
}

namespace passend::storage {

// All of them take effect at the next open.
struct OpenOptions {
  // Made if absent. Required.
  std::string directory;

  // This writer's epoch, see Store::Fence. A store opened with an epoch below the database's can be
  // read, and cannot commit.
  uint64_t epoch = 0;

  // Makes no database where there is none: FAILED_PRECONDITION. For who has had one, whose disk may
  // not be mounted.
  bool must_exist = false;

  // Gives `committed_at`. Called by one thread at a time.
  std::function<absl::Time()> clock = absl::Now;

  // Opens a database that has no anchor, and makes one. For a copy of the database alone: commits
  // that the copy does not have are given up. An anchor that is there is checked all the same.
  bool adopt_without_anchor = false;

  // The anchor survives every crash of the process. This is how many group commits it may fall
  // back when the machine crashes; 1 syncs it with each group. No commit is ever lost by it: it is
  // about how much of a *second* fault would go unnoticed (DECISIONS.md).
  int anchor_sync_groups = 32;

  // The newest journal entries whose chain is recomputed at open: some 2 s per million.
  uint64_t journal_check_entries = 100'000;

  // Reads every file of the database at open and checks its checksums. For restored backups.
  bool check_all_files = false;

  // Bytes of memory that the database takes for itself: half for blocks that were read, half for
  // what was written last and is on its way into files. Writes that come faster than files are made
  // may exceed it by half, for moments.
  size_t memory_bytes = size_t{256} << 20;

  // People's keys. With them, people's records are encrypted: those that a database has already,
  // when it is opened, which may take minutes the first time and goes on where it was interrupted.
  // Keys that do not exist are made for a database that was never encrypted. Null: nothing is
  // encrypted, and a database that is cannot be opened.
  std::shared_ptr<PersonKeys> keys = nullptr;

  // The batch that erases a person. Asked for at open, for people whose key was destroyed and whom
  // the database still knows: it was restored from before their erasure. Without it their records
  // count as absent, and nobody is told.
  std::function<Batch(const std::string& person)> erasure_of = nullptr;

  // Hears how many records have been encrypted at open so far.
  std::function<void(size_t records)> encrypting = nullptr;

  // Hears, once, that the store stopped taking writes until it is opened again, and why. Called
  // from any thread, which may hold locks of the store: it must not call the store.
  std::function<void(const absl::Status& why)> stopped_writing = nullptr;

  // Hears of each backup that was made of the store (MakeBackup), before whoever asked for it does:
  // what is copied beside the data, and must not be older. Called by the thread that makes backups.
  std::function<void()> backed_up = nullptr;

  // Where files are kept, for tests that make them fail. Must outlive the store.
  rocksdb::Env* env = nullptr;
};

// Opens the store, or makes an empty one where there is none and `keys` are of none yet.
//   INVALID_ARGUMENT     no directory was given
//   FAILED_PRECONDITION  it is in use by another process; was written by a newer Passend; is not a
//                        Passend database; is encrypted and `keys` are not given, or not its own;
//                        is not there although `keys` are of one; a restore into the directory was
//                        not finished
//   DATA_LOSS            it is damaged, or is not the one that the anchor knows: nothing is served
//   RESOURCE_EXHAUSTED   the disk is full
//   UNAVAILABLE          a file cannot be made, read or written
absl::StatusOr<std::unique_ptr<Store>> OpenRocksDbStore(OpenOptions options);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_ROCKSDB_STORE_H_
