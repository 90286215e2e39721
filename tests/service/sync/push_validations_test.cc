// Validations that partners bring, and those of others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "passend/v1/validation_service.pb.h"
#include "tests/service/sync/sync_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class PushValidationsTest : public testing::Test {
 protected:
  v1::PushRecord Person() { return SaysRegion("p-1", "drenthe"); }
  // The one that stands.
  v1::Validation Standing() {
    v1::Validation standing;
    for (const v1::Validation& one : world_.ValidationsOf(passport_)) {
      if (!one.has_revoke_time()) standing = one;
    }
    return standing;
  }
  v1::PushOutcome Bring(int level, const std::string& id = "v-1") {
    v1::PushRecord record = Person();
    Brings(record, id, level);
    const v1::PushResult result = world_.PushOne(record);
    passport_ = result.passport();
    return result.outcome();
  }
  v1::PushOutcome TakeBack(const std::string& id = "v-1") {
    v1::PushRecord record = Person();
    v1::PushValidation& taken = *record.mutable_upsert()->add_validations();
    taken.set_external_id(id);
    taken.set_revoke_reason("the certificate was somebody else's");
    return world_.PushOne(record).outcome();
  }
  void CoachRevokes(const std::string& name) {
    v1::RevokeValidationRequest request;
    request.set_name(name);
    request.set_reason("seen otherwise");
    const auto revoked = world_.Call<v1::Validation>("ValidationService.RevokeValidation", request);
    EXPECT_TRUE(revoked.ok()) << revoked.status();
  }

  SyncWorld world_;
  std::string passport_;
};

TEST_F(PushValidationsTest, EachIsRecordedOnce) {
  EXPECT_EQ(Bring(3), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(Bring(3), v1::PUSH_OUTCOME_UNCHANGED);
  ASSERT_THAT(world_.ValidationsOf(passport_), SizeIs(1));
  EXPECT_EQ(Standing().recorder(), "partners/gemeente/sync-1");
  EXPECT_EQ(Bring(3, "v-2"), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_THAT(world_.ValidationsOf(passport_), SizeIs(2));
}

TEST_F(PushValidationsTest, AnotherContentCorrects) {
  Bring(3);
  const v1::Validation wrong = Standing();
  EXPECT_EQ(Bring(4), v1::PUSH_OUTCOME_ACCEPTED);
  const v1::Validation right = Standing();
  EXPECT_EQ(right.level(), 4);
  EXPECT_EQ(right.corrects(), wrong.name());
  EXPECT_EQ(right.validate_time().seconds(), wrong.validate_time().seconds());
  ASSERT_THAT(world_.ValidationsOf(passport_), SizeIs(2));
  for (const v1::Validation& one : world_.ValidationsOf(passport_)) {
    if (one.name() != wrong.name()) continue;
    EXPECT_EQ(one.corrected_by(), right.name());
    EXPECT_NE(one.revoke_reason(), "");
  }
  EXPECT_EQ(Bring(4), v1::PUSH_OUTCOME_UNCHANGED);
}

TEST_F(PushValidationsTest, WhatIsTakenBackCanBeBroughtAnew) {
  Bring(3);
  EXPECT_EQ(TakeBack(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(Standing().name(), "");
  EXPECT_EQ(TakeBack(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_EQ(TakeBack("never brought"), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_EQ(Bring(3), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(Standing().level(), 3);
}

TEST_F(PushValidationsTest, WhatOthersHaveRevokedStaysRevoked) {
  Bring(3);
  CoachRevokes(Standing().name());
  v1::PushRecord again = Person();
  Brings(again, "v-1", 3);
  const v1::PushResult kept = world_.PushOne(again);
  EXPECT_EQ(kept.outcome(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_THAT(kept.fields(), ElementsAre("validations")) << "others have made something of it";
  v1::PushRecord record = Person();
  Brings(record, "v-1", 5);
  const v1::PushResult conflict = world_.PushOne(record);
  EXPECT_EQ(conflict.outcome(), v1::PUSH_OUTCOME_CONFLICT);
  EXPECT_THAT(conflict.fields(), ElementsAre("validations"));
  EXPECT_EQ(Standing().name(), "");
  EXPECT_EQ(TakeBack(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_EQ(Bring(3), v1::PUSH_OUTCOME_UNCHANGED)
      << "it is not the partner's to take back and renew";
  EXPECT_EQ(Standing().name(), "");
  EXPECT_EQ(Bring(5, "v-2"), v1::PUSH_OUTCOME_ACCEPTED) << "as something new";
}

// An etag says which passport the partner has seen, also where only validations come with it.
TEST_F(PushValidationsTest, AStaleEtagGuardsThem) {
  Bring(3);
  v1::PushRecord record = Person();
  record.mutable_upsert()->set_etag(world_.Get(passport_)->etag());
  v1::Passport coach;
  coach.set_name(passport_);
  coach.set_region("drenthe");
  coach.add_coaches("coaches/step-up");
  world_.Update(coach);
  Brings(record, "v-1", 4);
  const v1::PushResult conflict = world_.PushOne(record);
  EXPECT_EQ(conflict.outcome(), v1::PUSH_OUTCOME_CONFLICT);
  EXPECT_THAT(conflict.fields(), ElementsAre("validations"));
  EXPECT_EQ(Standing().level(), 3);
  record.mutable_upsert()->set_etag(world_.Get(passport_)->etag());
  EXPECT_EQ(world_.PushOne(record).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(Standing().level(), 4);
}

TEST_F(PushValidationsTest, ThoseOfOthersAreNeverTouched) {
  Bring(3);
  const v1::Validation coachs = world_.Record(passport_, kSweeping, 5);
  Bring(4);
  TakeBack();
  TakeBack(coachs.name());
  v1::PushRecord named = Person();
  Brings(named, "v-9", 1).mutable_validation()->set_name(coachs.name());
  EXPECT_EQ(world_.PushOne(named).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  // Another partner of the same person says something under the same id.
  v1::Passport shared;
  shared.set_name(passport_);
  shared.add_partners(kMainPartner);
  shared.add_partners("partners/uwv");
  world_.Update(shared);
  v1::Passport adopted;
  adopted.set_name(passport_);
  v1::PushRecord theirs = Says("x-1", adopted);
  Brings(theirs, "v-9", 2);
  EXPECT_EQ(world_.PushOne(theirs, "uwv").outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  int standing = 0;
  for (const v1::Validation& one : world_.ValidationsOf(passport_)) {
    if (one.name() == coachs.name()) {
      EXPECT_EQ(one.SerializeAsString(), coachs.SerializeAsString());
    }
    standing += one.has_revoke_time() ? 0 : 1;
  }
  EXPECT_EQ(standing, 3) << "the coach's, and one of each partner";
}

TEST_F(PushValidationsTest, HalfARecordIsNotTaken) {
  Bring(3);
  v1::PushRecord record = SaysRegion("p-1", "twente", "2");
  Brings(record, "v-2", 4);
  Brings(record, "v-2", 5);
  const v1::PushResult rejected = world_.PushOne(record);
  EXPECT_EQ(rejected.faults(0).field(), "upsert.validations[1].external_id");
  v1::PushRecord empty = Person();
  empty.mutable_upsert()->add_validations()->set_external_id("v-3");
  EXPECT_EQ(world_.PushOne(empty).faults(0).field(), "upsert.validations[0]");
  EXPECT_EQ(world_.Get(passport_)->region(), "drenthe");
  EXPECT_THAT(world_.ValidationsOf(passport_), SizeIs(1));
}

}  // namespace
}  // namespace passend::service
