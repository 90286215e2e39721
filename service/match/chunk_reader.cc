#include "service/match/chunk_reader.h"

#include <algorithm>
#include <optional>

#include "service/errors/call_errors.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/names/string_form.h"

namespace passend::service {
namespace {

// `take` reads one record; its first error ends the scan.
template <typename Take>
absl::Status ScanAll(const storage::Snapshot& snapshot, const storage::ScanRange& range,
                     const Take& take) {
  absl::Status taken;
  const absl::Status scanned = snapshot.ScanViews(range, [&](const storage::RecordView& record) {
    taken = take(record);
    return taken.ok();
  });
  return taken.ok() ? scanned : taken;
}

}  // namespace

absl::Status ChunkReader::Read(const PassportChunk& chunk, matcher::PeopleTray& tray) {
  if (absl::Status read = ReadBooks(chunk); !read.ok()) return read;
  if (absl::Status read = ReadExposures(chunk); !read.ok()) return read;
  for (size_t place = 0; place < chunk.count; ++place) {
    const auto& [id, value] = chunk.passports()[place];
    if (!passport_.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      return DamagedData("a stored record");
    }
    if (passport_.state() != v1::PASSPORT_STATE_ACTIVE) continue;
    passport_.set_name(MakeName(PassportName{id}));
    const Part& part = parts_[place];
    tray.Add(PersonOf(passport_, {}, shown_[place]),
             std::span(skills_).subspan(part.begin, part.end - part.begin));
  }
  return absl::OkStatus();
}

absl::Status ChunkReader::ReadBooks(const PassportChunk& chunk) {
  next_place_ = 0;
  skills_.clear();
  parts_.assign(chunk.count, {});
  return ScanAll(snapshot_, chunk.RangeOf(storage::RecordKind::kValidationBook),
                 [&](const storage::RecordView& record) { return TakeBook(chunk, record); });
}

absl::Status ChunkReader::TakeBook(const PassportChunk& chunk, const storage::RecordView& record) {
  if (!IsResourceId(record.id)) return DamagedData("a stored book of validations");
  if (absl::Status read = book_reader_.Read(record.value); !read.ok()) return read;
  const size_t place = PlaceOf(chunk, record.id);
  if (place == chunk.count) return absl::OkStatus();
  owners_.clear();
  order_.clear();
  for (const ValidationFacts& facts : book_reader_.facts()) {
    const std::optional<matcher::ConceptIndex> skill = numbers_.Find(facts.skill);
    const std::optional<matcher::Validation> validation = ValidationOf(facts);
    if (!skill || !validation) continue;
    // By skill, and of one skill as they come.
    order_.push_back(uint64_t{*skill} << 32 | owners_.size());
    owners_.push_back({*skill, *validation});
  }
  std::sort(order_.begin(), order_.end());
  parts_[place].begin = skills_.size();
  for (const uint64_t one : order_) skills_.push_back(owners_[one & 0xffff'ffffu]);
  parts_[place].end = skills_.size();
  return absl::OkStatus();
}

absl::Status ChunkReader::ReadExposures(const PassportChunk& chunk) {
  next_place_ = 0;
  shown_.assign(chunk.count, 0);
  return ScanAll(snapshot_, chunk.RangeOf(storage::RecordKind::kExposure),
                 [&](const storage::RecordView& record) -> absl::Status {
                   const std::optional<uint64_t> shown = ParseExposure(record.value);
                   if (!shown) return DamagedData("a stored exposure");
                   const size_t place = PlaceOf(chunk, record.id);
                   if (place < chunk.count) shown_[place] = *shown;
                   return absl::OkStatus();
                 });
}

size_t ChunkReader::PlaceOf(const PassportChunk& chunk, std::string_view id) {
  const auto passports = chunk.passports();
  if (next_place_ >= passports.size() || passports[next_place_].id != id) {
    const auto found = std::lower_bound(passports.begin(), passports.end(), id,
                                        [](const PassportChunk::Passport& one,
                                           std::string_view wanted) { return one.id < wanted; });
    if (found == passports.end() || found->id != id) return passports.size();
    next_place_ = static_cast<size_t>(found - passports.begin());
  }
  return next_place_++;
}

}  // namespace passend::service
