// Counts commits for Prometheus.
//
//     passend_commit_seconds               how long commits took that were made: stalls show here
//     passend_commits_failed_total{code,why}
//                                          those that were not. RESOURCE_EXHAUSTED: `busy`, the
//                                          store cannot keep the pace; `no_room`, a disk is full,
//                                          the store's or that of people's keys. `other` for all
//                                          other codes. UNAVAILABLE and DATA_LOSS: the store
//                                          stopped taking writes, keys cannot be written, or
//                                          something is damaged. Conflicts between writers are none
//                                          of these: they are ABORTED.
#ifndef PASSEND_SERVICE_WATCH_COMMIT_FIGURES_H_
#define PASSEND_SERVICE_WATCH_COMMIT_FIGURES_H_

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <atomic>

#include "storage/forwarding_store.h"

namespace passend::service {

// Thread safety: as `inner`. Both must outlive it.
class CommitFigures : public storage::ForwardingStore {
 public:
  CommitFigures(storage::Store& inner, prometheus::Registry& registry);

  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override;

  // From a commit for which the store's disk had no room until the next one that is made.
  bool disk_full() const { return disk_full_.load(); }

 private:
  prometheus::Counter& FailedWith(absl::StatusCode code, const char* why);

  std::atomic<bool> disk_full_ = false;
  prometheus::Histogram& seconds_;
  prometheus::Family<prometheus::Counter>& failed_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_WATCH_COMMIT_FIGURES_H_
