// Lists of states as credentials: given out, and those that others bring along.
#ifndef PASSEND_SERVICE_CREDENTIAL_STATUS_LISTS_H_
#define PASSEND_SERVICE_CREDENTIAL_STATUS_LISTS_H_

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "service/credential/bit_list.h"
#include "service/credential/credential_checker.h"

namespace passend::service {

// The content of the credential that a list is given out as, to be signed.
nlohmann::json StatusListContent(const BitList& bits, const IssuerProfile& issuer, int32_t number,
                                 absl::Time now);

// Where a credential's own status is told, for being taken back for good or for now. Nullopt where
// it names no place in a Bitstring Status List. `malformed`: it does, and that place is none.
struct StatusEntry {
  bool malformed = false;
  StatusPlace place;
};
std::optional<StatusEntry> StatusEntryOf(const nlohmann::json& credential);

// The lists that come along with credentials, each checked as a credential itself.
class BroughtLists {
 public:
  BroughtLists(const google::protobuf::RepeatedPtrField<std::string>& jwts,
               const KnownIssuers& issuers, absl::Time now);

  // Whether the credential stands, by the list that it points to: true where that list is here and
  // says so; false where the list is not here, or it points to none. CREDENTIAL_STATUS where the
  // list says that it was taken back, cannot be used, is of another issuer, or is too short.
  absl::StatusOr<bool> Stands(const CheckedCredential& credential) const;

 private:
  struct Brought {
    std::optional<BitList> bits;  // none: it cannot be used
    std::string issuer;
    std::string problem;
  };
  std::map<std::string, Brought> lists_;  // by uri
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_STATUS_LISTS_H_
