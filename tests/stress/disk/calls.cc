#include "tests/stress/disk/calls.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <utility>

namespace passend::storage {
namespace {

struct Watching {
  std::string root;
  DiskWatcher& watcher;
};

// Neither needs a constructor to run: calls come before and after all of ours.
std::atomic<Watching*> watching = nullptr;
std::mutex one_at_a_time;

std::string PathOf(int file) {
  if (watching == nullptr) return "";
  std::array<char, 32> link;
  std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
  std::array<char, PATH_MAX> path;
  const int before = errno;
  const long size = syscall(SYS_readlink, link.data(), path.data(), path.size());
  errno = before;
  return size < 0 ? "" : std::string(path.data(), static_cast<size_t>(size));
}

std::string PathOf(int directory, const char* name) {
  if (watching == nullptr || name == nullptr) return "";
  std::filesystem::path path(name);
  if (path.is_relative() && directory != AT_FDCWD) path = PathOf(directory) / path;
  std::string normal = path.lexically_normal().string();
  while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

bool IsBelow(const std::string& root, const std::string& path) {
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

// Makes the call by `act` unless the watcher refuses it, and tells the watcher by `tell`.
template <typename Act, typename Tell>
auto Make(DiskCall call, const std::string& path, const Act& act, const Tell& tell) {
  using Result = decltype(act());
  if (watching == nullptr) return act();
  std::lock_guard lock(one_at_a_time);
  Watching* const now = watching;
  if (now == nullptr || !IsBelow(now->root, path)) return act();
  if (const int error = now->watcher.Before(call, path); error != 0) {
    errno = error;
    return static_cast<Result>(-1);
  }
  const Result result = act();
  if (result >= 0) {
    const int before = errno;
    tell(now->watcher, result);
    errno = before;
  }
  return result;
}

constexpr auto kNothing = [](DiskWatcher&, auto) {};

int Open(int directory, const char* name, int flags, mode_t mode) {
  const std::string path = PathOf(directory, name);
  const auto act = [&] {
    return static_cast<int>(syscall(SYS_openat, directory, name, flags, mode));
  };
  if (path.empty()) return act();
  const bool there = syscall(SYS_faccessat, AT_FDCWD, path.c_str(), F_OK) == 0;
  const bool created = !there && (flags & O_CREAT) != 0;
  return Make(created ? DiskCall::kCreate : DiskCall::kOpen, path, act,
              [&](DiskWatcher& watcher, int file) {
                watcher.Opened(file, path, created, (flags & O_TRUNC) != 0);
              });
}

template <typename Act>
ssize_t Write(int file, const void* bytes, off_t offset, const Act& act) {
  return Make(DiskCall::kWrite, PathOf(file), act, [&](DiskWatcher& watcher, ssize_t count) {
    watcher.Wrote(file, offset, {static_cast<const char*>(bytes), static_cast<size_t>(count)});
  });
}

int Sync(int file, int call) {
  const std::string path = PathOf(file);
  struct stat found;
  if (path.empty() || fstat(file, &found) != 0) return static_cast<int>(syscall(call, file));
  const bool directory = S_ISDIR(found.st_mode);
  // Outside the watched folder nothing is really synced either, for as long as it is watched.
  return Make(
      directory ? DiskCall::kSyncDirectory : DiskCall::kSync, path, [] { return 0; },
      [&](DiskWatcher& watcher, int) {
        directory ? watcher.SyncedDirectory(path) : watcher.Synced(file);
      });
}

int Allocate(int file, int mode, off_t offset, off_t size) {
  return Make(
      DiskCall::kResize, PathOf(file),
      [&] { return static_cast<int>(syscall(SYS_fallocate, file, mode, offset, size)); },
      [&](DiskWatcher& watcher, int) {
        struct stat found;
        if (fstat(file, &found) == 0) watcher.Resized(file, found.st_size);
      });
}

// Returns an error, as posix_fallocate does.
int Extend(int file, off_t offset, off_t size) {
  const int before = errno;
  return Allocate(file, 0, offset, size) == 0 ? 0 : std::exchange(errno, before);
}

int Remove(int directory, const char* name, int flags) {
  const std::string path = PathOf(directory, name);
  return Make(
      DiskCall::kRemove, path,
      [&] { return static_cast<int>(syscall(SYS_unlinkat, directory, name, flags)); },
      [&](DiskWatcher& watcher, int) { watcher.Removed(path); });
}

}  // namespace

std::string_view NameOf(DiskCall call) {
  constexpr std::array<std::string_view, kDiskCallKinds> kNames = {
      "open",   "create", "read",   "write",           "resize", "sync", "sync of a directory",
      "rename", "link",   "remove", "make a directory"};
  return kNames[static_cast<size_t>(call)];
}

bool IsChange(DiskCall call) { return call != DiskCall::kOpen && call != DiskCall::kRead; }

DiskWatch::DiskWatch(std::string root, DiskWatcher& watcher) {
  std::lock_guard lock(one_at_a_time);
  if (watching != nullptr) std::abort();
  watching = new Watching{std::move(root), watcher};  // NOLINT: an atomic owns it
}

DiskWatch::~DiskWatch() {
  std::lock_guard lock(one_at_a_time);
  delete watching.exchange(nullptr);  // NOLINT
}

}  // namespace passend::storage

// The C library's names, for functions of our own that its headers know nothing of.
#define PASSEND_CALL(result, own, name, ...)                                           \
  extern "C" __attribute__((visibility("default"))) result own(__VA_ARGS__) asm(name); \
  result own(__VA_ARGS__)

namespace {
using passend::storage::DiskCall;
using passend::storage::DiskWatcher;
}  // namespace

PASSEND_CALL(int, PassendOpen, "open", const char* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return passend::storage::Open(AT_FDCWD, name, flags, mode);
}
PASSEND_CALL(int, PassendOpenAt, "openat", int directory, const char* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return passend::storage::Open(directory, name, flags, mode);
}
PASSEND_CALL(int, PassendClose, "close", int file) {
  using namespace passend::storage;
  if (watching == nullptr) return static_cast<int>(syscall(SYS_close, file));
  std::lock_guard lock(one_at_a_time);
  if (Watching* const now = watching; now != nullptr) now->watcher.Closed(file);
  return static_cast<int>(syscall(SYS_close, file));
}
PASSEND_CALL(ssize_t, PassendRead, "read", int file, void* bytes, size_t size) {
  return passend::storage::Make(
      DiskCall::kRead, passend::storage::PathOf(file),
      [&] { return static_cast<ssize_t>(syscall(SYS_read, file, bytes, size)); },
      passend::storage::kNothing);
}
PASSEND_CALL(ssize_t, PassendPread, "pread", int file, void* bytes, size_t size, off_t offset) {
  return passend::storage::Make(
      DiskCall::kRead, passend::storage::PathOf(file),
      [&] { return static_cast<ssize_t>(syscall(SYS_pread64, file, bytes, size, offset)); },
      passend::storage::kNothing);
}
PASSEND_CALL(ssize_t, PassendWrite, "write", int file, const void* bytes, size_t size) {
  const off_t offset = passend::storage::watching == nullptr
                           ? 0
                           : static_cast<off_t>(syscall(SYS_lseek, file, 0, SEEK_CUR));
  return passend::storage::Write(file, bytes, offset, [&] {
    return static_cast<ssize_t>(syscall(SYS_write, file, bytes, size));
  });
}
PASSEND_CALL(ssize_t, PassendPwrite, "pwrite", int file, const void* bytes, size_t size,
             off_t offset) {
  return passend::storage::Write(file, bytes, offset, [&] {
    return static_cast<ssize_t>(syscall(SYS_pwrite64, file, bytes, size, offset));
  });
}
PASSEND_CALL(int, PassendTruncate, "ftruncate", int file, off_t size) {
  return passend::storage::Make(
      DiskCall::kResize, passend::storage::PathOf(file),
      [&] { return static_cast<int>(syscall(SYS_ftruncate, file, size)); },
      [&](DiskWatcher& watcher, int) { watcher.Resized(file, size); });
}
PASSEND_CALL(int, PassendFallocate, "posix_fallocate", int file, off_t offset, off_t size) {
  return passend::storage::Extend(file, offset, size);
}
PASSEND_CALL(int, PassendAllocate, "fallocate", int file, int mode, off_t offset, off_t size) {
  return passend::storage::Allocate(file, mode, offset, size);
}
// It makes nothing durable, so nobody is told that it did.
PASSEND_CALL(int, PassendSyncRange, "sync_file_range", int file, off_t, off_t, unsigned) {
  return passend::storage::Make(
      DiskCall::kSync, passend::storage::PathOf(file), [] { return 0; }, [](DiskWatcher&, int) {});
}
PASSEND_CALL(int, PassendFsync, "fsync", int file) {
  return passend::storage::Sync(file, SYS_fsync);
}
PASSEND_CALL(int, PassendFdatasync, "fdatasync", int file) {
  return passend::storage::Sync(file, SYS_fdatasync);
}
PASSEND_CALL(int, PassendRename, "rename", const char* from, const char* to) {
  const std::string old_path = passend::storage::PathOf(AT_FDCWD, from);
  const std::string new_path = passend::storage::PathOf(AT_FDCWD, to);
  return passend::storage::Make(
      DiskCall::kRename, old_path, [&] { return static_cast<int>(syscall(SYS_rename, from, to)); },
      [&](DiskWatcher& watcher, int) { watcher.Renamed(old_path, new_path); });
}
PASSEND_CALL(int, PassendLink, "link", const char* from, const char* to) {
  const std::string old_path = passend::storage::PathOf(AT_FDCWD, from);
  const std::string new_path = passend::storage::PathOf(AT_FDCWD, to);
  return passend::storage::Make(
      DiskCall::kLink, new_path, [&] { return static_cast<int>(syscall(SYS_link, from, to)); },
      [&](DiskWatcher& watcher, int) { watcher.Linked(old_path, new_path); });
}
PASSEND_CALL(int, PassendUnlink, "unlink", const char* name) {
  return passend::storage::Remove(AT_FDCWD, name, 0);
}
PASSEND_CALL(int, PassendUnlinkAt, "unlinkat", int directory, const char* name, int flags) {
  return passend::storage::Remove(directory, name, flags);
}
PASSEND_CALL(int, PassendRmdir, "rmdir", const char* name) {
  return passend::storage::Remove(AT_FDCWD, name, AT_REMOVEDIR);
}
PASSEND_CALL(int, PassendRemove, "remove", const char* name) {
  const int result = passend::storage::Remove(AT_FDCWD, name, 0);
  if (result == 0 || errno != EISDIR) return result;
  return passend::storage::Remove(AT_FDCWD, name, AT_REMOVEDIR);
}
PASSEND_CALL(int, PassendMkdir, "mkdir", const char* name, mode_t mode) {
  const std::string path = passend::storage::PathOf(AT_FDCWD, name);
  return passend::storage::Make(
      DiskCall::kMakeDirectory, path,
      [&] { return static_cast<int>(syscall(SYS_mkdir, name, mode)); },
      [&](DiskWatcher& watcher, int) { watcher.MadeDirectory(path); });
}
