// Whoever may not see somebody any longer hears so, whatever it was that ended it, and also when it
// was away; whoever never could never hears of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "service/errors/error_status.h"
#include "service/names/resource_names.h"
#include "service/records/change_event.h"
#include "service/records/erasure_batch.h"
#include "storage/memory_store.h"
#include "tests/service/feed/feed_world.h"
#include "tests/service/feed/model_reader.h"

namespace passend::service {
namespace {

using v1::FIELD_GROUP_BASIC;
using v1::FIELD_GROUP_PACE;
using v1::FIELD_GROUP_SKILLS;
using v1::FIELD_GROUP_WISHES;

constexpr char kDelft[] = "partners/delft";
constexpr char kOther[] = "partners/other";

class WatchWithdrawalTest : public testing::Test {
 protected:
  // What the next look of the reader tells.
  std::vector<v1::WatchChange> News(const Asked& asked = {}) {
    std::vector<v1::WatchChange> news;
    auto feed = world_.Open(asked, reader_.cursor()).value();
    reader_.Reconnect();
    while (const auto response = world_.Next(*feed).value()) {
      reader_.Apply(*response);
      news.insert(news.end(), response->changes().begin(), response->changes().end());
    }
    return news;
  }
  void ExpectRemoval(const std::vector<v1::WatchChange>& news, const std::string& person,
                     v1::WatchRemoval removal) {
    ASSERT_EQ(news.size(), 1u);
    EXPECT_EQ(news[0].passport_name(), person);
    EXPECT_FALSE(news[0].has_passport());
    EXPECT_EQ(news[0].removal(), removal);
  }

  FeedWorld world_;
  ModelReader reader_;
};

TEST_F(WatchWithdrawalTest, AConsentOpensTheFeedAndItsRevocationEndsIt) {
  const std::string person = world_.Create({kOther});
  EXPECT_TRUE(News().empty());
  const std::string consent = world_.Grant(person, kDelft, {FIELD_GROUP_WISHES});
  world_.ChangeWishes(person, 12);
  const auto told = News();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].passport().wishes().hours().weekly_hours_min(), 12);
  EXPECT_EQ(told[0].passport().region(), "") << "basic was not shared";
  EXPECT_EQ(told[0].passport().partners_size(), 0) << "who else has them is nobody's";
  world_.Revoke(consent);
  world_.ChangeWishes(person, 13);
  ExpectRemoval(News(), person, v1::WATCH_REMOVAL_WITHDRAWN);
  world_.ChangeWishes(person, 14);
  world_.Erase(person);
  EXPECT_TRUE(News().empty()) << "nothing of who is no longer seen, not that they were erased";
}

TEST_F(WatchWithdrawalTest, AConsentForSomethingElseOpensNothing) {
  const std::string person = world_.Create({kOther});
  v1::GrantConsentRequest request;
  request.set_parent(person);
  request.mutable_consent()->set_audience(kDelft);
  request.mutable_consent()->set_purpose(v1::PURPOSE_GUIDANCE);
  request.mutable_consent()->add_groups(v1::FIELD_GROUP_IDENTITY);
  request.mutable_consent()->mutable_expire_time()->set_seconds(
      absl::ToUnixSeconds(world_.world().now() + absl::Hours(1)));
  ASSERT_TRUE(world_.world().Call<v1::Consent>("ConsentService.GrantConsent", request).ok());
  EXPECT_TRUE(News().empty());
  request.mutable_consent()->set_purpose(v1::PURPOSE_MATCHING);
  EXPECT_FALSE(world_.world().Call<v1::Consent>("ConsentService.GrantConsent", request).ok())
      << "it would open nothing for a partner";
}

TEST_F(WatchWithdrawalTest, AConsentThatEndsByTimeIsToldByTheSweep) {
  const std::string person = world_.Create({kOther});
  world_.Grant(person, kDelft, {FIELD_GROUP_WISHES}, absl::Hours(1));
  EXPECT_EQ(News().size(), 1u);
  world_.world().Advance(absl::Hours(1));
  world_.ChangeWishes(person, 20);
  EXPECT_TRUE(News().empty()) << "its end counts at once";
  EXPECT_EQ(world_.Sweep(), 1u);
  ExpectRemoval(News(), person, v1::WATCH_REMOVAL_WITHDRAWN);
  EXPECT_EQ(world_.Sweep(), 0u) << "it is told once";
  world_.ChangeWishes(person, 21);
  EXPECT_TRUE(News().empty());
}

