// Who is told who a candidate is, and that the person sees it.
#include "service/match/candidate_revealer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/consent/reveal_book.h"
#include "service/disclosure/disclosure.h"
#include "tests/service/consent/consent_scene.h"

namespace passend::service {
namespace {

using testing::SizeIs;

class CandidateRevealerTest : public ConsentScene {
 protected:
  CandidateRevealerTest() : stored_(world_.CreateTask(WholeTask())), task_(stored_.name()) {}

  absl::StatusOr<v1::RevealCandidateResponse> Reveal(const Caller& caller, const std::string& task,
                                                     const std::string& candidate,
                                                     const std::string& request_id = "") {
    CallContext context = world_.ContextFor("MatchService.RevealCandidate");
    context.caller = caller;
    Disclosure disclosure(caller, GroupSet{v1::FIELD_GROUP_IDENTITY});
    context.disclosure = &disclosure;
    v1::RevealCandidateRequest request;
    request.set_task(task);
    request.set_candidate(candidate);
    request.set_request_id(request_id);
    auto response = revealer_.Reveal(context, request);
    EXPECT_EQ(disclosure.groups().Has(v1::FIELD_GROUP_IDENTITY), response.ok());
    return response;
  }
  absl::StatusOr<v1::RevealCandidateResponse> Reveal() {
    return Reveal(employer_, task_, Candidate());
  }
  std::string Candidate() const { return ServiceWorld::Reference(stored_, passport_); }
  v1::GrantConsentRequest Introduction(const std::string& employer = "employers/zorghuis") const {
    v1::GrantConsentRequest request =
        Asked(employer, v1::PURPOSE_INTRODUCTION, {v1::FIELD_GROUP_IDENTITY});
    if (employer == "employers/zorghuis") {
      request.mutable_consent()->add_tasks(task_);
    } else {
      request.mutable_consent()->set_any_task(true);
    }
    return request;
  }
  absl::StatusOr<v1::ListRevealsResponse> Reveals(const Caller& caller) {
    v1::ListRevealsRequest request;
    request.set_parent(passport_);
    return Call<v1::ListRevealsResponse>(caller, "ConsentService.ListReveals", request);
  }
  void ExpectMissing() {
    const absl::Status status = Reveal().status();
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_CONSENT_MISSING);
    EXPECT_EQ(status.message(),
              "there is no consent that allows it; the person has to give it first");
  }

