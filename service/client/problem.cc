#include "service/client/problem.h"

#include <cmath>
#include <sstream>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "passend/v1/error_reason.pb.h"
#include "service/client/text_width.h"

namespace passend::client {
namespace {

std::string Number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

void ReadDetails(const google::rpc::Status& details, Problem& problem) {
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad_request;
    google::rpc::RetryInfo retry;
    if (detail.Is<google::rpc::ErrorInfo>() && detail.UnpackTo(&info)) {
      problem.reason = info.reason();
      const auto trace = info.metadata().find("trace");
      if (trace != info.metadata().end()) problem.trace = trace->second;
    } else if (detail.Is<google::rpc::BadRequest>() && detail.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        problem.fields.push_back({violation.field(), violation.description()});
      }
    } else if (detail.Is<google::rpc::RetryInfo>() && detail.UnpackTo(&retry)) {
      problem.retry_after_seconds = static_cast<double>(retry.retry_delay().seconds()) +
                                    static_cast<double>(retry.retry_delay().nanos()) / 1e9;
    }
  }
}

// The reason in words; where the server gave none that is known, its own message.
std::string Lead(Language language, const Problem& problem) {
  passend::v1::ErrorReason reason = passend::v1::ERROR_REASON_UNSPECIFIED;
  if (passend::v1::ErrorReason_Parse(problem.reason, &reason)) return NameOf(language, reason);
  return WithoutControls(problem.message);
}

}  // namespace

Problem ProblemFrom(const absl::Status& status) {
  Problem problem;
  problem.code = status.code();
  problem.message = std::string(status.message().data(), status.message().size());
  google::rpc::Status details;
  const auto payload = status.GetPayload(kDetailsPayload);
  if (payload.has_value() && details.ParseFromString(std::string(*payload))) {
    ReadDetails(details, problem);
  }
  return problem;
}

std::string ProblemText(const Style& style, const Problem& problem, const std::string& server,
                        double timeout_seconds) {
  const Language language = style.language;
  if (problem.reason.empty() && problem.code == absl::StatusCode::kUnavailable) {
    return Paint(style, Ink::kRed, Say(language, Word::kServerUnreachable, {server})) + "\n";
  }
  if (problem.code == absl::StatusCode::kDeadlineExceeded) {
    const std::string seconds = Number(timeout_seconds);
    return Paint(style, Ink::kRed, Say(language, Word::kNoAnswerInTime, {server, seconds})) + "\n";
  }
  const std::string lead = Lead(language, problem);
  std::string text = Paint(style, Ink::kRed, Say(language, Word::kRefused, {lead})) + "\n";
  for (const FieldProblem& field : problem.fields) {
    text += "  " + WithoutControls(field.field) + ": " + WithoutControls(field.allowed) + "\n";
  }
  const bool more_to_say = problem.fields.empty() && !problem.message.empty();
  if (more_to_say && !problem.reason.empty()) {
    text += "  " + Say(language, Word::kServerSays, {WithoutControls(problem.message)}) + "\n";
  }
  if (!problem.trace.empty()) text += "  trace " + WithoutControls(problem.trace) + "\n";
  if (problem.retry_after_seconds.has_value()) {
    const std::string seconds = Number(std::ceil(*problem.retry_after_seconds));
    text += "  " + Say(language, Word::kTryAgainIn, {seconds}) + "\n";
  }
  return text;
}

ExitCode ExitCodeOf(const Problem& problem) {
  const bool unreachable = problem.code == absl::StatusCode::kUnavailable ||
                           problem.code == absl::StatusCode::kDeadlineExceeded;
  return unreachable ? kExitUnreachable : kExitRefused;
}

}  // namespace passend::client
