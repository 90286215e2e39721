#include "service/errors/error_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"

namespace passend::service {
namespace {

TEST(ErrorStatusTest, TheFirstWrongFieldIsInTheMetadataAndAllAreInTheDetails) {
  const absl::Status status = InvalidFields({{"a.b[1]", "must be 1"}, {"c", "must be set"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "a.b[1]: must be 1");
  EXPECT_EQ(ErrorInfoOf(status)->domain(), "passend");
  EXPECT_EQ(ErrorInfoOf(status)->metadata().at("field"), "a.b[1]");
  const google::rpc::BadRequest bad_request = BadRequestOf(status).value();
  ASSERT_EQ(bad_request.field_violations_size(), 2);
  EXPECT_EQ(bad_request.field_violations(1).field(), "c");
  EXPECT_EQ(bad_request.field_violations(1).description(), "must be set");
}

TEST(ErrorStatusTest, NotMoreFieldsThanATrailerHolds) {
  const std::vector<FieldViolation> many(kFieldViolationsMax + 5, {"field", "must be set"});
  EXPECT_EQ(static_cast<size_t>(BadRequestOf(InvalidFields(many))->field_violations_size()),
            kFieldViolationsMax);
}

// Clients take 8 KiB of trailers: the message percent-encoded, and all details in base64.
size_t TrailerBytes(const absl::Status& status) {
  return status.message().size() * 3 + ToRpcStatus(status).ByteSizeLong() * 4 / 3;
}

TEST(ErrorStatusTest, WhateverIsWrongTheErrorFitsIntoATrailer) {
  const std::string long_text(5'000, 'x');
  std::vector<FieldViolation> violations;
  for (const size_t count : {1u, 2u, 20u, 500u}) {
    violations.assign(count, {long_text, long_text});
    EXPECT_LT(TrailerBytes(InvalidFields(violations)), 8'000u) << count;
    EXPECT_GE(BadRequestOf(InvalidFields(violations))->field_violations_size(), 1);
  }
  EXPECT_LT(
      TrailerBytes(MakeError(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_CONCEPT_CYCLE,
                             long_text, {{"concept", long_text}, {"circle", long_text}})),
      8'000u);
}

TEST(ErrorStatusTest, RetryDelaysKeepTheirFraction) {
  const absl::Status status = WithRetryDelay(Cancelled(), absl::Milliseconds(1'250));
  EXPECT_EQ(RetryInfoOf(status)->retry_delay().seconds(), 1);
  EXPECT_EQ(RetryInfoOf(status)->retry_delay().nanos(), 250'000'000);
}

TEST(ErrorStatusTest, TheTrailerHasTheErrorInfoFirst) {
  const google::rpc::Status rpc = ToRpcStatus(InvalidField("name", "must be set"));
  EXPECT_EQ(rpc.code(), 3);
  EXPECT_EQ(rpc.message(), "name: must be set");
  ASSERT_EQ(rpc.details_size(), 2);
  google::rpc::ErrorInfo info;
  EXPECT_TRUE(rpc.details(0).UnpackTo(&info));
  google::rpc::BadRequest bad_request;
  EXPECT_TRUE(rpc.details(1).UnpackTo(&bad_request));
}

TEST(ErrorStatusTest, LongTextsAreCutAtACharacter) {
  EXPECT_EQ(Echoed("short"), "short");
  std::string text(kEchoedBytesMax - 1, 'a');
  const std::string cut = Echoed(text + "éééé");
  EXPECT_EQ(cut, text + "…") << "the half of é that would have fitted is left out";
}

TEST(ErrorStatusTest, AStatusWithoutDetailsHasNoReason) {
  EXPECT_EQ(ReasonOf(absl::OkStatus()), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), v1::ERROR_REASON_UNSPECIFIED);
}

}  // namespace
}  // namespace passend::service
