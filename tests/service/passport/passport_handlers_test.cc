#include "service/passport/passport_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "google/protobuf/util/message_differencer.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/records/change_event.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

using google::protobuf::util::MessageDifferencer;

class PassportHandlersTest : public testing::Test {
 protected:
  absl::StatusOr<v1::Passport> Get(const std::string& name) {
    v1::GetPassportRequest request;
    request.set_name(name);
    return world_.Call<v1::Passport>("PassportService.GetPassport", request);
  }
  absl::StatusOr<v1::Passport> Update(const v1::Passport& passport,
                                      const std::vector<std::string>& paths = {}) {
    v1::UpdatePassportRequest request;
    *request.mutable_passport() = passport;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return world_.Call<v1::Passport>("PassportService.UpdatePassport", request);
  }
  absl::StatusOr<v1::ErasePassportResponse> Erase(const std::string& name,
                                                  const std::string& etag = "",
                                                  const std::string& request_id = "") {
    v1::ErasePassportRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(request_id);
    return world_.Call<v1::ErasePassportResponse>("PassportService.ErasePassport", request);
  }

  ServiceWorld world_;
};

TEST_F(PassportHandlersTest, WhatIsCreatedIsGiven) {
  v1::Passport asked = WholePassport();
  asked.set_name("passports/mine");
  asked.set_etag("77");
  asked.add_skills()->set_level(5);
  const v1::Passport created = world_.CreatePassport(asked);
  EXPECT_THAT(created.name(), testing::MatchesRegex("passports/[a-z2-7]{26}"));
  EXPECT_NE(created.etag(), "77");
  EXPECT_EQ(created.state(), v1::PASSPORT_STATE_ACTIVE);
  EXPECT_EQ(created.support().needs(0).kind(), v1::SUPPORT_KIND_GUIDANCE);
  EXPECT_EQ(created.create_time().seconds(), absl::ToUnixSeconds(world_.now()));
  EXPECT_EQ(created.skills_size(), 0);
  const auto given = Get(created.name());
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_TRUE(MessageDifferencer::Equals(*given, created));
}

TEST_F(PassportHandlersTest, TheJournalTellsOfEachChangeAndNothingElse) {
  const storage::Sequence before = world_.store().LastSequence();
  const v1::Passport created = world_.CreatePassport(WholePassport());
  const v1::Validation recorded = world_.Record(created.name(), kSweeping, 3);
  ASSERT_TRUE(Erase(created.name()).ok());
  const auto entries = world_.store().Tail(before, 10).value();
  ASSERT_EQ(entries.size(), 3u);
  const storage::Key key = KeyOf(ParsePassportName(created.name()).value());
  EXPECT_THAT(entries[0].events, testing::ElementsAre(ChangeEvent(key, Change::kChanged)));
  EXPECT_THAT(entries[1].events,
              testing::ElementsAre(ChangeEvent(KeyOf(ParseValidationName(recorded.name()).value()),
                                               Change::kChanged)));
  EXPECT_THAT(entries[2].events, testing::ElementsAre(ChangeEvent(key, Change::kErased)));
}

