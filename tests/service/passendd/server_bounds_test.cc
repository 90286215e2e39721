// What a connection and its callers may hold before anybody asks who they are.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "passend/v1/taxonomy_service.grpc.pb.h"
#include "service/call/grpc_arrival.h"
#include "service/call/health_service.h"
#include "service/passendd/grpc_server.h"
#include "tests/service/call/line_keeper.h"

namespace passend::service {
namespace {

class ServerBoundsTest : public testing::Test {
 protected:
  ServerBoundsTest() {
    bindings_.Bind<v1::ListTaxonomiesRequest, v1::ListTaxonomiesResponse>(
        "passend.v1.TaxonomyService.ListTaxonomies",
        [](const CallContext&, const v1::ListTaxonomiesRequest&) {
          return v1::ListTaxonomiesResponse();
        });
  }

  void Listen(GrpcServer::ConnectionTimes times = {}) {
    auto server = GrpcServer::Listen(
        "127.0.0.1:0", 1 << 16, calls_, nullptr, [] {}, times);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    server_->SetServing(true);
    channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  }
  grpc::Status Call() {
    grpc::ClientContext context;
    v1::ListTaxonomiesResponse response;
    return v1::TaxonomyService::NewStub(channel_)->ListTaxonomies(&context, {}, &response);
  }

  grpc::Status Check() {
    grpc::ClientContext context;
    const grpc::ByteBuffer request = BufferOf("");
    grpc::ByteBuffer response;
    grpc::Status status;
    absl::Notification ended;
    grpc::GenericStub(channel_).UnaryCall(&context, "/grpc.health.v1.Health/Check", {}, &request,
                                          &response, [&](grpc::Status result) {
                                            status = std::move(result);
                                            ended.Notify();
                                          });
    ended.WaitForNotification();
    return status;
  }

