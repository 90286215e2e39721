// Objecting to validations, correcting them, and whose name stands under them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/limits.h"
#include "service/records/stored_message.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

Caller As(Role role, const std::string& tenant) {
  Caller caller;
  caller.role = role;
  caller.tenant = tenant;
  caller.subject = "s-7";
  caller.proof = Proof::kToken;
  return caller;
}

class ValidationDisputesTest : public testing::Test {
 protected:
  ValidationDisputesTest() {
    v1::Passport passport;
    passport.add_coaches("coaches/delft");
    passport.add_partners("partners/gemeente");
    passport_ = world_.CreatePassport(passport).name();
    validation_ = world_.Record(passport_, kSweeping, 3).name();
    person_ = As(Role::kPerson, passport_.substr(passport_.find('/') + 1));
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const Caller& caller, const std::string& method,
                                const Request& request) {
    CallContext context = world_.ContextFor(method);
    context.caller = caller;
    const auto bytes = world_.bindings().Answer(context, request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Response response;
    response.ParseFromString(*bytes);
    return response;
  }
  absl::StatusOr<v1::Validation> Dispute(const Caller& caller, const std::string& reason = "No.") {
    v1::DisputeValidationRequest request;
    request.set_name(validation_);
    request.set_reason(reason);
    return Call<v1::Validation>(caller, "ValidationService.DisputeValidation", request);
  }
  absl::StatusOr<v1::Validation> Resolve(const Caller& caller, v1::DisputeResolution resolution) {
    v1::ResolveDisputeRequest request;
    request.set_name(validation_);
    request.set_resolution(resolution);
    request.set_reason("Looked at together.");
    return Call<v1::Validation>(caller, "ValidationService.ResolveDispute", request);
  }
  v1::CorrectValidationRequest Correcting(int level) {
    v1::CorrectValidationRequest request;
    request.set_name(validation_);
    request.set_reason("Another level.");
    request.mutable_validation()->set_skill(kSweeping);
    request.mutable_validation()->set_level(level);
    request.mutable_validation()->set_method(v1::VALIDATION_METHOD_OBSERVED);
    return request;
  }
  absl::StatusOr<v1::Validation> Correct(const v1::CorrectValidationRequest& request) {
    return Call<v1::Validation>(coach_, "ValidationService.CorrectValidation", request);
  }
  v1::Validation Stored(const std::string& name) {
    v1::ListValidationsRequest request;
    request.set_parent(passport_);
    const auto all =
        Call<v1::ListValidationsResponse>(coach_, "ValidationService.ListValidations", request);
    for (const v1::Validation& one : all->validations()) {
      if (one.name() == name) return one;
    }
    return {};
  }
  v1::RecordValidationsRequest Recording(v1::ValidationMethod method,
                                         const std::string& validator) {
    v1::RecordValidationsRequest request;
    request.set_parent(passport_);
    v1::Validation& validation = *request.add_validations();
    validation.set_skill(kSweeping);
    validation.set_level(2);
    validation.set_method(method);
    validation.set_validator(validator);
    return request;
  }
  absl::StatusOr<v1::RecordValidationsResponse> Record(const Caller& caller,
                                                       const v1::RecordValidationsRequest& asked) {
    return Call<v1::RecordValidationsResponse>(caller, "ValidationService.RecordValidations",
                                               asked);
  }

  ServiceWorld world_;
  std::string passport_;
  std::string validation_;
  const Caller coach_ = As(Role::kCoach, "delft");
  const Caller partner_ = As(Role::kPartner, "gemeente");
  Caller person_;
};

TEST_F(ValidationDisputesTest, ThePersonObjectsInTheirOwnWords) {
  const auto disputed = Dispute(person_, "That was somebody else.");
  ASSERT_TRUE(disputed.ok()) << disputed.status();
  ASSERT_EQ(disputed->disputes_size(), 1);
  const v1::Dispute& dispute = disputed->disputes(0);
  EXPECT_EQ(dispute.reason(), "That was somebody else.");
  EXPECT_EQ(dispute.disputer(), passport_);
  EXPECT_EQ(ToTime(dispute.dispute_time()), world_.now());
  EXPECT_EQ(dispute.resolution(), v1::DISPUTE_RESOLUTION_UNSPECIFIED) << "it is open";
  EXPECT_FALSE(disputed->has_revoke_time()) << "it counts until somebody has looked";
  EXPECT_EQ(Stored(validation_).DebugString(), disputed->DebugString());
}

TEST_F(ValidationDisputesTest, ACoachObjectsForThePerson) {
  EXPECT_EQ(Dispute(coach_)->disputes(0).disputer(), "coaches/delft/s-7");
}

TEST_F(ValidationDisputesTest, OneObjectionAtATime) {
  ASSERT_TRUE(Dispute(person_).ok());
  const auto second = Dispute(coach_);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(second.status()), v1::ERROR_REASON_ALREADY_DISPUTED);
  EXPECT_EQ(MetadataOf(second.status(), "resource"), validation_);
}

