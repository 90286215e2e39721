// What an employer calls a candidate before knowing who that is.
#ifndef PASSEND_SERVICE_MATCH_CANDIDATE_REFERENCE_H_
#define PASSEND_SERVICE_MATCH_CANDIDATE_REFERENCE_H_

#include <optional>
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

  // 32 hexadecimal digits: the 128 bits of the passport's random id, encrypted as one block of
  // AES-256 with a key that is the keyed hash (BLAKE2b-256) of employer and task. Without the
  // secret nobody can tell it from a keyed hash of all three; with it, it is turned back without
  // looking at everybody. A passport whose id is not a random one has such a hash instead, and is
  // not found.
  //
  // The same person has another reference for every employer and every task, so that lists cannot
  // be laid side by side. `task`: the name of a stored one; of another a digest of all that it
  // says.
  std::string Make(std::string_view employer, std::string_view task,
                   std::string_view passport) const;

  // The passport that Make gave `reference` for; nullopt for what is no reference. Any 32 digits
  // are of some id: whether there is such a passport only the store tells.
  std::optional<std::string> Find(std::string_view employer, std::string_view task,
                                  std::string_view reference) const;

 private:
  std::string KeyOf(std::string_view employer, std::string_view task) const;

  std::string secret_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_CANDIDATE_REFERENCE_H_
