#include "service/errors/resource_errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "service/text.h"

namespace passend::service {
namespace {

absl::Status About(absl::StatusCode code, v1::ErrorReason reason, std::string_view before,
                   std::string_view name, std::string_view after) {
  return MakeError(code, reason, absl::StrCat(ToAbsl(before), Echoed(name), ToAbsl(after)),
                   {{"resource", Echoed(name)}});
}

}  // namespace

absl::Status PassportNotFound(std::string_view name) {
  return About(absl::StatusCode::kNotFound, v1::ERROR_REASON_PASSPORT_NOT_FOUND,
               "there is no passport ", name, ", or it was erased");
}

absl::Status ValidationNotFound(std::string_view name) {
  return About(absl::StatusCode::kNotFound, v1::ERROR_REASON_VALIDATION_NOT_FOUND,
               "there is no validation ", name, "");
}

absl::Status TaskNotFound(std::string_view name) {
  return About(absl::StatusCode::kNotFound, v1::ERROR_REASON_TASK_NOT_FOUND, "there is no task ",
               name, "");
}

absl::Status PolicyNotFound(std::string_view name) {
  return About(absl::StatusCode::kNotFound, v1::ERROR_REASON_POLICY_NOT_FOUND,
               "there is no policy ", name, "");
}

absl::Status ConsentNotFound(std::string_view name) {
  return About(absl::StatusCode::kNotFound, v1::ERROR_REASON_CONSENT_NOT_FOUND,
               "there is no consent ", name, "");
}

absl::Status CandidateNotFound(std::string_view task) {
  return MakeError(absl::StatusCode::kNotFound, v1::ERROR_REASON_CANDIDATE_NOT_FOUND,
                   absl::StrCat("there is no such candidate for ", Echoed(task)),
                   {{"task", Echoed(task)}});
}

absl::Status DecisionNotFound(std::string_view name) {
  return About(absl::StatusCode::kNotFound, v1::ERROR_REASON_DECISION_NOT_FOUND,
               "there is no decision ", name, ", or it was kept for long enough");
}

absl::Status AuditLogOff() {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_AUDIT_LOG_OFF,
                   "this server keeps no access log: it was started without --audit-log", {});
}

absl::Status BackupsOff() {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_BACKUPS_OFF,
                   "this server makes no backups: it was started without --backup-folder", {});
}

absl::Status EtagMismatch(std::string_view name, std::string_view etag) {
  return MakeError(
      absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH,
      absl::StrCat("somebody changed ", Echoed(name), " since you read it; its etag is now '",
                   ToAbsl(etag), "'. Please read it again and repeat your change"),
      {{"resource", Echoed(name)}, {"etag", std::string(etag)}});
}

absl::Status TaskExists(std::string_view name) {
  return About(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_TASK_EXISTS,
               "there already is a task ", name, "");
}

absl::Status TaskClosed(std::string_view name) {
  return About(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_TASK_CLOSED, "", name,
               " is closed and can no longer be changed");
}

absl::Status ConsentMissing() {
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_CONSENT_MISSING,
                   "there is no consent that allows it; the person has to give it first", {});
}

absl::Status AlreadyRevoked(std::string_view name) {
  return About(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ALREADY_REVOKED, "", name,
               " was revoked before");
}

absl::Status AlreadyDisputed(std::string_view name) {
  return About(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ALREADY_DISPUTED,
               "an objection to ", name, " is open already");
}

absl::Status NotDisputed(std::string_view name) {
  return About(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_NOT_DISPUTED,
               "no objection to ", name, " is open");
}

absl::Status DisputeOfOwn(std::string_view name) {
  return About(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_DISPUTE_OF_OWN,
               "you recorded ", name,
               " yourself: you can uphold the objection to it, and somebody else has to reject it");
}

}  // namespace passend::service
