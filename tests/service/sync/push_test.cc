// What a push does to people, record by record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/limits.h"
#include "service/records/change_event.h"
#include "tests/service/sync/sync_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class PushTest : public testing::Test {
 protected:
  v1::Passport Now(const v1::PushResult& result) {
    const auto passport = world_.Get(result.passport());
    EXPECT_TRUE(passport.ok()) << passport.status();
    return passport.value_or(v1::Passport());
  }
  // What a coach makes of the region.
  void CoachSays(const v1::PushResult& result, const std::string& region) {
    v1::Passport passport;
    passport.set_name(result.passport());
    passport.set_region(region);
    world_.Update(passport);
  }
  static std::vector<std::string> FieldsOf(const v1::PushResult& result) {
    return {result.fields().begin(), result.fields().end()};
  }

  SyncWorld world_;
};

TEST_F(PushTest, ANewPersonHasEverythingThatWasSaidAndThePartner) {
  const v1::PushResult made = world_.PushOne(Says("p-1", WholePassport()));
  EXPECT_EQ(made.outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(made.external_id(), "p-1");
  const v1::Passport passport = Now(made);
  EXPECT_EQ(passport.etag(), made.etag());
  EXPECT_EQ(passport.state(), v1::PASSPORT_STATE_ACTIVE);
  EXPECT_EQ(passport.wishes().SerializeAsString(), WholePassport().wishes().SerializeAsString());
  EXPECT_EQ(passport.support().needs(0).kind(), v1::SUPPORT_KIND_GUIDANCE);
  EXPECT_THAT(passport.partners(), ElementsAre(kMainPartner));
  EXPECT_TRUE(passport.has_create_time());
}

// Whoever follows one region is not told of everybody who is new elsewhere.
TEST_F(PushTest, WhoIsNewHasNotMoved) {
  const auto moved = [&](const v1::PushRecord& record) {
    world_.PushOne(record);
    const auto last = world_.store().Tail(world_.store().LastSequence() - 1, 1).value().front();
    return PersonChangeOf(last.events.front().payload)->moved;
  };
  EXPECT_FALSE(moved(SaysRegion("p-1", "drenthe")));
  EXPECT_TRUE(moved(SaysRegion("p-1", "twente", "2")));
}

TEST_F(PushTest, TheSameAgainChangesNothing) {
  const v1::PushResult made = world_.PushOne(Says("p-1", WholePassport()));
  const v1::PushResult again = world_.PushOne(Says("p-1", WholePassport()));
  EXPECT_EQ(again.outcome(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_EQ(again.passport(), made.passport());
  EXPECT_EQ(again.etag(), made.etag());
  const v1::PushResult newer = world_.PushOne(Says("p-1", WholePassport(), "2"));
  EXPECT_EQ(newer.outcome(), v1::PUSH_OUTCOME_UNCHANGED) << "a revision is no content";
  EXPECT_EQ(world_.PassportCount(), 1u);
}

// The passport says what the partner says: settled, also where others have said so before.
TEST_F(PushTest, WhatThePassportSaysAlreadyIsNoConflict) {
  const v1::PushResult made = world_.PushOne(SaysRegion("p-1", "drenthe"));
  CoachSays(made, "groningen");
  const v1::PushResult agreed = world_.PushOne(SaysRegion("p-1", "groningen", "2"));
  EXPECT_EQ(agreed.outcome(), v1::PUSH_OUTCOME_UNCHANGED);
  EXPECT_THAT(agreed.fields(), IsEmpty());
  EXPECT_EQ(world_.PushOne(SaysRegion("p-1", "twente", "3")).outcome(), v1::PUSH_OUTCOME_ACCEPTED)
      << "from then on it is what the partner said";
}

TEST_F(PushTest, WhatOthersHaveMadeOfItStaysWhereThePartnerSaysNothingNew) {
  const v1::PushResult made = world_.PushOne(SaysRegion("p-1", "drenthe"));
  CoachSays(made, "groningen");
  v1::Passport both = WholePassport();
  both.set_region("drenthe");
  const v1::PushResult kept = world_.PushOne(Says("p-1", both, "2"));
  EXPECT_EQ(kept.outcome(), v1::PUSH_OUTCOME_ACCEPTED) << "the wishes are new";
  EXPECT_THAT(FieldsOf(kept), ElementsAre("region"));
  EXPECT_EQ(Now(kept).region(), "groningen");
  EXPECT_TRUE(Now(kept).has_wishes());
}

TEST_F(PushTest, WhatNobodyElseHasChangedIsTakenOver) {
  const v1::PushResult made = world_.PushOne(SaysRegion("p-1", "drenthe"));
  const v1::PushResult moved = world_.PushOne(SaysRegion("p-1", "twente", "2"));
  EXPECT_EQ(moved.outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_NE(moved.etag(), made.etag());
  EXPECT_EQ(Now(moved).region(), "twente");
}

TEST_F(PushTest, WhatBothHaveChangedIsAConflictAndNothingIsTakenOver) {
  const v1::PushResult made = world_.PushOne(SaysRegion("p-1", "drenthe"));
  CoachSays(made, "groningen");
  v1::Passport both = WholePassport();
  both.set_region("twente");
  v1::PushRecord record = Says("p-1", both, "2");
  Brings(record, "v-1", 3);
  const v1::PushResult conflict = world_.PushOne(record);
  EXPECT_EQ(conflict.outcome(), v1::PUSH_OUTCOME_CONFLICT);
  EXPECT_THAT(FieldsOf(conflict), ElementsAre("region"));
  const v1::Passport passport = Now(made);
  EXPECT_EQ(conflict.etag(), passport.etag());
  EXPECT_EQ(passport.region(), "groningen");
  EXPECT_FALSE(passport.has_wishes());
  EXPECT_THAT(world_.ValidationsOf(made.passport()), IsEmpty());
}

TEST_F(PushTest, WhoHasSeenTheVersionDecides) {
  const v1::PushResult made = world_.PushOne(SaysRegion("p-1", "drenthe"));
  CoachSays(made, "groningen");
  v1::PushRecord record = SaysRegion("p-1", "twente", "2");
  record.mutable_upsert()->set_etag(made.etag());
  const v1::PushResult stale = world_.PushOne(record);
  EXPECT_EQ(stale.outcome(), v1::PUSH_OUTCOME_CONFLICT) << "it has not seen the coach's";
  EXPECT_THAT(FieldsOf(stale), ElementsAre("region"));
  record.mutable_upsert()->set_etag(stale.etag());
  EXPECT_EQ(world_.PushOne(record).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(Now(made).region(), "twente");
  EXPECT_EQ(world_.PushOne(record).outcome(), v1::PUSH_OUTCOME_UNCHANGED)
      << "there is nothing left to conflict with";
}

TEST_F(PushTest, TheVersionThatWasSeenAlsoBringsBackWhatWasSaidLast) {
  const v1::PushResult made = world_.PushOne(SaysRegion("p-1", "drenthe"));
  CoachSays(made, "groningen");
  v1::PushRecord record = SaysRegion("p-1", "drenthe", "2");
  record.mutable_upsert()->set_etag(Now(made).etag());
  EXPECT_EQ(world_.PushOne(record).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(Now(made).region(), "drenthe");
}

TEST_F(PushTest, OnlyWhatTheMaskNamesIsSaid) {
  const v1::PushResult made = world_.PushOne(Says("p-1", WholePassport()));
  v1::PushRecord record = Says("p-1", v1::Passport(), "2");
  record.mutable_upsert()->mutable_update_mask()->add_paths("region");
  EXPECT_EQ(world_.PushOne(record).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(Now(made).region(), "");
  EXPECT_TRUE(Now(made).has_wishes());
  record.mutable_upsert()->mutable_update_mask()->set_paths(0, "*");
  const v1::PushResult rejected = world_.PushOne(record);
  EXPECT_EQ(rejected.outcome(), v1::PUSH_OUTCOME_REJECTED);
  EXPECT_EQ(rejected.faults(0).field(), "upsert.passport.state");
  record.mutable_upsert()->mutable_passport()->set_state(v1::PASSPORT_STATE_PAUSED);
  EXPECT_EQ(world_.PushOne(record).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_FALSE(Now(made).has_wishes());
  EXPECT_THAT(Now(made).partners(), ElementsAre(kMainPartner)) << "the partner stays";
  record.mutable_upsert()->mutable_update_mask()->set_paths(0, "wishes.hours");
  EXPECT_EQ(world_.PushOne(record).faults(0).field(), "upsert.update_mask");
}

TEST_F(PushTest, TheOrderOfPartnersMeansNothing) {
  v1::Passport passport;
  passport.add_partners("partners/uwv");
  const v1::PushResult made = world_.PushOne(Says("p-1", passport));
  EXPECT_THAT(Now(made).partners(), ElementsAre("partners/uwv", kMainPartner));
  passport.clear_partners();
  passport.add_partners(kMainPartner);
  passport.add_partners("partners/uwv");
  EXPECT_EQ(world_.PushOne(Says("p-1", passport, "2")).outcome(), v1::PUSH_OUTCOME_UNCHANGED);
}

TEST_F(PushTest, ABadRecordIsToldFieldByFieldAndKeepsNoOtherOut) {
  v1::Passport wrong;
  v1::Pace& pace = *wrong.add_paces();
  pace.set_kind(v1::WORK_KIND_GREEN);
  pace.set_basis(v1::PACE_BASIS_MEASURED);
  pace.set_tempo_percent(500);
  v1::PushRecord unknown_skill = SaysRegion("p-3", "drenthe");
  Brings(unknown_skill, "v-1", 3, kUnheardOf);
  v1::PushRecord nothing;
  nothing.set_external_id("p-4");
  const v1::PushResponse response = world_.PushAll(
      {Says("p-1", wrong), SaysRegion("p-2", "drenthe"), unknown_skill, nothing, Says("", wrong)});
  EXPECT_EQ(response.results(0).outcome(), v1::PUSH_OUTCOME_REJECTED);
  EXPECT_EQ(response.results(0).faults(0).field(), "upsert.passport.paces[0].tempo_percent");
  EXPECT_EQ(response.results(0).faults(0).reason(), "ERROR_REASON_INVALID_FIELD");
  EXPECT_NE(response.results(0).faults(0).description(), "");
  EXPECT_EQ(response.results(1).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(response.results(2).faults(0).field(), "upsert.validations[0].validation.skill");
  EXPECT_EQ(response.results(2).faults(0).reason(), "ERROR_REASON_UNKNOWN_SKILL");
  EXPECT_EQ(response.results(3).outcome(), v1::PUSH_OUTCOME_REJECTED);
  EXPECT_EQ(response.results(4).faults(0).field(), "external_id");
  EXPECT_EQ(world_.PassportCount(), 1u);
}

TEST_F(PushTest, LimitsAreNamed) {
  v1::PushRecord record = SaysRegion("p-1", "drenthe");
  const v1::PushResult made = world_.PushOne(record);
  size_t brought = 0;
  while (brought < kPassportValidationsMax) {
    record.mutable_upsert()->clear_validations();
    for (int i = 0; i < 100; ++i) Brings(record, absl::StrCat("v-", ++brought), 3);
    ASSERT_EQ(world_.PushOne(record).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  }
  record.mutable_upsert()->clear_validations();
  Brings(record, "one too many", 3);
  const v1::PushResult rejected = world_.PushOne(record);
  EXPECT_EQ(rejected.outcome(), v1::PUSH_OUTCOME_REJECTED);
  EXPECT_EQ(rejected.faults(0).field(), "upsert.validations");
  EXPECT_EQ(rejected.faults(0).reason(), "ERROR_REASON_LIMIT_EXCEEDED");
  EXPECT_THAT(world_.ValidationsOf(made.passport()), SizeIs(1000)) << "a page";
}

TEST_F(PushTest, APassportOfThePartnersOwnIsGoneOnWith) {
  v1::Passport own = WholePassport();
  own.add_partners(kMainPartner);
  const v1::Passport created = world_.CreatePassport(own);
  v1::Passport named;
  named.set_name(created.name());
  named.set_region("twente");
  EXPECT_EQ(world_.PushOne(Says("p-1", named)).outcome(), v1::PUSH_OUTCOME_CONFLICT)
      << "it never said anything of it";
  v1::PushRecord seen = Says("p-1", named);
  seen.mutable_upsert()->set_etag(created.etag());
  const v1::PushResult linked = world_.PushOne(seen);
  EXPECT_EQ(linked.outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(linked.passport(), created.name());
  EXPECT_EQ(Now(linked).region(), "twente");
  const v1::PushResult other_id = world_.PushOne(Says("p-2", named));
  EXPECT_EQ(other_id.outcome(), v1::PUSH_OUTCOME_REJECTED);
  EXPECT_EQ(other_id.faults(0).field(), "upsert.passport.name");
  EXPECT_EQ(world_.PassportCount(), 1u);
}

// A conflict leaves no link: whoever wants the person gone says whom the id would have meant.
TEST_F(PushTest, WhoCameInAnotherWayIsErasedByName) {
  v1::Passport own = WholePassport();
  own.add_partners(kMainPartner);
  const v1::Passport created = world_.CreatePassport(own);
  v1::Passport named;
  named.set_name(created.name());
  named.set_region("twente");
  ASSERT_EQ(world_.PushOne(Says("p-1", named)).outcome(), v1::PUSH_OUTCOME_CONFLICT);
  EXPECT_EQ(world_.PushOne(Erases("p-1")).outcome(), v1::PUSH_OUTCOME_NOBODY);
  EXPECT_EQ(world_.PassportCount(), 1u) << "it is not said that somebody was erased";

  v1::PushRecord erases = Erases("p-1");
  erases.mutable_erase()->set_passport("passports/nobody");
  const v1::PushResult nobody = world_.PushOne(erases);
  EXPECT_EQ(nobody.outcome(), v1::PUSH_OUTCOME_REJECTED);
  EXPECT_EQ(nobody.faults(0).field(), "erase.passport");
  EXPECT_EQ(nobody.faults(0).reason(), "ERROR_REASON_PASSPORT_NOT_FOUND");
  erases.mutable_erase()->set_passport("somebody");
  EXPECT_EQ(world_.PushOne(erases).faults(0).field(), "erase.passport");
  erases.mutable_erase()->set_passport(created.name());
  EXPECT_EQ(world_.PushOne(erases).outcome(), v1::PUSH_OUTCOME_ERASED);
  EXPECT_EQ(world_.PassportCount(), 0u);
  EXPECT_EQ(world_.PushOne(erases).outcome(), v1::PUSH_OUTCOME_ERASED) << "as before";
  EXPECT_EQ(world_.PushOne(Says("p-1", own)).outcome(), v1::PUSH_OUTCOME_ERASED);
}

TEST_F(PushTest, AnErasureNamesNobodyElse) {
  const v1::PushResult one = world_.PushOne(SaysRegion("p-1", "drenthe"));
  const v1::PushResult two = world_.PushOne(SaysRegion("p-2", "drenthe"));
  v1::PushRecord erases = Erases("p-1");
  erases.mutable_erase()->set_passport(two.passport());
  EXPECT_EQ(world_.PushOne(erases).faults(0).field(), "erase.passport");
  v1::PushRecord unknown = Erases("p-3");
  unknown.mutable_erase()->set_passport(one.passport());
  EXPECT_EQ(world_.PushOne(unknown).faults(0).field(), "erase.passport") << "p-1 means them";
  EXPECT_EQ(world_.PassportCount(), 2u);
}

TEST_F(PushTest, APassportOfOthersIsNotThere) {
  const v1::Passport created = world_.CreatePassport(WholePassport());
  for (const std::string& name : {created.name(), std::string("passports/nobody")}) {
    v1::Passport named;
    named.set_name(name);
    const v1::PushResult rejected = world_.PushOne(Says("p-1", named));
    EXPECT_EQ(rejected.outcome(), v1::PUSH_OUTCOME_REJECTED);
    EXPECT_EQ(rejected.passport(), "");
    EXPECT_EQ(rejected.etag(), "");
    EXPECT_EQ(rejected.faults(0).reason(), "ERROR_REASON_PASSPORT_NOT_FOUND");
  }
}

TEST_F(PushTest, WhoLostThePassportCanNeitherChangeNorEraseIt) {
  v1::Passport shared;
  shared.add_partners("partners/uwv");
  shared.set_region("drenthe");
  const v1::PushResult made = world_.PushOne(Says("p-1", shared));
  v1::Passport taken;
  taken.set_name(made.passport());
  taken.add_partners("partners/uwv");
  world_.Update(taken);
  for (const v1::PushRecord& record : {SaysRegion("p-1", "twente", "2"), Erases("p-1")}) {
    const v1::PushResult rejected = world_.PushOne(record);
    EXPECT_EQ(rejected.outcome(), v1::PUSH_OUTCOME_REJECTED);
    EXPECT_EQ(rejected.faults(0).reason(), "ERROR_REASON_PASSPORT_NOT_FOUND");
    EXPECT_EQ(rejected.passport(), "");
    EXPECT_EQ(rejected.etag(), "");
  }
  EXPECT_EQ(Now(made).region(), "drenthe");
}

TEST_F(PushTest, PartnersIdsAreTheirOwn) {
  const v1::PushResult mine = world_.PushOne(SaysRegion("p-1", "drenthe"));
  const v1::PushResult theirs = world_.PushOne(SaysRegion("p-1", "drenthe"), "uwv");
  EXPECT_EQ(theirs.outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_NE(mine.passport(), theirs.passport());
}

TEST_F(PushTest, NoRecordAndNoAnswerToOthersHoldsAnExternalId) {
  constexpr char kId[] = "burger-7d1f0c";
  const v1::PushResult made = world_.PushOne(SaysRegion(kId, "drenthe"));
  for (const storage::Record& record : ContentsOf(world_.store()).records) {
    EXPECT_EQ(record.key.id.find(kId), std::string::npos);
    if (record.key.kind == storage::RecordKind::kPartnerBook) continue;
    EXPECT_EQ(record.value.find(kId), std::string::npos) << static_cast<int>(record.key.kind);
  }
  EXPECT_EQ(Now(made).SerializeAsString().find(kId), std::string::npos);
}

TEST_F(PushTest, SaysWhichPartnerWhereItIsNotKnownWhoCalls) {
  v1::PushRequest request = world_.Batch({SaysRegion("p-1", "drenthe")});
  const CallContext local = world_.ContextFor("SyncService.Push");
  const auto answer = [&](const CallContext& context) {
    return world_.sync_bindings().Answer(context, request.SerializeAsString()).status();
  };
  EXPECT_EQ(FieldOf(answer(local)), "partner");
  request.set_partner(kMainPartner);
  EXPECT_TRUE(answer(local).ok());
  const absl::Status other = answer(world_.As(Role::kPartner, "uwv", "SyncService.Push"));
  EXPECT_EQ(FieldOf(other), "partner");
  EXPECT_EQ(world_.PushOne(SaysRegion("p-1", "drenthe")).outcome(), v1::PUSH_OUTCOME_UNCHANGED);
}

}  // namespace
}  // namespace passend::service