  const v1::Task stored_;
  const std::string task_;
  CandidateRevealer revealer_{
      world_.tools(), [](const CallContext&, const v1::Task& task, const std::string& reference) {
        return ServiceWorld::WhoIs(task, reference);
      }};
};

TEST_F(CandidateRevealerTest, TellsWithTheConsentForThatEmployerAndTask) {
  const v1::Consent consent = MustGrant(Introduction());
  const storage::Sequence before = world_.store().LastSequence();
  const auto revealed = Reveal();
  ASSERT_TRUE(revealed.ok()) << revealed.status();
  EXPECT_EQ(revealed->passport(), passport_);
  EXPECT_EQ(ReasonOf(Get(employer_).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND)
      << "a name, and nothing behind it";
  EXPECT_EQ(world_.store().LastSequence(), before + 1) << "the note is its one commit";
  const auto entries = world_.store().Tail(before, 10);
  EXPECT_EQ(entries->front().events.front().key.kind, storage::RecordKind::kRevealBook);

  world_.Advance(absl::Hours(1));
  ASSERT_TRUE(Reveal().ok()) << "repeating it is fine";
  for (const Caller& caller : {person_, coach_}) {
    const auto reveals = Reveals(caller);
    ASSERT_TRUE(reveals.ok()) << reveals.status();
    ASSERT_THAT(reveals->reveals(), SizeIs(1));
    const v1::Reveal& reveal = reveals->reveals(0);
    EXPECT_EQ(reveal.employer(), "employers/zorghuis");
    EXPECT_EQ(reveal.task(), task_);
    EXPECT_EQ(reveal.consent(), consent.name());
    EXPECT_EQ(reveal.count(), 2);
    EXPECT_EQ(ToTime(reveal.last_time()) - ToTime(reveal.first_time()), absl::Hours(1));
  }
}

TEST_F(CandidateRevealerTest, ARepeatedRequestCountsOnceAndOnlyWhileTheConsentStands) {
  const v1::Consent consent = MustGrant(Introduction());
  EXPECT_TRUE(Reveal(employer_, task_, Candidate(), "request-0001").ok());
  EXPECT_TRUE(Reveal(employer_, task_, Candidate(), "request-0001").ok());
  EXPECT_EQ(Reveals(person_)->reveals(0).count(), 1);
  ASSERT_TRUE(Revoke(person_, consent.name()).ok());
  EXPECT_EQ(ReasonOf(Reveal(employer_, task_, Candidate(), "request-0001").status()),
            v1::ERROR_REASON_CONSENT_MISSING);
}

TEST_F(CandidateRevealerTest, SaysNoMoreThanThatAConsentIsMissing) {
  ExpectMissing();
  MustGrant(Introduction("employers/bakery"));
  MustGrant(Asked("employers/zorghuis", v1::PURPOSE_GUIDANCE, {v1::FIELD_GROUP_IDENTITY}));
  v1::GrantConsentRequest of_another_task = Introduction();
  of_another_task.mutable_consent()->set_tasks(0, world_.CreateTask(WholeTask()).name());
  MustGrant(of_another_task);
  ExpectMissing();
  const v1::Consent consent = MustGrant(Introduction());
  EXPECT_TRUE(Reveal().ok());
  ASSERT_TRUE(Revoke(person_, consent.name()).ok());
  ExpectMissing();
  MustGrant(Introduction());
  world_.Advance(absl::Hours(24));
  ExpectMissing();
}

TEST_F(CandidateRevealerTest, AConsentForAnyTaskOfTheEmployerIsForThisOneToo) {
  v1::GrantConsentRequest any = Introduction();
  any.mutable_consent()->clear_tasks();
  any.mutable_consent()->set_any_task(true);
  MustGrant(any);
  EXPECT_TRUE(Reveal().ok());
}

TEST_F(CandidateRevealerTest, TellsOfNobodyWhomTheEmployerWasNotGivenForTheTask) {
  MustGrant(Introduction());
  const v1::Task other_task = world_.CreateTask(WholeTask());
  for (const std::string& candidate :
       {ServiceWorld::Reference(other_task, passport_),
        ServiceWorld::Reference(stored_, "passports/0123456789abcdef"), std::string("nobody"),
        passport_}) {
    const absl::Status status = Reveal(employer_, task_, candidate).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_CANDIDATE_NOT_FOUND);
  }
  EXPECT_EQ(ReasonOf(Reveal(Is(Role::kEmployer, "bakery"), task_, Candidate()).status()),
            v1::ERROR_REASON_TASK_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Reveal(Is(Role::kCoach, "zorghuis"), task_, Candidate()).status()),
            v1::ERROR_REASON_TASK_NOT_FOUND);
}

TEST_F(CandidateRevealerTest, WhoPausedIsNotThereUntilTheyAreBack) {
  MustGrant(Introduction());
  v1::UpdatePassportRequest update;
  update.mutable_passport()->set_name(passport_);
  update.mutable_update_mask()->add_paths("state");
  const auto put = [&](v1::PassportState state) {
    update.mutable_passport()->set_state(state);
    const auto updated = Call<v1::Passport>(partner_, "PassportService.UpdatePassport", update);
    EXPECT_TRUE(updated.ok()) << updated.status();
  };
  put(v1::PASSPORT_STATE_PAUSED);
  EXPECT_EQ(ReasonOf(Reveal().status()), v1::ERROR_REASON_CANDIDATE_NOT_FOUND);
  put(v1::PASSPORT_STATE_ACTIVE);
  EXPECT_TRUE(Reveal().ok());
}

TEST_F(CandidateRevealerTest, NobodyIsLeftOfWhoWasErased) {
  MustGrant(Introduction());
  ASSERT_TRUE(Reveal().ok());
  v1::ErasePassportRequest erase;
  erase.set_name(passport_);
  ASSERT_TRUE(
      Call<v1::ErasePassportResponse>(person_, "PassportService.ErasePassport", erase).ok());
  EXPECT_EQ(ReasonOf(Reveal().status()), v1::ERROR_REASON_CANDIDATE_NOT_FOUND);
  for (const storage::Record& record : ContentsOf(world_.store()).records) {
    EXPECT_NE(record.key.kind, storage::RecordKind::kRevealBook);
  }
}

}  // namespace
}  // namespace passend::service
