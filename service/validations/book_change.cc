#include "service/validations/book_change.h"

#include <optional>
#include <utility>

#include "service/access/access.h"
#include "service/audit/tell.h"
#include "service/credential/credential_book.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/limits.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

absl::StatusOr<v1::Validation> ReadByName(const storage::Store& store, const std::string& name) {
  const std::optional<ValidationName> parsed = ParseValidationName(name);
  if (!parsed.has_value()) return ValidationNotFound(name);
  absl::StatusOr<ValidationBook> book = ReadBook(store, parsed->parent);
  if (!book.ok()) return book.status();
  v1::Validation* validation = book->Find(name);
  if (validation == nullptr) return ValidationNotFound(name);
  return std::move(*validation);
}

}  // namespace

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

absl::StatusOr<v1::Validation> ChangeOne(const HandlerTools& tools, const CallContext& context,
                                         const std::string& name,
                                         const RepeatableRequest& repeatable, bool validate_only,
                                         const ChangeBook& change) {
  const PassportName parent = ParseValidationName(name).value().parent;
  absl::MutexLock lock(&tools.locks.For(parent.passport));
  const Access access(context, tools.store);
  absl::Status reached = access.CheckPassport(MakeName(parent));
  if (absl::IsNotFound(reached)) return ValidationNotFound(name);
  if (!reached.ok()) return reached;
  TellPerson(context, parent.passport);
  auto receipt = repeatable.FindReceipt(tools.store);
  if (!receipt.ok()) return receipt.status();
  if (receipt->has_value()) return ReadByName(tools.store, **receipt);
  absl::StatusOr<ValidationBook> book = ReadBook(tools.store, parent);
  if (!book.ok()) return book.status();
  v1::Validation* validation = book->Find(name);
  if (validation == nullptr) return ValidationNotFound(name);
  absl::StatusOr<BookChange> changed = change(*book, *validation);
  if (!changed.ok()) return changed.status();

  storage::Batch batch = BatchOf(parent, *book, changed->changed);
  if (absl::Status taken = TakeBackRevoked(tools.store, parent, *book, changed->changed, batch);
      !taken.ok()) {
    return taken;
  }
  if (batch.mutations.front().value->size() > kRevokedValidationBytesMax) {
    return LimitExceeded("bytes of validations of a passport with the reasons of revocations",
                         kRevokedValidationBytesMax);
  }
  if (validate_only) {
    changed->answer.clear_name();
    return std::move(changed->answer);
  }
  auto committed = repeatable.Commit(tools.store, std::move(batch), changed->answer.name());
  if (!committed.ok()) return committed.status();
  if (committed->repeated_response) return ReadByName(tools.store, *committed->repeated_response);
  return std::move(changed->answer);
}

void RevokeNow(v1::Validation& validation, const std::string& reason, const std::string& resolver,
               absl::Time now) {
  if (HasOpenDispute(validation)) {
    v1::Dispute& dispute = *validation.mutable_disputes()->rbegin();
    dispute.set_resolution(v1::DISPUTE_RESOLUTION_UPHELD);
    *dispute.mutable_resolve_time() = ToTimestamp(now);
    dispute.set_resolve_reason(reason);
    dispute.set_resolver(resolver);
  }
  *validation.mutable_revoke_time() = ToTimestamp(now);
  validation.set_revoke_reason(reason);
}

}  // namespace passend::service
