// A server with mutual TLS and tokens, and real clients: who gets in, and that nobody is turned
// away while certificates and keys are exchanged.
#include <gmock/gmock.h>
#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "passend/v1/taxonomy_service.grpc.pb.h"
#include "service/call/call_server.h"
#include "service/passendd/assembly.h"
#include "service/passendd/grpc_server.h"
#include "service/passendd/identity_parts.h"
#include "storage/memory_store.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/folder.h"
#include "tests/service/identity/authority.h"

namespace passend::service {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// Files are looked at once a second, and gRPC looks a second later.
void WaitUntil(const std::function<bool()>& came) {
  for (const absl::Time end = absl::Now() + absl::Seconds(60); !came();) {
    ASSERT_LT(absl::Now(), end) << "it did not come";
    absl::SleepFor(absl::Milliseconds(20));
  }
}

class IdentityServerTest : public testing::Test {
 protected:
  IdentityServerTest() {
    Use(authority_.ServerCertificate());
    settings_.tls_client_ca = folder_.Put("client-ca.pem", authority_.certificate());
    settings_.token_keys = folder_.Put("jwks.json", SetOf({{"first", first_}}));
    settings_.token_issuer = "https://login.example.org";
    settings_.token_audience = "passend";
    auto parts =
        IdentityParts::Open(settings_, absl::Now, [this](std::string_view line) { Note(line); });
    EXPECT_TRUE(parts.ok()) << parts.status();
    identity_ = *std::move(parts);
    EXPECT_TRUE(assembly_.Start().ok());
    calls_ = std::make_unique<CallServer>(CallLimits{1 << 20, 64, 2}, assembly_.bindings(),
                                          identity_->authorizer(), log_, SystemSurroundings(),
                                          [this] { return store_->LastSequence(); });
    Listen({});
  }

  void Listen(GrpcServer::ConnectionTimes times) {
    server_ = nullptr;
    auto server = GrpcServer::Listen(
        "127.0.0.1:0", 1 << 20, *calls_, identity_->credentials(), [] {}, times);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    server_->SetServing(true);
  }

  void Use(const KeyAndCertificate& server) {
    settings_.tls_key = folder_.Put("server-key.pem", server.key);
    settings_.tls_certificate = folder_.Put("server.pem", server.certificate);
  }
  void Note(std::string_view line) {
    const std::lock_guard<std::mutex> lock(mutex_);
    lines_.emplace_back(line);
  }
  // How many lines of the log have the text.
  int LinesWith(const std::string& text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return static_cast<int>(std::count_if(
        lines_.begin(), lines_.end(),
        [&](const std::string& line) { return line.find(text) != std::string::npos; }));
  }
  static std::string SetOf(const std::vector<std::pair<std::string, SigningKey>>& keys) {
    json set = {{"keys", json::array()}};
    for (const auto& [key_id, key] : keys) set["keys"].push_back(key.Jwk(key_id));
    return set.dump();
  }
  static std::string TokenOf(const SigningKey& key, const std::string& key_id,
                             const std::string& role = "coach") {
    return SignedToken(key, {{"alg", "ES256"}, {"kid", key_id}},
                       {{"iss", "https://login.example.org"},
                        {"aud", "passend"},
                        {"exp", absl::ToUnixSeconds(absl::Now() + absl::Minutes(5))},
                        {"sub", "s"},
                        {"role", role},
                        {"tenant", "work-first"}});
  }

  // A connection of its own. gRPC tries nothing again over it: what fails is seen.
  std::shared_ptr<grpc::Channel> Connect(const std::string& roots,
                                         const KeyAndCertificate& client) const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    return grpc::CreateCustomChannel(server_->address(),
                                     grpc::SslCredentials({roots, client.key, client.certificate}),
                                     arguments);
  }
  static grpc::Status Call(const std::shared_ptr<grpc::Channel>& channel,
                           const std::string& token = "") {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    if (!token.empty()) context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    v1::ListTaxonomiesResponse response;
    return v1::TaxonomyService::NewStub(channel)->ListTaxonomies(&context, {}, &response);
  }
  static std::string CauseOf(const grpc::Status& status) {
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << status.error_message();
    google::rpc::Status rpc;
    google::rpc::ErrorInfo info;
    if (!rpc.ParseFromString(status.error_details()) || rpc.details_size() == 0 ||
        !rpc.details(0).UnpackTo(&info)) {
      return "no details";
    }
    return info.metadata().at("cause");
  }

