#include "service/validations/validation_handlers.h"

#include <optional>
#include <utility>
#include <vector>

#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/random_id.h"
#include "service/names/resource_names.h"
#include "service/paging/resource_page.h"
#include "service/records/change_event.h"
#include "service/records/known_skill.h"
#include "service/records/stored_message.h"
#include "service/rules/validation_rules.h"
#include "service/validations/validation_records.h"

namespace passend::service {
namespace {

void AddTo(storage::Batch& batch, const ValidationName& name, const v1::Validation& validation,
           storage::Version expected) {
  const storage::Key key = KeyOf(name);
  batch.expectations.push_back({key, expected});
  batch.mutations.push_back({key, StoredValue(validation)});
  batch.events.push_back(ChangeEvent(key, Change::kChanged));
}

std::string NamesOnly(const v1::RecordValidationsResponse& response) {
  v1::RecordValidationsResponse names;
  for (const v1::Validation& validation : response.validations()) {
    names.add_validations()->set_name(validation.name());
  }
  return names.SerializeAsString();
}

}  // namespace

absl::Status ValidationHandlers::CheckAll(const v1::RecordValidationsRequest& request,
                                          absl::Time now) const {
  FieldViolations violations;
  const FieldPath path("validations");
  for (int i = 0; i < request.validations_size(); ++i) {
    for (FieldViolation& found : CheckValidation(request.validations(i), path[i], now)) {
      violations.push_back(std::move(found));
    }
  }
  if (!violations.empty()) return InvalidFields(violations);
  for (int i = 0; i < request.validations_size(); ++i) {
    absl::Status known = CheckSkill(catalog_, request.validations(i).skill(),
                                    (path[i] / "skill").text(), SkillUse::kHeld);
    if (!known.ok()) return known;
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::RecordValidationsResponse> ValidationHandlers::Recorded(
    const std::string& receipt, const std::string& parent) const {
  v1::RecordValidationsResponse names;
  if (!names.ParseFromString(receipt)) return DamagedData("a stored receipt");
  v1::RecordValidationsResponse response;
  for (const v1::Validation& named : names.validations()) {
    absl::StatusOr<v1::Validation> validation = ReadByName(named.name());
    if (absl::IsNotFound(validation.status())) return PassportNotFound(parent);
    if (!validation.ok()) return validation.status();
    *response.add_validations() = *std::move(validation);
  }
  return response;
}

absl::StatusOr<v1::RecordValidationsResponse> ValidationHandlers::Record(
    const CallContext& context, const v1::RecordValidationsRequest& request) {
  // The receipt is looked for under the lock: an equal request may be at work.
  const PassportName parent = ParsePassportName(request.parent()).value();
  absl::MutexLock lock(&tools_.locks.For(parent.passport));
  const RepeatableRequest repeatable(context.method, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return Recorded(**receipt, request.parent());
  const absl::Time now = tools_.surroundings.now();
  if (absl::Status checked = CheckAll(request, now); !checked.ok()) return checked;
  auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  auto present = CountValidations(tools_.store, parent);
  if (!present.ok()) return present.status();
  if (present->count + static_cast<size_t>(request.validations_size()) > kPassportValidationsMax) {
    return LimitExceeded("validations of a passport", kPassportValidationsMax);
  }

  v1::RecordValidationsResponse response;
  storage::Batch batch;
  batch.expectations.push_back({KeyOf(parent), (*passport)->version});
  for (const v1::Validation& asked : request.validations()) {
    v1::Validation& validation = *response.add_validations();
    validation = asked;
    const ValidationName name{parent, RandomId(tools_.surroundings)};
    validation.set_name(request.validate_only() ? "" : MakeName(name));
    *validation.mutable_create_time() = ToTimestamp(now);
    if (!validation.has_validate_time()) *validation.mutable_validate_time() = ToTimestamp(now);
    AddTo(batch, name, validation, 0);
    present->bytes += batch.mutations.back().value->size();
  }
  if (present->bytes > kPassportValidationBytesMax) {
    return LimitExceeded("bytes of validations of a passport", kPassportValidationBytesMax);
  }
  if (request.validate_only()) return response;
  auto committed = repeatable.Commit(tools_.store, std::move(batch), NamesOnly(response));
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) {
    return Recorded(*committed->repeated_response, request.parent());
  }
  return response;
}

absl::StatusOr<v1::Validation> ValidationHandlers::ReadByName(const std::string& name) const {
  const std::optional<ValidationName> parsed = ParseValidationName(name);
  if (!parsed.has_value()) return ValidationNotFound(name);
  auto record = ReadOne(tools_.store, KeyOf(*parsed));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return ValidationNotFound(name);
  return ParseValidation(**record);
}

absl::StatusOr<v1::Validation> ValidationHandlers::Revoke(
    const CallContext& context, const v1::RevokeValidationRequest& request) {
  const ValidationName name = ParseValidationName(request.name()).value();
  absl::MutexLock lock(&tools_.locks.For(name.parent.passport));
  const RepeatableRequest repeatable(context.method, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(**receipt);
  auto record = ReadOne(tools_.store, KeyOf(name));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return ValidationNotFound(request.name());
  absl::StatusOr<v1::Validation> validation = ParseValidation(**record);
  if (!validation.ok()) return validation.status();
  if (validation->has_revoke_time()) return AlreadyRevoked(request.name());
  *validation->mutable_revoke_time() = ToTimestamp(tools_.surroundings.now());
  validation->set_revoke_reason(request.reason());

  storage::Batch batch;
  AddTo(batch, name, *validation, (*record)->version);
  auto held = CountValidations(tools_.store, name.parent);
  if (!held.ok()) return held.status();
  if (held->bytes - (*record)->value.size() + batch.mutations.back().value->size() >
      kRevokedValidationBytesMax) {
    return LimitExceeded("bytes of validations of a passport with the reasons of revocations",
                         kRevokedValidationBytesMax);
  }
  auto committed = repeatable.Commit(tools_.store, std::move(batch), request.name());
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) return ReadByName(*committed->repeated_response);
  return validation;
}

absl::StatusOr<v1::ListValidationsResponse> ValidationHandlers::List(
    const CallContext& context, const v1::ListValidationsRequest& request) const {
  auto cursor = tools_.page_tokens.Open(context.method, request);
  if (!cursor.ok()) return cursor.status();
  const PassportName parent = ParsePassportName(request.parent()).value();
  auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  auto page = ReadPage<v1::Validation>(
      tools_.store, {storage::RecordKind::kValidation, ValidationPrefixOf(parent), *cursor},
      PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax), context, ParseValidation,
      [](const v1::Validation&) { return true; });
  if (!page.ok()) return page.status();
  v1::ListValidationsResponse response;
  for (v1::Validation& validation : page->resources) {
    *response.add_validations() = std::move(validation);
  }
  if (!page->cursor.empty()) {
    response.set_next_page_token(tools_.page_tokens.Make(context.method, request, page->cursor));
  }
  return response;
}

void ValidationHandlers::BindTo(MethodBindings& bindings) {
  bindings.Bind<v1::RecordValidationsRequest, v1::RecordValidationsResponse>(
      "passend.v1.ValidationService.RecordValidations",
      [this](const auto& context, const auto& request) { return Record(context, request); });
  bindings.Bind<v1::RevokeValidationRequest, v1::Validation>(
      "passend.v1.ValidationService.RevokeValidation",
      [this](const auto& context, const auto& request) { return Revoke(context, request); });
  bindings.Bind<v1::ListValidationsRequest, v1::ListValidationsResponse>(
      "passend.v1.ValidationService.ListValidations",
      [this](const auto& context, const auto& request) { return List(context, request); });
}

}  // namespace passend::service