TEST_F(ValidationDisputesTest, UpheldItIsRevoked) {
  ASSERT_TRUE(Dispute(person_).ok());
  world_.Advance(absl::Hours(1));
  const auto resolved = Resolve(coach_, v1::DISPUTE_RESOLUTION_UPHELD);
  ASSERT_TRUE(resolved.ok()) << resolved.status();
  EXPECT_EQ(ToTime(resolved->revoke_time()), world_.now());
  EXPECT_EQ(resolved->revoke_reason(), "Looked at together.");
  EXPECT_EQ(resolved->disputes(0).resolution(), v1::DISPUTE_RESOLUTION_UPHELD);
  EXPECT_EQ(resolved->disputes(0).resolver(), "coaches/delft/s-7");
  EXPECT_EQ(ReasonOf(Dispute(person_).status()), v1::ERROR_REASON_ALREADY_REVOKED);
}

TEST_F(ValidationDisputesTest, RejectedItStandsAndMayBeObjectedToAgain) {
  for (int round = 1; round <= kDisputesMax; ++round) {
    ASSERT_TRUE(Dispute(person_).ok()) << round;
    const auto resolved = Resolve(coach_, v1::DISPUTE_RESOLUTION_REJECTED);
    ASSERT_TRUE(resolved.ok()) << resolved.status();
    EXPECT_FALSE(resolved->has_revoke_time());
    EXPECT_EQ(resolved->disputes_size(), round) << "what was said stays said";
    EXPECT_EQ(resolved->disputes(round - 1).resolve_reason(), "Looked at together.");
  }
  EXPECT_EQ(ReasonOf(Dispute(person_).status()), v1::ERROR_REASON_LIMIT_EXCEEDED);
}

TEST_F(ValidationDisputesTest, WhoRecordedItDoesNotRejectTheObjection) {
  v1::RecordValidationsRequest record;
  record.set_parent(passport_);
  v1::Validation& said = *record.add_validations();
  said.set_skill(kSweeping);
  said.set_level(2);
  said.set_method(v1::VALIDATION_METHOD_OBSERVED);
  const auto recorded =
      Call<v1::RecordValidationsResponse>(coach_, "ValidationService.RecordValidations", record);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  validation_ = recorded->validations(0).name();
  ASSERT_TRUE(Dispute(person_).ok());
  EXPECT_EQ(ReasonOf(Resolve(coach_, v1::DISPUTE_RESOLUTION_REJECTED).status()),
            v1::ERROR_REASON_DISPUTE_OF_OWN);
  Caller colleague = coach_;
  colleague.subject = "s-8";
  EXPECT_TRUE(Resolve(colleague, v1::DISPUTE_RESOLUTION_REJECTED).ok());
  ASSERT_TRUE(Dispute(person_).ok());
  EXPECT_TRUE(Resolve(coach_, v1::DISPUTE_RESOLUTION_UPHELD).ok()) << "who was wrong may say so";
}

