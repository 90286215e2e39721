#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/canonical_bytes.h"
#include "service/credential/limits.h"
#include "service/errors/credential_errors.h"
#include "service/errors/error_status.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/random_id.h"
#include "service/portable/brought_credential.h"
#include "service/portable/portable_handlers.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/validations/book_change.h"

namespace passend::service {
namespace {

absl::Status UnreadableLists(const BroughtLists& lists) {
  FieldViolations violations;
  for (const int place : lists.unreadable()) {
    violations.push_back({FieldPath("status_lists")[place].text(),
                          "must be a signed BitstringStatusListCredential with an id, as a JWT"});
  }
  return InvalidFields(violations);
}

constexpr char kReceipt[] = "imported";

// From here on a credential of the server's own is taken back with the validation.
void Adopt(CredentialImport& import, const BroughtCredential& looked,
           const std::string& validation) {
  if (!looked.place || ValidationAt(import.credentials, looked.place->bit)) return;
  AddCredential(import.credentials, ParseValidationName(validation).value().validation,
                looked.place->bit, looked.credential.valid_until);
  import.adopted.push_back(*looked.place);
}

// Errors that are of the whole import, and of no credential.
absl::Status TakeIn(CredentialImport& import, const v1::CredentialToImport& asked, bool only_look,
                    v1::ImportResult& result) {
  BroughtCredential looked;
  const absl::StatusOr<std::string> same = Look(import, asked, looked);
  if (!same.ok()) {
    if (!IsCredentialRefused(same.status())) return same.status();
    result.set_outcome(v1::IMPORT_OUTCOME_REJECTED);
    result.set_reason(v1::ErrorReason_Name(ReasonOf(same.status())));
    result.set_description(std::string(same.status().message()));
    return absl::OkStatus();
  }
  if (!same->empty()) {
    result.set_outcome(v1::IMPORT_OUTCOME_UNCHANGED);
    const bool is_there = std::ranges::find(import.added, *same) == import.added.end();
    if (is_there || !only_look) result.set_validation(*same);
    Adopt(import, looked, *same);
    return absl::OkStatus();
  }
  if (import.book.validations.size() >= kPassportValidationsMax) {
    return LimitExceeded("validations of a passport", kPassportValidationsMax);
  }
  v1::Validation& validation = looked.validation;
  validation.set_name(MakeName(ValidationName{import.parent, RandomId(import.tools.surroundings)}));
  *validation.mutable_create_time() = ToTimestamp(import.now);
  validation.set_recorder(import.recorder);
  result.set_outcome(v1::IMPORT_OUTCOME_ACCEPTED);
  result.set_status_checked(looked.status_checked);
  if (!only_look) result.set_validation(validation.name());
  import.added.push_back(validation.name());
  Adopt(import, looked, validation.name());
  import.book.Add(std::move(validation));
  return absl::OkStatus();
}

// The books, and the places that are somebody's again.
storage::Batch BatchOf(const CredentialImport& import) {
  storage::Batch batch = BatchOf(import.parent, import.book, import.added);
  if (import.adopted.empty()) return batch;
  const storage::Key key = CredentialBookKeyOf(import.parent);
  batch.expectations.push_back({key, import.credentials.version});
  batch.mutations.push_back({key, CanonicalBytes(import.credentials.kept)});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
  for (const StatusPlace& place : import.adopted) {
    SetState(place, place.state ? CredentialState::kBroughtBack : CredentialState::kOut, batch);
  }
  return batch;
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
  absl::StatusOr<CredentialBook> credentials = ReadCredentials(tools_.store, parent);
  if (!credentials.ok()) return credentials.status();
  const KnownIssuers issuers = Issuers();
  if (issuers.none()) return NoTrustedIssuers();
  const absl::Time now = tools_.surroundings.now();
  BroughtLists lists(request.status_lists(), issuers, now);
  if (!lists.unreadable().empty()) return UnreadableLists(lists);
  ForgetEnded(*credentials, now);
  CredentialImport import{tools_,
                          issuers,
                          std::move(lists),
                          now,
                          parent,
                          SignatureOf(context.caller),
                          SkillDirectory(tools_.store, catalog_),
                          *std::move(book),
                          *std::move(credentials),
                          {},
                          {}};
  const bool only_look = request.validate_only() || receipt->has_value();
  v1::ImportCredentialsResponse response;
  for (const v1::CredentialToImport& asked : request.credentials()) {
    absl::Status taken = TakeIn(import, asked, only_look, *response.add_results());
    if (!taken.ok()) return taken;
  }
  if (!import.adopted.empty() &&
      static_cast<size_t>(import.credentials.kept.issued_size()) > kIssuedCredentialsMax) {
    return LimitExceeded("credentials of a passport that stand", kIssuedCredentialsMax);
  }
  storage::Batch batch = BatchOf(import);
  batch.expectations.push_back({KeyOf(parent), (*passport)->version});
  if (!import.added.empty() &&
      batch.mutations.front().value->size() > kPassportValidationBytesMax) {
    return LimitExceeded("bytes of validations of a passport", kPassportValidationBytesMax);
  }
  if (only_look) return response;
  if (import.added.empty() && import.adopted.empty()) {
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
