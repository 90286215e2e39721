#include "service/match/passport_chunks.h"

#include <algorithm>
#include <utility>

namespace passend::service {
namespace {

using storage::RecordKind;

constexpr char kSlash = '/';  // between the ids of a passport and of its validation

}  // namespace

absl::StatusOr<std::optional<PassportChunk>> PassportChunks::Next(PassportChunk used) {
  const std::lock_guard lock(mutex_);
  if (done_) return std::nullopt;
  PassportChunk chunk = std::move(used);
  chunk.count = 0;
  chunk.validations = {RecordKind::kValidation, "", boundary_, ""};
  chunk.exposures = {RecordKind::kExposure, "", last_id_, ""};
  std::optional<std::string> boundary;
  const absl::Status scanned = snapshot_.ScanViews(
      {RecordKind::kPassport, "", last_id_}, [&](const storage::RecordView& record) {
        if (chunk.count >= least_) boundary = BoundaryBefore(record.id);
        if (boundary) return false;
        if (chunk.count == chunk.kept.size()) chunk.kept.emplace_back();
        PassportChunk::Passport& passport = chunk.kept[chunk.count++];
        passport.id.assign(record.id);
        passport.value.assign(record.value);
        Pass(record.id);
        return true;
      });
  if (!scanned.ok()) return scanned;
  if (boundary) {
    last_id_ = chunk.kept[chunk.count - 1].id;
    boundary_ = *std::move(boundary);
    chunk.validations.until = boundary_;
    chunk.exposures.until = last_id_;
  } else {
    done_ = true;
  }
  return chunk;
}

void PassportChunks::Pass(std::string_view id) {
  while (!beginnings_.empty() && !id.starts_with(beginnings_.back())) beginnings_.pop_back();
  beginnings_.emplace_back(id);
}

// The shortest beginning of `id` that the last id does not have lies between the two, and their
// validations too, but for one case: of "anna" and "anna-2", the validations "anna/..." come after
// "anna-2/...", as a slash comes after a hyphen.
std::optional<std::string> PassportChunks::BoundaryBefore(std::string_view id) const {
  const std::string& last = beginnings_.back();
  const auto common = static_cast<size_t>(
      std::mismatch(last.begin(), last.end(), id.begin(), id.end()).first - last.begin());
  for (const std::string& beginning : beginnings_) {
    if (beginning.size() <= common && id[beginning.size()] <= kSlash) return std::nullopt;
  }
  return std::string(id.substr(0, common + 1));
}

}  // namespace passend::service
