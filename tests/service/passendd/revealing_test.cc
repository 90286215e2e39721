// From a list, or a proposal, to a name: what an employer may ask, through everything that answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "passend/v1/consent_service.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/proposal_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "service/errors/error_status.h"
#include "storage/memory_store.h"
#include "tests/service/audit/audit_world.h"

namespace passend::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class RevealingTest : public testing::Test {
 protected:
  RevealingTest() { world_.ImportSkills("1", {"weed"}); }

  std::string NewPerson() {
    v1::CreatePassportRequest request;
    v1::Passport& passport = *request.mutable_passport();
    passport.set_region("groningen");
    passport.mutable_wishes()->mutable_hours()->set_weekly_hours_min(4);
    passport.mutable_wishes()->mutable_hours()->set_weekly_hours_max(24);
    passport.mutable_support()->set_nothing_needed(true);
    const auto created =
        world_.Call<v1::Passport>("PassportService.CreatePassport", request, coach_);
    EXPECT_TRUE(created.ok()) << created.status();
    if (!created.ok()) return "";
    world_.Record(created->name(), "weed", 4);
    return created->name();
  }
  std::string NewTask(const Caller& employer) {
    v1::CreateTaskRequest request;
    v1::Task& task = *request.mutable_task();
    task.set_employer("employers/" + employer.tenant);
    task.set_title("Garden help");
    task.mutable_carving()->set_method(v1::CARVING_METHOD_JOB_CARVING);
    v1::RequiredSkill& required = *task.add_required_skills();
    required.set_skill("taxonomies/demo/concepts/weed");
    required.set_level(3);
    required.set_importance(5);
    task.set_participation_form(v1::PARTICIPATION_FORM_BASIC_JOB);
    task.mutable_hours()->set_start_weekly_hours(8);
    task.mutable_place()->set_region("groningen");
    task.mutable_place()->set_remote(true);
    task.set_pay_form(v1::PAY_FORM_MINIMUM_WAGE);
    task.mutable_additionality()->set_ground(v1::ADDITIONALITY_GROUND_NOT_DONE_BEFORE);
    task.mutable_additionality()->set_statement("Nobody tended this garden.");
    const auto created = world_.Call<v1::Task>("TaskService.CreateTask", request, employer);
    EXPECT_TRUE(created.ok()) << created.status();
    return created.ok() ? created->name() : "";
  }
  void Propose(const std::string& passport, const std::string& task) {
    v1::ProposeCandidateRequest request;
    request.set_passport(passport);
    request.set_task(task);
    request.set_motivation("They would like to, and have done it before.");
    const auto proposal =
        world_.Call<v1::Proposal>("ProposalService.ProposeCandidate", request, coach_);
    EXPECT_TRUE(proposal.ok()) << proposal.status();
  }
  void Consent(const std::string& passport, const std::string& task) {
    v1::GrantConsentRequest request;
    request.set_parent(passport);
    v1::Consent& consent = *request.mutable_consent();
    consent.set_audience("employers/" + employer_.tenant);
    consent.set_purpose(v1::PURPOSE_INTRODUCTION);
    consent.add_groups(v1::FIELD_GROUP_IDENTITY);
    consent.add_tasks(task);
    consent.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(world_.now() + absl::Hours(24)));
    const auto granted =
        world_.Call<v1::Consent>("ConsentService.GrantConsent", request, PersonOf(passport));
    EXPECT_TRUE(granted.ok()) << granted.status();
  }
  static Caller PersonOf(const std::string& passport) {
    return CallerAs(Role::kPerson, passport.substr(std::string("passports/").size()));
  }

  std::vector<std::string> Listed(const std::string& task, const Caller& employer) {
    v1::FindCandidatesRequest request;
    request.set_task(task);
    const auto list =
        world_.Call<v1::FindCandidatesResponse>("MatchService.FindCandidates", request, employer);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> references;
    if (!list.ok()) return references;
    for (const v1::Candidate& candidate : list->candidates()) {
      EXPECT_EQ(candidate.passport(), "");
      references.push_back(candidate.candidate());
    }
    return references;
  }
  std::vector<std::string> Proposed(const std::string& task, const Caller& employer) {
    v1::ListProposedCandidatesRequest request;
    request.set_parent(task);
    const auto list = world_.Call<v1::ListProposedCandidatesResponse>(
        "ProposalService.ListProposedCandidates", request, employer);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> references;
    if (!list.ok()) return references;
    for (const auto& candidate : list->candidates()) references.push_back(candidate.candidate());
    return references;
  }
  // The passport; or the name of the reason why not.
  std::string Reveal(const std::string& task, const std::string& candidate,
                     const Caller& employer) {
    v1::RevealCandidateRequest request;
    request.set_task(task);
    request.set_candidate(candidate);
    const auto revealed =
        world_.Call<v1::RevealCandidateResponse>("MatchService.RevealCandidate", request, employer);
    return revealed.ok() ? revealed->passport() : v1::ErrorReason_Name(ReasonOf(revealed.status()));
  }

  static constexpr char kMissing[] = "ERROR_REASON_CONSENT_MISSING";
  static constexpr char kNobody[] = "ERROR_REASON_CANDIDATE_NOT_FOUND";

  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  AuditWorld world_{*store_};
  const Caller coach_ = CallerAs(Role::kCoach, "delft");
  const Caller employer_ = CallerAs(Role::kEmployer, "garden");
  const Caller other_employer_ = CallerAs(Role::kEmployer, "bakery");
};

