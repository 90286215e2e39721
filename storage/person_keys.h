// Every person's own key, in a file of its own apart from the database: who destroys the key has
// erased the person, from every copy of the database that there is.
//
//     <directory>/persons      a slot for each person, overwritten in place
//     <directory>/persons.new  one that was being made; overwritten and removed at the next open
//     <directory>/lock         held while it is open
//
// The people's keys are wrapped by the *ring key*, which is in the header, wrapped by the master
// key (storage/key_wrapper.h). States of a person:
//
//     unknown --Ensure--> live --Destroy--> destroyed, for ever: Ensure changes nothing any more
//
// Thread safety: all methods may be called from any thread. Locks are taken in this order:
// change_mutex_ (who changes the file), sync_mutex_ (who syncs it), view_mutex_ (who looks at it).
//   K1  What Ensure and Destroy have answered survives process and machine.
//   K2  A destroyed key's bytes are overwritten where they were, and nothing of this class keeps a
//       copy. Where the disk or its file system keeps old blocks, the ring key protects them until
//       the next Rewrap; a copy of the directory keeps what it has.
//   K3  A slot is written as a whole; one that is damaged is set aside, and neither used nor lost.
#ifndef PASSEND_STORAGE_PERSON_KEYS_H_
#define PASSEND_STORAGE_PERSON_KEYS_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/files.h"
#include "storage/key_wrapper.h"
#include "storage/person_key_codec.h"
#include "storage/slot_table.h"

namespace passend::storage {

struct PersonKeyOptions {
  std::string directory;  // made if absent
  std::shared_ptr<const KeyWrapper> master;
  FillRandom random = SystemRandom();
};

class PersonKeys {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };

 public:
  // Opens the keys that are there. Where there are none, only the directory is made: exists() is
  // false, and Make is for whoever knows that there never were any.
  //   FAILED_PRECONDITION  in use by another process; written by a newer Passend; the master key
  //                        that it is under is missing
  //   DATA_LOSS            the header is damaged, or the master key does not fit it
  //   RESOURCE_EXHAUSTED, UNAVAILABLE  of files; of the master key
  static absl::StatusOr<std::unique_ptr<PersonKeys>> Open(PersonKeyOptions options);
  // Use Open.
  PersonKeys(OnlyOpen, PersonKeyOptions options, DirectoryLock lock)
      : options_(std::move(options)), lock_(std::move(lock)) {}
  ~PersonKeys();
  PersonKeys(const PersonKeys&) = delete;
  PersonKeys& operator=(const PersonKeys&) = delete;

  bool exists() const { return exists_; }
  // Makes an empty file, durably. FAILED_PRECONDITION where there is one. Not beside other calls.
  absl::Status Make();

  // All below: only where exists().

  const KeyStoreId& id() const { return header_.id; }
  std::string directory() const { return options_.directory; }
  std::string master_id() const;

  struct Counts {
    size_t live = 0;
    size_t destroyed = 0;
    size_t damaged = 0;  // slots that could not be read at the open, or when they were met since
  };
  Counts counts() const;

  // Everybody has a durable key afterwards, but for those whose key was destroyed.
  // RESOURCE_EXHAUSTED on a full disk and beyond kPersonKeysMax; UNAVAILABLE once a sync failed.
  absl::Status Ensure(std::span<const std::string_view> people);

  // nullopt when it was destroyed. DATA_LOSS when there is none, or it is damaged.
  absl::StatusOr<std::optional<SecretKey>> Find(std::string_view person) const;

  bool IsDestroyed(std::string_view person) const;

  // Whether they have a slot: a live key, or a destroyed one.
  bool Knows(std::string_view person) const;

  // Destroys people's keys, durably; who never had one gets none any more. Errors as Ensure: then
  // they may or may not be destroyed.
  absl::Status Destroy(std::span<const std::string_view> people);

  // Draws a new ring key, wraps everybody's key with it, and it with `master`'s current key. The
  // old file is overwritten. Whoever reads keys goes on meanwhile; Ensure of new people and Destroy
  // wait. On an error nothing has changed, and the master key is the one before.
  absl::Status Rewrap(std::shared_ptr<const KeyWrapper> master);

  // Writes what `persons` says now to a file of that name, durably and whole or not at all; what is
  // there is replaced. The copy is opened as `persons` of another directory. Ensure of new people
  // and Destroy wait meanwhile. It brings back who is erased after it: keep it for as long as
  // erasing may take, and remove it by RemoveCopy.
  absl::Status CopyTo(const std::string& copy);
  // The id of the master key that a copy is under. DATA_LOSS where its header cannot be read.
  static absl::StatusOr<std::string> MasterIdOfCopy(const std::string& copy);
  // Overwrites a copy, as far as the disk does so, and removes it. OK where there is none.
  absl::Status RemoveCopy(const std::string& copy) const;

 private:
  // The file as it is looked at: mapped for reading, written by pwrite.
  struct View {
    FileDescriptor file;
    const char* bytes = nullptr;
    ~View();
  };

  std::string path() const { return options_.directory + "/persons"; }
  absl::Status Load();
  void ReadSlots(size_t count);
  absl::StatusOr<std::unique_ptr<View>> MapFile(const std::string& path) const;
  std::string_view SlotBytes(uint32_t slot) const;  // view_mutex_ held
  std::optional<uint32_t> FindSlot(const PersonName& name) const;
  void CountDamaged(uint32_t slot) const;

  // With change_mutex_ held.
  absl::StatusOr<uint32_t> TakeSlot();
  absl::Status WriteSlot(uint32_t slot, const KeySlot& content);
  absl::Status AddPerson(const PersonName& name, SlotState state);
  absl::Status DestroyOne(std::string_view person);
  std::string WrapFor(const PersonName& name, const SecretKey& ring_key,
                      const SecretKey& key) const;
  absl::Status WriteRewrapped(const std::string& path, const KeyHeader& header,
                              const SecretKey& ring_key) const;

  absl::Status SyncChanges(uint64_t change);

  PersonKeyOptions options_;  // master: guarded by change_mutex_
  const DirectoryLock lock_;
  bool exists_ = false;

  mutable std::mutex change_mutex_;
  uint32_t slots_used_ = 0;     // guarded by change_mutex_
  uint32_t slots_in_file_ = 0;  // guarded by change_mutex_

  std::mutex sync_mutex_;
  absl::Status sync_failed_;           // guarded by sync_mutex_
  std::atomic<uint64_t> changes_ = 0;  // written so far; raised with change_mutex_ held
  std::atomic<uint64_t> synced_ = 0;   // of them; raised with sync_mutex_ held

  mutable std::shared_mutex view_mutex_;
  KeyHeader header_;            // guarded by view_mutex_ (its id and naming key never change)
  SecretKey ring_key_;          // guarded by view_mutex_
  std::unique_ptr<View> view_;  // guarded by view_mutex_
  SlotTable table_;             // guarded by view_mutex_
  Counts counts_;               // guarded by view_mutex_; of them `live` has those in damaged_met_

  mutable std::mutex damaged_mutex_;        // taken after all others
  mutable std::set<uint32_t> damaged_met_;  // slots; guarded by damaged_mutex_
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_PERSON_KEYS_H_