TEST_F(ValidationDisputesTest, AReasonSaysSomething) {
  for (const std::string reason : {" ", "   ", ".", "-", "\u00a0", "\u200b", "\u3000\u2003"}) {
    const absl::Status refused = Dispute(person_, reason).status();
    EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_FIELD) << reason;
    EXPECT_EQ(MetadataOf(refused, "field"), "reason") << refused;
  }
  EXPECT_TRUE(Dispute(person_, "3 mei").ok());
}

TEST_F(ValidationDisputesTest, WhereNothingIsOpenNothingIsResolved) {
  const auto resolved = Resolve(coach_, v1::DISPUTE_RESOLUTION_UPHELD);
  EXPECT_EQ(resolved.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(resolved.status()), v1::ERROR_REASON_NOT_DISPUTED);
}

TEST_F(ValidationDisputesTest, RevokingUpholdsWhatIsOpen) {
  ASSERT_TRUE(Dispute(person_).ok());
  v1::RevokeValidationRequest request;
  request.set_name(validation_);
  request.set_reason("A mistake.");
  const auto revoked = Call<v1::Validation>(coach_, "ValidationService.RevokeValidation", request);
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_EQ(revoked->disputes(0).resolution(), v1::DISPUTE_RESOLUTION_UPHELD);
  EXPECT_EQ(revoked->disputes(0).resolve_reason(), "A mistake.");
}

TEST_F(ValidationDisputesTest, ACorrectionRevokesAndRecordsInOneCommit) {
  ASSERT_TRUE(Dispute(person_).ok());
  const storage::Sequence before = world_.store().LastSequence();
  const auto right = Correct(Correcting(4));
  ASSERT_TRUE(right.ok()) << right.status();
  EXPECT_EQ(world_.store().LastSequence(), before + 1);
  EXPECT_EQ(right->level(), 4);
  EXPECT_EQ(right->corrects(), validation_);
  const v1::Validation wrong = Stored(validation_);
  EXPECT_EQ(wrong.corrected_by(), right->name());
  EXPECT_EQ(wrong.revoke_reason(), "Another level.");
  EXPECT_EQ(wrong.disputes(0).resolution(), v1::DISPUTE_RESOLUTION_UPHELD);
  EXPECT_EQ(right->validate_time().DebugString(), wrong.validate_time().DebugString())
      << "it was seen when it was seen";
  EXPECT_EQ(Stored(right->name()).DebugString(), right->DebugString());

  v1::GetPassportRequest get;
  get.set_name(passport_);
  EXPECT_EQ(Call<v1::Passport>(coach_, "PassportService.GetPassport", get)->skills(0).level(), 4);
}

TEST_F(ValidationDisputesTest, ACorrectionIsCheckedAsARecording) {
  auto unknown = Correcting(4);
  unknown.mutable_validation()->set_skill(kUnheardOf);
  EXPECT_EQ(ReasonOf(Correct(unknown).status()), v1::ERROR_REASON_UNKNOWN_SKILL);
  EXPECT_EQ(FieldOf(Correct(unknown).status()), "validation.skill");
  auto future = Correcting(4);
  *future.mutable_validation()->mutable_validate_time() =
      ToTimestamp(world_.now() + absl::Hours(48));
  EXPECT_EQ(FieldOf(Correct(future).status()), "validation.validate_time");
  EXPECT_FALSE(Stored(validation_).has_revoke_time()) << "nothing was revoked";
}

TEST_F(ValidationDisputesTest, ACorrectionMayBeTriedFirst) {
  auto asked = Correcting(4);
  asked.set_validate_only(true);
  const storage::Sequence before = world_.store().LastSequence();
  const auto tried = Correct(asked);
  ASSERT_TRUE(tried.ok()) << tried.status();
  EXPECT_EQ(tried->name(), "");
  EXPECT_EQ(world_.store().LastSequence(), before);
}