  LineKeeper log_;
  LocalAuthorizer authorizer_;
  MethodBindings bindings_;
  CallServer calls_{{1 << 16, 16, 2},          bindings_, authorizer_, log_, SystemSurroundings(),
                    [] { return uint64_t{0}; }};
  std::unique_ptr<GrpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

// Each open stream of reflection has a thread of gRPC's own.
TEST_F(ServerBoundsTest, ReflectionHasFewThreads) {
  Listen();
  grpc::CompletionQueue queue;
  const auto done = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  struct Stream {
    grpc::ClientContext context;
    std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call;
    grpc::ByteBuffer answer;
  };
  grpc::GenericStub stub(channel_);
  const grpc::ByteBuffer list_services = BufferOf(std::string("\x3A\x00", 2));
  std::vector<std::unique_ptr<Stream>> answered;
  bool refused = false;
  while (!refused && answered.size() < 100) {
    auto stream = std::make_unique<Stream>();
    stream->call = stub.PrepareCall(
        &stream->context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
    stream->call->StartCall(nullptr);
    refused = !done();
    if (!refused) {
      stream->call->Write(list_services, nullptr);
      done();
      stream->call->Read(&stream->answer, nullptr);
      refused = !done();
    }
    answered.push_back(std::move(stream));
  }
  EXPECT_TRUE(refused);
  EXPECT_GT(answered.size(), 1u);
  EXPECT_LE(answered.size(), 17u);
  EXPECT_TRUE(Call().ok()) << "the others' calls need none of these threads";
  for (const auto& stream : answered) stream->context.TryCancel();
  queue.Shutdown();
  while (done()) {
  }
}

// One after the other, each over a call of its own.
class HealthStreams {
 public:
  explicit HealthStreams(const std::shared_ptr<grpc::Channel>& channel) : stub_(channel) {}
  ~HealthStreams() {
    for (const auto& stream : streams_) stream->context.TryCancel();
    queue_.Shutdown();
    while (Done()) {
    }
  }

  // What it is told first, or why not.
  grpc::Status Open(const std::string& request, std::string* told) {
    Stream& stream = *streams_.emplace_back(std::make_unique<Stream>());
    stream.call = stub_.PrepareCall(&stream.context, "/grpc.health.v1.Health/Watch", &queue_);
    stream.call->StartCall(nullptr);
    bool ok = Done();
    if (ok) {
      stream.call->WriteLast(BufferOf(request), grpc::WriteOptions(), nullptr);
      Done();
      ok = Read(streams_.size() - 1, told);
    }
    if (ok) return grpc::Status::OK;
    return End(streams_.size() - 1);
  }
  bool Read(size_t stream, std::string* told) {
    streams_[stream]->call->Read(&streams_[stream]->answer, nullptr);
    if (!Done()) return false;
    *told = BytesOf(streams_[stream]->answer);
    return true;
  }
  grpc::Status End(size_t stream) {
    grpc::Status status;
    streams_[stream]->call->Finish(&status, nullptr);
    Done();
    return status;
  }
  size_t count() const { return streams_.size(); }

 private:
  struct Stream {
    grpc::ClientContext context;
    std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call;
    grpc::ByteBuffer answer;
  };
  bool Done() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::CompletionQueue queue_;
  std::vector<std::unique_ptr<Stream>> streams_;
};

constexpr char kServing[] = "\x08\x01";
constexpr char kNotServing[] = "\x08\x02";
constexpr char kServiceUnknown[] = "\x08\x03";

TEST_F(ServerBoundsTest, HealthIsToldToEachStreamWhenItChanges) {
  Listen();
  HealthStreams streams(channel_);
  const std::string service = "passend.v1.MatchService";
  std::string told;
  ASSERT_TRUE(streams.Open("", &told).ok());
  EXPECT_EQ(told, kServing);
  ASSERT_TRUE(
      streams.Open("\x0A" + std::string(1, static_cast<char>(service.size())) + service, &told)
          .ok());
  EXPECT_EQ(told, kServing);
  ASSERT_TRUE(streams.Open("\x0A\x01x", &told).ok());
  EXPECT_EQ(told, kServiceUnknown);
  EXPECT_EQ(streams.Open("\x0A\x09x", &told).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  for (const bool serving : {false, true}) {
    server_->SetServing(serving);
    for (size_t i = 0; i < 2; ++i) {
      ASSERT_TRUE(streams.Read(i, &told));
      EXPECT_EQ(told, serving ? kServing : kNotServing);
    }
  }
  // A server that drains keeps nobody waiting for news, and waits for none of them.
  server_->Drain(absl::Seconds(60));
  ASSERT_TRUE(streams.Read(0, &told));
  EXPECT_EQ(told, kNotServing);
  EXPECT_FALSE(streams.Read(0, &told));
  EXPECT_EQ(streams.End(0).error_code(), grpc::StatusCode::UNAVAILABLE);
}

// Anybody may ask for them, for as long as they like.
TEST_F(ServerBoundsTest, OneAddressHasHalfOfTheStreamsOfHealth) {
  Listen();
  HealthStreams streams(channel_);
  std::string told;
  grpc::Status status;
  while (status.ok() && streams.count() <= kHealthWatchesMax) status = streams.Open("", &told);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  google::rpc::Status rpc;
  ASSERT_TRUE(rpc.ParseFromString(status.error_details()));
  google::rpc::RetryInfo retry;
  EXPECT_TRUE(std::any_of(rpc.details().begin(), rpc.details().end(),
                          [&](const auto& detail) { return detail.UnpackTo(&retry); }));
  EXPECT_EQ(streams.count(), kHealthWatchesMax / 2 + 1);
  EXPECT_TRUE(Call().ok());
  EXPECT_TRUE(Check().ok()) << "who gets no stream asks";
}

// Callers who ask for all taxonomies, each answer of kAnswerBytes, over one connection.
class UnreadAnswersServerTest : public testing::Test {
 protected:
  static constexpr size_t kAnswerBytes = size_t{1} << 20;
  static constexpr size_t kUnreadMax = 4 * (kAnswerBytes + 2 * kUnreadCallBytes);  // fit

  ~UnreadAnswersServerTest() override {
    for (const auto& call : calls_made_) call->context.TryCancel();
    queue_.Shutdown();
    while (Done()) {
    }
  }

  void Listen(absl::Duration read_within) {
    v1::ListTaxonomiesResponse answer;
    answer.add_taxonomies()->set_display_name(std::string(kAnswerBytes, 'x'));
    bindings_.Bind<v1::ListTaxonomiesRequest, v1::ListTaxonomiesResponse>(
        "passend.v1.TaxonomyService.ListTaxonomies",
        [answer](const CallContext&, const v1::ListTaxonomiesRequest&) { return answer; });
    CallLimits limits{1 << 16, 64, 2};
    limits.unread_bytes_max = kUnreadMax;
    limits.read_within = read_within;
    calls_ = std::make_unique<CallServer>(limits, bindings_, authorizer_, log_,
                                          SystemSurroundings(), [] { return uint64_t{0}; });
    auto server = GrpcServer::Listen("127.0.0.1:0", 1 << 16, *calls_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    server_->SetServing(true);
    grpc::ChannelArguments takes_little;  // before it reads
    takes_little.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    takes_little.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 14);
    stub_ = std::make_unique<grpc::GenericStub>(grpc::CreateCustomChannel(
        server_->address(), grpc::InsecureChannelCredentials(), takes_little));
  }

  // Returns once the answer is on its way, and reads nothing of it. Before any are read.
  void Ask() {
    Asked& asked = *calls_made_.emplace_back(std::make_unique<Asked>());
    asked.call =
        stub_->PrepareCall(&asked.context, "/passend.v1.TaxonomyService/ListTaxonomies", &queue_);
    asked.call->StartCall(nullptr);
    ASSERT_TRUE(Done());
    asked.call->WriteLast(BufferOf(""), grpc::WriteOptions(), nullptr);
    ASSERT_TRUE(Done());
    const UnreadAnswers& unread = calls_->unread();
    ASSERT_TRUE(ComesTrue(
        [&] { return unread.cut_off() + unread.bytes() / kAnswerBytes == calls_made_.size(); }));
  }
  grpc::Status Read(size_t number) {
    Asked& asked = *calls_made_[number];
    grpc::ByteBuffer answer;
    asked.call->Read(&answer, nullptr);
    const bool read = Done();
    grpc::Status status;
    asked.call->Finish(&status, nullptr);
    Done();
    EXPECT_EQ(status.ok(), read && answer.Length() > kAnswerBytes) << status.error_message();
    return status;
  }
  static bool ComesTrue(const std::function<bool()>& condition) {
    for (int i = 0; i < 3'000 && !condition(); ++i) absl::SleepFor(absl::Milliseconds(10));
    return condition();
  }

  LineKeeper log_;
  LocalAuthorizer authorizer_;
  MethodBindings bindings_;
  std::unique_ptr<CallServer> calls_;
  std::unique_ptr<GrpcServer> server_;

 private:
  struct Asked {
    grpc::ClientContext context;
    std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call;
  };
  bool Done() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  std::unique_ptr<grpc::GenericStub> stub_;
  grpc::CompletionQueue queue_;
  std::vector<std::unique_ptr<Asked>> calls_made_;
};

TEST_F(UnreadAnswersServerTest, AreBoundedInAllAndTheOldestGiveWay) {
  Listen(kReadWithin);
  for (int i = 0; i < 10; ++i) Ask();
  EXPECT_TRUE(ComesTrue([&] { return calls_->unread().cut_off() == 6; }));
  EXPECT_LE(calls_->unread().bytes(), kUnreadMax);
  EXPECT_GE(calls_->unread().bytes(), 4 * kAnswerBytes);
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(Read(i).error_code(), grpc::StatusCode::CANCELLED);
  for (size_t i = 6; i < 10; ++i) EXPECT_TRUE(Read(i).ok());
  EXPECT_TRUE(ComesTrue([&] { return calls_->unread().bytes() == 0; })) << "all are read";
  EXPECT_EQ(calls_->unread().cut_off(), 6u);
}

TEST_F(UnreadAnswersServerTest, AreCutOffWhenTheirTimeIsOver) {
  Listen(absl::Milliseconds(200));
  Ask();
  EXPECT_TRUE(ComesTrue([&] { return calls_->unread().cut_off() == 1; }));
  EXPECT_EQ(calls_->unread().bytes(), 0u);
  EXPECT_EQ(Read(0).error_code(), grpc::StatusCode::CANCELLED);
}

TEST(AddressOfTest, IsThePeerWithoutItsPort) {
  EXPECT_EQ(AddressOf("ipv4:192.0.2.1:50000"), "ipv4:192.0.2.1");
  EXPECT_EQ(AddressOf("ipv6:[2001:db8::1]:50000"), "ipv6:[2001:db8::1]");
  EXPECT_EQ(AddressOf("unix:"), "");
  EXPECT_EQ(AddressOf("unix:/run/passend"), "");
}

TEST_F(ServerBoundsTest, AConnectionWithoutCallsEnds) {
  Listen({.idle_max = absl::Seconds(1)});
  EXPECT_TRUE(Call().ok());
  EXPECT_TRUE(channel_->WaitForStateChange(
      GRPC_CHANNEL_READY, std::chrono::system_clock::now() + std::chrono::seconds(30)));
}

}  // namespace
}  // namespace passend::service