TEST_F(WatchWithdrawalTest, AnEndThatNobodySweptIsToldByTheNextChangeOfConsentsAndByAnErasure) {
  const std::string granted = world_.Create({kOther});
  const std::string erased = world_.Create({kOther});
  for (const std::string& person : {granted, erased}) {
    world_.Grant(person, kDelft, {}, absl::Hours(1));
  }
  EXPECT_EQ(News().size(), 2u);
  world_.world().Advance(absl::Hours(200));  // the server was off
  world_.Grant(granted, "partners/third", {});
  ExpectRemoval(News(), granted, v1::WATCH_REMOVAL_WITHDRAWN);
  world_.Erase(erased);
  ExpectRemoval(News(), erased, v1::WATCH_REMOVAL_ERASED);
  EXPECT_EQ(world_.Sweep(), 0u);
}

// A clock ran a year ahead, somebody granted something, and the clock was set right.
TEST_F(WatchWithdrawalTest, AnEndIsToldAlsoAfterAClockThatRanAhead) {
  const std::string person = world_.Create({kOther});
  world_.world().Advance(absl::Hours(365 * 24));
  world_.Grant(person, "partners/third", {});
  world_.world().Advance(-absl::Hours(365 * 24));
  world_.Grant(person, kDelft, {FIELD_GROUP_WISHES}, absl::Hours(1));
  EXPECT_EQ(News().size(), 1u);
  EXPECT_EQ(world_.Sweep(), 0u);
  world_.world().Advance(absl::Hours(1));
  EXPECT_EQ(world_.Sweep(), 1u);
  ExpectRemoval(News(), person, v1::WATCH_REMOVAL_WITHDRAWN);
  EXPECT_EQ(world_.Sweep(), 0u);
}

TEST_F(WatchWithdrawalTest, AnErasureIsToldAlsoAfterAClockThatRanAhead) {
  const std::string person = world_.Create({kOther});
  world_.world().Advance(absl::Hours(365 * 24));
  world_.Revoke(world_.Grant(person, "partners/third", {}));
  world_.world().Advance(-absl::Hours(365 * 24));
  world_.Grant(person, kDelft, {FIELD_GROUP_WISHES});
  EXPECT_EQ(News().size(), 1u);
  world_.Erase(person);
  ExpectRemoval(News(), person, v1::WATCH_REMOVAL_ERASED);
}

// What ended by a clock that ran ahead was told as withdrawn, and stands again afterwards.
TEST_F(WatchWithdrawalTest, WhatStandsAgainIsToldAgainAndSoIsItsEnd) {
  const std::string person = world_.Create({kOther});
  const std::string erased = world_.Create({kOther});
  for (const std::string& one : {person, erased}) world_.Grant(one, kDelft, {}, absl::Hours(2));
  EXPECT_EQ(News().size(), 2u);
  world_.world().Advance(absl::Hours(24));
  EXPECT_EQ(world_.Sweep(), 2u);
  EXPECT_EQ(News().size(), 2u);
  EXPECT_TRUE(reader_.people().empty());
  world_.world().Advance(-absl::Hours(24));
  world_.Erase(erased);
  ExpectRemoval(News(), erased, v1::WATCH_REMOVAL_ERASED);
  EXPECT_EQ(world_.Sweep(), 0u) << "no end came";
  const auto told = News();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_TRUE(told[0].has_passport()) << "it stands";
  world_.world().Advance(absl::Hours(2));
  EXPECT_EQ(world_.Sweep(), 1u);
  ExpectRemoval(News(), person, v1::WATCH_REMOVAL_WITHDRAWN);
}

TEST_F(WatchWithdrawalTest, ASmallerConsentTakesGroupsAway) {
  const std::string person = world_.Create({kOther});
  world_.ChangeWishes(person, 12);
  world_.Grant(person, kDelft, {FIELD_GROUP_BASIC});
  const std::string larger = world_.Grant(person, kDelft, {FIELD_GROUP_WISHES});
  EXPECT_TRUE(News().at(0).passport().has_wishes());
  world_.Revoke(larger);
  const auto told = News();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_FALSE(told[0].passport().has_wishes());
  EXPECT_EQ(told[0].passport().region(), "groningen");
  world_.Grant(person, kDelft, {FIELD_GROUP_WISHES}, absl::Minutes(5));
  EXPECT_TRUE(News().at(0).passport().has_wishes());
  world_.world().Advance(absl::Minutes(5));
  world_.Sweep();
  EXPECT_FALSE(News().at(0).passport().has_wishes());
}

