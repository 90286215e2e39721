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
#include "service/records/known_skill.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"
#include "service/rules/shared_rules.h"
#include "service/validations/book_change.h"
#include "service/validations/validation_write.h"

namespace passend::service {
namespace {

std::string NamesOnly(const v1::RecordValidationsResponse& response) {
  v1::RecordValidationsResponse names;
  for (const v1::Validation& validation : response.validations()) {
    names.add_validations()->set_name(validation.name());
  }
  return names.SerializeAsString();
}

// Required, and more than spaces and dots.
absl::Status CheckReason(const std::string& reason) {
  if (SaysSomething(reason)) return absl::OkStatus();
  return InvalidField("reason", "must say why, in words");
}

}  // namespace

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
  TellPerson(context, parent.passport);
  const RepeatableRequest repeatable(context, request);
  auto receipt = repeatable.FindReceipt(tools_.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return Recorded(**receipt, request.parent());
  const absl::Time now = tools_.surroundings.now();
  std::vector<AskedValidation> all;
  for (int i = 0; i < request.validations_size(); ++i) {
    all.push_back({FieldPath("validations")[i], request.validations(i)});
  }
  absl::Status checked = CheckValidations(catalog_, context.caller, all, now);
  if (!checked.ok()) return checked;
  auto passport = ReadOne(tools_.store, KeyOf(parent));
  if (!passport.ok()) return passport.status();
  if (!passport->has_value()) return PassportNotFound(request.parent());
  absl::StatusOr<ValidationBook> book = ReadBook(tools_.store, parent);
  if (!book.ok()) return book.status();
  absl::Status room = CheckRoom(*book, static_cast<size_t>(request.validations_size()));
  if (!room.ok()) return room;

  v1::RecordValidationsResponse response;
  std::vector<std::string> names;
  for (const v1::Validation& asked : request.validations()) {
    v1::Validation& validation = *response.add_validations();
    validation = asked;
    CompleteValidation(tools_.surroundings, context.caller, parent, now, validation);
    names.push_back(validation.name());
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

absl::StatusOr<v1::Validation> ValidationHandlers::Revoke(
    const CallContext& context, const v1::RevokeValidationRequest& request) {
  if (absl::Status said = CheckReason(request.reason()); !said.ok()) return said;
  const RepeatableRequest repeatable(context, request);
  return ChangeOne(tools_, context, request.name(), repeatable, /*validate_only=*/false,
                   [&](ValidationBook&, v1::Validation& named) -> absl::StatusOr<BookChange> {
                     if (named.has_revoke_time()) return AlreadyRevoked(request.name());
                     RevokeNow(named, request.reason(), SignatureOf(context.caller),
                               tools_.surroundings.now());
                     return BookChange{named, {named.name()}};
                   });
}

absl::StatusOr<v1::Validation> ValidationHandlers::Correct(
    const CallContext& context, const v1::CorrectValidationRequest& request) {
  if (absl::Status said = CheckReason(request.reason()); !said.ok()) return said;
  const RepeatableRequest repeatable(context, request);
  return ChangeOne(tools_, context, request.name(), repeatable, request.validate_only(),
                   [&](ValidationBook& book, v1::Validation& wrong) -> absl::StatusOr<BookChange> {
                     if (wrong.has_revoke_time()) return AlreadyRevoked(request.name());
                     const absl::Time now = tools_.surroundings.now();
                     v1::Validation right = request.validation();
                     if (!right.has_validate_time())
                       *right.mutable_validate_time() = wrong.validate_time();
                     absl::Status checked = CheckValidations(
                         catalog_, context.caller, {{FieldPath("validation"), right}}, now);
                     if (!checked.ok()) return checked;
                     return CorrectIn(tools_.surroundings, context.caller, book, wrong.name(),
                                      std::move(right), request.reason(), now);
                   });
}

absl::StatusOr<v1::Validation> ValidationHandlers::Dispute(
    const CallContext& context, const v1::DisputeValidationRequest& request) {
  if (absl::Status said = CheckReason(request.reason()); !said.ok()) return said;
  const RepeatableRequest repeatable(context, request);
  return ChangeOne(tools_, context, request.name(), repeatable, /*validate_only=*/false,
                   [&](ValidationBook&, v1::Validation& named) -> absl::StatusOr<BookChange> {
                     if (named.has_revoke_time()) return AlreadyRevoked(request.name());
                     if (HasOpenDispute(named)) return AlreadyDisputed(request.name());
                     if (named.disputes_size() >= kDisputesMax) {
                       return LimitExceeded("objections to a validation", kDisputesMax);
                     }
                     v1::Dispute& dispute = *named.add_disputes();
                     *dispute.mutable_dispute_time() = ToTimestamp(tools_.surroundings.now());
                     dispute.set_reason(request.reason());
                     dispute.set_disputer(SignatureOf(context.caller));
                     return BookChange{named, {named.name()}};
                   });
}

absl::StatusOr<v1::Validation> ValidationHandlers::Resolve(
    const CallContext& context, const v1::ResolveDisputeRequest& request) {
  if (absl::Status said = CheckReason(request.reason()); !said.ok()) return said;
  const RepeatableRequest repeatable(context, request);
  return ChangeOne(tools_, context, request.name(), repeatable, /*validate_only=*/false,
                   [&](ValidationBook&, v1::Validation& named) -> absl::StatusOr<BookChange> {
                     if (!HasOpenDispute(named)) return NotDisputed(request.name());
                     const absl::Time now = tools_.surroundings.now();
                     const std::string resolver = SignatureOf(context.caller);
                     if (request.resolution() == v1::DISPUTE_RESOLUTION_UPHELD) {
                       RevokeNow(named, request.reason(), resolver, now);
                     } else if (!resolver.empty() && resolver == named.recorder()) {
                       return DisputeOfOwn(request.name());
                     } else {
                       v1::Dispute& dispute = *named.mutable_disputes()->rbegin();
                       dispute.set_resolution(v1::DISPUTE_RESOLUTION_REJECTED);
                       *dispute.mutable_resolve_time() = ToTimestamp(now);
                       dispute.set_resolve_reason(request.reason());
                       dispute.set_resolver(resolver);
                     }
                     return BookChange{named, {named.name()}};
                   });
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
  TellPerson(context, parent.passport);
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
  bindings.Bind<v1::CorrectValidationRequest, v1::Validation>(
      "passend.v1.ValidationService.CorrectValidation",
      [this](const auto& context, const auto& request) { return Correct(context, request); });
  bindings.Bind<v1::DisputeValidationRequest, v1::Validation>(
      "passend.v1.ValidationService.DisputeValidation",
      [this](const auto& context, const auto& request) { return Dispute(context, request); });
  bindings.Bind<v1::ResolveDisputeRequest, v1::Validation>(
      "passend.v1.ValidationService.ResolveDispute",
      [this](const auto& context, const auto& request) { return Resolve(context, request); });
  bindings.Bind<v1::ListValidationsRequest, v1::ListValidationsResponse>(
      "passend.v1.ValidationService.ListValidations",
      [this](const auto& context, const auto& request) { return List(context, request); });
}

}  // namespace passend::service
