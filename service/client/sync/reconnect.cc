#include "service/client/sync/reconnect.h"

#include <algorithm>

#include "service/client/problem.h"

namespace passend::client {
namespace {

constexpr int kTriesMax = 12;
constexpr double kFirstWaitSeconds = 0.5;
constexpr double kWaitSecondsMax = 15;

// What a broken line looks like: a code that gRPC gives by itself, without a reason of Passend.
bool IsBroken(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kAborted:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool MayHelpToTryAgain(const absl::Status& status) {
  const Problem problem = ProblemFrom(status);
  if (problem.retry_after_seconds.has_value()) return true;
  if (!problem.reason.empty()) return problem.code == absl::StatusCode::kUnavailable;
  return IsBroken(problem.code);
}

bool MayBeGoneOnWith(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnimplemented:
      return false;
    default:
      return true;
  }
}

absl::Status RunThroughBreaks(
    const Endurance& endurance,
    const std::function<absl::Status(const std::function<void()>& came)>& stream) {
  int tries = 0;
  double wait_seconds = kFirstWaitSeconds;
  const auto came = [&] {
    tries = 0;
    wait_seconds = kFirstWaitSeconds;
  };
  while (true) {
    ++tries;
    const absl::Status status = stream(came);
    if (status.ok()) return status;
    if (endurance.stop_asked && endurance.stop_asked()) return absl::CancelledError("stopped");
    if (!MayHelpToTryAgain(status) || tries >= kTriesMax) {
      // CANCELLED says that the user stopped it, and nothing else: a silent line was cut here.
      return absl::IsCancelled(status) ? absl::UnavailableError("nothing came any more") : status;
    }
    const double named = ProblemFrom(status).retry_after_seconds.value_or(0);
    if (!endurance.wait_seconds(std::min(std::max(wait_seconds, named), kWaitSecondsMax))) {
      return absl::CancelledError("stopped");
    }
    wait_seconds = std::min(wait_seconds * 2, kWaitSecondsMax);
  }
}

}  // namespace passend::client
