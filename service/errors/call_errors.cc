#include "service/errors/call_errors.h"

#include <array>
#include <atomic>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "service/limits.h"
#include "service/text.h"

namespace passend::service {

namespace {

// Delays from kRetryWhenOverloaded up to twice that: who was turned away together does not come
// back together.
std::array<absl::Status, 16> MakeOverloaded() {
  std::array<absl::Status, 16> all;
  for (size_t i = 0; i < all.size(); ++i) {
    all[i] =
        WithRetryDelay(MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
                                 "the server is busy; please try again in a moment", {}),
                       kRetryWhenOverloaded * (1 + static_cast<double>(i) / all.size()));
  }
  return all;
}

}  // namespace

absl::Status Overloaded() {
  // Made once: they are told most where there is least time.
  static const std::array<absl::Status, 16> all = MakeOverloaded();
  static std::atomic<size_t> next = 0;
  return all[next.fetch_add(1, std::memory_order_relaxed) % all.size()];
}

absl::Status NotServing() {
  return WithRetryDelay(
      MakeError(absl::StatusCode::kUnavailable, v1::ERROR_REASON_NOT_SERVING,
                "the server is starting or stopping; please try again shortly", {}),
      kRetryWhenNotServing);
}

absl::Status PermissionDenied() {
  return MakeError(absl::StatusCode::kPermissionDenied, v1::ERROR_REASON_PERMISSION_DENIED,
                   "you may not do this, or it might not exist", {});
}

absl::Status Unauthenticated(std::string_view cause, std::string_view why) {
  return MakeError(absl::StatusCode::kUnauthenticated, v1::ERROR_REASON_UNAUTHENTICATED, why,
                   {{"cause", std::string(cause)}});
}

absl::Status DeadlineExceeded() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, v1::ERROR_REASON_DEADLINE_EXCEEDED,
                   "the time that you gave for the call was not enough", {});
}

absl::Status Cancelled() {
  return MakeError(absl::StatusCode::kCancelled, v1::ERROR_REASON_CANCELLED,
                   "the call was cancelled", {});
}

absl::Status NoSuchMethod(std::string_view method) {
  return MakeError(absl::StatusCode::kUnimplemented, v1::ERROR_REASON_NO_SUCH_METHOD,
                   absl::StrCat("there is no method ", Echoed(method)), {});
}

absl::Status InternalMistake(std::string_view trace) {
  return MakeError(
      absl::StatusCode::kInternal, v1::ERROR_REASON_INTERNAL,
      absl::StrCat("a mistake in Passend; the log has more under trace ", ToAbsl(trace)),
      {{"trace", std::string(trace)}});
}

absl::Status DamagedData(std::string_view what) {
  return MakeError(
      absl::StatusCode::kDataLoss, v1::ERROR_REASON_DAMAGED_DATA,
      absl::StrCat(ToAbsl(what), " is damaged and is not served; please tell the operator"), {});
}

absl::Status StoreUnavailable(absl::StatusCode code, std::string_view why) {
  return WithRetryDelay(MakeError(code, v1::ERROR_REASON_STORE_UNAVAILABLE, why, {}),
                        kRetryWhenStoreUnavailable);
}

absl::Status IndexBehind(absl::StatusCode code, uint64_t asked, uint64_t reached) {
  return WithRetryDelay(
      MakeError(
          code, v1::ERROR_REASON_INDEX_BEHIND,
          absl::StrCat("commit ", asked, " is not in the index yet, which has come to commit ",
                       reached, "; please try again, with more time"),
          {{"asked_sequence", absl::StrCat(asked)}, {"data_sequence", absl::StrCat(reached)}}),
      kRetryWhenIndexBehind);
}

absl::Status WithReason(const absl::Status& status, std::string_view trace) {
  if (status.ok() || ReasonOf(status) != v1::ERROR_REASON_UNSPECIFIED) return status;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return StoreUnavailable(status.code(), "nothing can be written at the moment");
    case absl::StatusCode::kResourceExhausted:
      return StoreUnavailable(status.code(), "there is no room to write anything at the moment");
    case absl::StatusCode::kFailedPrecondition:
      return StoreUnavailable(absl::StatusCode::kUnavailable, "another server has taken over");
    case absl::StatusCode::kDataLoss:
      return DamagedData("stored data");
    default:
      return InternalMistake(trace);
  }
}

}  // namespace passend::service
