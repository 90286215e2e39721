// The key set of a file, followed while the server runs.
#ifndef PASSEND_SERVICE_IDENTITY_KEY_SET_FILE_H_
#define PASSEND_SERVICE_IDENTITY_KEY_SET_FILE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "service/identity/key_set.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class KeySetFile {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };

 public:
  // Reads the file. INVALID_ARGUMENT, which names it and says what is wrong. `log` takes lines
  // about later changes.
  static absl::StatusOr<std::unique_ptr<KeySetFile>> Open(
      std::string path, std::function<void(std::string_view line)> log);
  // Use Open.
  KeySetFile(OnlyOpen, std::string path, std::function<void(std::string_view line)> log)
      : path_(std::move(path)), log_(std::move(log)) {}

  // The set in force, never null.
  std::shared_ptr<const KeySet> Get() const;

  // Takes over what the file says now, where that is another text than last time. Where it is no
  // key set, or cannot be read, the old one stays in force, and a line in the log says why, once
  // for each text. Call it now and then, from one thread at a time.
  void Refresh();

 private:
  const std::string path_;
  const std::function<void(std::string_view line)> log_;
  std::string last_text_;  // good or not; of Refresh alone
  bool was_readable_ = true;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const KeySet> keys_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_KEY_SET_FILE_H_
