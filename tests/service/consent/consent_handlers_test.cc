// Granting, revoking and listing: who may, what is refused, what one commit writes, and what is
// kept.
#include "service/consent/consent_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "service/limits.h"
#include "service/records/change_event.h"
#include "storage/record_cipher.h"
#include "tests/service/consent/consent_scene.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ConsentHandlersTest : public ConsentScene {
 protected:
  v1::GrantConsentRequest Usual() const {
    return Asked("coaches/step-up", v1::PURPOSE_GUIDANCE, {v1::FIELD_GROUP_BASIC});
  }
  std::string Id() const { return person_.tenant; }
};

TEST_F(ConsentHandlersTest, AConsentIsOneCommitThatTheFeedIsToldOf) {
  const storage::Sequence before = world_.store().LastSequence();
  const v1::Consent consent = MustGrant(Usual());
  EXPECT_THAT(consent.name(), testing::StartsWith(passport_ + "/consents/"));
  EXPECT_EQ(consent.etag(), "1");
  EXPECT_EQ(ToTime(consent.create_time()), world_.now());
  EXPECT_EQ(consent.recorded_by(), "");
  EXPECT_EQ(world_.store().LastSequence(), before + 1);
  const auto entries = world_.store().Tail(before, 10);
  ASSERT_THAT(entries->front().events, SizeIs(1));
  const storage::Event& event = entries->front().events.front();
  EXPECT_EQ(event.key.kind, storage::RecordKind::kConsentBook);
  EXPECT_EQ(event.key.id, Id());
  EXPECT_EQ(ChangeOf(event.payload), Change::kChanged);
  EXPECT_EQ(storage::PersonOf(event.key.kind, event.key.id), Id()) << "encrypted as the person's";
  EXPECT_EQ(storage::PersonOf(storage::RecordKind::kRevealBook, Id()), Id());
}

