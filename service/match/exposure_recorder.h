// Remembers who was shown when, so that among equal fits those come first who were shown longest
// ago.
//
// Answers do not wait for it: what was shown goes into a bounded queue, and a thread of its own
// writes it in one commit at most every kExposureInterval, and at destruction. It reaches the index
// through the journal, like everything else. A crash loses what was shown in the last interval, and
// a full queue drops what comes: the order among equal fits is all that is at stake.
#ifndef PASSEND_SERVICE_MATCH_EXPOSURE_RECORDER_H_
#define PASSEND_SERVICE_MATCH_EXPOSURE_RECORDER_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/ending_signal.h"
#include "storage/store.h"

namespace passend::service {

inline constexpr absl::Duration kExposureInterval = absl::Seconds(1);
// Passports that wait to be written: fifty full first pages of 200.
inline constexpr size_t kExposuresQueuedMax = 10'000;

// Thread safety: all methods may be called from any thread.
class ExposureRecorder {
 public:
  // `store` must outlive it. `log` takes lines about what could not be written.
  ExposureRecorder(storage::Store& store, std::function<void(std::string_view line)> log,
                   absl::Duration interval = kExposureInterval);
  // Writes what is queued.
  ~ExposureRecorder();
  ExposureRecorder(const ExposureRecorder&) = delete;
  ExposureRecorder& operator=(const ExposureRecorder&) = delete;

  // Queues that these passports were shown at `shown`, of which whole seconds count. A passport
  // that is queued already gets the later time. Drops what there is no room for.
  void Record(const std::vector<std::string>& passport_ids, absl::Time shown);

  // Writes what is queued now. Passports that are not there any more are left out: an erased person
  // leaves no trace. Errors of the store; what could not be written is dropped.
  absl::Status Flush();

 private:
  using Queue = std::unordered_map<std::string, absl::Time>;  // by passport id

  absl::Status Write(const Queue& queue);
  void Run();

  storage::Store& store_;
  const std::function<void(std::string_view line)> log_;
  const absl::Duration interval_;
  absl::Mutex mutex_;
  Queue queue_ ABSL_GUARDED_BY(mutex_);
  EndingSignal ending_;
  std::thread thread_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EXPOSURE_RECORDER_H_
