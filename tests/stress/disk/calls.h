// Every call to the file system that this process makes below a folder, whoever makes it: the
// store, the engine in its shared library, the standard library.
//
// calls.cc defines `open`, `pwrite`, `fsync` and so on in the program itself. The dynamic linker
// prefers a program's own functions to the C library's, for shared libraries as well; so a program
// that is linked with it needs nothing injected. Without a DiskWatch calls go straight to the
// system. What a C library's FILE does (only the engine's LOG is written so) is not seen, nor
// are questions about files (stat, access, opendir) and mmap.
#ifndef PASSEND_TESTS_STRESS_DISK_CALLS_H_
#define PASSEND_TESTS_STRESS_DISK_CALLS_H_

#include <sys/types.h>

#include <string>
#include <string_view>

namespace passend::storage {

enum class DiskCall {
  kOpen,
  kCreate,  // an open that makes the file
  kRead,
  kWrite,
  kResize,
  kSync,
  kSyncDirectory,
  kRename,
  kLink,
  kRemove,
  kMakeDirectory,
};
inline constexpr int kDiskCallKinds = 11;
std::string_view NameOf(DiskCall call);
// Whether it changes anything on the disk, or makes changes durable.
bool IsChange(DiskCall call);

// Hears of calls, one at a time. Paths are absolute and normal. Its methods must not call the file
// system below the watched folder.
class DiskWatcher {
 public:
  virtual ~DiskWatcher() = default;
  // Before a call: 0, and it is made; or the errno that it fails with, without being made.
  virtual int Before(DiskCall call, const std::string& path) = 0;
  // After calls that were made and did not fail.
  virtual void Opened(int /*file*/, const std::string& /*path*/, bool /*created*/,
                      bool /*emptied*/) {}
  virtual void Closed(int /*file*/) {}  // of any file of the process
  virtual void Wrote(int /*file*/, off_t /*offset*/, std::string_view /*bytes*/) {}
  virtual void Resized(int /*file*/, off_t /*size*/) {}
  virtual void Synced(int /*file*/) {}  // nothing is really synced: it would take long
  virtual void SyncedDirectory(const std::string& /*path*/) {}
  virtual void Renamed(const std::string& /*from*/, const std::string& /*to*/) {}
  virtual void Linked(const std::string& /*from*/, const std::string& /*to*/) {}
  virtual void Removed(const std::string& /*path*/) {}
  virtual void MadeDirectory(const std::string& /*path*/) {}
};

// Has a watcher hear of the calls below `root`, an absolute path, for as long as it lives. One at a
// time in a process.
class DiskWatch {
 public:
  DiskWatch(std::string root, DiskWatcher& watcher);
  ~DiskWatch();
  DiskWatch(const DiskWatch&) = delete;
  DiskWatch& operator=(const DiskWatch&) = delete;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_DISK_CALLS_H_
