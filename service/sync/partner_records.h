// What is kept of what partners say: links from their ids to people, and a book with each person.
//
// A link outlives the person as a tombstone: whoever was erased is never meant by another one. What
// the partner calls the person is in the book only, which is encrypted and erased with the person.
#ifndef PASSEND_SERVICE_SYNC_PARTNER_RECORDS_H_
#define PASSEND_SERVICE_SYNC_PARTNER_RECORDS_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "passend/store/v1/partner_book.pb.h"
#include "passend/v1/passport.pb.h"
#include "service/names/resource_names.h"
#include "storage/store.h"

namespace passend::service {

// `partner`: its id, without `partners/`. `place`: 64 hexadecimal digits.
storage::Key PartnerLinkKey(std::string_view partner, std::string_view place);
storage::Key PartnerBookKeyOf(const PassportName& person);

struct PartnerLink {
  storage::Version version = 0;  // 0: nobody was ever meant by it
  store::v1::PartnerLink link;

  bool exists() const { return version != 0; }
};
// Of a record that may not be there. DAMAGED_DATA.
absl::StatusOr<PartnerLink> ParsePartnerLink(const std::optional<storage::Record>& record);

// Of a partner's id, in the order of the places. DAMAGED_DATA; errors of the store.
absl::StatusOr<std::vector<PartnerLink>> ReadPartnerLinks(const storage::Store& store,
                                                          std::string_view partner,
                                                          const std::vector<std::string>& places);

struct PartnerBook {
  storage::Version version = 0;  // 0: no partner ever said anything
  // As read, no id in it is new: `id_version` says which version of the book had it first.
  store::v1::PartnerBook book;

  // Null where that partner, `partners/{partner}`, said nothing.
  const store::v1::PartnerSide* Find(std::string_view partner) const;
  store::v1::PartnerSide& SideOf(std::string_view partner);
};
absl::StatusOr<PartnerBook> ParsePartnerBook(const std::optional<storage::Record>& record);

// Adds to a batch that erases the person that every link to them becomes a tombstone, on the
// condition that the book is still this one. `passport`: as it was, with those whose person it is.
void AddErasedLinks(const PassportName& person, const v1::Passport& passport,
                    const PartnerBook& book, storage::Batch& batch);

// Adds to a batch that takes the person from `partners`, `partners/{partner}` each, that their
// links say so, on the same condition.
void AddWithdrawnLinks(const PassportName& person, const PartnerBook& book,
                       const std::vector<std::string>& partners, storage::Batch& batch);

// Makes tombstones of all links to people of whom nothing else is left, as where a restored
// database learnt of erasures from its keys. `people`: ids of passports. Errors of the store;
// DAMAGED_DATA.
absl::Status EraseLinksTo(storage::Store& store, const std::set<std::string>& people);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PARTNER_RECORDS_H_