TEST_F(ValidationDisputesTest, WhatIsRevokedIsNotCorrected) {
  ASSERT_TRUE(Correct(Correcting(4)).ok());
  EXPECT_EQ(ReasonOf(Correct(Correcting(5)).status()), v1::ERROR_REASON_ALREADY_REVOKED);
}

TEST_F(ValidationDisputesTest, WhatACoachSawIsUnderTheCoachsName) {
  for (const char* given : {"", "coaches/delft"}) {
    const auto recorded = Record(coach_, Recording(v1::VALIDATION_METHOD_OBSERVED, given));
    ASSERT_TRUE(recorded.ok()) << recorded.status();
    EXPECT_EQ(recorded->validations(0).validator(), "coaches/delft");
    EXPECT_EQ(recorded->validations(0).recorder(), "coaches/delft/s-7");
  }
  for (const auto method : {v1::VALIDATION_METHOD_OBSERVED, v1::VALIDATION_METHOD_WORK_SAMPLE}) {
    const auto refused = Record(coach_, Recording(method, "coaches/breda"));
    EXPECT_EQ(ReasonOf(refused.status()), v1::ERROR_REASON_INVALID_FIELD);
    EXPECT_EQ(FieldOf(refused.status()), "validations[0].validator");
  }
}

TEST_F(ValidationDisputesTest, WhatOthersSayIsCarried) {
  const auto reference =
      Record(coach_, Recording(v1::VALIDATION_METHOD_REFERENCE, "the baker at the corner"));
  ASSERT_TRUE(reference.ok()) << reference.status();
  EXPECT_EQ(reference->validations(0).validator(), "the baker at the corner");
  EXPECT_EQ(reference->validations(0).recorder(), "coaches/delft/s-7");
  const auto carried = Record(partner_, Recording(v1::VALIDATION_METHOD_OBSERVED, "coaches/breda"));
  ASSERT_TRUE(carried.ok()) << carried.status();
  // Who said so is not for a partner to see; it is for the coach.
  EXPECT_EQ(carried->validations(0).validator(), "");
  v1::ListValidationsRequest list;
  list.set_parent(passport_);
  const auto listed =
      Call<v1::ListValidationsResponse>(coach_, "ValidationService.ListValidations", list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  const auto kept = std::ranges::find(listed->validations(), carried->validations(0).name(),
                                      [](const v1::Validation& one) { return one.name(); });
  ASSERT_NE(kept, listed->validations().end());
  EXPECT_EQ(kept->validator(), "coaches/breda");
  EXPECT_EQ(kept->recorder(), "partners/gemeente/s-7");
}

TEST_F(ValidationDisputesTest, OnThisMachineAllIsAsItWas) {
  const auto recorded = world_.Call<v1::RecordValidationsResponse>(
      "ValidationService.RecordValidations",
      Recording(v1::VALIDATION_METHOD_OBSERVED, "coaches/c-17"));
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->validations(0).validator(), "coaches/c-17");
  EXPECT_EQ(recorded->validations(0).recorder(), "");
}

TEST_F(ValidationDisputesTest, WhatTheServerSaysIsNotTakenFromARequest) {
  auto asked = Recording(v1::VALIDATION_METHOD_REFERENCE, "");
  asked.mutable_validations(0)->set_recorder("coaches/breda/x");
  asked.mutable_validations(0)->set_corrects(validation_);
  asked.mutable_validations(0)->add_disputes()->set_reason("Made up.");
  const auto recorded = Record(coach_, asked);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->validations(0).recorder(), "coaches/delft/s-7");
  EXPECT_EQ(recorded->validations(0).corrects(), "");
  EXPECT_EQ(recorded->validations(0).disputes_size(), 0);
}

}  // namespace
}  // namespace passend::service
