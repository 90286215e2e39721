// A file system that fails when it is told to. Thread safety: all methods from any thread.
#ifndef PASSEND_TESTS_STORAGE_FAILING_FILE_SYSTEM_H_
#define PASSEND_TESTS_STORAGE_FAILING_FILE_SYSTEM_H_

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "rocksdb/env.h"
#include "rocksdb/file_system.h"

namespace passend::storage {

enum class Fault { kNone, kBroken, kFull };

inline rocksdb::IOStatus StatusOf(Fault fault) {
  switch (fault) {
    case Fault::kNone:
      return rocksdb::IOStatus::OK();
    case Fault::kBroken:
      return rocksdb::IOStatus::IOError("the disk is broken");
    case Fault::kFull:
      return rocksdb::IOStatus::NoSpace("the disk is full");
  }
  return rocksdb::IOStatus::OK();
}

// Who writes to the disk waits while it is closed.
class Gate {
 public:
  void Close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  void Open() {
    {
      std::lock_guard lock(mutex_);
      closed_ = false;
    }
    opened_.notify_all();
  }
  void Pass() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [&] { return !closed_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool closed_ = false;
};

class FailingFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FailingFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, const std::atomic<Fault>& fault,
              Gate& gate, std::atomic<int>& merges_without_room)
      : FSWritableFileOwnerWrapper(std::move(file)),
        fault_(fault),
        gate_(gate),
        merges_without_room_(merges_without_room) {}

  using FSWritableFileOwnerWrapper::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
    gate_.Pass();
    if (fault_ != Fault::kNone) return StatusOf(fault_);
    // The engine merges files at the lowest priority.
    if (GetIOPriority() == rocksdb::Env::IO_LOW && merges_without_room_ > 0 &&
        merges_without_room_.fetch_sub(1) > 0) {
      return StatusOf(Fault::kFull);
    }
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    if (fault_ != Fault::kNone) return StatusOf(fault_);
    return FSWritableFileOwnerWrapper::Sync(options, debug);
  }

 private:
  const std::atomic<Fault>& fault_;
  Gate& gate_;
  std::atomic<int>& merges_without_room_;
};

class FailingFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FailingFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FailingFileSystem"; }
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSWritableFile> inner;
    const auto status = FileSystemWrapper::NewWritableFile(name, options, &inner, debug);
    if (!status.ok()) return status;
    const bool is_room = name.ends_with("/room");  // see storage/full_disk.cc
    const bool is_new_log = fault_of_new_logs != Fault::kNone && name.ends_with(".log");
    *file = std::make_unique<FailingFile>(
        std::move(inner), is_room ? fault_of_room : (is_new_log ? fault_of_new_logs : fault),
        is_room ? gate_of_room_ : gate, merges_without_room);
    return status;
  }
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name,
                                        const rocksdb::FileOptions& options,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* file,
                                        rocksdb::IODebugContext* debug) override {
    if (FailsNow()) return StatusOf(Fault::kBroken);
    return FileSystemWrapper::NewRandomAccessFile(name, options, file, debug);
  }
  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* file,
                                      rocksdb::IODebugContext* debug) override {
    if (FailsNow()) return StatusOf(Fault::kBroken);
    return FileSystemWrapper::NewSequentialFile(name, options, file, debug);
  }
  void FillUp() { fault = fault_of_room = Fault::kFull; }
  void MakeRoom() { fault = fault_of_room = Fault::kNone; }
  std::atomic<Fault> fault = Fault::kNone;
  std::atomic<Fault> fault_of_room = Fault::kNone;
  std::atomic<Fault> fault_of_new_logs = Fault::kNone;  // of those begun while it is one
  Gate gate;
  std::atomic<int> merges_without_room = 0;  // of those to come

  // Of the files that are opened for reading, as many are opened still, and then as many are not.
  std::atomic<int> opened_still = 0;
  std::atomic<int> not_opened = 0;

 private:
  Gate gate_of_room_;  // always open

  bool FailsNow() {
    if (not_opened == 0 || opened_still-- > 0) return false;
    --not_opened;
    return true;
  }
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_FAILING_FILE_SYSTEM_H_
