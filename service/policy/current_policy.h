// The newest policy, for whoever needs its numbers now.
#ifndef PASSEND_SERVICE_POLICY_CURRENT_POLICY_H_
#define PASSEND_SERVICE_POLICY_CURRENT_POLICY_H_

#include <cstdint>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "matcher/policy.h"
#include "passend/v1/policy.pb.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// With its name. DAMAGED_DATA.
absl::StatusOr<v1::Policy> ParsePolicy(const storage::Record& record);

// Writes the shipped policy as policies/1 where there is none. Errors of the store.
absl::Status SeedPolicy(storage::Store& store, const Surroundings& surroundings);

// Thread safety: all methods may be called from any thread.
class CurrentPolicy {
 public:
  struct Published {
    uint32_t version;
    matcher::Policy policy;
  };

  // From a store that was seeded. DAMAGED_DATA; errors of the store.
  static absl::StatusOr<std::unique_ptr<CurrentPolicy>> Load(const storage::Store& store);

  explicit CurrentPolicy(Published newest);

  std::shared_ptr<const Published> Get() const;

  // Takes over a newer one; an older one changes nothing.
  void Raise(Published newer);

 private:
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Published> newest_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_POLICY_CURRENT_POLICY_H_
