#include "storage/anchor.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "storage/byte_codec.h"
#include "storage/envelope.h"
#include "storage/open_errors.h"

namespace passend::storage {
namespace {

constexpr std::string_view kMagic = "PSDANCH1";
constexpr int kSlots = 2;
static_assert(kAnchorSlotBytes ==
              8 + sizeof(uint64_t) + sizeof(Sequence) + sizeof(ChainHash) + sizeof(Checksum));

struct Slot {
  uint64_t generation;
  JournalMark mark;
};

std::optional<Slot> DecodeSlot(std::string_view bytes) {
  ByteReader reader(bytes);
  const auto magic = reader.Take(kMagic.size());
  const auto generation = reader.TakeNumber<uint64_t>();
  const auto sequence = reader.TakeNumber<Sequence>();
  const auto chain = reader.Take(sizeof(ChainHash));
  const auto checksum = reader.Take(sizeof(Checksum));
  if (!checksum || *magic != kMagic) return std::nullopt;
  const Checksum expected = ChecksumOf(bytes.substr(0, kAnchorSlotBytes - sizeof(Checksum)));
  if (std::memcmp(expected.data(), checksum->data(), sizeof(Checksum)) != 0) return std::nullopt;
  Slot slot{*generation, {*sequence, {}}};
  std::copy(chain->begin(), chain->end(), slot.mark.chain.begin());
  return slot;
}

off_t OffsetOf(int slot) { return static_cast<off_t>(slot * kAnchorPageBytes); }

using Slots = std::array<std::optional<Slot>, kSlots>;

absl::StatusOr<Slots> ReadSlots(const std::string& path, int file) {
  Slots slots;
  for (int i = 0; i < kSlots; ++i) {
    std::string bytes(kAnchorSlotBytes, '\0');
    const ssize_t count = pread(file, bytes.data(), bytes.size(), OffsetOf(i));
    if (count < 0) return FileFailed(path, "cannot read", errno);
    slots[i] = DecodeSlot(std::string_view(bytes).substr(0, static_cast<size_t>(count)));
  }
  return slots;
}

int NewestOf(const Slots& slots) {
  if (!slots[1]) return 0;
  if (!slots[0]) return 1;
  return slots[0]->generation > slots[1]->generation ? 0 : 1;
}

absl::Status WriteAt(const std::string& path, int file, std::string_view bytes, off_t offset) {
  const ssize_t count = pwrite(file, bytes.data(), bytes.size(), offset);
  if (count < 0) return FileFailed(path, "cannot write", errno);
  if (static_cast<size_t>(count) != bytes.size()) return FileFailed(path, "cannot write", ENOSPC);
  return absl::OkStatus();
}

// All of the file is allocated and synced before it gets its name: a full disk cannot stop the
// anchor later, and there is never half an anchor.
absl::Status Create(const std::string& path, const JournalMark& mark) {
  const std::string unfinished = path + ".new";
  absl::StatusOr<FileDescriptor> file = OpenFile(unfinished, O_RDWR | O_CREAT | O_TRUNC);
  if (!file.ok()) return file.status();
  std::string bytes = EncodeAnchorSlot(1, mark);
  bytes.resize(kSlots * kAnchorPageBytes, '\0');
  if (absl::Status status = WriteAt(unfinished, file->number(), bytes, 0); !status.ok()) {
    return status;
  }
  if (fsync(file->number()) != 0) return FileFailed(unfinished, "cannot sync", errno);
  return Rename(unfinished, path);
}

}  // namespace

std::string EncodeAnchorSlot(uint64_t generation, const JournalMark& mark) {
  std::string bytes(kMagic);
  AppendNumber(bytes, generation);
  AppendNumber(bytes, mark.sequence);
  bytes.append(mark.chain.begin(), mark.chain.end());
  const Checksum checksum = ChecksumOf(bytes);
  bytes.append(reinterpret_cast<const char*>(checksum.data()), checksum.size());
  return bytes;
}

absl::StatusOr<std::optional<JournalMark>> Anchor::Read(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    if (error) return FileFailed(path, "cannot look for", error.value());
    return std::nullopt;
  }
  absl::StatusOr<FileDescriptor> file = OpenFile(path, O_RDONLY);
  if (!file.ok()) return file.status();
  absl::StatusOr<Slots> slots = ReadSlots(path, file->number());
  if (!slots.ok()) return slots.status();
  const std::optional<Slot>& newest = (*slots)[NewestOf(*slots)];
  if (!newest) return AnchorDamaged(path);
  return newest->mark;
}

absl::StatusOr<Anchor> Anchor::Open(const std::string& path, const JournalMark& mark) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    if (absl::Status status = Create(path, mark); !status.ok()) return status;
  }
  absl::StatusOr<FileDescriptor> file = OpenFile(path, O_RDWR);
  if (!file.ok()) return file.status();
  absl::StatusOr<Slots> slots = ReadSlots(path, file->number());
  if (!slots.ok()) return slots.status();
  const int newest = NewestOf(*slots);
  Anchor anchor(path, *std::move(file));
  if ((*slots)[newest]) anchor.generation_ = (*slots)[newest]->generation;
  // After a crash of the process the newest mark may not be durable yet: have it so before the
  // other slot is touched.
  anchor.slot_ = newest;
  anchor.unsynced_ = 1;
  if (absl::Status status = anchor.Sync(); !status.ok()) return status;
  if (absl::Status status = anchor.Write(mark); !status.ok()) return status;
  if (absl::Status status = anchor.Sync(); !status.ok()) return status;
  return anchor;
}

absl::Status Anchor::Write(const JournalMark& mark) {
  const std::string bytes = EncodeAnchorSlot(++generation_, mark);
  ++unsynced_;
  return WriteAt(path_, file_.number(), bytes, OffsetOf(slot_));
}

absl::Status Anchor::Sync() {
  if (unsynced_ == 0) return absl::OkStatus();
  if (fdatasync(file_.number()) != 0) return FileFailed(path_, "cannot sync", errno);
  slot_ = 1 - slot_;
  unsynced_ = 0;
  return absl::OkStatus();
}

}  // namespace passend::storage
