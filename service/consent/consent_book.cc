#include "service/consent/consent_book.h"

#include <algorithm>
#include <optional>
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

}  // namespace

absl::StatusOr<ConsentBook> ParseConsents(const storage::Record& record) {
  store::v1::ConsentBook stored;
  if (!IsResourceId(record.key.id) || !stored.ParseFromString(record.value)) {
    return DamagedData("a stored book of consents");
  }
  ConsentBook book;
  book.version = record.version;
  const std::set<std::string> told(stored.ends_told().begin(), stored.ends_told().end());
  const absl::Time told_before = absl::FromUnixMicros(stored.ends_told_micros());
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
  return CanonicalBytes(stored);
}

storage::Batch ConsentBatch(const PassportName& passport, const ConsentBook& book,
                            std::vector<std::string> lost) {
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
