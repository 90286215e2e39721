#include "service/match/passport_chunks.h"

#include <utility>

namespace passend::service {

absl::StatusOr<std::optional<PassportChunk>> PassportChunks::Next(PassportChunk used) {
  const std::lock_guard lock(mutex_);
  if (done_) return std::nullopt;
  PassportChunk chunk = std::move(used);
  chunk.count = 0;
  chunk.after = last_id_;
  chunk.until.clear();
  const absl::Status scanned = snapshot_.ScanViews(
      {storage::RecordKind::kPassport, "", last_id_}, [&](const storage::RecordView& record) {
        if (chunk.count == size_) {
          // One more than the chunk: there is a next one.
          chunk.until = chunk.kept[chunk.count - 1].id;
          return false;
        }
        if (chunk.count == chunk.kept.size()) chunk.kept.emplace_back();
        PassportChunk::Passport& passport = chunk.kept[chunk.count++];
        passport.id.assign(record.id);
        passport.value.assign(record.value);
        return true;
      });
  if (!scanned.ok()) return scanned;
  last_id_ = chunk.until;
  done_ = chunk.until.empty();
  return chunk;
}

}  // namespace passend::service
