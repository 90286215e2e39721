// Who was proposed for which task, in memory: on disk there is only what is kept for each person,
// so that nothing of it is left when the person is erased.
#ifndef PASSEND_SERVICE_EVIDENCE_PROPOSED_PEOPLE_H_
#define PASSEND_SERVICE_EVIDENCE_PROPOSED_PEOPLE_H_

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/store.h"

namespace passend::service {

// It may name people who were erased since: whoever asks reads the person's book next, and it is
// gone.
//
// Thread safety: all methods may be called from any thread.
class ProposedPeople {
 public:
  // Reads all books of proposals. DAMAGED_DATA; errors of the store.
  static absl::StatusOr<std::unique_ptr<ProposedPeople>> Load(const storage::Store& store);

  // After the commit.
  void Add(const std::string& task, const std::string& passport_id);

  size_t CountFor(const std::string& task) const;
  // Ids of passports.
  std::vector<std::string> For(const std::string& task) const;

 private:
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::set<std::string>> by_task_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_PROPOSED_PEOPLE_H_
