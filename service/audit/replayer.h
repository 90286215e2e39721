// Ranks again what was ranked, on the data as they were, and compares.
#ifndef PASSEND_SERVICE_AUDIT_REPLAYER_H_
#define PASSEND_SERVICE_AUDIT_REPLAYER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "passend/store/v1/audit.pb.h"
#include "passend/v1/audit_service.pb.h"
#include "service/audit/past_world.h"
#include "service/call/call_context.h"
#include "service/match/candidate_reference.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread; one replay runs at a time.
class Replayer {
 public:
  // Both must outlive it.
  Replayer(const storage::Store& store, const CandidateReferences& references)
      : store_(store), references_(references), world_(store) {}

  // DECISION_NOT_FOUND; CANCELLED, DEADLINE_EXCEEDED; DAMAGED_DATA; errors of the store. Everybody
  // is ranked again: seconds for a million people, and a minute the first time.
  absl::StatusOr<v1::ReplayResponse> Replay(const CallContext& context, const std::string& name);

  // Frees what replays are made with, where none was asked for in a while.
  void DropIdle(absl::Time now);

 private:
  const storage::Store& store_;
  const CandidateReferences& references_;
  absl::Mutex mutex_;
  PastWorld world_ ABSL_GUARDED_BY(mutex_);
  absl::Time used_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_REPLAYER_H_