  // Calls of the log that were not answered as asked.
  int FailedLines() const {
    const std::vector<CallLine> lines = log_.lines();
    return static_cast<int>(std::ranges::count_if(
        lines, [](const CallLine& line) { return line.code != absl::StatusCode::kOk; }));
  }

  const Folder folder_;
  const Authority authority_{"ours"};
  const SigningKey first_ = SigningKey::Ec();
  const SigningKey second_ = SigningKey::Ec();
  const KeyAndCertificate partner_ = authority_.Issue("URI:passend:partner/gemeente-delft/sync-1");
  const KeyAndCertificate nameless_ = authority_.Issue("URI:https://example.org,DNS:example.org");
  Settings settings_;
  std::mutex mutex_;
  std::vector<std::string> lines_;
  std::unique_ptr<IdentityParts> identity_;
  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  Assembly assembly_{*store_, SystemSurroundings(), {}};
  LineKeeper log_;
  std::unique_ptr<CallServer> calls_;
  std::unique_ptr<GrpcServer> server_;
};

TEST_F(IdentityServerTest, KnowsWhoCallsByCertificateOrToken) {
  const std::string& roots = authority_.certificate();
  EXPECT_TRUE(Call(Connect(roots, partner_)).ok());
  EXPECT_TRUE(Call(Connect(roots, nameless_), TokenOf(first_, "first")).ok());
  EXPECT_EQ(CauseOf(Call(Connect(roots, nameless_))), "certificate_identity");
  EXPECT_EQ(CauseOf(Call(Connect(roots, partner_), "nonsense")), "token_malformed");
  EXPECT_EQ(CauseOf(Call(Connect(roots, partner_), TokenOf(second_, "second"))), "token_key");
  EXPECT_EQ(CauseOf(Call(Connect(roots, partner_), TokenOf(second_, "first"))), "token_signature");
}

