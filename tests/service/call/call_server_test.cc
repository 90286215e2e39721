#include "service/call/call_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "passend/v1/passport_service.pb.h"
#include "service/errors/error_status.h"
#include "service/limits.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

constexpr char kGet[] = "passend.v1.PassportService.GetPassport";
constexpr char kHere[] = "unix:";

class CallServerTest : public testing::Test {
 protected:
  CallServerTest() {
    bindings_.Bind<v1::GetPassportRequest, v1::Passport>(
        kGet,
        [this](const CallContext&,
               const v1::GetPassportRequest& request) -> absl::StatusOr<v1::Passport> {
          ++handled_;
          if (request.name() == "passports/throws") throw std::runtime_error("secret text");
          if (request.name() == "passports/strange") throw 7;
          if (request.name() == "passports/fails") return absl::AbortedError("secret text");
          v1::Passport passport;
          passport.set_name(request.name());
          return passport;
        });
    calls_.SetServing(true);
  }

  CallContext Arrived(std::string_view method = kGet) {
    Arrival arrival;
    arrival.method = method;
    arrival.peer = kHere;
    arrival.time_left = time_left_;
    arrival.cancel_signal = cancelled_;
    return calls_.ContextOf(arrival);
  }
  absl::StatusOr<std::string> Answer(const std::string& name) {
    v1::GetPassportRequest request;
    request.set_name(name);
    return calls_.Answer(Arrived(), request.SerializeAsString());
  }

