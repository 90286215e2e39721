// Lists of states as credentials: given out, and those that others bring along.
#ifndef PASSEND_SERVICE_CREDENTIAL_STATUS_LISTS_H_
#define PASSEND_SERVICE_CREDENTIAL_STATUS_LISTS_H_

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "service/credential/bit_list.h"
#include "service/credential/credential_checker.h"

namespace passend::service {

// The content of the credential that a list is given out as, to be signed.
nlohmann::json StatusListContent(const BitList& bits, const IssuerProfile& issuer, int32_t number,
                                 absl::Time now);

// Where a credential says that it is told whether it was taken back, for good or for now.
struct StatusEntry {
  std::string purpose;   // revocation or suspension; "" where that is told in a way not known here
  std::string list_uri;  // "": there is no list that could come along
  uint32_t index = 0;
  std::string problem;  // what is wrong with the entry; "": nothing
};
// All of them, in their order. Entries of a Bitstring Status List for other purposes are left out.
std::vector<StatusEntry> StatusEntriesOf(const nlohmann::json& credential);

// The lists that come along with credentials, each checked as a credential itself.
class BroughtLists {
 public:
  BroughtLists(const google::protobuf::RepeatedPtrField<std::string>& jwts,
               const KnownIssuers& issuers, absl::Time now);

  // The places of what is no list at all: no JWT, or one without an id.
  const std::vector<int>& unreadable() const { return unreadable_; }

  // Whether the credential stands, by the lists that it points to: true where all of them are here
  // and say so; false where one is not here, or it points to none. CREDENTIAL_STATUS where a list
  // says that it was taken back, cannot be used, is of another issuer or for another purpose, or is
  // too short. Of several with one id each has to say so: which is the newer one is not asked.
  absl::StatusOr<bool> Stands(const CheckedCredential& credential) const;

 private:
  struct Brought {
    std::optional<BitList> bits;  // none: it cannot be used
    std::set<std::string> purposes;
    std::string issuer;
    std::string problem;
  };
  static absl::Status Ask(const Brought& list, const StatusEntry& entry,
                          const CheckedCredential& credential);

  std::multimap<std::string, Brought> lists_;  // by uri
  std::vector<int> unreadable_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_STATUS_LISTS_H_
