#include "service/consent/consent_book.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "passend/store/v1/consent_book.pb.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/names/string_form.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

bool Names(const v1::Consent& consent, std::string_view audience, v1::Purpose purpose) {
  return consent.audience() == audience && consent.purpose() == purpose;
}

bool HasForSync(const ConsentBook& book, std::string_view partner) {
  return std::ranges::any_of(book.consents, [&](const v1::Consent& consent) {
    return Names(consent, partner, v1::PURPOSE_SYNC);
  });
}

// Before the next version of the book is written, which changes something for `changed` only.
void NoteUnchanged(ConsentBook& book, const std::set<std::string>& changed) {
  for (const v1::Consent& consent : book.consents) {
    if (IsForSync(consent)) book.unchanged.try_emplace(consent.audience(), book.version);
  }
  for (const std::string& partner : changed) book.unchanged.erase(partner);
}

}  // namespace

bool IsForSync(const v1::Consent& consent) {
  return consent.purpose() == v1::PURPOSE_SYNC && consent.audience().starts_with("partners/");
}

absl::StatusOr<ConsentBook> ParseConsents(const storage::Record& record) {
  store::v1::ConsentBook stored;
  if (!IsResourceId(record.key.id) || !stored.ParseFromString(record.value)) {
    return DamagedData("a stored book of consents");
  }
  ConsentBook book;
  book.version = record.version;
  const std::set<std::string> told(stored.ends_told().begin(), stored.ends_told().end());
  const absl::Time told_before = stored.ends_told_micros() == 0
                                     ? absl::InfinitePast()
                                     : absl::FromUnixMicros(stored.ends_told_micros());
  book.others_version = record.version;
  if (stored.has_others_version()) {
    book.others_version = static_cast<storage::Version>(stored.others_version());
  }
  for (const store::v1::AudienceVersion& one : stored.unchanged()) {
    book.unchanged.emplace(one.audience(), static_cast<storage::Version>(one.version()));
  }
  for (v1::Consent& consent : *stored.mutable_consents()) {
    if (!IsResourceId(consent.name())) return DamagedData("a stored consent");
    const bool end_told =
        told.contains(consent.name()) || ToTime(consent.expire_time()) <= told_before;
    consent.set_name(MakeName(ConsentName{{record.key.id}, consent.name()}));
    consent.set_etag(EtagOf(consent));
    if (end_told) book.ends_told.insert(consent.name());
    book.consents.push_back(std::move(consent));
  }
  return book;
}

v1::Consent* ConsentBook::Find(std::string_view name) {
  const auto at = std::ranges::find(consents, name, &v1::Consent::name);
  return at == consents.end() ? nullptr : &*at;
}

storage::Version ConsentBook::VersionFor(std::string_view partner) const {
  const auto at = unchanged.find(partner);
  if (at != unchanged.end()) return at->second;
  return HasForSync(*this, partner) ? version : others_version;
}

void ConsentBook::Forget(const v1::Consent& consent) {
  const std::string partner = consent.audience();
  const storage::Version changed = IsForSync(consent) ? VersionFor(partner) : 0;
  consents.erase(std::ranges::find(consents, consent.name(), &v1::Consent::name));
  if (HasForSync(*this, partner)) return;
  others_version = std::max(others_version, changed);
  unchanged.erase(partner);
}

absl::StatusOr<ConsentBook> ReadConsents(const storage::Store& store,
                                         const PassportName& passport) {
  const auto record = ReadOne(store, ConsentBookKeyOf(passport));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return ConsentBook{};
  return ParseConsents(**record);
}

std::string StoredValue(const ConsentBook& book) {
  store::v1::ConsentBook stored;
  for (const v1::Consent& consent : book.consents) {
    v1::Consent& kept = *stored.add_consents();
    kept = consent;
    kept.set_name(ParseConsentName(consent.name()).value().consent);
    kept.clear_etag();
    if (book.ends_told.contains(consent.name())) stored.add_ends_told(kept.name());
  }
  for (const auto& [partner, version] : book.unchanged) {
    store::v1::AudienceVersion& one = *stored.add_unchanged();
    one.set_audience(partner);
    one.set_version(static_cast<int64_t>(version));
  }
  stored.set_others_version(static_cast<int64_t>(book.others_version));
  return CanonicalBytes(stored);
}

storage::Batch ConsentBatch(const PassportName& passport, ConsentBook book,
                            std::vector<std::string> lost, const v1::Consent* granted) {
  std::set<std::string> changed(lost.begin(), lost.end());
  if (granted != nullptr && IsForSync(*granted)) changed.insert(granted->audience());
  NoteUnchanged(book, changed);
  const storage::Key key = ConsentBookKeyOf(passport);
  storage::Batch batch;
  batch.expectations = {{key, book.version}, {ErasureKeyOf(passport), 0}};
  batch.mutations.push_back({key, StoredValue(book)});
  batch.events.push_back(PersonEvent(key, {.partners = std::move(lost)}));
  return batch;
}

std::string EtagOf(const v1::Consent& consent) { return consent.has_revoke_time() ? "2" : "1"; }

bool Stands(const v1::Consent& consent, absl::Time now) {
  return !consent.has_revoke_time() && now < ToTime(consent.expire_time());
}

GroupSet SharedWith(const ConsentBook& book, std::string_view audience, v1::Purpose purpose,
                    absl::Time now) {
  GroupSet shared;
  for (const v1::Consent& consent : book.consents) {
    if (!Names(consent, audience, purpose) || !Stands(consent, now)) continue;
    for (const int group : consent.groups()) shared.Add({static_cast<v1::FieldGroup>(group)});
  }
  return shared;
}

const v1::Consent* FindIntroduction(const ConsentBook& book, std::string_view employer,
                                    std::string_view task, absl::Time now) {
  const auto allows = [&](const v1::Consent& consent) {
    return Names(consent, employer, v1::PURPOSE_INTRODUCTION) && Stands(consent, now) &&
           std::ranges::find(consent.groups(), v1::FIELD_GROUP_IDENTITY) !=
               consent.groups().end() &&
           (consent.any_task() ||
            std::ranges::find(consent.tasks(), task) != consent.tasks().end());
  };
  const auto at = std::ranges::find_if(book.consents, allows);
  return at == book.consents.end() ? nullptr : &*at;
}

}  // namespace passend::service