  absl::Time now_ = absl::FromUnixSeconds(1'795'253'400);
  absl::Time steady_now_ = absl::FromUnixSeconds(1'000);
  absl::Duration time_left_ = absl::InfiniteDuration();
  std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
  int handled_ = 0;
  uint64_t last_sequence_ = 0;
  LineKeeper log_;
  LocalAuthorizer authorizer_;
  MethodBindings bindings_;
  CallServer calls_{
      {.message_bytes_max = 1'000, .calls_in_flight_max = 2, .worker_threads = 1},
      bindings_,
      authorizer_,
      log_,
      {[this] { return now_; }, [](size_t count) { return std::string(count, '\x1F'); },
       [this] { return steady_now_; }},
      [this] { return last_sequence_; }};
};

TEST_F(CallServerTest, TellsWritersWhichCommitHasTheirWrite) {
  last_sequence_ = 41;
  EXPECT_EQ(calls_.SequenceToTell(Arrived("passend.v1.TaskService.CloseTask")), 41u);
  last_sequence_ = 42;
  EXPECT_EQ(calls_.SequenceToTell(Arrived("passend.v1.TaxonomyService.ImportTaxonomy")), 42u);
  EXPECT_EQ(calls_.SequenceToTell(Arrived()), std::nullopt);
  EXPECT_EQ(calls_.SequenceToTell(Arrived("passend.v1.TaskService.Nothing")), std::nullopt);
}

TEST_F(CallServerTest, ImportsTakeNobodysPlaceAndEndSomeDay) {
  const char* import = "passend.v1.TaxonomyService.ImportTaxonomy";
  std::vector<TakenCall> imports;
  for (size_t i = 0; i < kBulkCallsMax; ++i) {
    auto taken = calls_.Enter(Arrived(import), {kHere, {}, {}});
    ASSERT_TRUE(taken.ok()) << taken.status();
    EXPECT_EQ(taken->context.deadline, steady_now_ + kBulkCallDurationMax);
    imports.push_back(*std::move(taken));
  }
  EXPECT_EQ(ReasonOf(calls_.Enter(Arrived(import), {kHere, {}, {}}).status()),
            v1::ERROR_REASON_OVERLOADED);
  const auto other = calls_.Enter(Arrived(), {kHere, {}, {}});
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(other->context.deadline, absl::InfiniteFuture());
  imports.pop_back();
  time_left_ = absl::Seconds(3);
  EXPECT_EQ(calls_.Enter(Arrived(import), {kHere, {}, {}})->context.deadline,
            steady_now_ + time_left_);
}

TEST_F(CallServerTest, FieldsThatNobodyKnowsAreDropped) {
  v1::GetPassportRequest request;
  request.set_name("passports/a");
  std::string bytes = request.SerializeAsString();
  bytes += std::string("\xBA\x3E\x03Jan", 6);  // field 999
  v1::GetPassportRequest parsed;
  ASSERT_TRUE(ParseRequest(bytes, parsed).ok());
  EXPECT_EQ(parsed.SerializeAsString(), request.SerializeAsString());
}

TEST_F(CallServerTest, OnlySoManyCallsWaitForAThread) {
  absl::Notification started;
  absl::Notification go_on;
  std::atomic<int> ran = 0;
  std::atomic<int> turned_away = 0;
  const auto post = [&](const TakenCall& call, std::function<void()> work) {
    calls_.Post(call, std::move(work), [&] { ++turned_away; });
  };
  auto call = calls_.Enter(Arrived(), {kHere, {}, {}});
  ASSERT_TRUE(call.ok());
  EXPECT_EQ(calls_.in_flight(), 1u);
  std::thread brings_the_first([&] {  // which may be answered where it comes in
    post(*call, [&] {
      started.Notify();
      go_on.WaitForNotification();
    });
  });
  started.WaitForNotification();
  post(*call, [&] { ++ran; });
  EXPECT_EQ(calls_.waiting(), 1u);
  EXPECT_EQ(turned_away.load(), 0);
  post(*call, [&] { ran += 100; });
  EXPECT_EQ(turned_away.load(), 1) << "with one thread, two are in flight at most";
  // Somebody who withdraws a consent is not turned away for those who look.
  auto revoking = calls_.Enter(Arrived("passend.v1.ConsentService.RevokeConsent"), {kHere, {}, {}});
  ASSERT_TRUE(revoking.ok());
  post(*revoking, [&] { ran += 10; });
  EXPECT_EQ(turned_away.load(), 2);
  EXPECT_EQ(calls_.waiting(), 1u);
  go_on.Notify();
  while (ran.load() == 0) std::this_thread::yield();
  EXPECT_EQ(ran.load(), 10);
  brings_the_first.join();
  call = absl::CancelledError("the call ends");
  revoking = absl::CancelledError("the call ends");
  EXPECT_EQ(calls_.in_flight(), 0u);
}

// A server with more threads than calls in flight turns nobody away who comes before they wake.
TEST_F(CallServerTest, AsManyCallsMayWaitAsThereAreThreads) {
  CallServer calls({.message_bytes_max = 1'000, .calls_in_flight_max = 2, .worker_threads = 4},
                   bindings_, authorizer_, log_, SystemSurroundings(), [] { return uint64_t{0}; });
  calls.SetServing(true);
  auto call = calls.Enter(Arrived(), {kHere, {}, {}});
  ASSERT_TRUE(call.ok());
  absl::Notification go_on;
  std::atomic<int> running = 0;
  std::atomic<int> turned_away = 0;
  const auto post = [&] {
    calls.Post(
        *call,
        [&] {
          ++running;
          go_on.WaitForNotification();
        },
        [&] { ++turned_away; });
  };
  std::thread brings_the_first(post);
  while (running < 1) std::this_thread::yield();
  for (int i = 0; i < 3; ++i) post();
  while (running < 4) std::this_thread::yield();
  for (int i = 0; i < 4; ++i) post();
  EXPECT_EQ(calls.waiting(), 4u);
  EXPECT_EQ(turned_away.load(), 0);
  go_on.Notify();
  brings_the_first.join();
  while (running + turned_away < 8) std::this_thread::yield();
  call = absl::CancelledError("the call ends");
}

TEST_F(CallServerTest, NothingIsTakenOnWhileNotServing) {
  calls_.SetServing(false);
  const absl::Status status = calls_.Enter(Arrived(), {kHere, {}, {}}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_NOT_SERVING);
  EXPECT_TRUE(RetryInfoOf(status).has_value());
}

TEST_F(CallServerTest, StrangersLearnNothing) {
  EXPECT_EQ(ReasonOf(calls_.Enter(Arrived(), {"ipv4:10.0.0.1:1", {}, {}}).status()),
            v1::ERROR_REASON_PERMISSION_DENIED);
  calls_.SetServing(false);
  EXPECT_EQ(ReasonOf(calls_.Enter(Arrived(), {"ipv4:10.0.0.1:1", {}, {}}).status()),
            v1::ERROR_REASON_PERMISSION_DENIED);
}

TEST_F(CallServerTest, WhatIsNotInTheTableIsNoMethod) {
  EXPECT_EQ(
      ReasonOf(calls_.Enter(Arrived("passend.v1.PassportService.Lose"), {kHere, {}, {}}).status()),
      v1::ERROR_REASON_NO_SUCH_METHOD);
}

// A second is a second, whatever is done to the system's clock meanwhile.
TEST_F(CallServerTest, AClockThatJumpsEndsNoCall) {
  time_left_ = absl::Hours(1);
  const CallContext waiting = Arrived();
  for (const absl::Duration jump : {absl::Hours(9'000), absl::Hours(-18'000)}) {
    now_ += jump;
    EXPECT_FALSE(waiting.pointless());
    EXPECT_TRUE(Answer("passports/a").ok());
  }
  steady_now_ += time_left_;
  EXPECT_TRUE(waiting.pointless());
}

TEST_F(CallServerTest, WhatNobodyWaitsForIsNotDone) {
  time_left_ = absl::ZeroDuration();
  EXPECT_EQ(ReasonOf(Answer("passports/a").status()), v1::ERROR_REASON_DEADLINE_EXCEEDED);
  time_left_ = absl::InfiniteDuration();
  cancelled_->store(true);
  EXPECT_EQ(ReasonOf(Answer("passports/a").status()), v1::ERROR_REASON_CANCELLED);
  EXPECT_EQ(handled_, 0);
  cancelled_->store(false);
  EXPECT_TRUE(Answer("passports/a").ok());
  EXPECT_EQ(handled_, 1);
}

TEST_F(CallServerTest, HandlersSeeTheCancellation) {
  const CallContext context = Arrived();
  EXPECT_FALSE(context.cancelled());
  EXPECT_FALSE(context.pointless());
  cancelled_->store(true);
  EXPECT_TRUE(context.cancelled());
  EXPECT_TRUE(context.pointless());
}

TEST_F(CallServerTest, TooManyBytesAreNamed) {
  const absl::Status status = calls_.Answer(Arrived(), std::string(1'001, '\0')).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_LIMIT_EXCEEDED);
  EXPECT_EQ(MetadataOf(status, "allowed"), "1000");
}

TEST_F(CallServerTest, BytesThatAreNoMessageAreTold) {
  const absl::Status broken = calls_.Answer(Arrived(), "\x0A\x7F").status();
  EXPECT_EQ(ReasonOf(broken), v1::ERROR_REASON_MALFORMED_MESSAGE);
  EXPECT_EQ(FieldOf(broken), "");
  const absl::Status not_utf8 = calls_.Answer(Arrived(), "\x0A\x01\xFF").status();
  EXPECT_EQ(not_utf8.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(not_utf8), v1::ERROR_REASON_MALFORMED_MESSAGE);
  EXPECT_EQ(FieldOf(not_utf8), "name");
  EXPECT_EQ(ReasonOf(calls_.Answer(Arrived(), "").status()), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(handled_, 0);
}

TEST_F(CallServerTest, MistakesOfOursStayInside) {
  for (const char* name : {"passports/throws", "passports/strange", "passports/fails"}) {
    const absl::Status status = Answer(name).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInternal) << name;
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INTERNAL);
    EXPECT_EQ(MetadataOf(status, "trace"), "1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f");
    EXPECT_THAT(std::string(status.message()), testing::Not(testing::HasSubstr("secret")));
  }
}

TEST_F(CallServerTest, TheLogSaysWhatHappenedAndNotToWhom) {
  const CallContext context = Arrived();
  calls_.Log(context, Answer("passports/fails").status());
  calls_.Log(Arrived("made.up/name of somebody"), absl::UnimplementedError(""));
  const std::vector<CallLine> lines = log_.lines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].method, kGet);
  EXPECT_EQ(lines[0].reason, "ERROR_REASON_INTERNAL");
  EXPECT_THAT(ToJson(lines[0]), testing::Not(testing::HasSubstr("passports/fails")));
  EXPECT_EQ(lines[1].method, "unknown");
}

TEST_F(CallServerTest, HowLongACallTookIsNoMatterOfTheSystemsClock) {
  for (const absl::Duration step : {absl::Hours(-1), absl::Hours(24 * 365)}) {
    const CallContext context = Arrived();
    now_ += step;
    calls_.Log(context, absl::OkStatus());
    EXPECT_GE(log_.lines().back().took, absl::ZeroDuration());
    EXPECT_LT(log_.lines().back().took, absl::Hours(1));
    EXPECT_EQ(log_.lines().back().time, now_);
  }
}

}  // namespace
}  // namespace passend::service
