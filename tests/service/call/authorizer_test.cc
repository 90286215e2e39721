#include "service/call/authorizer.h"

#include <gtest/gtest.h>

#include "service/errors/error_status.h"

namespace passend::service {
namespace {

TEST(LocalAuthorizerTest, AdmitsThisMachineOnly) {
  const LocalAuthorizer authorizer;
  const MethodRow& method = MethodTable().front();
  for (const char* peer : {"unix:", "unix:/run/passend.sock", "ipv4:127.0.0.1:4711",
                           "ipv6:[::1]:4711", "ipv6:%5B::1%5D:4711"}) {
    const auto caller = authorizer.Admit({peer, {}, {}}, method);
    ASSERT_TRUE(caller.ok()) << peer;
    EXPECT_EQ(caller->role, Role::kOperator);
    EXPECT_EQ(caller->proof, Proof::kLocal);
    EXPECT_EQ(caller->peer, peer);
  }
  for (const char* peer : {"", "ipv4:10.0.0.1:4711", "ipv4:1.127.0.0:1", "ipv6:[2001:db8::1]:4711",
                           "ipv6:%5B::1:2%5D:4711"}) {
    EXPECT_EQ(ReasonOf(authorizer.Admit({peer, {}, {}}, method).status()),
              v1::ERROR_REASON_PERMISSION_DENIED)
        << peer;
  }
}

TEST(LocalAuthorizerTest, TakesNobodyFromAnEdgeForTheOperator) {
  Credentials credentials{.peer = "unix:"};
  credentials.through_edge = true;
  const absl::Status status = LocalAuthorizer().Admit(credentials, MethodTable().front()).status();
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_UNAUTHENTICATED);
  EXPECT_EQ(ErrorInfoOf(status)->metadata().at("cause"), "edge_without_identity");
}

}  // namespace
}  // namespace passend::service
