// The server over a unix socket: what only shows with gRPC in between.
#include "service/passendd/grpc_server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "passend/v1/passport_service.grpc.pb.h"
#include "passend/v1/taxonomy_service.grpc.pb.h"
#include "service/call/grpc_arrival.h"
#include "service/errors/call_errors.h"
#include "service/passendd/assembly.h"
#include "service/passendd/ready_file.h"
#include "storage/memory_store.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/folder.h"

namespace passend::service {
namespace {

constexpr char kGet[] = "/passend.v1.PassportService/GetPassport";
constexpr size_t kMessageBytesMax = 64 * 1024;

// Bytes in, bytes out.
grpc::Status CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                     const std::string& bytes, std::string* answer = nullptr) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  const grpc::ByteBuffer request = BufferOf(bytes);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification ended;
  grpc::GenericStub(channel).UnaryCall(&context, method, {}, &request, &response,
                                       [&](grpc::Status result) {
                                         status = std::move(result);
                                         ended.Notify();
                                       });
  ended.WaitForNotification();
  if (answer != nullptr) *answer = BytesOf(response);
  return status;
}

google::rpc::ErrorInfo InfoOf(const grpc::Status& status) {
  google::rpc::Status rpc;
  google::rpc::ErrorInfo info;
  EXPECT_TRUE(rpc.ParseFromString(status.error_details()));
  EXPECT_EQ(rpc.code(), static_cast<int>(status.error_code()));
  EXPECT_EQ(rpc.message(), status.error_message());
  EXPECT_TRUE(rpc.details_size() > 0 && rpc.details(0).UnpackTo(&info));
  return info;
}

