// A store's passports in chunks, each with the ranges in which all that belongs to its passports
// is: validations and exposures are read beside them, and no chunk needs another.
#ifndef PASSEND_SERVICE_MATCH_PASSPORT_CHUNKS_H_
#define PASSEND_SERVICE_MATCH_PASSPORT_CHUNKS_H_

#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
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

  // Every validation and every exposure of the store is in the range of one chunk, and those of a
  // chunk's passports are in that chunk's ranges.
  storage::ScanRange validations;
  storage::ScanRange exposures;

  std::vector<Passport> kept;  // the first `count`, and memory for others
  size_t count = 0;
};

// Thread safety: Next may be called from any thread.
class PassportChunks {
 public:
  // Of `least` passports each, and a few more where ids are such that it cannot end there. The
  // snapshot must outlive it.
  PassportChunks(const storage::Snapshot& snapshot, size_t least)
      : snapshot_(snapshot), least_(least) {}

  // The next chunk, in the memory of `used`; nullopt after the last one. There is one at least, if
  // need be without passports. Errors of the store.
  absl::StatusOr<std::optional<PassportChunk>> Next(PassportChunk used);

 private:
  // Where the validations of all passports before `id` end and those from `id` on begin; nullopt
  // where they are not apart.
  std::optional<std::string> BoundaryBefore(std::string_view id) const;
  void Pass(std::string_view id);

  const storage::Snapshot& snapshot_;
  const size_t least_;
  std::mutex mutex_;
  bool done_ = false;
  std::string last_id_;   // of the passports that were given out
  std::string boundary_;  // below all validations that were not
  // Ids that the last id begins with, itself too, shortest first.
  std::vector<std::string> beginnings_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_PASSPORT_CHUNKS_H_
