#include "service/evidence/due_lister.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/records/change_event.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class DueListerTest : public testing::Test {
 protected:
  DueListerTest() {
    v1::Passport passport = AGardener("p");
    passport.add_coaches("coaches/delft");
    world_.Put(passport);
    world_.Put(AGardenTask("a"));
    world_.Put(AGardenTask("b"));
  }

  CallContext As(Role role, const std::string& tenant) const {
    CallContext context = world_.Call();
    context.method = "passend.v1.ValidationService.ListDue";
    context.caller.role = role;
    context.caller.tenant = tenant;
    context.caller.proof = Proof::kToken;
    return context;
  }
  CallContext Local() const {
    CallContext context = world_.Call();
    context.method = "passend.v1.ValidationService.ListDue";
    return context;
  }
  absl::StatusOr<v1::ListDueResponse> Ask(const CallContext& context, int days_later = 0,
                                          const std::string& language = "en", int size = 0) {
    v1::ListDueRequest request;
    request.set_parent("passports/p");
    request.set_language_code(language);
    request.set_page_size(size);
    *request.mutable_as_of_time() = ToTimestamp(world_.now() + absl::Hours(24 * days_later));
    return ListDue(context, request, parts_);
  }
  void Change(const std::function<void(v1::Validation&)>& change) {
    auto book = ReadBook(world_.store(), PassportName{"p"});
    change(book->validations.back());
    storage::Batch batch;
    batch.mutations.push_back({BookKeyOf(PassportName{"p"}), StoredValue(*book)});
    batch.events.push_back(ChangeEvent(KeyOf(*ParseValidationName(book->validations.back().name())),
                                       Change::kChanged));
    ASSERT_TRUE(world_.store().Commit(std::move(batch)).ok());
  }

  MatchWorld world_;
  MatchParts parts_ = world_.parts();
};

const v1::DueItem* Of(const v1::ListDueResponse& due, v1::DueKind kind) {
  for (const v1::DueItem& item : due.items()) {
    if (item.kind() == kind) return &item;
  }
  return nullptr;
}

