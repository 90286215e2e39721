// Commits lines of answers while the answers are still being made, those of several answers
// together.
//
// A thread that slept takes a fifth of a millisecond to come, and the disk takes longer than words:
// so while its own thread is idle, whoever brings lines commits them at once, and leaves the words
// to it. Where it is busy, it takes the lines, together with those that others bring.
#ifndef PASSEND_SERVICE_AUDIT_LINE_WRITER_H_
#define PASSEND_SERVICE_AUDIT_LINE_WRITER_H_

#include <functional>
#include <future>
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

  // Returns when `meanwhile` was done, by this thread or by the writer's, and where this thread
  // commits, when the lines are on disk; what either throws is thrown here. `batch` writes no key
  // that another one writes. As many may be on their way as there are answers being made; when the
  // writer ends, nobody is in here.
  std::shared_ptr<const OnItsWay> Begin(storage::Batch batch, std::function<void()> meanwhile);

 private:
  using Waiting = std::vector<std::shared_ptr<OnItsWay>>;
  using Errand = std::packaged_task<void()>;

  void Run();
  // True where the writer's thread will run it, and the caller is to commit.
  bool Leave(const std::shared_ptr<Errand>& errand);
  // After the caller's commit. Runs the errand, unless the writer's thread has begun with it.
  void Finish(Errand& errand);
  void Commit(OnItsWay& one);
  void CommitAll(const Waiting& waiting);

  storage::Store& store_;
  absl::Mutex mutex_;
  Waiting waiting_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<Errand> errand_ ABSL_GUARDED_BY(mutex_);
  bool idle_ ABSL_GUARDED_BY(mutex_) = false;            // the writer's thread
  bool caller_commits_ ABSL_GUARDED_BY(mutex_) = false;  // one at a time
  bool ends_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_LINE_WRITER_H_
