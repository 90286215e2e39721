#include "service/masks/update_mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/util/message_differencer.h"
#include "service/limits.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

using google::protobuf::util::MessageDifferencer;

class UpdateMaskTest : public testing::Test {
 protected:
  UpdateMaskTest() : target_(WholePassport()) {
    target_.set_name("passports/target");
    target_.set_etag("7");
    target_.mutable_create_time()->set_seconds(7);
    source_.set_name("passports/source");
    source_.set_etag("8");
    source_.mutable_create_time()->set_seconds(8);
    expected_ = target_;
  }

  absl::Status Apply(const std::vector<std::string>& paths) {
    google::protobuf::FieldMask mask;
    for (const std::string& path : paths) mask.add_paths(path);
    return ApplyUpdate(mask, source_, target_);
  }
  void ExpectAsExpected() {
    EXPECT_TRUE(MessageDifferencer::Equals(target_, expected_)) << target_.DebugString();
  }

  v1::Passport target_;
  v1::Passport source_;
  v1::Passport expected_;
};

TEST_F(UpdateMaskTest, TakesOverWhatIsNamed) {
  source_.set_region("delft");
  source_.set_state(v1::PASSPORT_STATE_PAUSED);
  ASSERT_TRUE(Apply({"region"}).ok());
  expected_.set_region("delft");
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, WhatIsNamedAndNotFilledInIsEmptied) {
  ASSERT_TRUE(Apply({"region", "paces", "wishes.hours"}).ok());
  expected_.clear_region();
  expected_.clear_paces();
  expected_.mutable_wishes()->clear_hours();
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, AMessageIsTakenOverAsAWholeAndAPathWithinItIsNot) {
  source_.mutable_wishes()->mutable_hours()->set_weekly_hours_min(8);
  v1::Passport other = target_;
  ASSERT_TRUE(Apply({"wishes.hours.weekly_hours_min"}).ok());
  expected_.mutable_wishes()->mutable_hours()->set_weekly_hours_min(8);
  ExpectAsExpected();
  target_ = other;
  expected_ = other;
  ASSERT_TRUE(Apply({"wishes"}).ok());
  *expected_.mutable_wishes() = source_.wishes();
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, AListIsReplaced) {
  source_.add_paces()->set_kind(v1::WORK_KIND_OFFICE);
  ASSERT_TRUE(Apply({"paces"}).ok());
  *expected_.mutable_paces() = source_.paces();
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, WithoutPathsWhatIsFilledInIsTakenOver) {
  source_.mutable_wishes()->mutable_hours()->set_weekly_hours_max(20);
  source_.mutable_support()->set_nothing_needed(true);
  ASSERT_TRUE(Apply({}).ok());
  expected_.mutable_wishes()->mutable_hours()->set_weekly_hours_max(20);
  expected_.mutable_support()->set_nothing_needed(true);
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, AStarTakesOverEverythingButWhatTheServerGives) {
  source_.set_region("delft");
  ASSERT_TRUE(Apply({"*"}).ok());
  v1::Passport emptied;
  emptied.set_name("passports/target");
  emptied.set_etag("7");
  emptied.mutable_create_time()->set_seconds(7);
  emptied.set_region("delft");
  expected_ = emptied;
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, WhatTheServerGivesIsIgnored) {
  ASSERT_TRUE(Apply({"name", "etag", "create_time", "skills"}).ok());
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, EmptyOnBothSidesStaysEmpty) {
  target_.clear_wishes();
  expected_.clear_wishes();
  ASSERT_TRUE(Apply({"wishes.travel.minutes_max"}).ok());
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, RepeatedPathsAndPathsWithinEachOtherTakeOverOnce) {
  source_.add_paces()->set_kind(v1::WORK_KIND_OFFICE);
  source_.mutable_wishes()->mutable_hours()->set_weekly_hours_min(8);
  const v1::Passport before = target_;
  *expected_.mutable_paces() = source_.paces();
  *expected_.mutable_wishes() = source_.wishes();
  ASSERT_TRUE(Apply({"paces", "wishes", "paces", "wishes.hours"}).ok());
  ExpectAsExpected();
  target_ = before;
  ASSERT_TRUE(Apply({"wishes.hours", "paces", "wishes", "paces"}).ok());
  ExpectAsExpected();
}

TEST_F(UpdateMaskTest, PathsThatAreNoneAreNamedAndNothingChanges) {
  source_.set_region("delft");
  for (const char* path : {"", "salary", "wishes.salary", "region.x", "paces.kind", "wishes.", "*",
                           "create_time.seconds", "Region"}) {
    const absl::Status status = Apply({"region", path});
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << path;
    EXPECT_EQ(FieldOf(status), "update_mask");
    EXPECT_THAT(std::string(status.message()),
                testing::HasSubstr("'" + std::string(path) + "' is not one"));
    ExpectAsExpected();
  }
}

TEST_F(UpdateMaskTest, HasSoManyPathsAtMost) {
  source_.set_region("delft");
  EXPECT_TRUE(Apply(std::vector<std::string>(kUpdateMaskPathsMax, "region")).ok());
  expected_.set_region("delft");
  const absl::Status status = Apply(std::vector<std::string>(kUpdateMaskPathsMax + 1, "state"));
  EXPECT_EQ(FieldOf(status), "update_mask");
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("at most 100"));
  ExpectAsExpected();
}

}  // namespace
}  // namespace passend::service
