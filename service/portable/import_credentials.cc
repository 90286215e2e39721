#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/credential/badge.h"
#include "service/credential/credential_book.h"
#include "service/credential/status_lists.h"
#include "service/errors/credential_errors.h"
#include "service/errors/error_status.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/random_id.h"
#include "service/portable/portable_handlers.h"
#include "service/portable/skill_directory.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/rules/validation_rules.h"
#include "service/validation/field_check.h"
#include "service/validations/book_change.h"

namespace passend::service {
namespace {

constexpr char kReceipt[] = "imported";

// What one import works with; the credentials are looked at one after the other.
struct Import {
  const HandlerTools& tools;
  const KnownIssuers issuers;
  const BroughtLists lists;
  const absl::Time now;
  const PassportName parent;
  const std::string recorder;
  SkillDirectory directory;
  ValidationBook book;
  std::vector<std::string> added;  // names
};

absl::Status MeaningUnclear(std::string_view what) {
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_MEANING, what);
}

// Whether the credential stands, as far as it can be told here. Of its own the server knows it.
absl::StatusOr<bool> CheckStatus(const Import& import, const CheckedCredential& credential) {
  const auto entry = StatusEntryOf(credential.content);
  if (!credential.is_own || !entry || entry->malformed) return import.lists.Stands(credential);
  const std::string& issuer = credential.issuer;
  const absl::StatusOr<int32_t> count = CountStatusLists(import.tools.store);
  if (!count.ok()) return count.status();
  for (int32_t list = 1; list <= *count; ++list) {
    if (entry->place.list_uri != StatusListUri(issuer, list)) continue;
    const auto state = StateOf(import.tools.store, {list, entry->place.index});
    if (!state.ok()) return state.status();
    if (!state->has_value())
      break;  // given out by a database that was lost, or another with the key
    if (**state == CredentialState::kTakenBack) {
      return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_STATUS,
                               "this server has taken it back: the validation was revoked");
    }
    return true;  // also where the person was erased: nobody said that it was wrong
  }
  return import.lists.Stands(credential);
}

bool SaysTheSame(const v1::Validation& a, const v1::Validation& b) {
  return a.skill() == b.skill() && a.level() == b.level() && a.method() == b.method() &&
         a.validator() == b.validator() &&
         MomentOf(a.validate_time()) == MomentOf(b.validate_time());
}