TEST_F(PassportHandlersTest, GetShowsWhatTheValidationsComeTo) {
  const v1::Passport created = world_.CreatePassport();
  world_.Record(created.name(), kSweeping, 2, v1::VALIDATION_METHOD_SELF_DECLARED, 1);
  const v1::Validation observed =
      world_.Record(created.name(), kSweeping, 3, v1::VALIDATION_METHOD_OBSERVED, 10);
  world_.Record(created.name(), kPlants, 5, v1::VALIDATION_METHOD_FORMAL);
  world_.Record(created.name(), kPlants, 2, v1::VALIDATION_METHOD_WORK_SAMPLE);
  const v1::Passport given = Get(created.name()).value();
  ASSERT_EQ(given.skills_size(), 2);
  EXPECT_EQ(given.skills(0).skill(), kPlants);
  EXPECT_EQ(given.skills(0).level(), 2);
  EXPECT_TRUE(given.skills(0).disputed());
  EXPECT_EQ(given.skills(1).skill(), kSweeping);
  EXPECT_EQ(given.skills(1).level(), 3);
  EXPECT_EQ(given.skills(1).certainty_basis_points(), 8'000);
  EXPECT_FALSE(given.skills(1).disputed());
  ASSERT_EQ(given.skills(1).validations_size(), 2);  // newest first
  EXPECT_EQ(given.skills(1).validations(0).level(), 2);
  EXPECT_EQ(given.skills(1).validations(1).name(), observed.name());
  EXPECT_EQ(given.etag(), created.etag()) << "validations have a life of their own";
}

TEST_F(PassportHandlersTest, AnUpdateChangesWhatTheMaskNames) {
  const v1::Passport created = world_.CreatePassport(WholePassport());
  world_.Advance(absl::Minutes(1));
  v1::Passport change;
  change.set_name(created.name());
  change.set_etag(created.etag());
  change.set_state(v1::PASSPORT_STATE_PAUSED);
  change.set_region("delft");
  const auto updated = Update(change, {"state"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  v1::Passport expected = created;
  expected.set_state(v1::PASSPORT_STATE_PAUSED);
  expected.set_etag(updated->etag());
  *expected.mutable_update_time() = updated->update_time();
  EXPECT_TRUE(MessageDifferencer::Equals(*updated, expected));
  EXPECT_NE(updated->etag(), created.etag());
  EXPECT_EQ(updated->update_time().seconds() - created.update_time().seconds(), 60);
}

TEST_F(PassportHandlersTest, AStateThatIsToBeEmptiedIsRefused) {
  v1::Passport paused;
  paused.set_state(v1::PASSPORT_STATE_PAUSED);
  const v1::Passport created = world_.CreatePassport(paused);
  const Contents before = ContentsOf(world_.store());
  v1::Passport change;
  change.set_name(created.name());
  change.set_region("delft");
  for (const std::string path : {"*", "state"}) {
    const absl::Status status = Update(change, {path}).status();
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_FIELD) << path;
    EXPECT_EQ(FieldOf(status), "passport.state") << path;
  }
  EXPECT_EQ(ContentsOf(world_.store()), before);
  EXPECT_EQ(Update(change)->state(), v1::PASSPORT_STATE_PAUSED) << "without a mask it is kept";
  change.set_state(v1::PASSPORT_STATE_PLACED);
  EXPECT_EQ(Update(change, {"*"})->state(), v1::PASSPORT_STATE_PLACED);
}

TEST_F(PassportHandlersTest, AnUpdateThatChangesNothingWritesNothing) {
  const v1::Passport created = world_.CreatePassport(WholePassport());
  const Contents before = ContentsOf(world_.store());
  world_.Advance(absl::Minutes(1));
  for (const std::vector<std::string>& paths :
       std::vector<std::vector<std::string>>{{}, {"*"}, {"region"}, {"name", "etag", "skills"}}) {
    const auto updated = Update(created, paths);
    ASSERT_TRUE(updated.ok()) << updated.status();
    EXPECT_TRUE(MessageDifferencer::Equals(*updated, created)) << updated->DebugString();
  }
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(PassportHandlersTest, AnUpdateThatChangesNothingUsesTheRequestIdUp) {
  const v1::Passport created = world_.CreatePassport(WholePassport());
  v1::UpdatePassportRequest request;
  *request.mutable_passport() = created;
  request.set_request_id("update-0001");
  const auto update = [&] {
    return world_.Call<v1::Passport>("PassportService.UpdatePassport", request);
  };
  EXPECT_EQ(update()->etag(), created.etag());
  EXPECT_EQ(update()->etag(), created.etag());
  request.mutable_passport()->set_region("delft");
  EXPECT_EQ(ReasonOf(update().status()), v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(PassportHandlersTest, AStaleEtagIsAborted) {
  const v1::Passport created = world_.CreatePassport();
  v1::Passport change;
  change.set_name(created.name());
  change.set_region("delft");
  const v1::Passport updated = Update(change).value();
  change.set_etag(created.etag());
  const Contents before = ContentsOf(world_.store());
  for (const absl::Status& status :
       {Update(change).status(), Erase(created.name(), created.etag()).status()}) {
    EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_ETAG_MISMATCH);
    EXPECT_EQ(MetadataOf(status, "etag"), updated.etag());
    EXPECT_EQ(MetadataOf(status, "resource"), created.name());
  }
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(PassportHandlersTest, ErasureLeavesTheTombstoneOnly) {
  const v1::Passport other = world_.CreatePassport();
  world_.Record(other.name(), kSweeping, 1);
  const Contents before = ContentsOf(world_.store());
  const v1::Passport created = world_.CreatePassport(WholePassport());
  world_.Record(created.name(), kSweeping, 3);
  world_.Record(created.name(), kPlants, 3);
  const auto erased = Erase(created.name());
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->erased_validations(), 2);
  Contents after = ContentsOf(world_.store());
  const auto tombstone = std::ranges::find(after.records, storage::RecordKind::kErasure,
                                           [](const auto& record) { return record.key.kind; });
  ASSERT_NE(tombstone, after.records.end());
  EXPECT_EQ(MakeName(PassportName{tombstone->key.id}), created.name());
  after.records.erase(tombstone);
  EXPECT_EQ(after.records, before.records);
}

TEST_F(PassportHandlersTest, ErasingAgainIsFineAndErasingNobodyIsNot) {
  const v1::Passport created = world_.CreatePassport();
  world_.Record(created.name(), kSweeping, 3);
  EXPECT_EQ(Erase(created.name(), "", "erase-0001")->erased_validations(), 1);
  EXPECT_EQ(Erase(created.name(), "", "erase-0001")->erased_validations(), 1);
  EXPECT_EQ(Erase(created.name())->erased_validations(), 0) << "another request";
  EXPECT_EQ(ReasonOf(Erase("passports/nobody").status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Get(created.name()).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

TEST_F(PassportHandlersTest, ErasingWhoIsGoneUsesTheRequestIdUp) {
  const std::string first = world_.CreatePassport().name();
  const std::string second = world_.CreatePassport().name();
  ASSERT_TRUE(Erase(first).ok());
  ASSERT_TRUE(Erase(second).ok());
  EXPECT_EQ(Erase(first, "", "erase-0001")->erased_validations(), 0);
  EXPECT_EQ(ReasonOf(Erase(second, "", "erase-0001").status()), v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(Erase(first, "", "erase-0001")->erased_validations(), 0);
}

TEST_F(PassportHandlersTest, NothingIsRecordedForWhoWasErased) {
  const v1::Passport created = world_.CreatePassport();
  ASSERT_TRUE(Erase(created.name()).ok());
  const Contents before = ContentsOf(world_.store());
  v1::RecordValidationsRequest request;
  request.set_parent(created.name());
  request.add_validations()->set_skill(kSweeping);
  request.mutable_validations(0)->set_level(1);
  request.mutable_validations(0)->set_method(v1::VALIDATION_METHOD_OBSERVED);
  const auto recorded =
      world_.Call<v1::RecordValidationsResponse>("ValidationService.RecordValidations", request);
  EXPECT_EQ(ReasonOf(recorded.status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(PassportHandlersTest, PagesHoldEverybodyOnce) {
  std::set<std::string> created;
  for (int i = 0; i < 7; ++i) {
    v1::Passport passport;
    passport.set_region(i % 2 == 0 ? "delft" : "groningen");
    created.insert(world_.CreatePassport(passport).name());
  }
  std::vector<std::string> listed;
  v1::ListPassportsRequest request;
  request.set_page_size(3);
  std::vector<int> sizes;
  do {
    const auto page =
        world_.Call<v1::ListPassportsResponse>("PassportService.ListPassports", request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Passport& passport : page->passports()) listed.push_back(passport.name());
    sizes.push_back(page->passports_size());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(sizes, testing::ElementsAre(3, 3, 1));
  EXPECT_THAT(listed, testing::ElementsAreArray(created)) << "in the order of their names";
}

TEST_F(PassportHandlersTest, ListsAreFilteredAndLeaveValidationsOut) {
  v1::Passport delft;
  delft.set_region("delft");
  const v1::Passport first = world_.CreatePassport(delft);
  world_.Record(first.name(), kSweeping, 3);
  delft.set_state(v1::PASSPORT_STATE_PAUSED);
  world_.CreatePassport(delft);
  world_.CreatePassport();
  v1::ListPassportsRequest request;
  request.set_region("delft");
  request.set_state(v1::PASSPORT_STATE_ACTIVE);
  request.set_page_size(1);
  const v1::ListPassportsResponse page =
      world_.Call<v1::ListPassportsResponse>("PassportService.ListPassports", request).value();
  ASSERT_EQ(page.passports_size(), 1);
  EXPECT_EQ(page.next_page_token(), "") << "nobody else is active in Delft";
  EXPECT_EQ(page.passports(0).name(), first.name());
  ASSERT_EQ(page.passports(0).skills_size(), 1);
  EXPECT_EQ(page.passports(0).skills(0).level(), 3);
  EXPECT_EQ(page.passports(0).skills(0).validations_size(), 0);
}

// No rule bounds what no field holds: a text that a client of another version sends is not kept.
TEST_F(PassportHandlersTest, FieldsThatTheApiDoesNotKnowAreNotStored) {
  v1::CreatePassportRequest request;
  *request.mutable_passport() = WholePassport();
  v1::Passport& asked = *request.mutable_passport();
  asked.GetReflection()->MutableUnknownFields(&asked)->AddLengthDelimited(1'000)->assign("secret");
  v1::Wishes& wishes = *asked.mutable_wishes();
  wishes.GetReflection()->MutableUnknownFields(&wishes)->AddLengthDelimited(1'000)->assign(
      "secret");
  ASSERT_THAT(request.SerializeAsString(), testing::HasSubstr("secret"));
  ASSERT_TRUE(world_.Call<v1::Passport>("PassportService.CreatePassport", request).ok());
  for (const storage::Record& record : ContentsOf(world_.store()).records) {
    EXPECT_THAT(record.value, testing::Not(testing::HasSubstr("secret")));
  }
}

TEST_F(PassportHandlersTest, ValidateOnlyWritesNothing) {
  const v1::Passport created = world_.CreatePassport();
  const Contents before = ContentsOf(world_.store());
  v1::CreatePassportRequest create;
  *create.mutable_passport() = WholePassport();
  create.set_validate_only(true);
  create.set_request_id("request-0001");
  const auto would_be = world_.Call<v1::Passport>("PassportService.CreatePassport", create);
  ASSERT_TRUE(would_be.ok()) << would_be.status();
  EXPECT_EQ(would_be->region(), "groningen");
  EXPECT_EQ(would_be->name(), "");
  v1::UpdatePassportRequest update;
  update.mutable_passport()->set_name(created.name());
  update.mutable_passport()->set_region("delft");
  update.set_validate_only(true);
  EXPECT_EQ(world_.Call<v1::Passport>("PassportService.UpdatePassport", update)->region(), "delft");
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(PassportHandlersTest, AnUpdateOnlyToBeCheckedWritesNothingEvenWhereNothingChanges) {
  v1::UpdatePassportRequest request;
  *request.mutable_passport() = world_.CreatePassport(WholePassport());
  request.set_request_id("update-0002");
  request.set_validate_only(true);
  const Contents before = ContentsOf(world_.store());
  EXPECT_TRUE(world_.Call<v1::Passport>("PassportService.UpdatePassport", request).ok());
  EXPECT_EQ(ContentsOf(world_.store()), before);
  request.set_validate_only(false);
  EXPECT_TRUE(world_.Call<v1::Passport>("PassportService.UpdatePassport", request).ok());
}

}  // namespace
}  // namespace passend::service
