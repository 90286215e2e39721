#include "storage/full_disk.h"

#include <memory>

#include "storage/store_errors.h"

namespace passend::storage {
namespace {

using Fullness = WriteHealth::Fullness;

constexpr std::chrono::seconds kLookInterval{1};
// The engine merges files again, perhaps in vain, after so long.
constexpr std::chrono::seconds kTidyInterval{30};

// What the engine needs besides what it has in memory: a new log, a new list of files.
constexpr uint64_t kOtherBytes = uint64_t{64} << 20;

}  // namespace

absl::Status FullDisk::GoOn() {
  const Fullness fullness = health_.fullness();
  if (fullness == Fullness::kNothing) return absl::OkStatus();
  const auto now = std::chrono::steady_clock::now();
  absl::Status status = DiskFull();
  if (now >= next_look_) {
    next_look_ = now + (fullness == Fullness::kWriting ? kLookInterval : kTidyInterval);
    status = TryToGoOn();
  }
  const bool takes_writes = fullness == Fullness::kTidying && absl::IsResourceExhausted(status);
  return takes_writes ? absl::OkStatus() : status;
}

absl::Status FullDisk::TryToGoOn() {
  if (absl::Status room = LookForRoom(); !room.ok()) return room;
  const Fullness before = health_.fullness();
  health_.ForgetFullness();
  const rocksdb::Status resumed = database_.engine().Resume();
  if (resumed.ok()) return absl::OkStatus();
  if (!resumed.IsNoSpace()) return health_.Stop(FromRocksDb(resumed));
  health_.RememberFullness(before);
  return DiskFull();
}

// Takes the room for a moment, in a file without a name, so that nothing is left of it.
absl::Status FullDisk::LookForRoom() const {
  const std::string name = directory_ + "/room";
  std::unique_ptr<rocksdb::WritableFile> file;
  rocksdb::Status status = env_.NewWritableFile(name, &file, rocksdb::EnvOptions());
  if (status.ok()) status = env_.DeleteFile(name);
  if (status.ok()) status = file->Append(rocksdb::Slice("room?"));
  if (status.ok()) status = file->Allocate(0, database_.BytesInMemory() + kOtherBytes);
  if (status.ok()) status = file->Sync();
  if (status.IsNoSpace()) return DiskFull();
  // Where room cannot be asked for (not every file system knows how to), trying tells.
  return absl::OkStatus();
}

}  // namespace passend::storage