// The validation of the book that came of this credential, or, of the server's own, that it was
// made of. Null where there is none.
const v1::Validation* FindSame(const ValidationBook& book, const v1::Validation& asked,
                               bool is_own) {
  const v1::ForeignProof& proof = asked.foreign_proof();
  for (const v1::Validation& there : book.validations) {
    const v1::ForeignProof& other = there.foreign_proof();
    const bool is_it = other.credential() == proof.credential() ||
                       (other.issuer() == proof.issuer() && !proof.credential_id().empty() &&
                        other.credential_id() == proof.credential_id());
    if (there.has_foreign_proof() && is_it) return &there;
    if (is_own && SaysTheSame(there, asked) && !there.has_revoke_time()) return &there;
  }
  return nullptr;
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

// What the credential comes to. `status_checked` is in its proof.
absl::StatusOr<v1::Validation> Read(Import& import, const v1::CredentialToImport& asked,
                                    bool& is_own) {
  const absl::StatusOr<CheckedCredential> credential =
      CheckCredential(asked.credential(), import.issuers, import.now);
  if (!credential.ok()) return credential.status();
  absl::StatusOr<BadgeStatement> badge = ReadBadge(*credential);
  if (!badge.ok()) return badge.status();
  const absl::StatusOr<bool> stands = CheckStatus(import, *credential);
  if (!stands.ok()) return stands.status();
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
  is_own = credential->is_own;
  v1::ForeignProof& proof = *validation.mutable_foreign_proof();
  proof.set_credential(asked.credential());
  proof.set_issuer(credential->issuer);
  proof.set_issuer_name(credential->issuer_name);
  proof.set_credential_id(credential->id);
  *proof.mutable_verify_time() = ToTimestamp(import.now);
  proof.set_status_checked(*stands);
  return std::move(validation);
}

// Errors that are of the whole import, and of no credential.
absl::Status TakeIn(Import& import, const v1::CredentialToImport& asked, bool only_look,
                    v1::ImportResult& result) {
  bool is_own = false;
  absl::StatusOr<v1::Validation> read = Read(import, asked, is_own);
  if (!read.ok()) {
    if (!IsCredentialRefused(read.status())) return read.status();
    result.set_outcome(v1::IMPORT_OUTCOME_REJECTED);
    result.set_reason(v1::ErrorReason_Name(ReasonOf(read.status())));
    result.set_description(std::string(read.status().message()));
    return absl::OkStatus();
  }
  if (const v1::Validation* same = FindSame(import.book, *read, is_own)) {
    result.set_outcome(v1::IMPORT_OUTCOME_UNCHANGED);
    const bool is_there = std::ranges::find(import.added, same->name()) == import.added.end();
    if (is_there || !only_look) result.set_validation(same->name());
    return absl::OkStatus();
  }
  if (import.book.validations.size() >= kPassportValidationsMax) {
    return LimitExceeded("validations of a passport", kPassportValidationsMax);
  }
  read->set_name(MakeName(ValidationName{import.parent, RandomId(import.tools.surroundings)}));
  *read->mutable_create_time() = ToTimestamp(import.now);
  read->set_recorder(import.recorder);
  result.set_outcome(v1::IMPORT_OUTCOME_ACCEPTED);
  result.set_status_checked(read->foreign_proof().status_checked());
  if (!only_look) result.set_validation(read->name());
  import.added.push_back(read->name());
  import.book.Add(*std::move(read));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ImportCredentialsResponse> PortableHandlers::Import(
    const CallContext& context, const v1::ImportCredentialsRequest& request) {
  const PassportName parent = ParsePassportName(request.parent()).value();
  absl::MutexLock lock(&tools_.locks.For(parent.passport));
  const Access access(context, tools_.store);
  if (absl::Status reached = access.CheckPassport(request.parent()); !reached.ok()) return reached;
  TellPerson(context, parent.passport);
  const RepeatableRequest repeatable(context, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, parent);
  if (!book.ok()) return book.status();
  const KnownIssuers issuers = Issuers();
  if (issuers.none()) return NoTrustedIssuers();
  const absl::Time now = tools_.surroundings.now();
  struct Import import {
    tools_, issuers, BroughtLists(request.status_lists(), issuers, now), now, parent,
        SignatureOf(context.caller), SkillDirectory(tools_.store, catalog_), *std::move(book), {}
  };
  const bool only_look = request.validate_only() || receipt->has_value();
  v1::ImportCredentialsResponse response;
  for (const v1::CredentialToImport& asked : request.credentials()) {
    absl::Status taken = TakeIn(import, asked, only_look, *response.add_results());
    if (!taken.ok()) return taken;
  }
  storage::Batch batch = BatchOf(parent, import.book, import.added);
  batch.expectations.push_back({KeyOf(parent), (*passport)->version});
  if (!import.added.empty() &&
      batch.mutations.front().value->size() > kPassportValidationBytesMax) {
    return LimitExceeded("bytes of validations of a passport", kPassportValidationBytesMax);
  }
  if (only_look) return response;
  if (import.added.empty()) {
    absl::Status kept = repeatable.CommitUnchanged(
        tools_.store, ChangeEvent(KeyOf(parent), Change::kChanged), kReceipt);
    if (!kept.ok()) return kept;
    return response;
  }
  auto committed = repeatable.Commit(tools_.store, std::move(batch), kReceipt);
  if (!committed.ok()) return committed.status();
  return response;
}

}  // namespace passend::service
