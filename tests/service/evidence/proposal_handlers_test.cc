#include "service/evidence/proposal_handlers.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/evidence/proposal_book.h"
#include "service/records/erasure_batch.h"
#include "service/records/stored_message.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

CallContext As(const MatchWorld& world, Role role, const std::string& tenant,
               const std::string& method) {
  CallContext context = world.Call();
  context.caller.role = role;
  context.caller.tenant = tenant;
  context.caller.subject = "s-7";
  context.caller.proof = Proof::kToken;
  context.method = "passend.v1.ProposalService." + method;
  return context;
}

class ProposalHandlersTest : public testing::Test {
 protected:
  ProposalHandlersTest() {
    v1::Passport passport = AGardener("p");
    passport.add_coaches("coaches/delft");
    world_.Put(passport);
    world_.Record("p", "weed", 3);
    world_.Put(AGardenTask("fitting"));
    v1::Task harder = AGardenTask("harder");
    harder.mutable_required_skills(0)->set_level(5);
    world_.Put(harder);
    Restart();
  }

  void Restart() { handlers_ = ProposalHandlers::Start(tools_, parts_).value(); }

  CallContext Coach(const std::string& method) const {
    return As(world_, Role::kCoach, "delft", method);
  }
  static v1::ProposeCandidateRequest For(const std::string& task,
                                         const std::string& motivation = "") {
    v1::ProposeCandidateRequest request;
    request.set_passport("passports/p");
    request.set_task("tasks/" + task);
    request.set_motivation(motivation);
    return request;
  }
  absl::StatusOr<v1::Proposal> Propose(const v1::ProposeCandidateRequest& request) {
    return handlers_->Propose(Coach("ProposeCandidate"), request);
  }
  absl::StatusOr<v1::ListProposedCandidatesResponse> ForEmployer(const std::string& task,
                                                                 int page_size = 0,
                                                                 const std::string& token = "") {
    v1::ListProposedCandidatesRequest request;
    request.set_parent("tasks/" + task);
    request.set_page_size(page_size);
    request.set_page_token(token);
    return handlers_->ListCandidates(
        As(world_, Role::kEmployer, "garden", "ListProposedCandidates"), request);
  }
  absl::StatusOr<v1::ListProposalsResponse> ForPerson(int page_size = 0,
                                                      const std::string& token = "") {
    v1::ListProposalsRequest request;
    request.set_parent("passports/p");
    request.set_page_size(page_size);
    request.set_page_token(token);
    return handlers_->List(As(world_, Role::kPerson, "p", "ListProposals"), request);
  }

  MatchWorld world_;
  MatchParts parts_ = world_.parts();
  KeyedLocks locks_;
  HandlerTools tools_{world_.store(), parts_.surroundings, parts_.page_tokens, locks_};
  std::unique_ptr<ProposalHandlers> handlers_;
};

TEST_F(ProposalHandlersTest, WithoutAFlagNoReasonIsNeeded) {
  const auto proposal = Propose(For("fitting"));
  ASSERT_TRUE(proposal.ok()) << proposal.status();
  EXPECT_THAT(proposal->name(), testing::StartsWith("passports/p/proposals/"));
  EXPECT_EQ(proposal->proposer(), "coaches/delft/s-7") << "a named professional";
  EXPECT_THAT(proposal->flags(), IsEmpty());
  EXPECT_GT(proposal->score(), 0);
  EXPECT_EQ(proposal->policy(), "policies/1");
}

TEST_F(ProposalHandlersTest, AFlaggedMatchIsProposedOnlyWithTheReasonWhy) {
  const storage::Sequence before = world_.store().LastSequence();
  for (const char* nothing : {"", "  \n ", ".", "-", "\u00a0", "\u200b", "\u3000\u2003"}) {
    const auto refused = Propose(For("harder", nothing));
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(ReasonOf(refused.status()), v1::ERROR_REASON_MOTIVATION_NEEDED);
    const auto metadata = ErrorInfoOf(refused.status())->metadata();
    EXPECT_EQ(metadata.at("flags"), "FIT_FLAG_SKILL_TO_BE_LEARNT");
    EXPECT_EQ(metadata.at("skills"), Named("weed"));
  }
  EXPECT_EQ(world_.store().LastSequence(), before) << "a refusal has changed nothing";

  const auto proposal = Propose(For("harder", "Two weeks with a mentor first."));
  ASSERT_TRUE(proposal.ok()) << proposal.status();
  EXPECT_EQ(proposal->motivation(), "Two weeks with a mentor first.");
  ASSERT_THAT(proposal->flags(), SizeIs(1));
  EXPECT_EQ(proposal->flags(0).flag(), v1::FIT_FLAG_SKILL_TO_BE_LEARNT);
}

TEST_F(ProposalHandlersTest, UnknownSupportNeedsAReason) {
  v1::Passport passport = AGardener("p");
  passport.add_coaches("coaches/delft");
  passport.clear_support();
  world_.Put(passport);
  const auto refused = Propose(For("fitting"));
  EXPECT_EQ(ErrorInfoOf(refused.status())->metadata().at("flags"),
            "FIT_FLAG_ESSENTIAL_SUPPORT_UNKNOWN");
}

