// The whole of it, as the daemon puts it together, over a unix socket.
#include "service/passendd/assembly.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "passend/v1/match_service.grpc.pb.h"
#include "passend/v1/passport_service.grpc.pb.h"
#include "service/call/call_server.h"
#include "service/passendd/grpc_server.h"
#include "storage/memory_store.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::service {
namespace {

// What a write's answer says of its commit; empty where it says nothing.
std::string SequenceToldIn(const grpc::ClientContext& context) {
  const auto& trailers = context.GetServerTrailingMetadata();
  const auto told = trailers.find("passend-data-sequence");
  return told == trailers.end() ? "" : std::string(told->second.data(), told->second.size());
}

// Whoever writes learns the commit, and asks for answers that have it.
TEST(AssemblyTest, TellsWritersTheirCommitAndAnswersWithIt) {
  const client::TemporaryFolder folder;
  const auto store = storage::NewMemoryStore();
  Assembly assembly(*store, SystemSurroundings(), {});
  LineKeeper log;
  const LocalAuthorizer authorizer;
  CallServer calls({1 << 20, 16, 2}, assembly.bindings(), authorizer, log, SystemSurroundings(),
                   [&store] { return store->LastSequence(); });
  const std::string address = absl::StrCat("unix:", folder.path(), "/socket");
  auto server = GrpcServer::Listen(address, 1 << 20, calls).value();
  ASSERT_TRUE(assembly.Start().ok());
  server->SetServing(true);
  const auto channel = grpc::CreateChannel(address, grpc::InsecureChannelCredentials());
  auto passports = v1::PassportService::NewStub(channel);
  auto matches = v1::MatchService::NewStub(channel);

  v1::CreatePassportRequest creation;
  creation.mutable_passport()->set_region("groningen");
  grpc::ClientContext creating;
  v1::Passport passport;
  const grpc::Status created = passports->CreatePassport(&creating, creation, &passport);
  ASSERT_TRUE(created.ok()) << created.error_message();
  EXPECT_EQ(SequenceToldIn(creating), absl::StrCat(store->LastSequence()));

  grpc::ClientContext reading;
  v1::GetPassportRequest get;
  get.set_name(passport.name());
  ASSERT_TRUE(passports->GetPassport(&reading, get, &passport).ok());
  EXPECT_EQ(SequenceToldIn(reading), "");

  grpc::ClientContext refused;
  creation.mutable_passport()->set_region("Not a region");
  EXPECT_FALSE(passports->CreatePassport(&refused, creation, &passport).ok());
  EXPECT_EQ(SequenceToldIn(refused), "");

  v1::FindTasksRequest question;
  question.set_passport(passport.name());
  question.set_min_data_sequence(std::stoll(SequenceToldIn(creating)));
  grpc::ClientContext asking;
  v1::FindTasksResponse answer;
  ASSERT_TRUE(matches->FindTasks(&asking, question, &answer).ok());
  EXPECT_GE(answer.basis().data_sequence(), question.min_data_sequence());

  question.set_min_data_sequence(question.min_data_sequence() + 1'000);
  grpc::ClientContext ahead;
  const grpc::Status future = matches->FindTasks(&ahead, question, &answer);
  EXPECT_EQ(future.error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_THAT(future.error_message(), testing::StartsWith("min_data_sequence: must be at most "));
}

}  // namespace
}  // namespace passend::service
