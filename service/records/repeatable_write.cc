#include "service/records/repeatable_write.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/audit/looks.h"
#include "service/canonical_bytes.h"
#include "service/errors/request_errors.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr char kRequestId[] = "request_id";

bool ValidateOnly(const google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("validate_only");
  return field != nullptr && request.GetReflection()->GetBool(request, field);
}

}  // namespace

std::string ReceiptKeyOf(std::string_view method, std::string_view request_id) {
  return TextDigest(absl::StrCat("passend request 1 ", ToAbsl(method), "/", ToAbsl(request_id)));
}

RepeatableRequest::RepeatableRequest(std::string_view method,
                                     const google::protobuf::Message& request) {
  if (ValidateOnly(request)) return;
  const auto* field = request.GetDescriptor()->FindFieldByName(kRequestId);
  request_id_ = request.GetReflection()->GetString(request, field);
  if (request_id_.empty()) return;
  receipt_key_ = ReceiptKeyOf(method, request_id_);
  // With the id: a guess of the content alone cannot be confirmed by it.
  fingerprint_ = ContentDigest(request, {});
}

absl::StatusOr<std::optional<std::string>> RepeatableRequest::FindReceipt(
    const storage::Store& store) const {
  if (request_id_.empty()) return std::nullopt;
  auto receipt = store.FindReceipt(receipt_key_);
  if (!receipt.ok()) return receipt.status();
  if (!receipt->has_value()) return std::nullopt;
  if ((*receipt)->fingerprint != fingerprint_) return RequestIdReused(request_id_);
  return std::move((*receipt)->response);
}

absl::StatusOr<storage::CommitResult> RepeatableRequest::Commit(storage::Store& store,
                                                                storage::Batch batch,
                                                                std::string receipt) const {
  if (!request_id_.empty()) {
    batch.idempotency = storage::Idempotency{receipt_key_, fingerprint_, std::move(receipt)};
  }
  if (looks_ != nullptr) looks_->AddTo(batch);
  auto committed = store.Commit(std::move(batch));
  // Of a repeated request nothing is written: its looks wait for a commit of their own.
  if (looks_ != nullptr && committed.ok() && !committed->repeated_response) looks_->Committed();
  if (committed.status().code() == absl::StatusCode::kAlreadyExists) {
    return RequestIdReused(request_id_);
  }
  return committed;
}

absl::Status RepeatableRequest::CommitUnchanged(storage::Store& store, storage::Event event,
                                                std::string receipt) const {
  if (request_id_.empty()) return absl::OkStatus();
  storage::Batch batch;
  batch.events.push_back(std::move(event));
  return Commit(store, std::move(batch), std::move(receipt)).status();
}

}  // namespace passend::service