template <typename Detail>
std::optional<Detail> DetailOf(const grpc::Status& status) {
  google::rpc::Status rpc;
  EXPECT_TRUE(rpc.ParseFromString(status.error_details()));
  Detail detail;
  for (const auto& any : rpc.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

// Handlers that do as the test says, in place of those of the assembly.
class HeldHandler {
 public:
  absl::StatusOr<v1::Passport> operator()(const CallContext& context) {
    ++started_count_;
    if (!started_.HasBeenNotified()) started_.Notify();
    if (wait_for_cancellation_) {
      while (!context.cancelled()) std::this_thread::yield();
      saw_cancellation_.Notify();
      return Cancelled();
    }
    go_on_.WaitForNotification();
    return v1::Passport();
  }

  std::atomic<int> started_count_ = 0;
  std::atomic<bool> wait_for_cancellation_ = false;
  absl::Notification started_;
  absl::Notification go_on_;
  absl::Notification saw_cancellation_;
};

class GrpcServerTest : public testing::Test {
 protected:
  GrpcServerTest() {
    bindings_.Bind<v1::GetPassportRequest, v1::Passport>(
        "passend.v1.PassportService.GetPassport",
        [this](const CallContext& context, const v1::GetPassportRequest&) {
          return held_(context);
        });
    auto server = GrpcServer::Listen(address_, kMessageBytesMax, calls_);
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    channel_ = grpc::CreateChannel(address_, grpc::InsecureChannelCredentials());
  }
  ~GrpcServerTest() override {
    if (!held_.go_on_.HasBeenNotified()) held_.go_on_.Notify();
  }

  grpc::Status Get() { return CallRaw(channel_, kGet, GetBytes()); }
  static std::string GetBytes() {
    v1::GetPassportRequest request;
    request.set_name("passports/a");
    return request.SerializeAsString();
  }
  // The system's, with a clock that a test puts ahead.
  Surroundings ShiftedSurroundings() {
    Surroundings surroundings = SystemSurroundings();
    surroundings.steady_now = [this] { return SteadyNow() + absl::Seconds(ahead_seconds_.load()); };
    return surroundings;
  }
  std::string Health(const std::string& service) {
    std::string request;
    if (!service.empty()) {
      request = absl::StrCat("\x0A", std::string(1, static_cast<char>(service.size())), service);
    }
    std::string answer;
    EXPECT_TRUE(CallRaw(channel_, "/grpc.health.v1.Health/Check", request, &answer).ok());
    return answer;
  }

  Folder folder_;
  std::string address_ = absl::StrCat("unix:", folder_.File("socket"));
  std::atomic<int> ahead_seconds_ = 0;
  HeldHandler held_;
  LineKeeper log_;
  LocalAuthorizer authorizer_;
  MethodBindings bindings_;
  CallServer calls_{
      {.message_bytes_max = kMessageBytesMax, .calls_in_flight_max = 2, .worker_threads = 1},
      bindings_,
      authorizer_,
      log_,
      ShiftedSurroundings(),
      [] { return uint64_t{0}; }};
  std::unique_ptr<GrpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(GrpcServerTest, HealthAndCallsSayWhetherItServes) {
  const std::string not_serving = "\x08\x02";
  const std::string serving = "\x08\x01";
  EXPECT_EQ(Health(""), not_serving);
  EXPECT_EQ(Health("passend.v1.MatchService"), not_serving);
  const grpc::Status early = Get();
  EXPECT_EQ(early.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(InfoOf(early).reason(), "ERROR_REASON_NOT_SERVING");
  EXPECT_EQ(DetailOf<google::rpc::RetryInfo>(early)->retry_delay().seconds(), 2);
  server_->SetServing(true);
  EXPECT_EQ(Health(""), serving);
  EXPECT_EQ(Health("passend.v1.MatchService"), serving);
  held_.go_on_.Notify();
  EXPECT_TRUE(Get().ok());
}

TEST_F(GrpcServerTest, TextThatIsNotUtf8IsNamedInTheTrailer) {
  server_->SetServing(true);
  const grpc::Status status = CallRaw(channel_, kGet, "\x0A\x02\xC3\x28");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  const google::rpc::ErrorInfo info = InfoOf(status);
  EXPECT_EQ(info.reason(), "ERROR_REASON_MALFORMED_MESSAGE");
  EXPECT_EQ(info.domain(), "passend");
  EXPECT_EQ(info.metadata().at("field"), "name");
  EXPECT_EQ(held_.started_count_.load(), 0);
}

// What is wrong in each of many fields has to fit in what a client takes of a trailer: 8 KiB.
TEST_F(GrpcServerTest, AFullListOfWrongFieldsArrives) {
  v1::CreatePassportRequest request;
  for (int i = 0; i < 40; ++i) {
    request.mutable_passport()->mutable_wishes()->add_participation_forms(
        static_cast<v1::ParticipationForm>(1'000 + i));
  }
  bindings_.Bind<v1::CreatePassportRequest, v1::Passport>(
      "passend.v1.PassportService.CreatePassport",
      [](const CallContext&, const v1::CreatePassportRequest&) { return v1::Passport(); });
  server_->SetServing(true);
  const grpc::Status status =
      CallRaw(channel_, "/passend.v1.PassportService/CreatePassport", request.SerializeAsString());
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
  EXPECT_EQ(InfoOf(status).reason(), "ERROR_REASON_INVALID_FIELD");
  const auto wrong = DetailOf<google::rpc::BadRequest>(status);
  ASSERT_TRUE(wrong.has_value());
  EXPECT_GE(wrong->field_violations_size(), 5);
  EXPECT_EQ(wrong->field_violations(0).field(), "passport.wishes.participation_forms");
}

TEST_F(GrpcServerTest, OversizedMessagesAreRefusedHoweverLarge) {
  server_->SetServing(true);
  const grpc::Status somewhat = CallRaw(channel_, kGet, std::string(kMessageBytesMax + 1, '\x0A'));
  EXPECT_EQ(somewhat.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(InfoOf(somewhat).reason(), "ERROR_REASON_LIMIT_EXCEEDED");
  EXPECT_EQ(CallRaw(channel_, kGet, std::string(8 << 20, '\x0A')).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(held_.started_count_.load(), 0);
}

TEST_F(GrpcServerTest, UnknownMethodsAndServicesHaveAReason) {
  server_->SetServing(true);
  for (const char* method : {"/passend.v1.PassportService/Lose", "/passend.v2.Other/Get"}) {
    const grpc::Status status = CallRaw(channel_, method, "");
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNIMPLEMENTED);
    EXPECT_EQ(InfoOf(status).reason(), "ERROR_REASON_NO_SUCH_METHOD");
  }
}

TEST_F(GrpcServerTest, MoreThanItCanTakeIsTurnedAwayAtOnce) {
  server_->SetServing(true);
  grpc::Status first;
  grpc::Status second;
  std::thread one([&] { first = Get(); });
  held_.started_.WaitForNotification();
  std::thread two([&] { second = Get(); });
  while (calls_.waiting() < 1) std::this_thread::yield();
  const grpc::Status third = Get();
  EXPECT_EQ(third.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(InfoOf(third).reason(), "ERROR_REASON_OVERLOADED");
  EXPECT_EQ(DetailOf<google::rpc::RetryInfo>(third)->retry_delay().seconds(), 1);
  held_.go_on_.Notify();
  one.join();
  two.join();
  EXPECT_TRUE(first.ok() && second.ok());
}

TEST_F(GrpcServerTest, WhatWaitedPastItsDeadlineIsNotDone) {
  server_->SetServing(true);
  std::thread one([&] { EXPECT_TRUE(Get().ok()); });
  held_.started_.WaitForNotification();
  {
    auto stub = v1::PassportService::NewStub(channel_);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(50));
    v1::GetPassportRequest request;
    request.set_name("passports/a");
    v1::Passport passport;
    EXPECT_EQ(stub->GetPassport(&context, request, &passport).error_code(),
              grpc::StatusCode::DEADLINE_EXCEEDED);
  }
  // The caller's clock and the server's never agree to the millisecond.
  ahead_seconds_.store(60);
  held_.go_on_.Notify();
  one.join();
  while (calls_.in_flight() > 0) std::this_thread::yield();
  EXPECT_EQ(held_.started_count_.load(), 1);
}

TEST_F(GrpcServerTest, AHandlerSeesThatTheCallerWentAway) {
  server_->SetServing(true);
  held_.wait_for_cancellation_.store(true);
  auto stub = v1::PassportService::NewStub(channel_);
  grpc::ClientContext context;
  std::thread caller([&] {
    v1::GetPassportRequest request;
    request.set_name("passports/a");
    v1::Passport passport;
    EXPECT_EQ(stub->GetPassport(&context, request, &passport).error_code(),
              grpc::StatusCode::CANCELLED);
  });
  held_.started_.WaitForNotification();
  context.TryCancel();
  caller.join();
  EXPECT_TRUE(held_.saw_cancellation_.WaitForNotificationWithTimeout(absl::Seconds(30)));
}

TEST_F(GrpcServerTest, DrainingLetsRunningCallsEnd) {
  server_->SetServing(true);
  grpc::Status status(grpc::StatusCode::UNKNOWN, "not answered");
  std::thread caller([&] { status = Get(); });
  held_.started_.WaitForNotification();
  std::thread drain([&] { server_->Drain(absl::Seconds(30)); });
  held_.go_on_.Notify();
  caller.join();
  drain.join();
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(GrpcServerTest, EveryCallIsLoggedWithItsTrace) {
  server_->SetServing(true);
  held_.go_on_.Notify();
  auto stub = v1::PassportService::NewStub(channel_);
  grpc::ClientContext context;
  context.AddMetadata("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  v1::GetPassportRequest request;
  request.set_name("passports/a");
  v1::Passport passport;
  ASSERT_TRUE(stub->GetPassport(&context, request, &passport).ok());
  while (log_.lines().empty()) std::this_thread::yield();
  EXPECT_EQ(log_.lines()[0].trace, "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(log_.lines()[0].method, "passend.v1.PassportService.GetPassport");
}

TEST_F(GrpcServerTest, AnAddressIsListenedOnOnce) {
  CallServer other({1'000, 1, 1}, bindings_, authorizer_, log_, SystemSurroundings(),
                   [] { return uint64_t{0}; });
  EXPECT_EQ(GrpcServer::Listen(address_, 1'000, other).status().code(),
            absl::StatusCode::kUnavailable);
  const auto on_a_port = GrpcServer::Listen("127.0.0.1:0", 1'000, other);
  ASSERT_TRUE(on_a_port.ok()) << on_a_port.status();
  EXPECT_THAT((*on_a_port)->address(), testing::MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  CallServer third({1'000, 1, 1}, bindings_, authorizer_, log_, SystemSurroundings(),
                   [] { return uint64_t{0}; });
  EXPECT_EQ(GrpcServer::Listen((*on_a_port)->address(), 1'000, third).status().code(),
            absl::StatusCode::kUnavailable);
}

// The whole of it, as the daemon puts it together.
TEST(AssemblyTest, AnswersOverGrpc) {
  const Folder folder;
  const auto store = storage::NewMemoryStore();
  Assembly assembly(*store, SystemSurroundings(), {});
  LineKeeper log;
  const LocalAuthorizer authorizer;
  CallServer calls({1 << 20, 16, 2}, assembly.bindings(), authorizer, log, SystemSurroundings(),
                   [&store] { return store->LastSequence(); });
  const std::string address = absl::StrCat("unix:", folder.File("socket"));
  auto server = GrpcServer::Listen(address, 1 << 20, calls).value();
  ASSERT_TRUE(assembly.Start().ok());
  server->SetServing(true);
  const auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());

  grpc::ClientContext import_context;
  v1::ImportTaxonomyResponse imported;
  auto taxonomies = v1::TaxonomyService::NewStub(channel);
  auto writer = taxonomies->ImportTaxonomy(&import_context, &imported);
  v1::ImportTaxonomyRequest part;
  part.mutable_header()->mutable_taxonomy()->set_name("taxonomies/demo");
  part.mutable_header()->mutable_taxonomy()->set_display_name("Demo");
  part.mutable_header()->mutable_taxonomy()->set_version_label("1");
  ASSERT_TRUE(writer->Write(part));
  v1::Concept& skill = *part.mutable_concepts()->add_concepts();
  skill.set_name("taxonomies/demo/concepts/sweeping");
  skill.set_kind(v1::CONCEPT_KIND_SKILL);
  skill.add_labels()->set_language_code("en");
  skill.mutable_labels(0)->set_preferred("sweeping");
  ASSERT_TRUE(writer->Write(part));
  v1::ImportTaxonomyRequest end;
  end.mutable_end()->set_concept_count(1);
  ASSERT_TRUE(writer->Write(end));
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(imported.added_concepts(), 1);

  // Whoever goes away in the middle leaves everything as it was; in whatever order gRPC tells the
  // server that the stream is over and that it was cancelled.
  const storage::Sequence before = store->LastSequence();
  for (int round = 0; round < 50; ++round) {
    grpc::ClientContext broken_context;
    v1::ImportTaxonomyResponse nothing;
    auto broken = taxonomies->ImportTaxonomy(&broken_context, &nothing);
    v1::ImportTaxonomyRequest header;
    header.mutable_header()->mutable_taxonomy()->set_name("taxonomies/broken");
    header.mutable_header()->mutable_taxonomy()->set_display_name("Broken");
    header.mutable_header()->mutable_taxonomy()->set_version_label("1");
    broken->Write(header);
    v1::ImportTaxonomyRequest some = part;
    some.mutable_concepts()->mutable_concepts(0)->set_name("taxonomies/broken/concepts/sweeping");
    broken->Write(some);
    broken_context.TryCancel();
    EXPECT_FALSE(broken->Finish().ok());
  }

  part.mutable_concepts()->mutable_concepts(0)->set_name("sweeping");
  const auto import_spoilt = [&] {
    grpc::ClientContext spoilt_context;
    auto spoilt = taxonomies->ImportTaxonomy(&spoilt_context, &imported);
    spoilt->Write(part);
    spoilt->WritesDone();
    return spoilt->Finish();
  };
  // The server may still be ending those that went away; until then it is busy.
  grpc::Status refused = import_spoilt();
  while (refused.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED) {
    ASSERT_EQ(InfoOf(refused).reason(), "ERROR_REASON_OVERLOADED");
    refused = import_spoilt();
  }
  while (calls.in_flight() > 0) std::this_thread::yield();
  EXPECT_EQ(store->LastSequence(), before);
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << refused.error_message();
  EXPECT_EQ(InfoOf(refused).metadata().at("field"), "concepts.concepts[0].name");

  grpc::ClientContext create_context;
  v1::CreatePassportRequest request;
  request.mutable_passport()->set_region("delft");
  v1::Passport passport;
  auto passports = v1::PassportService::NewStub(channel);
  ASSERT_TRUE(passports->CreatePassport(&create_context, request, &passport).ok());
  EXPECT_EQ(passport.region(), "delft");
}

TEST(ReadyFileTest, IsThereAsLongAsItIsReady) {
  const Folder folder;
  const std::string path = folder.File("ready");
  {
    ReadyFile ready(path);
    EXPECT_FALSE(std::filesystem::exists(path));
    ASSERT_TRUE(ready.Write("127.0.0.1:4711").ok());
    std::string line;
    std::getline(std::ifstream(path), line);
    EXPECT_EQ(line, "127.0.0.1:4711");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(ReadyFile(folder.File("no/such/folder")).Write("x").code(),
            absl::StatusCode::kUnavailable);
  EXPECT_TRUE(ReadyFile("").Write("x").ok());
}

}  // namespace
}  // namespace passend::service
