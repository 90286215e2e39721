// The anchor: what the store knows about its journal *outside* the database, so that a database
// that lost its newest commits, or was replaced by an older copy, is noticed when it is opened.
//
// One file of two pages, a slot at the start of each. A mark is written into one slot, many times
// over, until that slot is synced; from then on the other one is written. So the newest synced
// mark is never overwritten, and a torn write costs at most the marks since the last sync.
//
//     state of the file              Read gives
//     absent                         nullopt
//     both slots empty or damaged    DATA_LOSS
//     one slot intact                its mark
//     both slots intact              the mark of the higher generation
//
// Thread safety: none; the store's writer owns it.
#ifndef PASSEND_STORAGE_ANCHOR_H_
#define PASSEND_STORAGE_ANCHOR_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/files.h"
#include "storage/journal_codec.h"

namespace passend::storage {

inline constexpr size_t kAnchorPageBytes = 4096;
inline constexpr size_t kAnchorSlotBytes = 64;

// The bytes of a slot; see FORMAT.md.
std::string EncodeAnchorSlot(uint64_t generation, const JournalMark& mark);

class Anchor {
 public:
  static absl::StatusOr<std::optional<JournalMark>> Read(const std::string& path);

  // Takes over the file, or makes it, and has `mark` durable in it.
  static absl::StatusOr<Anchor> Open(const std::string& path, const JournalMark& mark);

  // Writes the mark. It survives the process at once, and a power cut after the next Sync.
  absl::Status Write(const JournalMark& mark);
  absl::Status Sync();

  // Write has been called this often since the last Sync.
  int unsynced() const { return unsynced_; }

 private:
  Anchor(std::string path, FileDescriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  std::string path_;
  FileDescriptor file_;
  uint64_t generation_ = 0;
  int slot_ = 0;  // written next
  int unsynced_ = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_ANCHOR_H_
