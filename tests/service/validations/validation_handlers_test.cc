#include "service/validations/validation_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/util/message_differencer.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/limits.h"
#include "service/records/repeatable_write.h"
#include "service/records/stored_message.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

class ValidationHandlersTest : public testing::Test {
 protected:
  ValidationHandlersTest() : passport_(world_.CreatePassport().name()) {}

  v1::RecordValidationsRequest Asking(int count) const {
    v1::RecordValidationsRequest request;
    request.set_parent(passport_);
    for (int i = 0; i < count; ++i) {
      v1::Validation& validation = *request.add_validations();
      validation.set_skill(kSweeping);
      validation.set_level(1 + i % 5);
      validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
    }
    return request;
  }
  absl::StatusOr<v1::RecordValidationsResponse> Record(
      const v1::RecordValidationsRequest& request) {
    return world_.Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations",
                                                      request);
  }
  absl::StatusOr<v1::Validation> Revoke(const std::string& name, const std::string& reason,
                                        const std::string& request_id = "") {
    v1::RevokeValidationRequest request;
    request.set_name(name);
    request.set_reason(reason);
    request.set_request_id(request_id);
    return world_.Call<v1::Validation>("ValidationService.RevokeValidation", request);
  }

  ServiceWorld world_;
  std::string passport_;
};

TEST_F(ValidationHandlersTest, RecordsAllInTheOrderAsked) {
  const storage::Sequence before = world_.store().LastSequence();
  const auto recorded = Record(Asking(3));
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  ASSERT_EQ(recorded->validations_size(), 3);
  EXPECT_EQ(world_.store().LastSequence(), before + 1) << "in one commit";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(recorded->validations(i).level(), 1 + i);
    EXPECT_EQ(ToTime(recorded->validations(i).validate_time()), world_.now());
    EXPECT_THAT(recorded->validations(i).name(),
                testing::MatchesRegex(passport_ + "/validations/[a-z2-7]{26}"));
  }
}

TEST_F(ValidationHandlersTest, AllOrNone) {
  v1::RecordValidationsRequest request = Asking(2);
  request.mutable_validations(1)->set_skill(kUnheardOf);
  const Contents before = ContentsOf(world_.store());
  const absl::Status status = Record(request).status();
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_UNKNOWN_SKILL);
  EXPECT_EQ(FieldOf(status), "validations[1].skill");
  EXPECT_EQ(MetadataOf(status, "skill"), kUnheardOf);
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(ValidationHandlersTest, OnlySkillsAndKnowledgeAreHeld) {
  for (const char* skill : {kOutside, kGardener}) {
    v1::RecordValidationsRequest request = Asking(1);
    request.mutable_validations(0)->set_skill(skill);
    EXPECT_EQ(ReasonOf(Record(request).status()), v1::ERROR_REASON_UNKNOWN_SKILL) << skill;
  }
  v1::RecordValidationsRequest request = Asking(1);
  request.mutable_validations(0)->set_skill(kPlants);
  EXPECT_TRUE(Record(request).ok());
}

TEST_F(ValidationHandlersTest, NoMoreThanAPassportHolds) {
  const int full_requests = kPassportValidationsMax / 100;
  for (int i = 0; i < full_requests; ++i) ASSERT_TRUE(Record(Asking(100)).ok());
  const Contents before = ContentsOf(world_.store());
  const absl::Status status = Record(Asking(1)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_LIMIT_EXCEEDED);
  EXPECT_EQ(ContentsOf(world_.store()), before);
  v1::ErasePassportRequest erase;
  erase.set_name(passport_);
  EXPECT_EQ(world_.Call<v1::ErasePassportResponse>("PassportService.ErasePassport", erase)
                ->erased_validations(),
            static_cast<int>(kPassportValidationsMax))
      << "what is full can be erased";
}

