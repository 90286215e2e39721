// `passend admin backup` and `scrub` against a server, where they do not come to an end.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "passend/v1/admin_service.grpc.pb.h"
#include "service/client/problem.h"
#include "tests/service/client/client_run.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

using client::ClientRun;
using client::RunClient;
using testing::HasSubstr;

// Jobs that run for ever; what GetJob says is the test's.
class EndlessJobs : public v1::AdminService::Service {
 public:
  grpc::Status StartBackup(grpc::ServerContext*, const v1::StartBackupRequest*,
                           v1::AdminJob* job) override {
    job->set_kind(v1::JOB_KIND_BACKUP);
    return Running(job);
  }
  grpc::Status StartScrub(grpc::ServerContext*, const v1::StartScrubRequest*,
                          v1::AdminJob* job) override {
    job->set_kind(v1::JOB_KIND_SCRUB);
    return Running(job);
  }
  grpc::Status GetJob(grpc::ServerContext*, const v1::GetJobRequest* request,
                      v1::AdminJob* job) override {
    job->set_kind(request->kind());
    return said.ok() ? Running(job) : said;
  }
  grpc::Status said;

 private:
  static grpc::Status Running(v1::AdminJob* job) {
    job->set_state(v1::JOB_STATE_RUNNING);
    job->mutable_start_time()->set_seconds(1);
    return grpc::Status::OK;
  }
};

class AdminJobCommand : public testing::Test {
 protected:
  AdminJobCommand() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address_, grpc::InsecureServerCredentials());
    builder.RegisterService(&jobs_);
    server_ = builder.BuildAndStart();
  }
  ~AdminJobCommand() override { server_->Shutdown(); }

  ClientRun Admin(const std::string& command, const client::ClientTerminal& terminal = {}) {
    return RunClient({"--lang", "en", "admin", command}, {{"PASSEND_SERVER", address_}}, terminal);
  }

  storage::TemporaryDirectory directory_;
  const std::string address_ = "unix:" + directory_.path() + "/socket";
  EndlessJobs jobs_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(AdminJobCommand, WhoDoesNotWaitIsToldThatTheServerGoesOn) {
  for (const std::string& command : std::vector<std::string>{"backup", "scrub"}) {
    const ClientRun run = Admin(command, {.waits_until_stop = 2});
    EXPECT_EQ(run.code, client::kExitRefused);
    EXPECT_THAT(run.err, HasSubstr("The server goes on with it: `passend admin " + command + "`"));
    EXPECT_EQ(run.out, "");
  }
}

TEST_F(AdminJobCommand, AServerThatStopsMeanwhileIsOneSentence) {
  for (const grpc::StatusCode code : {grpc::StatusCode::CANCELLED, grpc::StatusCode::UNAVAILABLE}) {
    jobs_.said = grpc::Status(code, "CANCELLED");
    const ClientRun run = Admin("backup");
    EXPECT_EQ(run.code, client::kExitUnreachable);
    EXPECT_THAT(run.err, HasSubstr("The server has stopped meanwhile"));
    EXPECT_EQ(run.out, "");
  }
}

TEST_F(AdminJobCommand, OtherRefusalsAreToldAsTheyAre) {
  jobs_.said = grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "you may not do this");
  const ClientRun run = Admin("scrub");
  EXPECT_EQ(run.code, client::kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("you may not do this"));
}

}  // namespace
}  // namespace passend::service
