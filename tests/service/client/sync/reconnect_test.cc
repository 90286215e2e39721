#include "service/client/sync/reconnect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/client/connection.h"
#include "tests/service/client/fake_server.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(MayHelpToTryAgain, WhereTheLineBrokeOrATimeIsNamed) {
  EXPECT_TRUE(MayHelpToTryAgain(absl::UnavailableError("connection reset")));
  EXPECT_TRUE(MayHelpToTryAgain(absl::InternalError("RST_STREAM")));
  EXPECT_TRUE(MayHelpToTryAgain(absl::CancelledError("silent for too long")));
  EXPECT_FALSE(MayHelpToTryAgain(absl::InvalidArgumentError("")));
  EXPECT_FALSE(MayHelpToTryAgain(absl::OutOfRangeError("")));
  EXPECT_FALSE(MayHelpToTryAgain(absl::UnimplementedError("")));
  const auto refused = [](grpc::StatusCode code, const std::string& reason) {
    return MayHelpToTryAgain(StatusFrom(Refusal(code, reason)));
  };
  EXPECT_TRUE(refused(grpc::StatusCode::RESOURCE_EXHAUSTED, "ERROR_REASON_OVERLOADED"));
  EXPECT_TRUE(refused(grpc::StatusCode::UNAVAILABLE, "ERROR_REASON_NOT_SERVING"));
  EXPECT_FALSE(refused(grpc::StatusCode::INTERNAL, "ERROR_REASON_INTERNAL"));
  EXPECT_FALSE(refused(grpc::StatusCode::ALREADY_EXISTS, "ERROR_REASON_REQUEST_ID_REUSED"));
}

TEST(MayBeGoneOnWith, UnlessSomethingHasToBeMendedFirst) {
  EXPECT_TRUE(MayBeGoneOnWith(absl::CancelledError("stopped")));
  EXPECT_TRUE(MayBeGoneOnWith(absl::UnavailableError("")));
  EXPECT_TRUE(MayBeGoneOnWith(absl::FailedPreconditionError("no space left on device")));
  EXPECT_FALSE(MayBeGoneOnWith(absl::DataLossError("shorter than it was")));
  EXPECT_FALSE(MayBeGoneOnWith(absl::InvalidArgumentError("")));
  EXPECT_FALSE(MayBeGoneOnWith(absl::PermissionDeniedError("another partner")));
}

struct Tried {
  std::vector<double> waits;
  int streams = 0;
  absl::Status status;
};

// `plan` gives for each stream whether something came before it broke; the one after ends well.
Tried Try(const std::vector<bool>& plan, int waits_until_stop = 1000,
          const std::function<bool()>& stop_asked = nullptr) {
  Tried tried;
  const Endurance endurance{.wait_seconds =
                                [&](double seconds) {
                                  tried.waits.push_back(seconds);
                                  return static_cast<int>(tried.waits.size()) <= waits_until_stop;
                                },
                            .stop_asked = stop_asked,
                            .silent_seconds_max = 1};
  tried.status = RunThroughBreaks(endurance, [&](const std::function<void()>& came) {
    const auto number = static_cast<std::size_t>(tried.streams++);
    if (number == plan.size()) return absl::OkStatus();
    if (plan[number]) came();
    return absl::UnavailableError("broken");
  });
  return tried;
}

TEST(RunThroughBreaks, WaitsLongerEachTimeUntilSomethingComes) {
  EXPECT_THAT(Try({false, false, false}).waits, ElementsAre(0.5, 1, 2));
  EXPECT_THAT(Try({false, false, true, false}).waits, ElementsAre(0.5, 1, 0.5, 1));
  EXPECT_THAT(Try({}).waits, IsEmpty());
}

TEST(RunThroughBreaks, GivesUpWhereNothingCameForLong) {
  const Tried tried = Try(std::vector<bool>(100, false));
  EXPECT_EQ(tried.streams, 12);
  EXPECT_TRUE(absl::IsUnavailable(tried.status));
  EXPECT_TRUE(Try(std::vector<bool>(100, true)).status.ok()) << "each time something came";
}

TEST(RunThroughBreaks, SaysCancelledOnlyOfTheUser) {
  const Endurance endurance{.wait_seconds = [](double) { return true; }, .stop_asked = nullptr};
  const absl::Status silent = RunThroughBreaks(
      endurance, [](const auto&) { return absl::CancelledError("silent for too long"); });
  EXPECT_TRUE(absl::IsUnavailable(silent)) << silent;
}

TEST(RunThroughBreaks, StopsWhenItIsToldTo) {
  EXPECT_TRUE(absl::IsCancelled(Try({false, false}, 0).status));
  const Tried asked = Try({false, false}, 1000, [] { return true; });
  EXPECT_TRUE(absl::IsCancelled(asked.status));
  EXPECT_THAT(asked.waits, SizeIs(0));
}

}  // namespace
}  // namespace passend::client