TEST_F(DueListerTest, SaysWhatToRenewAndWhichMatchesItMoves) {
  world_.Record("p", "weed", 3);
  const auto due = Ask(Local(), 1'000);
  ASSERT_TRUE(due.ok()) << due.status();
  const v1::DueItem* renew = Of(*due, v1::DUE_KIND_RENEW);
  ASSERT_NE(renew, nullptr);
  EXPECT_EQ(renew->skill_label(), "weed");
  EXPECT_EQ(renew->validation(), "passports/p/validations/v0001");
  EXPECT_GT(renew->value_basis_points(), 0);
  EXPECT_EQ(renew->tasks_changed(), 2);
  ASSERT_THAT(renew->effects(), SizeIs(2));
  EXPECT_EQ(renew->effects(0).score(), renew->effects(0).score_low()) << "renewing only helps";
  EXPECT_GT(renew->effects(0).score_high(), renew->effects(0).score());
  EXPECT_THAT(renew->reason(), HasSubstr("Renew 'weed'"));
  EXPECT_THAT(renew->reason(), HasSubstr("It may change 2 open tasks, 'Garden help "));
  EXPECT_EQ(due->tasks_considered(), 2);
  EXPECT_EQ(due->basis().policy(), "policies/1");
}

TEST_F(DueListerTest, WhatIsFreshIsNotDue) {
  world_.Record("p", "weed", 3);
  const auto due = Ask(Local());
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_EQ(Of(*due, v1::DUE_KIND_RENEW), nullptr);
  EXPECT_EQ(Of(*due, v1::DUE_KIND_EXPIRES), nullptr);
}

TEST_F(DueListerTest, WhatExpiresWithinNinetyDaysIsDueAlsoWhereItMattersToNoMatch) {
  world_.Record("p", "dig", 3);
  Change([&](v1::Validation& validation) {
    *validation.mutable_expire_time() = ToTimestamp(world_.now() + absl::Hours(24 * 100));
  });
  EXPECT_EQ(Of(*Ask(Local(), 9), v1::DUE_KIND_EXPIRES), nullptr) << "in 91 days";
  const auto due = Ask(Local(), 10);
  const v1::DueItem* expires = Of(*due, v1::DUE_KIND_EXPIRES);
  ASSERT_NE(expires, nullptr);
  EXPECT_EQ(expires->value_basis_points(), 0);
  EXPECT_THAT(expires->reason(), HasSubstr("no longer counts from 1 March 2027"));
  EXPECT_THAT(expires->reason(), HasSubstr("changes no open task"));
}

TEST_F(DueListerTest, AnOpenObjectionIsOnTopUntilItEnds) {
  world_.Record("p", "weed", 3);
  Change([](v1::Validation& validation) { validation.add_disputes()->set_reason("I do not."); });
  const auto due = Ask(Local());
  ASSERT_TRUE(due.ok()) << due.status();
  ASSERT_THAT(due->items(), testing::Not(IsEmpty()));
  EXPECT_EQ(due->items(0).kind(), v1::DUE_KIND_DISPUTE);
  EXPECT_THAT(due->items(0).reason(), HasSubstr("Somebody objects to 'weed' at level 3."));
  EXPECT_THAT(due->items(0).reason(), testing::Not(HasSubstr("I do not"))) << "nobody's words";

  Change([](v1::Validation& validation) {
    validation.mutable_disputes(0)->set_resolution(v1::DISPUTE_RESOLUTION_REJECTED);
  });
  EXPECT_EQ(Of(*Ask(Local()), v1::DUE_KIND_DISPUTE), nullptr);
}

TEST_F(DueListerTest, WhereNothingIsKnownItSaysWhatToAsk) {
  const auto due = Ask(Local());
  ASSERT_TRUE(due.ok()) << due.status();
  ASSERT_THAT(due->items(), testing::Not(IsEmpty()));
  EXPECT_EQ(due->items(0).kind(), v1::DUE_KIND_FIND_OUT);
  EXPECT_EQ(due->items(0).topic(), v1::QUESTION_TOPIC_SKILLS);
}

const v1::DueItem* About(const v1::ListDueResponse& due, const std::string& skill_label) {
  for (const v1::DueItem& item : due.items()) {
    if (item.skill_label() == skill_label) return &item;
  }
  return nullptr;
}

TEST_F(DueListerTest, ASkillThatIsAskedForAndThatNobodyRecordedIsToBeFoundOut) {
  world_.Record("p", "dig", 3);
  const auto due = Ask(Local());
  ASSERT_TRUE(due.ok()) << due.status();
  const v1::DueItem* weed = About(*due, "weed");
  ASSERT_NE(weed, nullptr);
  EXPECT_EQ(weed->kind(), v1::DUE_KIND_FIND_OUT);
  EXPECT_EQ(weed->topic(), v1::QUESTION_TOPIC_SKILL_LEVEL);
  EXPECT_EQ(weed->validation(), "");
  EXPECT_EQ(weed->tasks_changed(), 2);
  EXPECT_GT(weed->effects(0).score_high(), weed->effects(0).score());
  EXPECT_EQ(weed->effects(0).score_low(), weed->effects(0).score()) << "telling only helps";
  EXPECT_THAT(weed->reason(),
              HasSubstr("'weed' is asked for, and nobody has said anything about it yet."));
  EXPECT_THAT(About(*Ask(As(Role::kPerson, "p"), 0, "nl"), "wieden")->reason(),
              HasSubstr("We weten nog niet of jij dit kunt."));
  world_.Record("p", "weed", 3);
  EXPECT_EQ(About(*Ask(Local()), "weed"), nullptr) << "it is known, and fresh";
}

TEST_F(DueListerTest, ThePersonIsSpokenTo) {
  world_.Record("p", "weed", 3);
  const auto due = Ask(As(Role::kPerson, "p"), 1'000, "nl");
  ASSERT_TRUE(due.ok()) << due.status();
  const v1::DueItem* renew = Of(*due, v1::DUE_KIND_RENEW);
  ASSERT_NE(renew, nullptr);
  EXPECT_THAT(renew->reason(), HasSubstr("Het zou helpen als je het weer laat zien."));
  EXPECT_THAT(Of(*Ask(As(Role::kCoach, "delft"), 1'000, "nl"), v1::DUE_KIND_RENEW)->reason(),
              HasSubstr("Vernieuw 'wieden'"));
}

TEST_F(DueListerTest, OthersArePeopleWhoAreNotThere) {
  EXPECT_EQ(ReasonOf(Ask(As(Role::kCoach, "breda")).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Ask(As(Role::kPerson, "q")).status()), v1::ERROR_REASON_PASSPORT_NOT_FOUND);
}

TEST_F(DueListerTest, TellsTheTopOfTheListAndHowLongItIs) {
  world_.Record("p", "weed", 3);
  Change([](v1::Validation& validation) { validation.add_disputes(); });
  world_.Record("p", "dig", 3);
  Change([](v1::Validation& validation) { validation.add_disputes(); });
  const auto due = Ask(Local(), 0, "en", 1);
  ASSERT_TRUE(due.ok()) << due.status();
  EXPECT_THAT(due->items(), SizeIs(1));
  EXPECT_EQ(due->total_size(), 2);
}

}  // namespace
}  // namespace passend::service
