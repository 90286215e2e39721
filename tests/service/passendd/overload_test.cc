// More calls than the server can answer, over gRPC, from callers that are known: who is answered,
// and who is turned away.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "passend/v1/consent_service.pb.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/call_server.h"
#include "service/call/grpc_arrival.h"
#include "service/passendd/grpc_server.h"
#include "service/surroundings.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/folder.h"

namespace passend::service {
namespace {

constexpr char kFind[] = "MatchService/FindCandidates";
constexpr char kRevoke[] = "ConsentService/RevokeConsent";
constexpr size_t kInFlightMax = 17;  // one is answered, sixteen wait

// Nothing has waited for too long, however long these tests take.
Surroundings StandingClock() {
  Surroundings surroundings = SystemSurroundings();
  surroundings.steady_now = [] { return absl::UnixEpoch(); };
  return surroundings;
}

// The caller's house: `employer/portal` of `employer/portal/anna`.
std::string HouseOf(const std::string& caller) {
  return caller.substr(0, caller.find('/', caller.find('/') + 1));
}

// Believes `authorization: ROLE/TENANT/SUBJECT`; who names no subject is the tenant's only one.
class TrustingAuthorizer : public Authorizer {
 private:
  absl::StatusOr<Caller> Identify(const Credentials& credentials) const override {
    const std::string says(credentials.authorization.at(0));
    const size_t slash = says.find('/');
    Caller caller;
    caller.peer = std::string(credentials.peer);
    caller.role = RoleNamed(says.substr(0, slash)).value_or(Role::kNone);
    caller.subject = says.substr(slash + 1);
    caller.tenant = HouseOf(says).substr(slash + 1);
    caller.proof = Proof::kToken;
    return caller;
  }
};

// Handlers wait until they are let through.
class Gate {
 public:
  void Pass() {
    absl::MutexLock lock(&mutex_);
    ++arrived_;
    mutex_.Await(absl::Condition(&open_));
  }
  void Open() {
    absl::MutexLock lock(&mutex_);
    open_ = true;
  }
  void AwaitArrival() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* arrived) { return *arrived > 0; }, &arrived_));
  }

 private:
  absl::Mutex mutex_;
  bool open_ = false;
  int arrived_ = 0;
};

