// Commits lines of answers while the answers are still being made, those of several answers
// together.
#ifndef PASSEND_SERVICE_AUDIT_LINE_WRITER_H_
#define PASSEND_SERVICE_AUDIT_LINE_WRITER_H_

#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class LineWriter {
 public:
  // A batch that is on its way to the store.
  class OnItsWay {
   public:
    // As Store::Commit would have given. Waits.
    absl::Status Wait() const {
      done_.WaitForNotification();
      return status_;
    }

   private:
    friend class LineWriter;
    storage::Batch batch_;
    absl::Status status_;
    absl::Notification done_;
  };

  // `store` must outlive it.
  explicit LineWriter(storage::Store& store) : store_(store), thread_([this] { Run(); }) {}
  // Commits what has begun.
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // `batch` writes no key that another one writes. As many may be on their way as there are answers
  // being made.
  std::shared_ptr<const OnItsWay> Begin(storage::Batch batch);

 private:
  using Waiting = std::vector<std::shared_ptr<OnItsWay>>;

  void Run();
  void CommitAll(const Waiting& waiting);

  storage::Store& store_;
  absl::Mutex mutex_;
  Waiting waiting_ ABSL_GUARDED_BY(mutex_);
  bool ends_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_LINE_WRITER_H_
