// A store's passports in chunks, each with the range of ids in which all that belongs to its
// passports is: books of validations and exposures are read beside them, and no chunk needs
// another.
#ifndef PASSEND_SERVICE_MATCH_PASSPORT_CHUNKS_H_
#define PASSEND_SERVICE_MATCH_PASSPORT_CHUNKS_H_

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::service {

struct PassportChunk {
  struct Passport {
    std::string id;
    std::string value;
  };
  // In byte order of their ids.
  std::span<const Passport> passports() const { return {kept.data(), count}; }

  // The chunk's part of all records whose ids are those of passports: every one of them, also one
  // that belongs to nobody, is in the range of one chunk.
  storage::ScanRange RangeOf(storage::RecordKind kind) const { return {kind, "", after, until}; }
  std::string after;  // this id not
  std::string until;  // this id too; empty: to the end

  std::vector<Passport> kept;  // the first `count`, and memory for others
  size_t count = 0;
};

// Thread safety: Next may be called from any thread.
class PassportChunks {
 public:
  // Of `size` passports each, but for the last one. The snapshot must outlive it.
  PassportChunks(const storage::Snapshot& snapshot, size_t size)
      : snapshot_(snapshot), size_(size) {}

  // The next chunk, in the memory of `used`; nullopt after the last one. There is one at least, if
  // need be without passports. Errors of the store.
  absl::StatusOr<std::optional<PassportChunk>> Next(PassportChunk used);

 private:
  const storage::Snapshot& snapshot_;
  const size_t size_;
  std::mutex mutex_;
  bool done_ = false;
  std::string last_id_;  // of the passports that were given out
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_PASSPORT_CHUNKS_H_
