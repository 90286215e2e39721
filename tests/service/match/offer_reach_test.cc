#include "service/match/offer_reach.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/match/employer_words.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

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

TEST(OfferReaches, AreOfEverybodyAndOfOneDay) {
  MatchWorld world;
  for (int number = 0; number < 3; ++number) {
    world.Put(AGardener("here" + std::to_string(number)));
  }
  v1::Passport elsewhere = AGardener("elsewhere");
  elsewhere.set_region("drenthe");
  world.Put(elsewhere);
  v1::Passport unknown = AGardener("unknown");
  unknown.clear_support();
  world.Put(unknown);
  OfferReaches reaches;
  const auto people = [&] { return *reaches.Sample(*world.Current().index, world.now()); };
  EXPECT_THAT(people(), SizeIs(4));
  world.Put(AGardener("later"));
  EXPECT_THAT(people(), SizeIs(4));
  world.Advance(absl::Hours(24));
  EXPECT_THAT(people(), SizeIs(5));
}

}  // namespace
}  // namespace passend::service
