#include "storage/batch_check.h"

#include <set>

#include "storage/limits.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

absl::Status CheckCounts(const Batch& batch) {
  if (batch.mutations.empty() && batch.events.empty()) return NothingToDo();
  if (batch.mutations.size() > kBatchMutationsMax) {
    return TooMany("mutations", batch.mutations.size(), kBatchMutationsMax);
  }
  if (batch.events.size() > kBatchEventsMax) {
    return TooMany("events", batch.events.size(), kBatchEventsMax);
  }
  if (batch.expectations.size() > kBatchExpectationsMax) {
    return TooMany("expectations", batch.expectations.size(), kBatchExpectationsMax);
  }
  return absl::OkStatus();
}

absl::StatusOr<size_t> CheckMutations(const std::vector<Mutation>& mutations) {
  size_t bytes = 0;
  const auto less = [](const Key* a, const Key* b) { return *a < *b; };
  std::set<const Key*, decltype(less)> seen(less);
  for (const Mutation& mutation : mutations) {
    if (absl::Status status = CheckKey(mutation.key); !status.ok()) return status;
    if (!seen.insert(&mutation.key).second) return KeyTwice(mutation.key.kind);
    const size_t value_bytes = mutation.value ? mutation.value->size() : 0;
    if (value_bytes > kValueBytesMax) return TooLarge("a value", value_bytes, kValueBytesMax);
    bytes += mutation.key.id.size() + value_bytes;
  }
  return bytes;
}

absl::StatusOr<size_t> CheckEvents(const std::vector<Event>& events) {
  size_t bytes = 0;
  for (const Event& event : events) {
    if (absl::Status status = CheckKey(event.key); !status.ok()) return status;
    if (event.payload.size() > kEventPayloadBytesMax) {
      return TooLarge("an event's payload", event.payload.size(), kEventPayloadBytesMax);
    }
    bytes += event.key.id.size() + event.payload.size();
  }
  return bytes;
}

absl::StatusOr<size_t> CheckIdempotency(const Idempotency& idempotency) {
  if (idempotency.request.empty()) return RequestMissing();
  if (idempotency.request.size() > kRequestBytesMax) {
    return TooLarge("a request id", idempotency.request.size(), kRequestBytesMax);
  }
  if (idempotency.fingerprint.size() > kFingerprintBytesMax) {
    return TooLarge("a fingerprint", idempotency.fingerprint.size(), kFingerprintBytesMax);
  }
  if (idempotency.response.size() > kResponseBytesMax) {
    return TooLarge("a kept response", idempotency.response.size(), kResponseBytesMax);
  }
  return idempotency.request.size() + idempotency.fingerprint.size() + idempotency.response.size();
}

}  // namespace

absl::Status CheckKey(const Key& key) {
  if (static_cast<uint8_t>(key.kind) == 0) return UnknownKind();
  if (key.id.empty() || key.id.size() > kIdBytesMax) return IdOutOfRange(key.kind, key.id.size());
  return absl::OkStatus();
}

absl::Status CheckTailLimit(size_t limit) {
  if (limit < 1 || limit > kTailEntriesMax) return TailLimitOutOfRange(limit);
  return absl::OkStatus();
}

absl::StatusOr<size_t> CheckBatch(const Batch& batch) {
  if (absl::Status status = CheckCounts(batch); !status.ok()) return status;
  for (const Expectation& expectation : batch.expectations) {
    if (absl::Status status = CheckKey(expectation.key); !status.ok()) return status;
  }
  absl::StatusOr<size_t> mutations = CheckMutations(batch.mutations);
  if (!mutations.ok()) return mutations.status();
  absl::StatusOr<size_t> events = CheckEvents(batch.events);
  if (!events.ok()) return events.status();
  size_t bytes = *mutations + *events;
  if (batch.idempotency) {
    absl::StatusOr<size_t> receipt = CheckIdempotency(*batch.idempotency);
    if (!receipt.ok()) return receipt.status();
    bytes += *receipt;
  }
  if (bytes > kBatchBytesMax) return TooLarge("a commit", bytes, kBatchBytesMax);
  return bytes;
}

size_t EntryBytes(const JournalEntry& entry) {
  size_t bytes = 0;
  for (const Event& event : entry.events) bytes += event.key.id.size() + event.payload.size();
  return bytes;
}

}  // namespace passend::storage