TEST_F(ValidationHandlersTest, AFullPassportAndItsPagesFitInAnAnswer) {
  v1::RecordValidationsRequest request = Asking(20);
  for (v1::Validation& validation : *request.mutable_validations()) {
    for (int i = 0; i < 500; ++i) validation.mutable_evidence_uri()->append("\u6797");
    validation.set_validator(std::string(120, 'v'));
    for (int i = 0; i < 80; ++i) validation.mutable_place()->append("\u6797");
    for (int i = 0; i < 80; ++i) validation.mutable_capacity()->append("\u6797");
  }
  std::vector<std::string> names;
  absl::StatusOr<v1::RecordValidationsResponse> recorded = Record(request);
  for (; recorded.ok(); recorded = Record(request)) {
    for (const v1::Validation& one : recorded->validations()) names.push_back(one.name());
  }
  EXPECT_EQ(ReasonOf(recorded.status()), v1::ERROR_REASON_LIMIT_EXCEEDED);
  EXPECT_EQ(MetadataOf(recorded.status(), "limit"), "bytes of validations of a passport");
  EXPECT_EQ(MetadataOf(recorded.status(), "allowed"), "3145728");
  EXPECT_GT(names.size(), 1'000u);
  std::string reason;
  for (int i = 0; i < 500; ++i) reason += "\u6797";
  absl::Status refused;
  for (size_t i = 1; i < names.size() && refused.ok();
       ++i) {  // one has to stand, or no skill is shown
    refused = Revoke(names[i], reason).status();
  }
  EXPECT_EQ(MetadataOf(refused, "allowed"), "3670016");
  v1::GetPassportRequest get;
  get.set_name(passport_);
  const v1::Passport full = world_.Call<v1::Passport>("PassportService.GetPassport", get).value();
  EXPECT_GT(full.ByteSizeLong(), kRevokedValidationBytesMax);
  EXPECT_LT(full.ByteSizeLong(), kAnswerBytesMax);

  v1::ListValidationsRequest list;
  list.set_parent(passport_);
  list.set_page_size(1'000);
  size_t listed = 0;
  do {
    const auto page =
        world_.Call<v1::ListValidationsResponse>("ValidationService.ListValidations", list).value();
    EXPECT_LT(page.ByteSizeLong(), kAnswerBytesMax * 3 / 4);
    EXPECT_GT(page.validations_size(), 0);
    listed += static_cast<size_t>(page.validations_size());
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(listed, names.size());
}

TEST_F(ValidationHandlersTest, ARepeatedRequestRecordsOnce) {
  v1::RecordValidationsRequest request = Asking(2);
  request.set_request_id("record-0001");
  const v1::RecordValidationsResponse first = Record(request).value();
  const Contents after_first = ContentsOf(world_.store());
  world_.Advance(absl::Hours(1));
  const v1::RecordValidationsResponse second = Record(request).value();
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(first, second));
  EXPECT_EQ(ContentsOf(world_.store()), after_first);
}

TEST_F(ValidationHandlersTest, ReceiptsHoldNamesOnly) {
  v1::RecordValidationsRequest request = Asking(1);
  request.mutable_validations(0)->set_place("community kitchen");
  request.set_request_id("record-0001");
  ASSERT_TRUE(Record(request).ok());
  const auto receipt = world_.store().FindReceipt(
      ReceiptKeyOf("passend.v1.ValidationService.RecordValidations", "record-0001"));
  ASSERT_TRUE(receipt->has_value());
  EXPECT_THAT((*receipt)->response, testing::Not(testing::HasSubstr("kitchen")));
  EXPECT_THAT((*receipt)->response, testing::Not(testing::HasSubstr("sweeping")));
}

TEST_F(ValidationHandlersTest, RevokedOnceItStaysAndNoLongerCounts) {
  const std::string name = Record(Asking(1))->validations(0).name();
  world_.Advance(absl::Hours(1));
  const auto revoked = Revoke(name, "seen at another place", "revoke-0001");
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_EQ(revoked->revoke_reason(), "seen at another place");
  EXPECT_EQ(ToTime(revoked->revoke_time()), world_.now());
  const Contents before = ContentsOf(world_.store());
  EXPECT_EQ(Revoke(name, "seen at another place", "revoke-0001")->name(), name);
  const absl::Status again = Revoke(name, "once more").status();
  EXPECT_EQ(again.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(again), v1::ERROR_REASON_ALREADY_REVOKED);
  EXPECT_EQ(ReasonOf(Revoke(passport_ + "/validations/none", "why").status()),
            v1::ERROR_REASON_VALIDATION_NOT_FOUND);
  EXPECT_EQ(ContentsOf(world_.store()), before);
  v1::GetPassportRequest get;
  get.set_name(passport_);
  EXPECT_EQ(world_.Call<v1::Passport>("PassportService.GetPassport", get)->skills_size(), 0);
}

TEST_F(ValidationHandlersTest, PagesAreOfOnePassport) {
  const std::string other = world_.CreatePassport().name();
  world_.Record(other, kPlants, 5);
  ASSERT_TRUE(Record(Asking(5)).ok());
  v1::ListValidationsRequest request;
  request.set_parent(passport_);
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const v1::ListValidationsResponse page =
        world_.Call<v1::ListValidationsResponse>("ValidationService.ListValidations", request)
            .value();
    for (const v1::Validation& validation : page.validations()) names.push_back(validation.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names.size(), 5u);
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_THAT(names, testing::Each(testing::StartsWith(passport_ + "/")));
}

}  // namespace
}  // namespace passend::service
