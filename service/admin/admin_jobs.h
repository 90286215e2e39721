// Jobs that a server does on threads of their own: one of each kind at a time, with how far it is
// and what came of the last one.
#ifndef PASSEND_SERVICE_ADMIN_ADMIN_JOBS_H_
#define PASSEND_SERVICE_ADMIN_ADMIN_JOBS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "passend/v1/admin_service.pb.h"
#include "storage/backup/long_work.h"

namespace passend::service {

// One kind of job. States: none -> running -> succeeded or failed -> running ...
//
// Thread safety: all methods may be called from any thread.
class AdminJobRunner {
 public:
  // Does the job: fills in what came of it, with `problems` where not all is well.
  using Work = std::function<void(const storage::LongWork& work, v1::AdminJob& outcome)>;

  // `log` takes a line about each job that ends, and `ended` is told whether it ended well, before
  // anybody is; but not of one that the end of the server stopped.
  AdminJobRunner(
      v1::JobKind kind, Work work, std::function<absl::Time()> now,
      std::function<void(std::string_view line)> log,
      std::function<void(bool well)> ended = [](bool) {})
      : kind_(kind),
        work_(std::move(work)),
        now_(std::move(now)),
        log_(std::move(log)),
        ended_(std::move(ended)) {}
  // Ends the job that is running, soon.
  ~AdminJobRunner();
  AdminJobRunner(const AdminJobRunner&) = delete;
  AdminJobRunner& operator=(const AdminJobRunner&) = delete;

  // Starts one, unless one is running; gives the one that runs.
  v1::AdminJob Start();
  // The one that runs, or the last one.
  v1::AdminJob Get() const;

 private:
  v1::AdminJob Seen() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Run();

  const v1::JobKind kind_;
  const Work work_;
  const std::function<absl::Time()> now_;
  const std::function<void(std::string_view line)> log_;
  const std::function<void(bool well)> ended_;
  std::atomic<bool> stopped_ = false;
  std::atomic<uint64_t> done_bytes_ = 0;
  std::atomic<uint64_t> total_bytes_ = 0;
  mutable absl::Mutex mutex_;
  v1::AdminJob job_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_start_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::thread thread_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ADMIN_ADMIN_JOBS_H_
