#include "service/sync/partner_records.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/names/string_form.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kPartners = "partners/";
constexpr size_t kLinksACommit = 10'000;

storage::Key KeyOf(const store::v1::PartnerSide& side) {
  return PartnerLinkKey(std::string_view(side.partner()).substr(kPartners.size()), side.place());
}

store::v1::PartnerLink LinkTo(const std::string& passport_id, bool erased, bool withdrawn) {
  store::v1::PartnerLink link;
  link.set_passport(passport_id);
  link.set_erased(erased);
  link.set_withdrawn(withdrawn);
  return link;
}

template <typename Names>
bool IsAmong(const std::string& name, const Names& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

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

absl::StatusOr<std::vector<PartnerLink>> ReadPartnerLinks(const storage::Store& store,
                                                          std::string_view partner,
                                                          const std::vector<std::string>& places) {
  std::vector<storage::Key> keys;
  keys.reserve(places.size());
  for (const std::string& place : places) keys.push_back(PartnerLinkKey(partner, place));
  const auto read = store.Read(keys);
  if (!read.ok()) return read.status();
  std::vector<PartnerLink> links;
  links.reserve(places.size());
  for (const auto& record : *read) {
    auto link = ParsePartnerLink(record);
    if (!link.ok()) return link.status();
    links.push_back(*std::move(link));
  }
  return links;
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
  for (store::v1::PartnerSide& side : *book.book.mutable_sides()) {
    if (!HasForm(side.partner(), v1::STRING_FORM_PARTNER_NAME)) {
      return DamagedData("a stored partner");
    }
    if (!side.id_is_new()) continue;
    side.clear_id_is_new();
    side.set_id_version(static_cast<int64_t>(record->version));
  }
  return book;
}

void AddErasedLinks(const PassportName& person, const v1::Passport& passport,
                    const PartnerBook& book, storage::Batch& batch) {
  if (book.version == 0) return;
  batch.expectations.push_back({PartnerBookKeyOf(person), book.version});
  for (const store::v1::PartnerSide& side : book.book.sides()) {
    const bool theirs = IsAmong(side.partner(), passport.partners());
    batch.mutations.push_back(
        {KeyOf(side), CanonicalBytes(LinkTo(person.passport, /*erased=*/true, !theirs))});
  }
}

void AddWithdrawnLinks(const PassportName& person, const PartnerBook& book,
                       const std::vector<std::string>& partners, storage::Batch& batch) {
  if (book.version == 0 || partners.empty()) return;
  batch.expectations.push_back({PartnerBookKeyOf(person), book.version});
  for (const store::v1::PartnerSide& side : book.book.sides()) {
    if (!IsAmong(side.partner(), partners)) continue;
    batch.mutations.push_back(
        {KeyOf(side), CanonicalBytes(LinkTo(person.passport, /*erased=*/false, true))});
  }
}

absl::Status EraseLinksTo(storage::Store& store, const std::set<std::string>& people) {
  std::vector<storage::Mutation> erased;
  absl::Status read;
  const absl::Status scanned =
      store.Scan({storage::RecordKind::kPartnerLink, "", ""}, [&](const storage::Record& record) {
        const auto link = ParsePartnerLink(record);
        read = link.status();
        if (!read.ok()) return false;
        if (link->link.erased() || !people.contains(link->link.passport())) return true;
        const auto tombstone = LinkTo(link->link.passport(), true, link->link.withdrawn());
        erased.push_back({record.key, CanonicalBytes(tombstone)});
        return true;
      });
  if (!read.ok()) return read;
  if (!scanned.ok()) return scanned;
  for (size_t first = 0; first < erased.size(); first += kLinksACommit) {
    storage::Batch batch;
    const size_t count = std::min(kLinksACommit, erased.size() - first);
    const auto from = erased.begin() + static_cast<std::ptrdiff_t>(first);
    batch.mutations.assign(std::make_move_iterator(from),
                           std::make_move_iterator(from + static_cast<std::ptrdiff_t>(count)));
    if (auto done = store.Commit(std::move(batch)); !done.ok()) return done.status();
  }
  return absl::OkStatus();
}

}  // namespace passend::service
