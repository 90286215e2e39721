#include "service/match/offer_reach.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/match/employer_words.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr matcher::SupportSolution kMentor = v1::SUPPORT_SOLUTION_GUIDANCE_MENTOR;
constexpr matcher::SupportSolution kQuiet = v1::SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE;

Needs Needing(matcher::SupportSolution solution) { return {{}, {{solution, 20, 0, false}}}; }
Needs Slow() { return {{{v1::WORK_KIND_GREEN, {40, 0, 0, 0}, true, 0}}, {}}; }

std::vector<Needs> People(size_t nothing, size_t mentor, size_t quiet, size_t slow) {
  std::vector<Needs> people(nothing);
  people.insert(people.end(), mentor, Needing(kMentor));
  people.insert(people.end(), quiet, Needing(kQuiet));
  people.insert(people.end(), slow, Slow());
  return people;
}

matcher::Work FastWork() {
  matcher::Work work;
  work.kind = v1::WORK_KIND_GREEN;
  work.pace = {80, 0, 0, 0};
  return work;
}

TEST(ReachAmong, SaysNothingOfFewPeople) {
  EXPECT_EQ(ReachAmong(People(99, 0, 0, 0), {}, {}).statement(), v1::OFFER_STATEMENT_UNSPECIFIED);
  EXPECT_EQ(ReachAmong(People(100, 0, 0, 0), {}, {}).statement(), v1::OFFER_STATEMENT_ENOUGH);
}

TEST(ReachAmong, EnoughIsForThreeInFour) {
  EXPECT_EQ(ReachAmong(People(150, 50, 0, 0), {}, {}).statement(), v1::OFFER_STATEMENT_ENOUGH);
  const v1::OfferReach less = ReachAmong(People(149, 51, 0, 0), {}, {});
  EXPECT_EQ(less.statement(), v1::OFFER_STATEMENT_ENOUGH_WITH);
  EXPECT_THAT(less.support(), ElementsAre(v1::SUPPORT_SOLUTION_GUIDANCE_MENTOR));
}

TEST(ReachAmong, NamesWhatIsShortForManyInTheOrderOfTheNumbers) {
  const v1::OfferReach reach = ReachAmong(People(100, 20, 40, 40), {}, FastWork());
  EXPECT_THAT(reach.support(), ElementsAre(v1::SUPPORT_SOLUTION_GUIDANCE_MENTOR,
                                           v1::SUPPORT_SOLUTION_ORGANISATIONAL_QUIET_PLACE));
  EXPECT_TRUE(reach.calmer_pace());
  EXPECT_THAT(TextOf(reach, "nl"), HasSubstr("een rustiger tempo"));
  EXPECT_THAT(TextOf(reach, "en"), HasSubstr("a calmer pace"));
  // Nine of two hundred are fewer than one in twenty.
  EXPECT_THAT(ReachAmong(People(91, 100, 9, 0), {}, {}).support(),
              ElementsAre(v1::SUPPORT_SOLUTION_GUIDANCE_MENTOR));
}

TEST(ReachAmong, WhatIsOfferedIsNotShort) {
  matcher::Work work;
  work.offers = {{kMentor, 100, 1}};
  const v1::OfferReach reach = ReachAmong(People(100, 100, 0, 0), {}, work);
  EXPECT_EQ(reach.statement(), v1::OFFER_STATEMENT_ENOUGH);
  EXPECT_THAT(reach.support(), IsEmpty());
}

// Each person has a pace of their own, so that a sample shows who is in it.
v1::Passport GardenerAt(int tempo, const std::string& region) {
  v1::Passport passport = AGardener("gardener" + std::to_string(tempo));
  passport.set_region(region);
  passport.clear_paces();
  v1::Pace& pace = *passport.add_paces();
  pace.set_kind(v1::WORK_KIND_GREEN);
  pace.set_tempo_percent(tempo);
  pace.set_basis(v1::PACE_BASIS_MEASURED);
  return passport;
}

TEST(OfferReaches, AreOfHalfOfEverybodyAndOfOneDay) {
  constexpr int kPeople = 120;
  MatchWorld world;
  for (int number = 0; number < kPeople; ++number) {
    world.Put(GardenerAt(number + 1, number % 2 == 0 ? "drenthe" : "groningen"));
  }
  for (int number = 0; number < kPeople; ++number) {
    v1::Passport unknown = AGardener("unknown" + std::to_string(number));
    unknown.clear_support();
    world.Put(unknown);
  }
  OfferReaches reaches;
  const auto tempos = [&] {
    std::set<int> asked;
    for (const Needs& one : *reaches.Sample(*world.Current().index, world.now())) {
      asked.insert(one.paces.at(0).amounts[0]);
    }
    return asked;
  };
  const std::set<int> today = tempos();
  EXPECT_GT(today.size(), kPeople / 3);
  EXPECT_LT(today.size(), 2 * kPeople / 3);
  world.Put(AGardener("later"));
  EXPECT_EQ(tempos(), today);
  world.Advance(absl::Hours(24));
  const std::set<int> tomorrow = tempos();
  EXPECT_LT(tomorrow.size(), 2 * kPeople / 3);
  std::vector<int> both;
  std::set_intersection(today.begin(), today.end(), tomorrow.begin(), tomorrow.end(),
                        std::back_inserter(both));
  EXPECT_LT(both.size(), 2 * today.size() / 3) << "others every day";
}

}  // namespace
}  // namespace passend::service
