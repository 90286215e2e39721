#include "storage/person_keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "storage/key_store_errors.h"
#include "storage/limits.h"
#include "storage/open_errors.h"

namespace passend::storage {
namespace {

constexpr size_t kMapBytes = kKeyHeaderBytes + kPersonKeysMax * kKeySlotBytes;
// The file grows by so many slots at a time: 512 KiB.
constexpr uint32_t kGrowSlots = 4'096;
constexpr size_t kChunkBytes = size_t{1} << 20;

off_t OffsetOf(uint32_t slot) {
  return static_cast<off_t>(kKeyHeaderBytes + size_t{slot} * kKeySlotBytes);
}

absl::Status WriteAt(const std::string& path, int file, std::string_view bytes, off_t offset) {
  while (!bytes.empty()) {
    const ssize_t count = pwrite(file, bytes.data(), bytes.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return FileFailed(path, "cannot write", errno);
    bytes.remove_prefix(static_cast<size_t>(count));
    offset += count;
  }
  return absl::OkStatus();
}

// Room on disk, so that a full one is noticed here and never when the file is mapped.
absl::Status Grow(const std::string& path, int file, off_t from, size_t bytes) {
  if (const int error = posix_fallocate(file, from, static_cast<off_t>(bytes)); error != 0) {
    return FileFailed(path, "cannot make room in", error);
  }
  if (fsync(file) != 0) return FileFailed(path, "cannot sync", errno);
  return absl::OkStatus();
}

// Best effort: an old copy that is going anyway.
void Overwrite(int file, const FillRandom& random) {
  struct stat found;
  if (fstat(file, &found) != 0) return;
  std::string noise(kChunkBytes, '\0');
  for (off_t at = 0; at < found.st_size; at += static_cast<off_t>(kChunkBytes)) {
    random({reinterpret_cast<unsigned char*>(noise.data()), noise.size()});
    const auto count = std::min<size_t>(kChunkBytes, static_cast<size_t>(found.st_size - at));
    if (pwrite(file, noise.data(), count, at) < 0) return;
  }
  fsync(file);
}

}  // namespace

PersonKeys::View::~View() {
  if (bytes != nullptr) munmap(const_cast<char*>(bytes), kMapBytes);
}

PersonKeys::~PersonKeys() = default;

absl::StatusOr<std::unique_ptr<PersonKeys>> PersonKeys::Open(PersonKeyOptions options) {
  if (options.directory.empty() || options.master == nullptr) {
    return absl::InvalidArgumentError("people's keys need a directory and a master key");
  }
  if (sodium_init() < 0) return absl::UnavailableError("libsodium cannot be initialised");
  if (absl::Status status = MakeDirectories(options.directory); !status.ok()) return status;
  absl::StatusOr<DirectoryLock> lock = DirectoryLock::Take(options.directory);
  if (absl::IsFailedPrecondition(lock.status())) return KeysInUse(options.directory);
  if (!lock.ok()) return lock.status();
  auto keys = std::make_unique<PersonKeys>(OnlyOpen(), std::move(options), *std::move(lock));
  if (absl::Status status = keys->RemoveCopy(keys->path() + ".new"); !status.ok()) return status;
  std::error_code error;
  keys->exists_ = std::filesystem::exists(keys->path(), error);
  if (error) return FileFailed(keys->path(), "cannot look for", error.value());
  if (!keys->exists_) return keys;
  if (absl::Status status = keys->Load(); !status.ok()) return status;
  return keys;
}

absl::Status PersonKeys::RemoveCopy(const std::string& copy) const {
  const int number = open(copy.c_str(), O_RDWR | O_CLOEXEC);
  if (number < 0 && errno == ENOENT) return absl::OkStatus();
  if (number < 0) return FileFailed(copy, "cannot open", errno);
  const FileDescriptor file(number);
  Overwrite(file.number(), options_.random);
  if (unlink(copy.c_str()) != 0) return FileFailed(copy, "cannot remove", errno);
  return SyncDirectory(std::filesystem::path(copy).parent_path());
}

absl::Status PersonKeys::Make() {
  if (exists_) return KeysThereAlready(options_.directory);
  KeyHeader header;
  options_.random({reinterpret_cast<unsigned char*>(header.id.data()), header.id.size()});
  options_.random(
      {reinterpret_cast<unsigned char*>(header.naming_key.data()), header.naming_key.size()});
  absl::StatusOr<WrappedKey> wrapped = options_.master->Wrap(RandomKey(options_.random));
  if (!wrapped.ok()) return wrapped.status();
  header.ring_key = *std::move(wrapped);
  const std::string unfinished = path() + ".new";
  {
    absl::StatusOr<FileDescriptor> file = OpenFile(unfinished, O_RDWR | O_CREAT | O_TRUNC);
    if (!file.ok()) return file.status();
    if (absl::Status status = WriteAt(unfinished, file->number(), EncodeKeyHeader(header), 0);
        !status.ok()) {
      return status;
    }
    if (fsync(file->number()) != 0) return FileFailed(unfinished, "cannot sync", errno);
  }
  if (absl::Status status = Rename(unfinished, path()); !status.ok()) return status;
  exists_ = true;
  return Load();
}

absl::StatusOr<std::unique_ptr<PersonKeys::View>> PersonKeys::MapFile(
    const std::string& path) const {
  absl::StatusOr<FileDescriptor> file = OpenFile(path, O_RDWR);
  if (!file.ok()) return file.status();
  // All that the file may ever grow to: room among addresses costs nothing, and is looked at only
  // as far as the file goes.
  void* const mapped =
      mmap(nullptr, kMapBytes, PROT_READ, MAP_SHARED | MAP_NORESERVE, file->number(), 0);
  if (mapped == MAP_FAILED) return FileFailed(path, "cannot map", errno);
  auto view = std::make_unique<View>();
  view->file = *std::move(file);
  view->bytes = static_cast<const char*>(mapped);
  return view;
}

absl::Status PersonKeys::Load() {
  absl::StatusOr<std::unique_ptr<View>> view = MapFile(path());
  if (!view.ok()) return view.status();
  struct stat found;
  if (fstat((*view)->file.number(), &found) != 0) {
    return FileFailed(path(), "cannot look at", errno);
  }
  const auto size = static_cast<size_t>(found.st_size);
  if (size < kKeyHeaderBytes) return KeysDamaged(options_.directory);
  std::optional<DecodedKeyHeader> header = DecodeKeyHeader({(*view)->bytes, kKeyHeaderBytes});
  if (!header) return KeysDamaged(options_.directory);
  if (header->format != kKeyStoreFormat) {
    return KeysWrittenByNewerPassend(options_.directory, header->format, kKeyStoreFormat);
  }
  absl::StatusOr<SecretKey> ring_key = options_.master->Unwrap(header->header.ring_key);
  if (!ring_key.ok()) return ring_key.status();
  const size_t slots = std::min((size - kKeyHeaderBytes) / kKeySlotBytes, kPersonKeysMax);
  std::scoped_lock lock(change_mutex_, view_mutex_);
  header_ = std::move(header->header);
  ring_key_ = *ring_key;
  view_ = *std::move(view);
  slots_in_file_ = static_cast<uint32_t>(slots);
  ReadSlots(slots);
  return absl::OkStatus();
}

void PersonKeys::ReadSlots(size_t count) {
  table_.Reserve(count);
  for (uint32_t slot = 0; slot < count; ++slot) {
    const std::optional<KeySlot> found = DecodeKeySlot(SlotBytes(slot));
    if (found && found->state == SlotState::kFree) continue;
    slots_used_ = slot + 1;
    if (!found) {
      ++counts_.damaged;
      continue;
    }
    ++(found->state == SlotState::kLive ? counts_.live : counts_.destroyed);
    table_.Insert(found->name, slot);
  }
}

std::string_view PersonKeys::SlotBytes(uint32_t slot) const {
  return {view_->bytes + OffsetOf(slot), kKeySlotBytes};
}

std::optional<uint32_t> PersonKeys::FindSlot(const PersonName& name) const {
  return table_.Find(name, [&](uint32_t slot) { return TrustedKeySlot(SlotBytes(slot)).name; });
}

std::string PersonKeys::master_id() const {
  std::shared_lock lock(view_mutex_);
  return header_.ring_key.master_id;
}

PersonKeys::Counts PersonKeys::counts() const {
  std::shared_lock lock(view_mutex_);
  std::lock_guard met(damaged_mutex_);
  return {counts_.live - damaged_met_.size(), counts_.destroyed,
          counts_.damaged + damaged_met_.size()};
}

void PersonKeys::CountDamaged(uint32_t slot) const {
  std::lock_guard met(damaged_mutex_);
  damaged_met_.insert(slot);
}

absl::Status PersonKeys::Ensure(std::span<const std::string_view> people) {
  std::vector<PersonName> missing;
  {
    std::shared_lock lock(view_mutex_);
    for (const std::string_view person : people) {
      const PersonName name = NameOfPerson(header_.naming_key, person);
      if (!FindSlot(name)) missing.push_back(name);
    }
  }
  if (!missing.empty()) {
    std::lock_guard lock(change_mutex_);
    for (const PersonName& name : missing) {
      if (FindSlot(name)) continue;  // only who holds change_mutex_ changes the table
      if (absl::Status status = AddPerson(name, SlotState::kLive); !status.ok()) return status;
    }
  }
  // A key that is there may be another caller's, which is not synced yet.
  return SyncChanges(changes_);
}

absl::StatusOr<std::optional<SecretKey>> PersonKeys::Find(std::string_view person) const {
  std::shared_lock lock(view_mutex_);
  const PersonName name = NameOfPerson(header_.naming_key, person);
  const std::optional<uint32_t> at = FindSlot(name);
  if (!at) return KeyMissing();
  const KeySlot slot = TrustedKeySlot(SlotBytes(*at));
  if (slot.state == SlotState::kDestroyed) return std::nullopt;
  std::optional<SecretKey> key = DecryptKey(ring_key_, BoundToPerson(name), slot.wrapped);
  if (!key) {
    CountDamaged(*at);
    return KeyDamaged();
  }
  return key;
}

bool PersonKeys::IsDestroyed(std::string_view person) const {
  std::shared_lock lock(view_mutex_);
  if (counts_.destroyed == 0) return false;
  const std::optional<uint32_t> at = FindSlot(NameOfPerson(header_.naming_key, person));
  return at && TrustedKeySlot(SlotBytes(*at)).state == SlotState::kDestroyed;
}

bool PersonKeys::Knows(std::string_view person) const {
  std::shared_lock lock(view_mutex_);
  return FindSlot(NameOfPerson(header_.naming_key, person)).has_value();
}

absl::Status PersonKeys::Destroy(std::span<const std::string_view> people) {
  {
    std::lock_guard lock(change_mutex_);
    for (const std::string_view person : people) {
      if (absl::Status status = DestroyOne(person); !status.ok()) return status;
    }
  }
  return SyncChanges(changes_);
}

absl::Status PersonKeys::DestroyOne(std::string_view person) {
  const PersonName name = NameOfPerson(header_.naming_key, person);
  const std::optional<uint32_t> at = FindSlot(name);
  if (!at) return AddPerson(name, SlotState::kDestroyed);
  if (TrustedKeySlot(SlotBytes(*at)).state == SlotState::kDestroyed) return absl::OkStatus();
  std::string noise(kWrappedPersonKeyBytes, '\0');
  options_.random({reinterpret_cast<unsigned char*>(noise.data()), noise.size()});
  if (absl::Status status = WriteSlot(*at, {SlotState::kDestroyed, name, noise}); !status.ok()) {
    return status;
  }
  std::unique_lock lock(view_mutex_);
  --counts_.live;
  ++counts_.destroyed;
  std::lock_guard met(damaged_mutex_);
  damaged_met_.erase(*at);  // it was written anew
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> PersonKeys::TakeSlot() {
  if (slots_used_ == kPersonKeysMax) return TooManyPeople();
  if (slots_used_ == slots_in_file_) {
    const auto more =
        std::min<uint32_t>(kGrowSlots, static_cast<uint32_t>(kPersonKeysMax) - slots_in_file_);
    if (absl::Status status = Grow(path(), view_->file.number(), OffsetOf(slots_in_file_),
                                   size_t{more} * kKeySlotBytes);
        !status.ok()) {
      return status;
    }
    slots_in_file_ += more;
  }
  return slots_used_;
}

absl::Status PersonKeys::WriteSlot(uint32_t slot, const KeySlot& content) {
  std::unique_lock lock(view_mutex_);
  absl::Status status =
      WriteAt(path(), view_->file.number(), EncodeKeySlot(content), OffsetOf(slot));
  ++changes_;
  return status;
}

absl::Status PersonKeys::AddPerson(const PersonName& name, SlotState state) {
  const absl::StatusOr<uint32_t> slot = TakeSlot();
  if (!slot.ok()) return slot.status();
  const std::string wrapped = WrapFor(name, ring_key_, RandomKey(options_.random));
  if (absl::Status status = WriteSlot(*slot, {state, name, wrapped}); !status.ok()) return status;
  slots_used_ = *slot + 1;
  std::unique_lock lock(view_mutex_);
  table_.Insert(name, *slot);
  ++(state == SlotState::kLive ? counts_.live : counts_.destroyed);
  return absl::OkStatus();
}

std::string PersonKeys::WrapFor(const PersonName& name, const SecretKey& ring_key,
                                const SecretKey& key) const {
  std::string wrapped;
  AppendEncrypted(wrapped, ring_key, options_.random, BoundToPerson(name), key.view());
  return wrapped;
}

absl::Status PersonKeys::SyncChanges(uint64_t change) {
  if (synced_ >= change) return absl::OkStatus();
  std::lock_guard lock(sync_mutex_);
  if (!sync_failed_.ok()) return sync_failed_;
  if (synced_ >= change) return absl::OkStatus();  // who waited together is synced together
  const uint64_t covered = changes_;
  int file;
  {
    std::shared_lock view(view_mutex_);
    file = view_->file.number();  // exchanged only with sync_mutex_ held
  }
  if (fdatasync(file) != 0) {
    // What is on disk now is not known, and asking again would not tell.
    sync_failed_ = KeysStopped(FileFailed(path(), "cannot sync", errno));
    return sync_failed_;
  }
  synced_ = covered;
  return absl::OkStatus();
}

absl::Status PersonKeys::WriteRewrapped(const std::string& path, const KeyHeader& header,
                                        const SecretKey& ring_key) const {
  absl::StatusOr<FileDescriptor> file = OpenFile(path, O_RDWR | O_CREAT | O_TRUNC);
  if (!file.ok()) return file.status();
  const size_t size = kKeyHeaderBytes + size_t{slots_in_file_} * kKeySlotBytes;
  if (absl::Status status = Grow(path, file->number(), 0, size); !status.ok()) return status;
  std::string chunk = EncodeKeyHeader(header);
  off_t at = 0;
  const auto flush = [&] {
    absl::Status status = WriteAt(path, file->number(), chunk, at);
    at += static_cast<off_t>(chunk.size());
    chunk.clear();
    return status;
  };
  for (uint32_t number = 0; number < slots_used_; ++number) {
    const std::string_view bytes = SlotBytes(number);  // nobody changes them meanwhile
    const std::optional<KeySlot> slot = DecodeKeySlot(bytes);
    if (slot && slot->state == SlotState::kLive) {
      const std::optional<SecretKey> key =
          DecryptKey(ring_key_, BoundToPerson(slot->name), slot->wrapped);
      if (!key) {
        CountDamaged(number);
        return KeyDamaged();
      }
      const std::string wrapped = WrapFor(slot->name, ring_key, *key);
      chunk.append(EncodeKeySlot({SlotState::kLive, slot->name, wrapped}));
    } else {
      chunk.append(bytes);
    }
    if (chunk.size() < kChunkBytes) continue;
    if (absl::Status status = flush(); !status.ok()) return status;
  }
  if (absl::Status status = flush(); !status.ok()) return status;
  if (fsync(file->number()) != 0) return FileFailed(path, "cannot sync", errno);
  return absl::OkStatus();
}

absl::Status PersonKeys::Rewrap(std::shared_ptr<const KeyWrapper> master) {
  std::lock_guard lock(change_mutex_);
  if (absl::Status status = SyncChanges(changes_); !status.ok()) return status;
  const SecretKey ring_key = RandomKey(options_.random);
  absl::StatusOr<WrappedKey> wrapped = master->Wrap(ring_key);
  if (!wrapped.ok()) return wrapped.status();
  const KeyHeader header{header_.id, header_.naming_key, *std::move(wrapped)};
  const std::string unfinished = path() + ".new";
  if (absl::Status status = WriteRewrapped(unfinished, header, ring_key); !status.ok()) {
    RemoveCopy(unfinished).IgnoreError();
    return status;
  }
  absl::StatusOr<std::unique_ptr<View>> view = MapFile(unfinished);
  if (!view.ok()) return view.status();
  std::lock_guard no_sync(sync_mutex_);
  if (absl::Status status = Rename(unfinished, path()); !status.ok()) return status;
  std::unique_ptr<View> old = *std::move(view);
  {
    std::unique_lock look(view_mutex_);
    old.swap(view_);
    header_ = header;
    ring_key_ = ring_key;
    options_.master = std::move(master);
  }
  Overwrite(old->file.number(), options_.random);
  return absl::OkStatus();
}

absl::StatusOr<std::string> PersonKeys::MasterIdOfCopy(const std::string& copy) {
  const absl::StatusOr<FileDescriptor> file = OpenFile(copy, O_RDONLY);
  if (!file.ok()) return file.status();
  std::string bytes(kKeyHeaderBytes, '\0');
  const ssize_t count = pread(file->number(), bytes.data(), bytes.size(), 0);
  if (count < 0) return FileFailed(copy, "cannot read", errno);
  bytes.resize(static_cast<size_t>(count));
  const std::optional<DecodedKeyHeader> header =
      bytes.size() == kKeyHeaderBytes ? DecodeKeyHeader(bytes) : std::nullopt;
  if (!header || header->format != kKeyStoreFormat) return KeysDamaged(copy);
  return header->header.ring_key.master_id;
}

absl::Status PersonKeys::CopyTo(const std::string& copy) {
  std::lock_guard lock(change_mutex_);
  if (absl::Status status = SyncChanges(changes_); !status.ok()) return status;
  const std::string unfinished = copy + ".new";
  const auto write = [&]() -> absl::Status {
    absl::StatusOr<FileDescriptor> file = OpenFile(unfinished, O_RDWR | O_CREAT | O_TRUNC);
    if (!file.ok()) return file.status();
    // Nobody changes them meanwhile, and nobody puts another view in its place.
    const std::string_view bytes(view_->bytes,
                                 kKeyHeaderBytes + size_t{slots_in_file_} * kKeySlotBytes);
    if (absl::Status status = WriteAt(unfinished, file->number(), bytes, 0); !status.ok()) {
      return status;
    }
    if (fsync(file->number()) != 0) return FileFailed(unfinished, "cannot sync", errno);
    return Rename(unfinished, copy);
  };
  absl::Status written = write();
  if (!written.ok()) RemoveCopy(unfinished).IgnoreError();
  return written;
}

}  // namespace passend::storage
