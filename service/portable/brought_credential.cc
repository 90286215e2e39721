#include "service/portable/brought_credential.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/credential/badge.h"
#include "service/credential/limits.h"
#include "service/errors/credential_errors.h"
#include "service/records/stored_message.h"
#include "service/rules/validation_rules.h"
#include "service/validation/field_check.h"

namespace passend::service {
namespace {

absl::Status MeaningUnclear(std::string_view what) {
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_MEANING, what);
}

absl::Status WasRevoked(std::string_view what) {
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_STATUS, what);
}

// The place of a credential of the server's own; nullopt where it names no list that is here.
absl::StatusOr<std::optional<StatusPlace>> PlaceOf(const storage::Store& store,
                                                   const CheckedCredential& credential) {
  const std::vector<StatusEntry> entries = StatusEntriesOf(credential.content);
  if (!credential.is_own || entries.size() != 1 || !entries.front().problem.empty()) {
    return std::nullopt;
  }
  const StatusEntry& entry = entries.front();
  const absl::StatusOr<int32_t> count = CountStatusLists(store);
  if (!count.ok()) return count.status();
  for (int32_t list = 1; list <= std::max(*count, 1); ++list) {
    if (entry.list_uri != StatusListUri(credential.issuer, list)) continue;
    if (entry.index >= kStatusListEntries) break;
    const absl::StatusOr<StatusPlace> place = ReadPlace(store, {list, entry.index});
    if (!place.ok()) return place.status();
    return *place;
  }
  return std::nullopt;
}

// Whether the credential stands, as far as it can be told here. Of its own the server knows it, but
// for those that were given out by a database that was lost, or by another with the key.
absl::Status CheckStatus(const CredentialImport& import, BroughtCredential& looked) {
  const auto place = PlaceOf(import.tools.store, looked.credential);
  if (!place.ok()) return place.status();
  looked.place = *place;
  if (!looked.place || !looked.place->state) {
    const absl::StatusOr<bool> stands = import.lists.Stands(looked.credential);
    if (!stands.ok()) return stands.status();
    looked.status_checked = *stands;
    return absl::OkStatus();
  }
  looked.status_checked = true;
  switch (*looked.place->state) {
    case CredentialState::kTakenBack:
      return WasRevoked("this server has taken it back: the validation was revoked");
    case CredentialState::kErased:  // nobody said that it was wrong
      return absl::OkStatus();
    case CredentialState::kOut:
    case CredentialState::kBroughtBack:
      break;
  }
  if (ValidationAt(import.credentials, looked.place->bit)) return absl::OkStatus();
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_SUBJECT,
                           "it is of another passport, which is still here");
}

// Credentials tell the day of a validation.
bool SaysTheSame(const v1::Validation& a, const v1::Validation& b) {
  return a.skill() == b.skill() && a.level() == b.level() && a.method() == b.method() &&
         a.validator() == b.validator() && a.capacity() == b.capacity() && a.place() == b.place() &&
         a.evidence_uri() == b.evidence_uri() &&
         StartOfDay(MomentOf(a.validate_time())) == StartOfDay(MomentOf(b.validate_time()));
}

// The validation that the server gave the credential out for. Null where it is not in the books.
const v1::Validation* FindGivenOutFor(const CredentialImport& import,
                                      const BroughtCredential& looked) {
  if (!looked.place) return nullptr;
  const auto id = ValidationAt(import.credentials, looked.place->bit);
  if (!id) return nullptr;
  const std::string name = MakeName(ValidationName{import.parent, *id});
  const auto at = std::ranges::find(import.book.validations, name, &v1::Validation::name);
  return at == import.book.validations.end() ? nullptr : &*at;
}

// The validation that came of this credential, or of one with its id that says the same; of the
// server's own, any that says the same, and rather one that stands. Null where there is none. An
// issuer that gives an id out again with another content says something new.
const v1::Validation* FindSame(const CredentialImport& import, const BroughtCredential& looked) {
  const v1::ForeignProof& proof = looked.validation.foreign_proof();
  const v1::Validation* same = nullptr;
  for (const v1::Validation& there : import.book.validations) {
    const v1::ForeignProof& other = there.foreign_proof();
    const bool is_it =
        other.credential() == proof.credential() ||
        (other.issuer() == proof.issuer() && !proof.credential_id().empty() &&
         other.credential_id() == proof.credential_id() && SaysTheSame(there, looked.validation));
    if (there.has_foreign_proof() && is_it) return &there;
    if (!looked.credential.is_own || !SaysTheSame(there, looked.validation)) continue;
    if (same == nullptr || same->has_revoke_time()) same = &there;
  }
  return same;
}

absl::Status Check(const v1::Validation& validation, absl::Time now) {
  FieldViolations violations = FindViolations(validation);
  for (FieldViolation& found : CheckValidation(validation, FieldPath(""), now)) {
    violations.push_back(std::move(found));
  }
  if (violations.empty()) return absl::OkStatus();
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_FORM,
                           absl::StrCat("what it says is no validation: ", violations.front().field,
                                        " ", violations.front().allowed));
}

// What the credential says, as a validation.
absl::StatusOr<v1::Validation> Read(CredentialImport& import, const v1::CredentialToImport& asked,
                                    const BroughtCredential& looked) {
  const CheckedCredential& credential = looked.credential;
  absl::StatusOr<BadgeStatement> badge = ReadBadge(credential);
  if (!badge.ok()) return badge.status();
  absl::StatusOr<std::string> skill = import.directory.MeantBy(*badge);
  if (!skill.ok()) return skill.status();
  if (skill->empty() && import.directory.IsHeld(asked.skill())) skill = asked.skill();
  if (skill->empty()) {
    return MeaningUnclear(
        "its skill is in no taxonomy here; `skill` of the request can say which is meant");
  }
  v1::Validation& validation = badge->validation;
  validation.set_skill(*skill);
  if (validation.level() == 0) validation.set_level(asked.level());
  if (validation.level() == 0) {
    return MeaningUnclear("it tells no level from 1 to 5; `level` of the request can say which");
  }
  if (absl::Status checked = Check(validation, import.now); !checked.ok()) return checked;
  v1::ForeignProof& proof = *validation.mutable_foreign_proof();
  proof.set_credential(asked.credential());
  proof.set_issuer(credential.issuer);
  proof.set_issuer_name(credential.issuer_name);
  proof.set_credential_id(credential.id);
  *proof.mutable_verify_time() = ToTimestamp(import.now);
  proof.set_status_checked(looked.status_checked);
  return std::move(validation);
}

}  // namespace

absl::StatusOr<std::string> Look(CredentialImport& import, const v1::CredentialToImport& asked,
                                 BroughtCredential& looked) {
  absl::StatusOr<CheckedCredential> credential =
      CheckCredential(asked.credential(), import.issuers, import.now);
  if (!credential.ok()) return credential.status();
  looked.credential = *std::move(credential);
  if (absl::Status stands = CheckStatus(import, looked); !stands.ok()) return stands;
  if (const v1::Validation* there = FindGivenOutFor(import, looked)) return there->name();
  absl::StatusOr<v1::Validation> validation = Read(import, asked, looked);
  if (!validation.ok()) return validation.status();
  looked.validation = *std::move(validation);
  const v1::Validation* same = FindSame(import, looked);
  if (same == nullptr) return "";
  if (looked.credential.is_own && same->has_revoke_time()) {
    return WasRevoked("a validation that says the same was revoked here");
  }
  return same->name();
}

}  // namespace passend::service