TEST_F(IdentityServerTest, TurnsAwayWhoHasNoCertificateOfTheAuthority) {
  const Authority stranger("theirs");
  const std::string& roots = authority_.certificate();
  const std::string token = TokenOf(first_, "first");
  EXPECT_EQ(Call(Connect(roots, {}), token).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(Call(Connect(roots, stranger.Issue("URI:passend:partner/gemeente-delft/sync-1")), token)
                .error_code(),
            grpc::StatusCode::UNAVAILABLE);
  // An authority of the same name is not the same authority.
  const Authority namesake("ours");
  EXPECT_EQ(Call(Connect(roots, namesake.Issue("URI:passend:partner/gemeente-delft/sync-1")))
                .error_code(),
            grpc::StatusCode::UNAVAILABLE);
  const auto plain = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  EXPECT_EQ(Call(plain, token).error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(log_.lines().empty()) << "none of them came as far as a call";
}

TEST_F(IdentityServerTest, ClientsSeeWhetherItIsTheServer) {
  const Authority stranger("theirs");
  EXPECT_EQ(Call(Connect(stranger.certificate(), partner_)).error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

// Callers that keep a connection, and callers that make one for each call.
class Callers {
 public:
  Callers(std::function<std::shared_ptr<grpc::Channel>()> connect,
          std::function<grpc::Status(const std::shared_ptr<grpc::Channel>&)> call) {
    for (const bool keeps : {true, false}) {
      threads_.emplace_back([this, keeps, connect, call] {
        std::shared_ptr<grpc::Channel> channel = connect();
        while (!ending_) {
          if (!keeps) channel = connect();
          const grpc::Status status = call(channel);
          ++calls_;
          if (status.ok()) continue;
          ++failures_;
          ADD_FAILURE() << status.error_code() << " " << status.error_message();
        }
      });
    }
  }
  void End() {
    ending_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  int calls() const { return calls_; }
  int failures() const { return failures_; }

 private:
  std::atomic<bool> ending_ = false;
  std::atomic<int> calls_ = 0;
  std::atomic<int> failures_ = 0;
  std::vector<std::thread> threads_;
};

TEST_F(IdentityServerTest, CertificatesAreExchangedWhileCallsRun) {
  const Authority next("next");
  const std::string both = authority_.certificate() + next.certificate();
  Callers callers([&] { return Connect(both, partner_); },
                  [](const auto& channel) { return Call(channel); });
  // First the key alone: it is not the certificate's, so everything stays as it was.
  const KeyAndCertificate fresh = next.ServerCertificate();
  folder_.Put("server-key.pem", fresh.key);
  WaitUntil([&] { return LinesWith("the old files stay in force") == 1; });
  EXPECT_FALSE(Call(Connect(next.certificate(), partner_)).ok());
  EXPECT_TRUE(Call(Connect(authority_.certificate(), partner_)).ok());
  // Then the certificate too, and clients of the new authority are taken beside the old ones.
  folder_.Put("client-ca.pem", both);
  folder_.Put("server.pem", fresh.certificate);
  WaitUntil([&] { return Call(Connect(next.certificate(), partner_)).ok(); });
  EXPECT_TRUE(Call(Connect(both, next.Issue("URI:passend:coach/work-first/c"))).ok());
  EXPECT_FALSE(Call(Connect(authority_.certificate(), partner_)).ok()) << "the old one is gone";
  for (int round = 0; round < 3; ++round) {
    const int before = LinesWith("are in force from now on");
    Use(next.ServerCertificate());
    WaitUntil([&] { return LinesWith("are in force from now on") > before; });
  }
  WaitUntil([&] { return callers.calls() > 50; });
  callers.End();
  EXPECT_EQ(callers.failures(), 0);
  EXPECT_EQ(FailedLines(), 0) << "the server's own count";
  std::printf("calls during certificate rotation: %d, failed: %d\n", callers.calls(),
              callers.failures());
}

TEST_F(IdentityServerTest, AnAuthorityThatIsTakenOutLastsNoLongerThanAConnection) {
  Listen({.age_max = absl::Seconds(2)});
  const auto before = Connect(authority_.certificate(), partner_);
  ASSERT_TRUE(Call(before).ok());
  folder_.Put("client-ca.pem", Authority("another").certificate());
  WaitUntil([&] { return !Call(before).ok(); });
}

TEST_F(IdentityServerTest, TokenKeysAreExchangedWhileCallsRun) {
  std::mutex mutex;
  std::string token = TokenOf(first_, "first");
  const auto held = [&] {
    const std::lock_guard<std::mutex> lock(mutex);
    return token;
  };
  Callers callers([&] { return Connect(authority_.certificate(), nameless_); },
                  [&](const auto& channel) { return Call(channel, held()); });
  // As issuers do: publish the new key, sign with it, take the old one away. A broken file between.
  const std::string both = SetOf({{"first", first_}, {"second", second_}});
  folder_.Put("jwks.json", both.substr(0, both.size() / 2));
  WaitUntil([&] { return LinesWith("the old keys stay in force") == 1; });
  folder_.Put("jwks.json", both);
  WaitUntil([&] { return LinesWith("2 are in force now") == 1; });
  {
    const std::lock_guard<std::mutex> lock(mutex);
    token = TokenOf(second_, "second");
  }
  // Calls that were sent with the old token are answered first.
  const int then = callers.calls();
  WaitUntil([&] { return callers.calls() > then + 20; });
  folder_.Put("jwks.json", SetOf({{"second", second_}}));
  WaitUntil([&] { return LinesWith("1 are in force now") == 1; });
  EXPECT_EQ(CauseOf(Call(Connect(authority_.certificate(), nameless_), TokenOf(first_, "first"))),
            "token_key");
  const int last = callers.calls();
  WaitUntil([&] { return callers.calls() > last + 20; });
  callers.End();
  EXPECT_EQ(callers.failures(), 0);
  EXPECT_EQ(FailedLines(), 1) << "the server's own count has the call with the old token, no other";
  std::printf("calls during token key rotation: %d, failed: %d\n", callers.calls(),
              callers.failures());
}

TEST(IdentityPartsTest, SayWhichFileIsWrong) {
  const Folder folder;
  const auto mistake = [](const Settings& settings) {
    return std::string(
        IdentityParts::Open(settings, absl::Now, [](std::string_view) {}).status().message());
  };
  Settings tokens;
  tokens.token_keys = folder.File("none");
  EXPECT_THAT(mistake(tokens), HasSubstr("--token-keys " + folder.File("none")));
  Settings tls;
  tls.tls_certificate = tls.tls_key = tls.tls_client_ca = folder.Put("some", "text");
  EXPECT_THAT(mistake(tls), HasSubstr("--tls-certificate"));
  const auto nothing = IdentityParts::Open({}, absl::Now, [](std::string_view) {});
  ASSERT_TRUE(nothing.ok());
  EXPECT_EQ((*nothing)->credentials(), nullptr);
  EXPECT_TRUE((*nothing)->authorizer().Admit({"unix:", {}, {}}, MethodTable().front()).ok());
}

}  // namespace
}  // namespace passend::service
