// Which credentials of a person are out, and whether any was taken back.
//
// A credential has a random place in a list of bits that anybody may read. Which places are a
// person's is in the person's book, under the person's key, so that they can be marked when
// something is taken back. The places themselves say nothing of anybody, and outlive the person.
// Whoever reads the database's files sees by their versions which were written by one commit, and
// for as long as the journal keeps that commit, of which passport it was.
#ifndef PASSEND_SERVICE_CREDENTIAL_CREDENTIAL_BOOK_H_
#define PASSEND_SERVICE_CREDENTIAL_CREDENTIAL_BOOK_H_

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/store/v1/credential_book.pb.h"
#include "service/credential/bit_list.h"
#include "service/names/resource_names.h"
#include "service/records/validation_book.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// What a place in a list says. The numbers are frozen on disk. All but the first are a set bit.
enum class CredentialState : uint8_t {
  kOut = 1,          // given out, and stands
  kTakenBack = 2,    // the validation was revoked
  kErased = 3,       // the person was erased; nobody says that it was wrong
  kBroughtBack = 4,  // erased once, and taken in again: it is in the book of somebody who is here
};

struct StatusBit {
  int32_t list = 1;    // from 1
  uint32_t index = 0;  // below kStatusListEntries
  friend auto operator<=>(const StatusBit&, const StatusBit&) = default;
};
storage::Key KeyOf(const StatusBit& bit);

struct CredentialBook {
  storage::Version version = 0;  // 0: nothing was ever given out
  store::v1::CredentialBook kept;
};

// The book of `passport`; an empty one where it has none. DAMAGED_DATA; errors of the store.
absl::StatusOr<CredentialBook> ReadCredentials(const storage::Store& store,
                                               const PassportName& passport);

// Forgets what nobody takes any more at `now`.
void ForgetEnded(CredentialBook& book, absl::Time now);

// Adds that the credential of this place tells of the validation (its id), until it ends; nullopt:
// it does not.
void AddCredential(CredentialBook& book, std::string_view validation, const StatusBit& bit,
                   std::optional<absl::Time> end);

// The id of the validation that the credential of this place tells of; nullopt where the book has
// no such credential.
std::optional<std::string> ValidationAt(const CredentialBook& book, const StatusBit& bit);

// Where a book has kIssuedCredentialsMax or more: takes the oldest place of the validation (its id)
// that stands out of it, to be given out once more. Nullopt where there is room, or none of it.
// DAMAGED_DATA; errors of the store.
absl::StatusOr<std::optional<StatusBit>> TakeOldest(const storage::Store& store,
                                                    CredentialBook& book,
                                                    std::string_view validation);

// A free random place that is not among `taken`, which it is added to. Errors of the store.
// Whoever commits it expects that the place is still free: version 0.
absl::StatusOr<StatusBit> FindPlace(const storage::Store& store, const Surroundings& surroundings,
                                    std::set<StatusBit>& taken);

// Adds to a batch that the credentials of these validations (ids) are taken back. Whoever commits
// it holds the lock of the passport. DAMAGED_DATA; errors of the store.
absl::Status TakeBack(const storage::Store& store, const PassportName& passport,
                      std::span<const std::string> validations, storage::Batch& batch);

// The same of those of `changed` (names) that the book says are revoked.
absl::Status TakeBackRevoked(const storage::Store& store, const PassportName& passport,
                             const ValidationBook& book, std::span<const std::string> changed,
                             storage::Batch& batch);

// Adds to the batch that erases a person that their credentials end with them.
absl::Status TakeBackAll(const storage::Store& store, const PassportName& passport,
                         storage::Batch& batch);

// What a place says; without a state where nothing was ever given out for it.
struct StatusPlace {
  StatusBit bit;
  std::optional<CredentialState> state;
  storage::Version version = 0;
};
// DAMAGED_DATA; errors of the store.
absl::StatusOr<StatusPlace> ReadPlace(const storage::Store& store, const StatusBit& bit);
// Adds to a batch that the place, which still says what was read, says `state` from now on.
void SetState(const StatusPlace& place, CredentialState state, storage::Batch& batch);

// The bits of one list as they are now; nullopt where no credential has a place in it.
// DAMAGED_DATA; errors of the store.
absl::StatusOr<std::optional<BitList>> ReadStatusList(const storage::Store& store, int32_t number);

// How many lists there are. Errors of the store.
absl::StatusOr<int32_t> CountStatusLists(const storage::Store& store);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_CREDENTIAL_BOOK_H_