TEST_F(WatchWithdrawalTest, WhoIsTakenOffAPassportHearsIt) {
  const std::string person = world_.Create({kDelft, kOther});
  EXPECT_EQ(News().size(), 1u);
  world_.SetPartners(person, {kOther});
  ExpectRemoval(News(), person, v1::WATCH_REMOVAL_WITHDRAWN);
  world_.SetPartners(person, {kOther, kDelft});
  EXPECT_TRUE(News().at(0).has_passport()) << "back again";
}

TEST_F(WatchWithdrawalTest, AnErasureIsToldToAllWhoCouldSeeAndToNobodyElse) {
  const std::string own = world_.Create({kDelft});
  const std::string shared = world_.Create({kOther});
  const std::string foreign = world_.Create({kOther});
  world_.Grant(shared, kDelft, {});
  EXPECT_EQ(News().size(), 2u);
  const std::string cursor = reader_.cursor();
  for (const std::string& person : {own, shared, foreign}) world_.Erase(person);
  const auto told = News();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_THAT(reader_.erased(), testing::UnorderedElementsAre(own, shared));

  // A week later, from the cursor of before.
  world_.world().Advance(absl::Hours(7 * 24));
  world_.Sweep();
  std::set<std::string> late;
  auto feed = world_.Open({}, cursor).value();
  while (const auto response = world_.Next(*feed).value()) {
    for (const v1::WatchChange& change : response->changes()) {
      EXPECT_EQ(change.removal(), v1::WATCH_REMOVAL_ERASED);
      late.insert(change.passport_name());
    }
  }
  EXPECT_THAT(late, testing::UnorderedElementsAre(own, shared));
}

TEST_F(WatchWithdrawalTest, WhoWasWithdrawnAndThenErasedIsWithdrawn) {
  const std::string person = world_.Create({kOther});
  const std::string consent = world_.Grant(person, kDelft, {});
  EXPECT_EQ(News().size(), 1u);
  world_.Revoke(consent);
  world_.Erase(person);
  ExpectRemoval(News(), person, v1::WATCH_REMOVAL_WITHDRAWN);
}

TEST_F(WatchWithdrawalTest, WhoMovesAwayIsOfAnotherRegion) {
  const Asked asked{.partner = kDelft, .regions = {"groningen"}};
  const std::string person = world_.Create({kDelft}, "groningen");
  const std::string elsewhere = world_.Create({kDelft}, "drenthe");
  EXPECT_EQ(News(asked).size(), 1u);
  world_.Move(person, "drenthe");
  ExpectRemoval(News(asked), person, v1::WATCH_REMOVAL_OTHER_REGION);
  world_.ChangeWishes(person, 10);
  world_.ChangeWishes(elsewhere, 10);
  EXPECT_TRUE(News(asked).empty());
  world_.Move(elsewhere, "groningen");
  EXPECT_TRUE(News(asked).at(0).has_passport());
}

// Otherwise a partner that asks for each region in turn would learn it.
TEST_F(WatchWithdrawalTest, WhoDoesNotShareTheRegionIsInNoFeedOfRegions) {
  const Asked asked{.partner = kDelft, .regions = {"groningen", "drenthe"}};
  const std::string person = world_.Create({kOther}, "groningen");
  world_.Grant(person, kDelft, {FIELD_GROUP_WISHES});
  world_.Move(person, "drenthe");
  EXPECT_TRUE(News(asked).empty());
  const std::string basic = world_.Grant(person, kDelft, {FIELD_GROUP_BASIC});
  EXPECT_EQ(News(asked).size(), 1u);
  world_.Revoke(basic);
  ExpectRemoval(News(asked), person, v1::WATCH_REMOVAL_WITHDRAWN);
}

// Of what a partner does not see, it does not hear that it changed either.
TEST_F(WatchWithdrawalTest, AChangeOfSkillsIsNoNewsForWhoDoesNotSeeThem) {
  const std::string person = world_.Create({kOther});
  world_.Grant(person, kDelft, {FIELD_GROUP_WISHES});
  EXPECT_EQ(News().size(), 1u);
  world_.world().Record(person, kSweeping, 3);
  EXPECT_TRUE(News().empty());
  world_.Grant(person, kDelft, {FIELD_GROUP_SKILLS});
  EXPECT_EQ(News().at(0).passport().skills_size(), 1);
  world_.world().Record(person, kPlants, 3);
  EXPECT_EQ(News().at(0).passport().skills_size(), 2);
}

