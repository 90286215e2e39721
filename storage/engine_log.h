// RocksDB's own log for people, `LOG` in its folder: warnings and errors. One that cannot be
// written loses lines and nothing else. (The engine's own writer of it ends the process at the line
// after one that failed: on a full disk, in Debian's build.)
//
// Thread safety: all methods may be called from any thread.
#ifndef PASSEND_STORAGE_ENGINE_LOG_H_
#define PASSEND_STORAGE_ENGINE_LOG_H_

#include <cstdarg>
#include <string>

#include "rocksdb/env.h"
#include "storage/files.h"

namespace passend::storage {

inline constexpr size_t kEngineLogBytesMax = size_t{16} << 20;

class EngineLog final : public rocksdb::Logger {
 public:
  // Lines are added to `<folder>/LOG`; one of more than kEngineLogBytesMax becomes LOG.old first.
  // An empty folder: nothing is written. `env` tells the time, and must outlive it.
  EngineLog(const std::string& folder, rocksdb::Env& env);

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override;
  // All settings at each open: they are in the engine's OPTIONS file as well.
  void LogHeader(const char* /*format*/, va_list /*arguments*/) override {}

 private:
  rocksdb::Env& env_;
  FileDescriptor file_;
};

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_ENGINE_LOG_H_
