// What a connection and its callers may hold before anybody asks who they are.
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "passend/v1/taxonomy_service.grpc.pb.h"
#include "service/call/grpc_arrival.h"
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

TEST_F(ServerBoundsTest, AConnectionWithoutCallsEnds) {
  Listen({.idle_max = absl::Seconds(1)});
  EXPECT_TRUE(Call().ok());
  EXPECT_TRUE(channel_->WaitForStateChange(
      GRPC_CHANNEL_READY, std::chrono::system_clock::now() + std::chrono::seconds(30)));
}

}  // namespace
}  // namespace passend::service