// Otherwise a partner would learn when somebody deals with others.
TEST_F(WatchWithdrawalTest, AConsentForOthersIsNoNews) {
  const std::string own = world_.Create({kDelft});
  const std::string shared = world_.Create({kOther});
  world_.Grant(shared, kDelft, {FIELD_GROUP_WISHES}, absl::Hours(48));
  EXPECT_EQ(News().size(), 2u);
  const std::map<std::string, int64_t> before = {{own, reader_.sequence_of(own)},
                                                 {shared, reader_.sequence_of(shared)}};
  for (const std::string& person : {own, shared}) {
    const std::string consent = world_.Grant(person, "partners/third", {}, absl::Hours(1));
    EXPECT_TRUE(News().empty()) << "granted";
    world_.Grant(person, "partners/fourth", {}, absl::Hours(1));
    world_.Revoke(consent);
    EXPECT_TRUE(News().empty()) << "revoked";
  }
  world_.world().Advance(absl::Hours(1));
  EXPECT_EQ(world_.Sweep(), 2u);
  EXPECT_TRUE(News().empty()) << "ended";
  ModelReader anew;
  world_.CatchUp({}, anew);
  for (const auto& [person, sequence] : before) EXPECT_EQ(anew.sequence_of(person), sequence);

  world_.Grant(own, kDelft, {FIELD_GROUP_SKILLS});
  world_.Grant(shared, kDelft, {FIELD_GROUP_SKILLS}, absl::Hours(1));
  EXPECT_EQ(News().size(), 2u);
  world_.Grant(shared, "partners/third", {});
  world_.world().Advance(absl::Hours(1));
  world_.Sweep();
  EXPECT_EQ(News().at(0).passport_name(), shared) << "an end of its own";
}

TEST_F(WatchWithdrawalTest, AnIdOfThePartnersOwnIsNewsForItAlone) {
  const std::string person = world_.Create({kDelft, kOther});
  const Asked others{.partner = kOther};
  EXPECT_EQ(News().at(0).external_id(), "");
  ModelReader others_reader;
  world_.CatchUp(others, others_reader);
  ASSERT_EQ(world_.Push(kDelft, "c-55", person), person);
  const auto pushed = static_cast<int64_t>(world_.store().LastSequence());
  const auto told = News();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].external_id(), "c-55");
  EXPECT_EQ(told[0].sequence(), pushed);
  const int64_t others_told = others_reader.told();
  world_.CatchUp(others, others_reader);
  EXPECT_EQ(others_reader.told(), others_told);

  world_.Push(kDelft, "c-55", person, "2");
  world_.Push(kOther, "o-1", person);
  EXPECT_TRUE(News().empty()) << "neither its revisions nor what others call the person";
  world_.CatchUp(others, others_reader);
  EXPECT_EQ(others_reader.people().at(person).external_id(), "o-1");
  ModelReader anew;
  world_.CatchUp({}, anew);
  EXPECT_EQ(anew.sequence_of(person), told[0].sequence());
}

// A restored backup brings people back whose keys are destroyed: they are erased again when it is
// opened, and nobody can read any more who could see them.
TEST_F(WatchWithdrawalTest, WhereItIsNotKnownWhomAnErasureConcernsAllBeginAgain) {
  const std::string person = world_.Create({kDelft});
  const std::string other = world_.Create({kDelft});
  EXPECT_EQ(News().size(), 2u);
  const PassportName name = ParsePassportName(person).value();
  ASSERT_TRUE(world_.store().Commit(ErasureBatch(name, world_.world().now())).ok());
  auto feed = world_.Open({}, reader_.cursor()).value();
  EXPECT_EQ(ReasonOf(world_.Next(*feed).status()), v1::ERROR_REASON_CURSOR_TOO_OLD);
  ModelReader anew;
  world_.CatchUp({}, anew);
  EXPECT_EQ(anew.people().size(), 1u);
  EXPECT_TRUE(anew.people().contains(other));
}

// The journal names partners where somebody is lost, and only there.
TEST_F(WatchWithdrawalTest, TheJournalNamesWhoLosesSomebody) {
  const std::string person = world_.Create({kDelft, kOther});
  const std::string consent = world_.Grant(person, "partners/third", {FIELD_GROUP_PACE});
  world_.Move(person, "drenthe");
  world_.SetPartners(person, {kOther});
  world_.Revoke(consent);
  world_.Erase(person);
  std::vector<PersonChange> changes;
  const auto entries = world_.store().Tail(0, 100).value();
  for (const storage::JournalEntry& entry : entries) {
    for (const PersonEvents& events : PeopleOf(entry)) changes.push_back(events.change);
  }
  EXPECT_THAT(changes,
              testing::ElementsAre(PersonChange{}, PersonChange{}, PersonChange{.moved = true},
                                   PersonChange{.partners = {kDelft}},
                                   PersonChange{.partners = {"partners/third"}},
                                   PersonChange{.change = Change::kErased, .partners = {kOther}}));
}

}  // namespace
}  // namespace passend::service
