#include "service/validations/validation_handlers.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/names/random_id.h"
#include "service/names/resource_names.h"
#include "service/paging/resource_page.h"
#include "service/records/change_event.h"
#include "service/records/known_skill.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"
#include "service/rules/validation_rules.h"

namespace passend::service {
namespace {

// The book with what `changed` of it is new, in one commit.
storage::Batch BatchOf(const PassportName& passport, const ValidationBook& book,
                       std::span<const std::string> changed) {
  const storage::Key key = BookKeyOf(passport);
  storage::Batch batch;
  batch.expectations.push_back({key, book.version});
  batch.mutations.push_back({key, StoredValue(book)});
  for (const std::string& name : changed) {
    batch.events.push_back(ChangeEvent(KeyOf(ParseValidationName(name).value()), Change::kChanged));
  }
  return batch;
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
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, ParsePassportName(parent).value());
  if (!book.ok()) return book.status();
  v1::RecordValidationsResponse response;
  for (const v1::Validation& named : names.validations()) {
    const v1::Validation* validation = book->Find(named.name());
    if (validation == nullptr) return PassportNotFound(parent);
    *response.add_validations() = *validation;
  }
  return response;
}

absl::StatusOr<v1::RecordValidationsResponse> ValidationHandlers::Record(
    const CallContext& context, const v1::RecordValidationsRequest& request) {
  // The receipt is looked for under the lock: an equal request may be at work.
  const PassportName parent = ParsePassportName(request.parent()).value();
  absl::MutexLock lock(&tools_.locks.For(parent.passport));
  const Access access(context, tools_.store);
  if (absl::Status reached = access.CheckPassport(request.parent()); !reached.ok()) return reached;
  TellPerson(context, parent.passport, kLookValidations);
  const RepeatableRequest repeatable(context, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return Recorded(**receipt, request.parent());
  const absl::Time now = tools_.surroundings.now();
  if (absl::Status checked = CheckAll(request, now); !checked.ok()) return checked;
  auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, parent);
  if (!book.ok()) return book.status();
  if (book->validations.size() + static_cast<size_t>(request.validations_size()) >
      kPassportValidationsMax) {
    return LimitExceeded("validations of a passport", kPassportValidationsMax);
  }

  v1::RecordValidationsResponse response;
  std::vector<std::string> names;
  for (const v1::Validation& asked : request.validations()) {
    v1::Validation& validation = *response.add_validations();
    validation = asked;
    validation.set_name(
        names.emplace_back(MakeName(ValidationName{parent, RandomId(tools_.surroundings)})));
    *validation.mutable_create_time() = ToTimestamp(now);
    if (!validation.has_validate_time()) *validation.mutable_validate_time() = ToTimestamp(now);
    book->Add(validation);
    if (request.validate_only()) validation.clear_name();
  }
  storage::Batch batch = BatchOf(parent, *book, names);
  batch.expectations.push_back({KeyOf(parent), (*passport)->version});
  if (batch.mutations.front().value->size() > kPassportValidationBytesMax) {
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
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, parsed->parent);
  if (!book.ok()) return book.status();
  v1::Validation* validation = book->Find(name);
  if (validation == nullptr) return ValidationNotFound(name);
  return std::move(*validation);
}

absl::StatusOr<v1::Validation> ValidationHandlers::Revoke(
    const CallContext& context, const v1::RevokeValidationRequest& request) {
  const ValidationName name = ParseValidationName(request.name()).value();
  absl::MutexLock lock(&tools_.locks.For(name.parent.passport));
  const Access access(context, tools_.store);
  absl::Status reached = access.CheckPassport(MakeName(name.parent));
  if (absl::IsNotFound(reached)) return ValidationNotFound(request.name());
  if (!reached.ok()) return reached;
  TellPerson(context, name.parent.passport, kLookValidations);
  const RepeatableRequest repeatable(context, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(**receipt);
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, name.parent);
  if (!book.ok()) return book.status();
  v1::Validation* validation = book->Find(request.name());
  if (validation == nullptr) return ValidationNotFound(request.name());
  if (validation->has_revoke_time()) return AlreadyRevoked(request.name());
  *validation->mutable_revoke_time() = ToTimestamp(tools_.surroundings.now());
  validation->set_revoke_reason(request.reason());

  storage::Batch batch = BatchOf(name.parent, *book, std::span(&request.name(), 1));
  if (batch.mutations.front().value->size() > kRevokedValidationBytesMax) {
    return LimitExceeded("bytes of validations of a passport with the reasons of revocations",
                         kRevokedValidationBytesMax);
  }
  auto committed = repeatable.Commit(tools_.store, std::move(batch), request.name());
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) return ReadByName(*committed->repeated_response);
  return std::move(*validation);
}

absl::StatusOr<v1::ListValidationsResponse> ValidationHandlers::List(
    const CallContext& context, const v1::ListValidationsRequest& request) const {
  const Access access(context, tools_.store);
  const std::string method = ScopedMethod(context);
  auto cursor = tools_.page_tokens.Open(method, request);
  if (!cursor.ok()) return cursor.status();
  const PassportName parent = ParsePassportName(request.parent()).value();
  if (absl::Status reached = access.CheckPassport(request.parent()); !reached.ok()) return reached;
  auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  TellPerson(context, parent.passport, kLookValidations);
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, parent);
  if (!book.ok()) return book.status();
  // The cursor is the id of the last one told: what was recorded since has its place too.
  const auto id_of = [](const v1::Validation& validation) {
    return KeyOf(ParseValidationName(validation.name()).value()).id;
  };
  const auto size =
      static_cast<int>(PageSizeOf(request.page_size(), kPageSizeDefault, kPageSizeMax));
  v1::ListValidationsResponse response;
  size_t bytes = 0;
  for (v1::Validation& validation : book->validations) {
    if (id_of(validation) <= *cursor) continue;
    bytes += validation.ByteSizeLong();
    const int listed = response.validations_size();
    if (listed == size || (listed > 0 && bytes > kPageBytesMax)) {
      response.set_next_page_token(
          tools_.page_tokens.Make(method, request, id_of(response.validations(listed - 1))));
      break;
    }
    *response.add_validations() = std::move(validation);
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
