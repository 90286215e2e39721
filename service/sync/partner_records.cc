#include "service/sync/partner_records.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kPartners = "partners/";

}  // namespace

storage::Key PartnerLinkKey(std::string_view partner, std::string_view place) {
  return {storage::RecordKind::kPartnerLink, absl::StrCat(ToAbsl(partner), "/", ToAbsl(place))};
}

storage::Key PartnerBookKeyOf(const PassportName& person) {
  return {storage::RecordKind::kPartnerBook, person.passport};
}

absl::StatusOr<PartnerLink> ParsePartnerLink(const std::optional<storage::Record>& record) {
  PartnerLink link;
  if (!record) return link;
  link.version = record->version;
  if (!link.link.ParseFromString(record->value)) return DamagedData("a stored link of a partner");
  return link;
}

const store::v1::PartnerSide* PartnerBook::Find(std::string_view partner) const {
  const auto at = std::ranges::find(book.sides(), partner, &store::v1::PartnerSide::partner);
  return at == book.sides().end() ? nullptr : &*at;
}

store::v1::PartnerSide& PartnerBook::SideOf(std::string_view partner) {
  auto& sides = *book.mutable_sides();
  int place = 0;
  while (place < sides.size() && sides[place].partner() < partner) ++place;
  if (place < sides.size() && sides[place].partner() == partner) return sides[place];
  sides.Add()->set_partner(std::string(partner));
  std::rotate(sides.pointer_begin() + place, sides.pointer_end() - 1, sides.pointer_end());
  return sides[place];
}

absl::StatusOr<PartnerBook> ParsePartnerBook(const std::optional<storage::Record>& record) {
  PartnerBook book;
  if (!record) return book;
  book.version = record->version;
  if (!book.book.ParseFromString(record->value)) return DamagedData("a stored book of partners");
  return book;
}

std::string ErasedLinkValue(std::string_view passport_id) {
  store::v1::PartnerLink link;
  link.set_passport(std::string(passport_id));
  link.set_erased(true);
  return CanonicalBytes(link);
}

void AddErasedLinks(const PassportName& person, const PartnerBook& book, storage::Batch& batch) {
  if (book.version == 0) return;
  batch.expectations.push_back({PartnerBookKeyOf(person), book.version});
  for (const store::v1::PartnerSide& side : book.book.sides()) {
    const std::string_view partner = std::string_view(side.partner()).substr(kPartners.size());
    batch.mutations.push_back(
        {PartnerLinkKey(partner, side.place()), ErasedLinkValue(person.passport)});
  }
}

}  // namespace passend::service