TEST_F(ConsentHandlersTest, ItIsRepeatedByItsRequestId) {
  v1::GrantConsentRequest request = Usual();
  request.set_request_id("request-0001");
  const v1::Consent first = MustGrant(request);
  EXPECT_EQ(MustGrant(request).name(), first.name());
  ASSERT_TRUE(Revoke(person_, first.name(), "", "request-0002").ok());
  EXPECT_TRUE(Revoke(person_, first.name(), "", "request-0002").ok());
  EXPECT_TRUE(MustGrant(request).has_revoke_time()) << "as it is by then";
  request.mutable_consent()->add_groups(v1::FIELD_GROUP_WISHES);
  EXPECT_EQ(ReasonOf(Grant(person_, request).status()), v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_THAT(Consents(person_)->consents(), SizeIs(1));
}

TEST_F(ConsentHandlersTest, ValidateOnlyWritesNothing) {
  v1::GrantConsentRequest request = Usual();
  request.set_validate_only(true);
  const Contents before = ContentsOf(world_.store());
  EXPECT_EQ(MustGrant(request).audience(), "coaches/step-up");
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(ConsentHandlersTest, APersonGrantsACoachRecordsAPartnerTakesBack) {
  v1::GrantConsentRequest request = Usual();
  EXPECT_EQ(FieldOf(Grant(coach_, request).status()), "consent.statement");
  request.mutable_consent()->set_statement("said so in our talk of 3 May");
  const auto recorded = Grant(coach_, request);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_EQ(recorded->recorded_by(), "coaches/work-first");
  request.mutable_consent()->set_audience("coaches/work-first");
  EXPECT_EQ(FieldOf(Grant(coach_, request).status()), "consent.audience")
      << "never in its own favour";
  EXPECT_EQ(ReasonOf(Grant(other_coach_, Usual()).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Revoke(other_coach_, recorded->name()).status()),
            v1::ERROR_REASON_CONSENT_NOT_FOUND);
  EXPECT_TRUE(Revoke(partner_, recorded->name()).ok());
  EXPECT_THAT(Consents(partner_)->consents(), SizeIs(1));
}

TEST_F(ConsentHandlersTest, RevokingLooksAtTheEtagAndIsDoneOnce) {
  const v1::Consent consent = MustGrant(Usual());
  const absl::Status mismatch = Revoke(person_, consent.name(), "2").status();
  EXPECT_EQ(ReasonOf(mismatch), v1::ERROR_REASON_ETAG_MISMATCH);
  EXPECT_EQ(MetadataOf(mismatch, "etag"), "1");
  world_.Advance(absl::Hours(1));
  const auto revoked = Revoke(person_, consent.name(), "1");
  ASSERT_TRUE(revoked.ok()) << revoked.status();
  EXPECT_EQ(revoked->etag(), "2");
  EXPECT_EQ(ToTime(revoked->revoke_time()), world_.now());
  EXPECT_EQ(ReasonOf(Revoke(person_, consent.name()).status()), v1::ERROR_REASON_ALREADY_REVOKED);
  EXPECT_EQ(ReasonOf(Revoke(person_, passport_ + "/consents/none").status()),
            v1::ERROR_REASON_CONSENT_NOT_FOUND);
}

TEST_F(ConsentHandlersTest, AnIntroductionNamesTasksOfThatEmployer) {
  const std::string own = world_.CreateTask(WholeTask()).name();
  v1::Task task = WholeTask();
  task.set_employer("employers/bakery");
  const std::string others = world_.CreateTask(task).name();
  v1::GrantConsentRequest request =
      Asked("employers/zorghuis", v1::PURPOSE_INTRODUCTION, {v1::FIELD_GROUP_IDENTITY});
  EXPECT_EQ(FieldOf(Grant(person_, request).status()), "consent.tasks") << "neither";
  request.mutable_consent()->add_tasks(own);
  EXPECT_TRUE(Grant(person_, request).ok());
  request.mutable_consent()->add_tasks(others);
  const absl::Status of_others = Grant(person_, request).status();
  EXPECT_EQ(FieldOf(of_others), "consent.tasks[1]");
  request.mutable_consent()->set_tasks(1, "tasks/none");
  EXPECT_EQ(ReasonOf(Grant(person_, request).status()), v1::ERROR_REASON_TASK_NOT_FOUND);
  request.mutable_consent()->clear_tasks();
  request.mutable_consent()->set_any_task(true);
  EXPECT_TRUE(Grant(person_, request).ok());
}

TEST_F(ConsentHandlersTest, ListsAreNewestFirstPageByPage) {
  std::vector<std::string> granted;
  for (int i = 0; i < 5; ++i) granted.insert(granted.begin(), MustGrant(Usual()).name());
  ASSERT_TRUE(Revoke(person_, granted[2]).ok());
  v1::ListConsentsRequest request;
  request.set_parent(passport_);
  request.set_page_size(2);
  std::vector<std::string> listed;
  do {
    const auto page =
        Call<v1::ListConsentsResponse>(person_, "ConsentService.ListConsents", request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& consent : page->consents()) listed.push_back(consent.name());
    request.set_page_token(page->next_page_token());
    if (listed.size() == 2) {  // what is granted meanwhile moves nothing
      MustGrant(Usual());
    }
  } while (!request.page_token().empty());
  EXPECT_EQ(listed, granted);
  EXPECT_THAT(Consents(person_, true)->consents(), SizeIs(5));
  world_.Advance(absl::Hours(24));
  EXPECT_THAT(Consents(person_, true)->consents(), IsEmpty());
}

TEST_F(ConsentHandlersTest, SoManyStandAndSoManyAreKept) {
  for (size_t i = 0; i < kStandingConsentsMax; ++i) MustGrant(Usual());
  const absl::Status above = Grant(person_, Usual()).status();
  EXPECT_EQ(ReasonOf(above), v1::ERROR_REASON_LIMIT_EXCEEDED);
  EXPECT_EQ(MetadataOf(above, "limit"), "consents of a passport that stand");
  std::set<std::string> revoked;
  while (revoked.size() < kKeptConsentsMax) {
    const std::string name = Consents(person_, true)->consents(0).name();
    ASSERT_TRUE(Revoke(person_, name).ok());
    revoked.insert(name);
    MustGrant(Usual());
  }
  v1::ListConsentsRequest request;
  request.set_parent(passport_);
  request.set_page_size(1'000);
  const auto kept = Call<v1::ListConsentsResponse>(person_, "ConsentService.ListConsents", request);
  EXPECT_THAT(kept->consents(), SizeIs(kKeptConsentsMax));
  EXPECT_THAT(Consents(person_, true)->consents(), SizeIs(50)) << "a page";
}

TEST_F(ConsentHandlersTest, ErasingThePersonErasesThemToo) {
  MustGrant(Usual());
  v1::ErasePassportRequest erase;
  erase.set_name(passport_);
  ASSERT_TRUE(
      Call<v1::ErasePassportResponse>(person_, "PassportService.ErasePassport", erase).ok());
  for (const storage::Record& record : ContentsOf(world_.store()).records) {
    EXPECT_NE(record.key.kind, storage::RecordKind::kConsentBook);
  }
  EXPECT_EQ(ReasonOf(Consents(person_).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Grant(person_, Usual()).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

}  // namespace
}  // namespace passend::service