class OverloadTest : public testing::Test {
 protected:
  OverloadTest() {
    bindings_.Bind<v1::FindCandidatesRequest, v1::FindCandidatesResponse>(
        "passend.v1.MatchService.FindCandidates",
        [this](const CallContext&, const v1::FindCandidatesRequest&) {
          gate_.Pass();
          return v1::FindCandidatesResponse();
        });
    bindings_.Bind<v1::RevokeConsentRequest, v1::Consent>(
        "passend.v1.ConsentService.RevokeConsent",
        [this](const CallContext&, const v1::RevokeConsentRequest&) {
          gate_.Pass();
          return v1::Consent();
        });
    auto server =
        GrpcServer::Listen(absl::StrCat("unix:", folder_.File("socket")), 1 << 16, calls_);
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    server_->SetServing(true);
    stub_ = std::make_unique<grpc::GenericStub>(
        grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  }
  ~OverloadTest() override {
    gate_.Open();
    AwaitAnswers();
  }

  // Sends, and counts by the caller's house and code what becomes of it.
  void Send(const std::string& caller, const std::string& method) {
    absl::MutexLock lock(&mutex_);
    Sent& sent = sent_.emplace_back();
    ++unanswered_;
    sent.context.AddMetadata("authorization", caller);
    sent.context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    sent.request = BufferOf(BytesFor(method));
    stub_->UnaryCall(&sent.context, absl::StrCat("/passend.v1.", method), {}, &sent.request,
                     &sent.response, [this, caller](const grpc::Status& status) {
                       absl::MutexLock locked(&mutex_);
                       ++counts_[HouseOf(caller)][status.error_code()];
                       --unanswered_;
                     });
  }
  grpc::StatusCode Ask(const std::string& caller, const std::string& method) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", caller);
    const grpc::ByteBuffer request = BufferOf(BytesFor(method));
    grpc::ByteBuffer response;
    std::atomic<int> code = -1;
    stub_->UnaryCall(&context, absl::StrCat("/passend.v1.", method), {}, &request, &response,
                     [&code](const grpc::Status& status) { code = status.error_code(); });
    while (code < 0) std::this_thread::yield();
    return static_cast<grpc::StatusCode>(code.load());
  }
  static std::string BytesFor(const std::string& method) {
    if (method == kFind) {
      v1::FindCandidatesRequest request;
      request.set_task("tasks/a");
      return request.SerializeAsString();
    }
    v1::RevokeConsentRequest request;
    request.set_name("passports/a/consents/b");
    return request.SerializeAsString();
  }
  // Until the server has turned away or taken in all that was sent.
  void AwaitArrivalOf(size_t sent) {
    while (true) {
      const size_t in_flight = calls_.in_flight();
      absl::MutexLock lock(&mutex_);
      if (sent_.size() - static_cast<size_t>(unanswered_) + in_flight == sent) return;
    }
  }
  void AwaitAnswers() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* unanswered) { return *unanswered == 0; }, &unanswered_));
  }
  // The count once it has come to `expected`, or what it is after a while: whoever is turned away
  // has arrived before it hears so.
  int AwaitCountOf(const std::string& caller, grpc::StatusCode code, int expected) {
    for (int i = 0; i < 1'000 && CountOf(caller, code) < expected; ++i) {
      absl::SleepFor(absl::Milliseconds(10));
    }
    return CountOf(caller, code);
  }
  int CountOf(const std::string& caller, grpc::StatusCode code) {
    absl::MutexLock lock(&mutex_);
    return counts_[caller][code];
  }

  // `name`: who of the house employer/flood sends the call of a number.
  void ExpectOnlyTheFloodIsHurt(const std::function<std::string(int)>& name) {
    Send(name(0), kFind);
    gate_.AwaitArrival();
    for (int number = 1; number < 200; ++number) Send(name(number), kFind);
    AwaitArrivalOf(200);
    EXPECT_EQ(AwaitCountOf("employer/flood", grpc::StatusCode::RESOURCE_EXHAUSTED, 183), 183)
        << "at once, while nothing is answered";
    for (int i = 0; i < 8; ++i) Send("employer/other", kFind);
    AwaitArrivalOf(208);
    EXPECT_EQ(AwaitCountOf("employer/flood", grpc::StatusCode::RESOURCE_EXHAUSTED, 191), 191);
    EXPECT_EQ(CountOf("employer/other", grpc::StatusCode::RESOURCE_EXHAUSTED), 0);
    gate_.Open();
    AwaitAnswers();
    EXPECT_EQ(CountOf("employer/other", grpc::StatusCode::OK), 8);
    EXPECT_EQ(CountOf("employer/flood", grpc::StatusCode::OK), 9);
  }

  struct Sent {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer response;
  };

  const Folder folder_;
  Gate gate_;
  LineKeeper log_;
  const TrustingAuthorizer authorizer_;
  MethodBindings bindings_;
  CallServer calls_{{1 << 16, kInFlightMax, 1}, bindings_, authorizer_, log_, StandingClock(),
                    [] { return uint64_t{0}; }};
  std::unique_ptr<GrpcServer> server_;
  std::unique_ptr<grpc::GenericStub> stub_;
  absl::Mutex mutex_;
  std::list<Sent> sent_;
  std::map<std::string, std::map<grpc::StatusCode, int>> counts_;
  int unanswered_ = 0;
};

TEST_F(OverloadTest, AFloodHurtsItselfOnly) {
  ExpectOnlyTheFloodIsHurt([](int) { return "employer/flood"; });
}

// A portal with a token for each of its people has no more than one with a single token.
TEST_F(OverloadTest, AFloodOfManyTokensHurtsItsHouseOnly) {
  ExpectOnlyTheFloodIsHurt([](int number) { return absl::StrCat("employer/flood/", number); });
}

TEST_F(OverloadTest, WithdrawingAConsentIsServedWhileListsAreTurnedAway) {
  Send("employer/portal", kFind);
  gate_.AwaitArrival();
  for (int i = 0; i < 49; ++i) Send("employer/portal", kFind);
  AwaitArrivalOf(50);
  for (int i = 0; i < 16; ++i) Send(absl::StrCat("person/p", i), kRevoke);
  AwaitArrivalOf(66);
  EXPECT_EQ(AwaitCountOf("employer/portal", grpc::StatusCode::RESOURCE_EXHAUSTED, 49), 49)
      << "all but the one that had begun";
  gate_.Open();
  AwaitAnswers();
  for (int i = 0; i < 16; ++i) {
    EXPECT_EQ(CountOf(absl::StrCat("person/p", i), grpc::StatusCode::OK), 1);
  }
}

TEST_F(OverloadTest, WhoAsksNowAndThenIsAnsweredAllTheWhile) {
  gate_.Open();
  std::atomic<bool> enough = false;
  std::thread flood([&] {
    while (!enough.load()) {
      for (int i = 0; i < 100; ++i) Send("employer/flood", kFind);
      AwaitAnswers();
    }
  });
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(Ask("employer/other", kFind), grpc::StatusCode::OK);
    EXPECT_EQ(Ask("person/p", kRevoke), grpc::StatusCode::OK);
  }
  enough = true;
  flood.join();
  EXPECT_GT(CountOf("employer/flood", grpc::StatusCode::OK), 0);
}

}  // namespace
}  // namespace passend::service
