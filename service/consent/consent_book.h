// What a person shares, as the one record that it is kept in.
#ifndef PASSEND_SERVICE_CONSENT_CONSENT_BOOK_H_
#define PASSEND_SERVICE_CONSENT_CONSENT_BOOK_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/consent.pb.h"
#include "service/disclosure/group_set.h"
#include "service/names/resource_names.h"
#include "storage/store.h"

namespace passend::service {

struct ConsentBook {
  storage::Version version = 0;  // 0: nothing was ever shared
  // With their names and etags, oldest first.
  std::vector<v1::Consent> consents;
  // Names of the consents of whose end by time partners were told (partner_audience.h).
  std::set<std::string> ends_told;
  // Since which version nothing has changed for a partner, where this one changed something for
  // others only; and for all who have no consent for PURPOSE_SYNC here (consent_book.proto).
  std::map<std::string, storage::Version, std::less<>> unchanged = {};
  storage::Version others_version = 0;

  // Null where there is none of that name.
  v1::Consent* Find(std::string_view name);

  // The commit that last changed what the partner sees by consents for PURPOSE_SYNC.
  storage::Version VersionFor(std::string_view partner) const;

  // Takes one out. What it changed for its partner is not forgotten.
  void Forget(const v1::Consent& consent);
};

// Whether the consent lets a partner keep a copy, as long as it stands.
bool IsForSync(const v1::Consent& consent);

// The book of a record of kind kConsentBook. DAMAGED_DATA.
absl::StatusOr<ConsentBook> ParseConsents(const storage::Record& record);

// The book of `passport`; an empty one where it has none. DAMAGED_DATA; errors of the store.
absl::StatusOr<ConsentBook> ReadConsents(const storage::Store& store, const PassportName& passport);

// The value to store. The consents have names.
std::string StoredValue(const ConsentBook& book);

// Writes the book as it is to be from now on, as long as the person is not erased and the book not
// written meanwhile; tells that `lost`, partners, do not see the person by it any longer.
// `granted`: the consent that is new; null where none is. For all other partners nothing changes.
storage::Batch ConsentBatch(const PassportName& passport, ConsentBook book,
                            std::vector<std::string> lost, const v1::Consent* granted = nullptr);

// Changes when the consent is revoked, which is all that can change.
std::string EtagOf(const v1::Consent& consent);

// Whether it counts: not revoked, and before its end.
bool Stands(const v1::Consent& consent, absl::Time now);

// The groups that consents which stand name for `audience` (`coaches/c`) and `purpose`.
GroupSet SharedWith(const ConsentBook& book, std::string_view audience, v1::Purpose purpose,
                    absl::Time now);

// The consent that lets the employer know who the person is, for `task`. Null where none stands.
const v1::Consent* FindIntroduction(const ConsentBook& book, std::string_view employer,
                                    std::string_view task, absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CONSENT_CONSENT_BOOK_H_