TEST_F(ProposalHandlersTest, WhoIsExcludedCannotBeProposedWhateverTheReason) {
  v1::Task task = AGardenTask("strict");
  task.mutable_required_skills(0)->set_level(5);
  task.mutable_required_skills(0)->set_learnable(false);
  world_.Put(task);
  const auto refused = Propose(For("strict", "I would like to."));
  EXPECT_EQ(ReasonOf(refused.status()), v1::ERROR_REASON_PERSON_EXCLUDED);
  EXPECT_EQ(ErrorInfoOf(refused.status())->metadata().at("cause"), "GATE_CAUSE_SKILL_MISSING");
}

TEST_F(ProposalHandlersTest, IsMadeOnceForATask) {
  const auto first = Propose(For("fitting"));
  ASSERT_TRUE(first.ok());
  const auto second = Propose(For("fitting"));
  EXPECT_EQ(ReasonOf(second.status()), v1::ERROR_REASON_PROPOSAL_EXISTS);
  EXPECT_EQ(ErrorInfoOf(second.status())->metadata().at("resource"), first->name());
}

TEST_F(ProposalHandlersTest, ARepeatedRequestIsCarriedOutOnce) {
  auto request = For("harder", "A reason.");
  request.set_request_id("0f8fad5b-d9cb");
  const auto first = Propose(request);
  ASSERT_TRUE(first.ok()) << first.status();
  const storage::Sequence after = world_.store().LastSequence();
  const auto again = Propose(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(world_.store().LastSequence(), after);
  request.set_motivation("Another reason.");
  EXPECT_EQ(ReasonOf(Propose(request).status()), v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(ProposalHandlersTest, ValidateOnlyWeighsAndWritesNothing) {
  auto request = For("fitting");
  request.set_validate_only(true);
  const storage::Sequence before = world_.store().LastSequence();
  const auto weighed = Propose(request);
  ASSERT_TRUE(weighed.ok()) << weighed.status();
  EXPECT_EQ(weighed->name(), "");
  EXPECT_EQ(world_.store().LastSequence(), before);
}

TEST_F(ProposalHandlersTest, OthersPeopleAndTasksAreNotThere) {
  const auto other =
      handlers_->Propose(As(world_, Role::kCoach, "breda", "ProposeCandidate"), For("fitting"));
  EXPECT_EQ(ReasonOf(other.status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Propose(For("never")).status()), v1::ERROR_REASON_TASK_NOT_FOUND);
  v1::ListProposedCandidatesRequest request;
  request.set_parent("tasks/fitting");
  const auto listed = handlers_->ListCandidates(
      As(world_, Role::kEmployer, "bakery", "ListProposedCandidates"), request);
  EXPECT_EQ(ReasonOf(listed.status()), v1::ERROR_REASON_TASK_NOT_FOUND);
}

TEST_F(ProposalHandlersTest, AClosedTaskTakesNobody) {
  v1::Task closed = AGardenTask("fitting");
  closed.set_state(v1::TASK_STATE_CLOSED);
  world_.Put(closed);
  EXPECT_EQ(ReasonOf(Propose(For("fitting")).status()), v1::ERROR_REASON_TASK_CLOSED);
}

// The employer sees who is proposed as it sees candidates, and by whom; the reason is about the
// person.
TEST_F(ProposalHandlersTest, EmployersSeeThatAndNotWhy) {
  ASSERT_TRUE(Propose(For("harder", "Sleeps badly before a first day.")).ok());
  const auto listed = ForEmployer("harder");
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_THAT(listed->candidates(), SizeIs(1));
  EXPECT_EQ(listed->candidates(0).candidate(),
            parts_.references.Make("employers/garden", "tasks/harder", "passports/p"));
  EXPECT_EQ(listed->candidates(0).organisation(), "coaches/delft");
  const std::string all = listed->SerializeAsString();
  EXPECT_THAT(all, testing::Not(HasSubstr("Sleeps")));
  EXPECT_THAT(all, testing::Not(HasSubstr("passports/")));
  EXPECT_THAT(all, testing::Not(HasSubstr("s-7")));
}

TEST_F(ProposalHandlersTest, ThePersonSeesAllOfIt) {
  ASSERT_TRUE(Propose(For("fitting")).ok());
  world_.Advance(absl::Minutes(1));
  ASSERT_TRUE(Propose(For("harder", "A reason.")).ok());
  const auto listed = ForPerson();
  ASSERT_TRUE(listed.ok()) << listed.status();
  ASSERT_THAT(listed->proposals(), SizeIs(2));
  EXPECT_EQ(listed->proposals(0).task(), "tasks/harder") << "the newest first";
  EXPECT_EQ(listed->proposals(0).motivation(), "A reason.");
  EXPECT_EQ(listed->proposals(1).task(), "tasks/fitting");

  const auto page = ForPerson(1);
  ASSERT_THAT(page->proposals(), SizeIs(1));
  const auto next = ForPerson(1, page->next_page_token());
  ASSERT_TRUE(next.ok()) << next.status();
  ASSERT_THAT(next->proposals(), SizeIs(1));
  EXPECT_EQ(next->proposals(0).task(), "tasks/fitting");
  EXPECT_EQ(next->next_page_token(), "");
}

TEST_F(ProposalHandlersTest, EmployersPageThroughWhoWasProposed) {
  for (const char* id : {"q", "r", "s"}) {
    v1::Passport passport = AGardener(id);
    passport.add_coaches("coaches/delft");
    world_.Put(passport);
    world_.Record(id, "weed", 3);
    auto request = For("fitting");
    request.set_passport(std::string("passports/") + id);
    ASSERT_TRUE(Propose(request).ok());
    world_.Advance(absl::Hours(24));
  }
  const auto whole = ForEmployer("fitting");
  const absl::Time newest = ToTime(whole->candidates(0).propose_time());
  EXPECT_EQ(absl::FormatTime("%F %T", newest, absl::UTCTimeZone()), "2026-11-23 00:00:00")
      << "the day, and no more";
  std::vector<std::string> seen;
  std::string token;
  do {
    const auto page = ForEmployer("fitting", 2, token);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& one : page->candidates()) seen.push_back(one.candidate());
    token = page->next_page_token();
  } while (!token.empty());
  const auto reference = [&](const char* id) {
    return parts_.references.Make("employers/garden", "tasks/fitting",
                                  std::string("passports/") + id);
  };
  EXPECT_THAT(seen, testing::ElementsAre(reference("s"), reference("r"), reference("q")));
}

TEST_F(ProposalHandlersTest, EmployersCallThemAsInTheirListWhereTheyAreInIt) {
  ASSERT_TRUE(Propose(For("fitting")).ok());
  const v1::Task task = AGardenTask("fitting");
  const auto who = [&](const CallContext& context, const v1::Task& of,
                       const std::string& reference) {
    const auto found = handlers_->references().Find(context, of, reference);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? found->value_or("nobody") : "an error";
  };
  const CallContext employer = world_.CallOf("garden");
  const std::string before = ForEmployer("fitting")->candidates(0).candidate();
  EXPECT_EQ(before, handlers_->references().OfProposed(task, "passports/p"));

  v1::FindCandidatesRequest find;
  find.set_task("tasks/fitting");
  const auto list = world_.candidates().Find(employer, find);
  ASSERT_TRUE(list.ok()) << list.status();
  const std::string listed = list->candidates(0).candidate();
  EXPECT_EQ(ForEmployer("fitting")->candidates(0).candidate(), listed);
  EXPECT_NE(listed, before);
  EXPECT_EQ(who(employer, task, listed), "passports/p");
  EXPECT_EQ(who(employer, task, before), "passports/p") << "it was given";
  for (const std::string& reference : {listed, before}) {
    EXPECT_EQ(who(employer, AGardenTask("harder"), reference), "nobody");
    v1::Task of_another = task;
    of_another.set_employer("employers/bakery");
    EXPECT_EQ(who(employer, of_another, reference), "nobody");
  }
}

// On a server without identity everybody has the reference that FindCandidates gives there.
TEST_F(ProposalHandlersTest, ReferencesOfPeopleWhoAreNotProposedStandForThemForLocalCallersOnly) {
  v1::FindCandidatesRequest find;
  find.set_task("tasks/fitting");
  const auto list = world_.candidates().Find(world_.Call(), find);
  ASSERT_TRUE(list.ok()) << list.status();
  const std::string reference = list->candidates(0).candidate();
  const v1::Task task = AGardenTask("fitting");
  const GivenReferences& references = handlers_->references();
  EXPECT_EQ(**references.Find(world_.Call(), task, reference), "passports/p");
  EXPECT_EQ(*references.Find(world_.Call(), task, "nobody"), std::nullopt);
  EXPECT_EQ(*references.Find(world_.CallOf("garden"), task, reference), std::nullopt);
}

TEST_F(ProposalHandlersTest, EmployersDoNotSeeWhoPaused) {
  ASSERT_TRUE(Propose(For("fitting")).ok());
  v1::Passport paused = AGardener("p");
  paused.set_state(v1::PASSPORT_STATE_PAUSED);
  world_.Put(paused);
  EXPECT_THAT(ForEmployer("fitting")->candidates(), IsEmpty());
  world_.Put(AGardener("p"));
  EXPECT_THAT(ForEmployer("fitting")->candidates(), SizeIs(1));
}

TEST_F(ProposalHandlersTest, AreThereAfterARestart) {
  ASSERT_TRUE(Propose(For("fitting")).ok());
  Restart();
  EXPECT_THAT(ForEmployer("fitting")->candidates(), SizeIs(1));
}

TEST_F(ProposalHandlersTest, GoWithThePerson) {
  ASSERT_TRUE(Propose(For("fitting")).ok());
  ASSERT_TRUE(world_.store().Commit(ErasureBatch(PassportName{"p"}, world_.now())).ok());
  EXPECT_THAT(ForEmployer("fitting")->candidates(), IsEmpty());
  EXPECT_THAT(ReadProposalBook(world_.store(), PassportName{"p"})->proposals, IsEmpty());
}

}  // namespace
}  // namespace passend::service
