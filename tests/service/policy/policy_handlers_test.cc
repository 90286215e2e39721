#include "service/policy/policy_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passend/v1/policy_service.pb.h"
#include "service/policy_projection.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

class PolicyHandlersTest : public testing::Test {
 protected:
  absl::StatusOr<v1::Policy> Get(const std::string& name) {
    v1::GetPolicyRequest request;
    request.set_name(name);
    return world_.Call<v1::Policy>("PolicyService.GetPolicy", request);
  }
  absl::StatusOr<v1::Policy> Publish(const v1::Policy& policy, const std::string& request_id = "") {
    v1::PublishPolicyRequest request;
    *request.mutable_policy() = policy;
    request.set_request_id(request_id);
    return world_.Call<v1::Policy>("PolicyService.PublishPolicy", request);
  }

  ServiceWorld world_;
};

TEST_F(PolicyHandlersTest, ANewDatabaseHasTheShippedOne) {
  const auto shipped = Get("policies/1");
  ASSERT_TRUE(shipped.ok()) << shipped.status();
  EXPECT_EQ(PolicyOf(*shipped), matcher::Policy{});
  EXPECT_NE(shipped->rationale(), "");
  const Contents before = ContentsOf(world_.store());
  EXPECT_TRUE(SeedPolicy(world_.store(), world_.tools().surroundings).ok());
  EXPECT_EQ(ContentsOf(world_.store()), before) << "it is shipped once";
}

TEST_F(PolicyHandlersTest, TheShippedOneMayBePublishedAgain) {
  const auto published = Publish(Get("policies/1").value());
  ASSERT_TRUE(published.ok()) << published.status();
  EXPECT_EQ(published->name(), "policies/2");
}

TEST_F(PolicyHandlersTest, APublishedOneCountsFromNowOn) {
  const v1::Passport passport = world_.CreatePassport();
  world_.Record(passport.name(), kSweeping, 3, v1::VALIDATION_METHOD_OBSERVED);
  v1::Policy policy = Get("policies/1").value();
  policy.mutable_ability()->mutable_methods(2)->set_certainty(7'000);
  ASSERT_TRUE(Publish(policy).ok());
  v1::GetPassportRequest request;
  request.set_name(passport.name());
  EXPECT_EQ(world_.Call<v1::Passport>("PassportService.GetPassport", request)
                ->skills(0)
                .certainty_basis_points(),
            7'000);
}

TEST_F(PolicyHandlersTest, BadNumbersAreRefused) {
  const Contents before = ContentsOf(world_.store());
  v1::Policy policy = Get("policies/1").value();
  policy.mutable_weights()->set_ability(2'999);
  EXPECT_EQ(ReasonOf(Publish(policy).status()), v1::ERROR_REASON_INVALID_FIELD);
  policy = Get("policies/1").value();
  policy.mutable_ability()->mutable_methods()->RemoveLast();
  const absl::Status status = Publish(policy).status();
  EXPECT_EQ(FieldOf(status), "policy.ability.methods");
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("5 to 5"));
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(PolicyHandlersTest, ListsNewestFirstInPages) {
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(Publish(Get("policies/1").value()).ok());
  v1::ListPoliciesRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const auto page =
        world_.Call<v1::ListPoliciesResponse>("PolicyService.ListPolicies", request).value();
    for (const v1::Policy& policy : page.policies()) names.push_back(policy.name());
    request.set_page_token(page.next_page_token());
    ASSERT_LE(names.size(), 5u);
  } while (!request.page_token().empty());
  EXPECT_THAT(names, testing::ElementsAre("policies/5", "policies/4", "policies/3", "policies/2",
                                          "policies/1"));
}

TEST_F(PolicyHandlersTest, ARepeatedRequestPublishesOnce) {
  const v1::Policy policy = Get("policies/1").value();
  EXPECT_EQ(Publish(policy, "publish-1")->name(), "policies/2");
  EXPECT_EQ(Publish(policy, "publish-1")->name(), "policies/2");
  EXPECT_EQ(ReasonOf(Get("policies/3").status()), v1::ERROR_REASON_POLICY_NOT_FOUND);
}

}  // namespace
}  // namespace passend::service