TEST_F(RevealingTest, AnEmployerLearnsWhoIsBehindWhatItWasGivenAndNothingElse) {
  const std::string task = NewTask(employer_);
  const std::string same_task = NewTask(employer_);
  const std::string of_another = NewTask(other_employer_);
  const std::string in_list = NewPerson();
  ASSERT_THAT(Listed(task, employer_), SizeIs(1));
  const std::string came_later = NewPerson();
  ASSERT_THAT(Listed(task, employer_), SizeIs(1)) << "a list is as it was made";

  Propose(in_list, task);
  Propose(came_later, task);
  const std::string listed = Listed(task, employer_).front();
  const std::vector<std::string> proposed = Proposed(task, employer_);
  ASSERT_THAT(proposed, SizeIs(2));
  ASSERT_THAT(proposed, Contains(listed)) << "the same person is called the same";
  const std::string later = proposed[0] == listed ? proposed[1] : proposed[0];

  EXPECT_EQ(Reveal(task, listed, employer_), kMissing);
  EXPECT_EQ(Reveal(task, later, employer_), kMissing);
  Consent(in_list, task);
  EXPECT_EQ(Reveal(task, listed, employer_), in_list);
  EXPECT_EQ(Reveal(task, later, employer_), kMissing) << "that is somebody else";
  Consent(came_later, task);
  EXPECT_EQ(Reveal(task, later, employer_), came_later);

  for (const std::string& reference : {listed, later}) {
    EXPECT_EQ(Reveal(same_task, reference, employer_), kNobody);
    EXPECT_EQ(Reveal(of_another, reference, other_employer_), kNobody);
    EXPECT_EQ(Reveal(task, reference, other_employer_), "ERROR_REASON_TASK_NOT_FOUND");
  }
  // What others were given, of the same person and for the same work.
  for (const std::string& reference : Listed(of_another, other_employer_)) {
    EXPECT_EQ(Reveal(task, reference, employer_), kNobody);
  }
  for (const std::string& reference : Listed(same_task, employer_)) {
    EXPECT_EQ(Reveal(task, reference, employer_), kNobody);
  }
}

// Before identity was set up, or on the machine itself, everybody has a reference.
TEST_F(RevealingTest, WhatLocalCallersWereGivenIsNothingToAnEmployer) {
  const std::string task = NewTask(employer_);
  const std::string person = NewPerson();
  Consent(person, task);
  v1::FindCandidatesRequest request;
  request.set_task(task);
  const v1::FindCandidatesResponse list = world_.FindCandidates(request);
  ASSERT_THAT(list.candidates(), SizeIs(1));
  const std::string reference = list.candidates(0).candidate();
  EXPECT_EQ(Reveal(task, reference, LocalCaller()), person);
  EXPECT_EQ(Reveal(task, reference, employer_), kNobody);
  Propose(person, task);
  EXPECT_THAT(Proposed(task, employer_), ElementsAre(reference));
  EXPECT_EQ(Reveal(task, reference, employer_), person) << "now it was given";
}

TEST_F(RevealingTest, WhoPausedOrWasErasedIsNobody) {
  const std::string task = NewTask(employer_);
  const std::string paused = NewPerson();
  const std::string erased = NewPerson();
  for (const std::string& person : {paused, erased}) {
    Propose(person, task);
    Consent(person, task);
  }
  const std::vector<std::string> proposed = Proposed(task, employer_);
  const std::vector<std::string> listed = Listed(task, employer_);
  ASSERT_THAT(proposed, SizeIs(2));
  ASSERT_THAT(listed, SizeIs(2));
  v1::UpdatePassportRequest pausing;
  pausing.mutable_passport()->set_name(paused);
  pausing.mutable_passport()->set_state(v1::PASSPORT_STATE_PAUSED);
  pausing.mutable_update_mask()->add_paths("state");
  ASSERT_TRUE(world_.Call<v1::Passport>("PassportService.UpdatePassport", pausing, coach_).ok());
  world_.Erase(erased);
  EXPECT_THAT(Proposed(task, employer_), IsEmpty());
  EXPECT_THAT(Listed(task, employer_), IsEmpty());
  for (const auto& references : {proposed, listed}) {
    for (const std::string& reference : references) {
      EXPECT_EQ(Reveal(task, reference, employer_), kNobody);
    }
  }
}

// A page that nobody asked for showed nobody.
TEST_F(RevealingTest, OnlyWhoIsOnThePageOfProposedPeopleWasLookedAt) {
  const std::string task = NewTask(employer_);
  const std::string first = NewPerson();
  const std::string second = NewPerson();
  Propose(first, task);
  Propose(second, task);
  v1::ListProposedCandidatesRequest request;
  request.set_parent(task);
  request.set_page_size(1);
  ASSERT_TRUE(world_
                  .Call<v1::ListProposedCandidatesResponse>(
                      "ProposalService.ListProposedCandidates", request, employer_)
                  .ok());
  int looks = 0;
  for (const std::string& person : {first, second}) {
    for (const v1::AccessLogEntry& entry : world_.LogOf(person, PersonOf(person))) {
      if (entry.role() == "employer") ++looks;
    }
  }
  EXPECT_EQ(looks, 1);
}

}  // namespace
}  // namespace passend::service
