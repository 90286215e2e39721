#include "service/client/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace passend::client {
namespace {

constexpr Style kEnglish{
    .language = Language::kEnglish, .unicode = true, .color = false, .width_columns = 100};
constexpr Style kDutch{
    .language = Language::kDutch, .unicode = true, .color = false, .width_columns = 100};

absl::Status WithDetails(absl::StatusCode code, const std::string& message,
                         const std::vector<const google::protobuf::Message*>& details) {
  google::rpc::Status status;
  for (const auto* detail : details) status.add_details()->PackFrom(*detail);
  absl::Status result(code, message);
  result.SetPayload(kDetailsPayload, absl::Cord(status.SerializeAsString()));
  return result;
}

std::string Text(const Style& style, const absl::Status& status) {
  return ProblemText(style, ProblemFrom(status), "127.0.0.1:50551", 30);
}

TEST(Problem, NamesFieldsWithWhatIsAllowed) {
  google::rpc::ErrorInfo info;
  info.set_reason("ERROR_REASON_INVALID_FIELD");
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("passport.wishes.features[2].strength");
  bad.mutable_field_violations(0)->set_description("1 to 3");
  const auto status =
      WithDetails(absl::StatusCode::kInvalidArgument, "not shown beside fields", {&info, &bad});
  EXPECT_EQ(Text(kEnglish, status),
            "Refused: a field holds what is not allowed.\n"
            "  passport.wishes.features[2].strength: 1 to 3\n");
  EXPECT_EQ(Text(kDutch, status),
            "Geweigerd: een veld bevat wat niet mag.\n"
            "  passport.wishes.features[2].strength: 1 to 3\n");
  EXPECT_EQ(ExitCodeOf(ProblemFrom(status)), kExitRefused);
}

TEST(Problem, GivesReasonMessageTraceAndRetry) {
  google::rpc::ErrorInfo info;
  info.set_reason("ERROR_REASON_INTERNAL");
  (*info.mutable_metadata())["trace"] = "4bf92f";
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(1);
  retry.mutable_retry_delay()->set_nanos(200000000);
  const auto status = WithDetails(absl::StatusCode::kInternal, "broken", {&info, &retry});
  EXPECT_EQ(Text(kEnglish, status),
            "Refused: a mistake in Passend.\n"
            "  The server says: broken\n"
            "  trace 4bf92f\n"
            "  The server asks to try again in 2 seconds.\n");
}

TEST(Problem, SaysFriendlyThatNobodyIsThere) {
  const absl::Status status = absl::UnavailableError("failed to connect to all addresses");
  EXPECT_EQ(Text(kEnglish, status),
            "No Passend server answers at 127.0.0.1:50551. Start one with `passendd`, or say where "
            "it is with --server or PASSEND_SERVER.\n");
  EXPECT_EQ(ExitCodeOf(ProblemFrom(status)), kExitUnreachable);
  EXPECT_EQ(Text(kEnglish, absl::DeadlineExceededError("")),
            "No answer from 127.0.0.1:50551 within 30 seconds. --timeout gives it longer.\n");
}

TEST(Problem, TellsAStartingServerFromNone) {
  google::rpc::ErrorInfo info;
  info.set_reason("ERROR_REASON_NOT_SERVING");
  const auto status = WithDetails(absl::StatusCode::kUnavailable, "starting", {&info});
  EXPECT_EQ(Text(kEnglish, status),
            "Refused: the server is starting or stopping.\n  The server says: starting\n");
  EXPECT_EQ(ExitCodeOf(ProblemFrom(status)), kExitUnreachable);
}

TEST(Problem, PassesOverDetailsThatCannotBeRead) {
  absl::Status status(absl::StatusCode::kNotFound, "gone\x1b[2J");
  status.SetPayload(kDetailsPayload, absl::Cord("\xff\xff garbage"));
  EXPECT_EQ(Text(kEnglish, status), "Refused: gone\uFFFD[2J.\n");
}

}  // namespace
}  // namespace passend::client
