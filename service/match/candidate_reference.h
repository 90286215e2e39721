// What an employer calls a candidate before knowing who that is.
#ifndef PASSEND_SERVICE_MATCH_CANDIDATE_REFERENCE_H_
#define PASSEND_SERVICE_MATCH_CANDIDATE_REFERENCE_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// Immutable; any number of threads may use it.
class CandidateReferences {
 public:
  // `secret`: 32 bytes.
  explicit CandidateReferences(std::string secret) : secret_(std::move(secret)) {}

  // With the secret of the database, which is made where there is none. Errors of the store;
  // DAMAGED_DATA for a secret of another length.
  static absl::StatusOr<CandidateReferences> Load(storage::Store& store,
                                                  const Surroundings& surroundings);

  // 32 hexadecimal digits: BLAKE2b-128 over the three names, keyed with the secret. The same
  // person has another reference for every employer and every task, so that lists cannot be laid
  // side by side. `task`: the name of a stored one; of another a digest of all that it says.
  std::string Make(std::string_view employer, std::string_view task,
                   std::string_view passport) const;

 private:
  std::string secret_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_CANDIDATE_REFERENCE_H_
