// Every reason of the API can be produced, with the code and exactly the metadata that
// error_reason.proto gives it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>

#include "passend/v1/error_reason.pb.h"
#include "service/errors/call_errors.h"
#include "service/errors/credential_errors.h"
#include "service/errors/error_status.h"
#include "service/errors/proposal_errors.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/taxonomy/taxonomy_errors.h"

namespace passend::service {
namespace {

using Keys = std::set<std::string>;

struct Produced {
  v1::ErrorReason reason;
  absl::Status status;
  absl::StatusCode code;
  Keys metadata;
};

google::protobuf::RepeatedPtrField<v1::FlaggedItem> Flagged(const std::string& skill) {
  google::protobuf::RepeatedPtrField<v1::FlaggedItem> flags;
  flags.Add()->set_flag(v1::FIT_FLAG_SKILL_DISPUTED);
  flags[0].set_skill(skill);
  return flags;
}

Produced OfACredential(v1::ErrorReason reason) {
  return {reason, CredentialRefused(reason, "why"), absl::StatusCode::kInvalidArgument, {}};
}

std::vector<Produced> AllErrors() {
  using enum absl::StatusCode;
  return {
      {v1::ERROR_REASON_INVALID_FIELD,
       InvalidField("f", "must be set"),
       kInvalidArgument,
       {"field"}},
      {v1::ERROR_REASON_MALFORMED_MESSAGE, MalformedMessage("T", "f"), kInvalidArgument, {"field"}},
      {v1::ERROR_REASON_MALFORMED_MESSAGE, MalformedMessage("T", ""), kInvalidArgument, {}},
      {v1::ERROR_REASON_PASSPORT_NOT_FOUND, PassportNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_VALIDATION_NOT_FOUND, ValidationNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_TASK_NOT_FOUND, TaskNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_TAXONOMY_NOT_FOUND, TaxonomyNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_CONCEPT_NOT_FOUND, ConceptNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_POLICY_NOT_FOUND, PolicyNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_DECISION_NOT_FOUND, DecisionNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_NO_CREDENTIAL_KEY, NoCredentialKey(), kFailedPrecondition, {}},
      {v1::ERROR_REASON_NO_TRUSTED_ISSUERS, NoTrustedIssuers(), kFailedPrecondition, {}},
      {v1::ERROR_REASON_STATUS_LIST_NOT_FOUND,
       StatusListNotFound(3, 2),
       kNotFound,
       {"resource", "lists"}},
      OfACredential(v1::ERROR_REASON_CREDENTIAL_FORM),
      OfACredential(v1::ERROR_REASON_CREDENTIAL_ISSUER),
      OfACredential(v1::ERROR_REASON_CREDENTIAL_SIGNATURE),
      OfACredential(v1::ERROR_REASON_CREDENTIAL_TIME),
      OfACredential(v1::ERROR_REASON_CREDENTIAL_STATUS),
      OfACredential(v1::ERROR_REASON_CREDENTIAL_SUBJECT),
      OfACredential(v1::ERROR_REASON_CREDENTIAL_MEANING),
      {v1::ERROR_REASON_BACKUPS_OFF, BackupsOff(), kFailedPrecondition, {}},
      {v1::ERROR_REASON_AUDIT_LOG_OFF, AuditLogOff(), kFailedPrecondition, {}},
      {v1::ERROR_REASON_ETAG_MISMATCH, EtagMismatch("n", "7"), kAborted, {"resource", "etag"}},
      {v1::ERROR_REASON_REQUEST_ID_REUSED, RequestIdReused("r"), kAlreadyExists, {"request_id"}},
      {v1::ERROR_REASON_TASK_EXISTS, TaskExists("n"), kAlreadyExists, {"resource"}},
      {v1::ERROR_REASON_TASK_CLOSED, TaskClosed("n"), kFailedPrecondition, {"resource"}},
      {v1::ERROR_REASON_ALREADY_REVOKED, AlreadyRevoked("n"), kFailedPrecondition, {"resource"}},
      {v1::ERROR_REASON_CANDIDATE_NOT_FOUND, CandidateNotFound("n"), kNotFound, {"task"}},
      {v1::ERROR_REASON_CONSENT_MISSING, ConsentMissing(), kFailedPrecondition, {}},
      {v1::ERROR_REASON_CONSENT_NOT_FOUND, ConsentNotFound("n"), kNotFound, {"resource"}},
      {v1::ERROR_REASON_UNKNOWN_SKILL,
       UnknownSkill("f", "s"),
       kInvalidArgument,
       {"field", "skill"}},
      {v1::ERROR_REASON_INVALID_PAGE_TOKEN, InvalidPageToken("f"), kInvalidArgument, {"field"}},
      {v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS, PageTokenArguments("f"), kInvalidArgument, {"field"}},
      {v1::ERROR_REASON_PAGE_EXPIRED, PageExpired(7), kAborted, {"data_sequence"}},
      {v1::ERROR_REASON_FUTURE_SEQUENCE,
       FutureSequence("f", 7),
       kOutOfRange,
       {"field", "last_sequence"}},
      {v1::ERROR_REASON_CURSOR_TOO_OLD, CursorTooOld("f"), kOutOfRange, {"field"}},
      {v1::ERROR_REASON_INDEX_BEHIND,
       IndexBehind(kUnavailable, 8, 7),
       kUnavailable,
       {"asked_sequence", "data_sequence"}},
      {v1::ERROR_REASON_INDEX_BEHIND,
       IndexBehind(kDeadlineExceeded, 8, 7),
       kDeadlineExceeded,
       {"asked_sequence", "data_sequence"}},
      {v1::ERROR_REASON_LIST_BUDGET,
       ListBudget({"task", "kinds of work"}, 60, absl::UnixEpoch() + absl::Hours(1),
                  absl::UnixEpoch()),
       kResourceExhausted,
       {"allowed", "field", "renew_time"}},
      {v1::ERROR_REASON_WEIGHT_BOUNDS,
       WeightBounds("f", "must be at least 1500"),
       kInvalidArgument,
       {"field", "bound"}},
      {v1::ERROR_REASON_IMPORT_END,
       ImportEndError("it is missing", 7),
       kInvalidArgument,
       {"received"}},
      {v1::ERROR_REASON_IMPORT_HEADER, ImportHeaderError("it is missing"), kInvalidArgument, {}},
      {v1::ERROR_REASON_DUPLICATE_CONCEPT, DuplicateConcept("c"), kInvalidArgument, {"concept"}},
      {v1::ERROR_REASON_DANGLING_CONCEPT,
       DanglingConcept("c", "broader", "d", "is not there"),
       kInvalidArgument,
       {"concept", "target"}},
      {v1::ERROR_REASON_CONCEPT_CYCLE,
       ConceptCycle({"c", "d"}),
       kInvalidArgument,
       {"concept", "circle"}},
      {v1::ERROR_REASON_LIMIT_EXCEEDED,
       LimitExceeded("concepts", 7),
       kResourceExhausted,
       {"limit", "allowed"}},
      {v1::ERROR_REASON_OVERLOADED, Overloaded(), kResourceExhausted, {}},
      {v1::ERROR_REASON_NOT_SERVING, NotServing(), kUnavailable, {}},
      {v1::ERROR_REASON_PERMISSION_DENIED, PermissionDenied(), kPermissionDenied, {}},
      {v1::ERROR_REASON_UNAUTHENTICATED,
       Unauthenticated("no_credentials", "a token is needed"),
       kUnauthenticated,
       {"cause"}},
      {v1::ERROR_REASON_DEADLINE_EXCEEDED, DeadlineExceeded(), kDeadlineExceeded, {}},
      {v1::ERROR_REASON_CANCELLED, Cancelled(), kCancelled, {}},
      {v1::ERROR_REASON_DAMAGED_DATA, DamagedData("a stored record"), kDataLoss, {}},
      {v1::ERROR_REASON_INTERNAL, InternalMistake("t"), kInternal, {"trace"}},
      {v1::ERROR_REASON_STORE_UNAVAILABLE,
       StoreUnavailable(kUnavailable, "later"),
       kUnavailable,
       {}},
      {v1::ERROR_REASON_NO_SUCH_METHOD, NoSuchMethod("m"), kUnimplemented, {}},
      {v1::ERROR_REASON_ALREADY_DISPUTED, AlreadyDisputed("n"), kFailedPrecondition, {"resource"}},
      {v1::ERROR_REASON_NOT_DISPUTED, NotDisputed("n"), kFailedPrecondition, {"resource"}},
      {v1::ERROR_REASON_DISPUTE_OF_OWN, DisputeOfOwn("n"), kFailedPrecondition, {"resource"}},
      {v1::ERROR_REASON_MOTIVATION_NEEDED,
       MotivationNeeded(Flagged("s")),
       kFailedPrecondition,
       {"flags", "skills"}},
      {v1::ERROR_REASON_MOTIVATION_NEEDED,
       MotivationNeeded(Flagged("")),
       kFailedPrecondition,
       {"flags"}},
      {v1::ERROR_REASON_PERSON_EXCLUDED,
       PersonExcluded({v1::GATE_CAUSE_TRAVEL}),
       kFailedPrecondition,
       {"cause"}},
      {v1::ERROR_REASON_PROPOSAL_EXISTS, ProposalExists("n"), kAlreadyExists, {"resource"}},
  };
}

TEST(ErrorReasonTest, EachHasItsCodeAndItsMetadata) {
  for (const Produced& produced : AllErrors()) {
    SCOPED_TRACE(v1::ErrorReason_Name(produced.reason));
    EXPECT_EQ(ReasonOf(produced.status), produced.reason);
    EXPECT_EQ(produced.status.code(), produced.code);
    const auto info = ErrorInfoOf(produced.status);
    ASSERT_TRUE(info.has_value());
    EXPECT_EQ(info->domain(), "passend");
    Keys keys;
    for (const auto& [key, value] : info->metadata()) {
      keys.insert(key);
      EXPECT_NE(value, "") << key;
    }
    EXPECT_EQ(keys, produced.metadata);
  }
}

TEST(ErrorReasonTest, NoneIsMissing) {
  std::set<int> produced;
  for (const Produced& error : AllErrors()) produced.insert(error.reason);
  const auto* reasons = v1::ErrorReason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    const int number = reasons->value(i)->number();
    if (number == v1::ERROR_REASON_UNSPECIFIED) continue;
    EXPECT_TRUE(produced.contains(number)) << reasons->value(i)->name();
  }
}

TEST(ErrorReasonTest, WhatHelpsLaterSaysWhen) {
  for (const Produced& error : AllErrors()) {
    const bool later = error.reason == v1::ERROR_REASON_OVERLOADED ||
                       error.reason == v1::ERROR_REASON_NOT_SERVING ||
                       error.reason == v1::ERROR_REASON_STORE_UNAVAILABLE ||
                       error.reason == v1::ERROR_REASON_INDEX_BEHIND ||
                       error.reason == v1::ERROR_REASON_LIST_BUDGET;
    EXPECT_EQ(RetryInfoOf(error.status).has_value(), later) << error.status;
  }
}

TEST(ErrorReasonTest, WhoIsTurnedAwayTogetherIsToldDifferentTimes) {
  std::set<int64_t> delays;
  for (int i = 0; i < 16; ++i) {
    const auto delay = RetryInfoOf(Overloaded())->retry_delay();
    EXPECT_EQ(delay.seconds(), 1);
    delays.insert(delay.nanos());
  }
  EXPECT_EQ(delays.size(), 16u);
}

TEST(ErrorReasonTest, ErrorsOfTheStoreGetAReason) {
  const auto reason = [](const absl::Status& status) { return ReasonOf(WithReason(status, "t")); };
  EXPECT_EQ(reason(absl::UnavailableError("x")), v1::ERROR_REASON_STORE_UNAVAILABLE);
  EXPECT_EQ(reason(absl::ResourceExhaustedError("x")), v1::ERROR_REASON_STORE_UNAVAILABLE);
  EXPECT_EQ(reason(absl::FailedPreconditionError("fenced")), v1::ERROR_REASON_STORE_UNAVAILABLE);
  for (const auto& told :
       {absl::UnavailableError("cannot sync /var/x"),
        absl::ResourceExhaustedError("no room in /var/x"), absl::FailedPreconditionError("/var/x"),
        absl::InternalError("/var/x")}) {
    EXPECT_THAT(std::string(WithReason(told, "t").message()),
                testing::Not(testing::HasSubstr("/var")))
        << told;
  }
  EXPECT_EQ(reason(absl::DataLossError("x")), v1::ERROR_REASON_DAMAGED_DATA);
  EXPECT_EQ(reason(absl::InvalidArgumentError("x")), v1::ERROR_REASON_INTERNAL);
  EXPECT_EQ(reason(TaskClosed("n")), v1::ERROR_REASON_TASK_CLOSED) << "what has one keeps it";
}

TEST(ErrorReasonTest, AMistakeOfOursKeepsItsTextToItself) {
  const absl::Status told = WithReason(absl::AbortedError("expected version 7"), "t-1");
  EXPECT_THAT(std::string(told.message()), testing::Not(testing::HasSubstr("version")));
  EXPECT_EQ(ErrorInfoOf(told)->metadata().at("trace"), "t-1");
}

}  // namespace
}  // namespace passend::service
