#include "service/match/projection.h"

#include <set>

#include "gmock/gmock.h"
#include "google/protobuf/generated_enum_reflection.h"
#include "gtest/gtest.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

google::protobuf::Timestamp Seconds(int64_t seconds, int32_t nanos = 0) {
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  time.set_nanos(nanos);
  return time;
}

TEST(DayOf, IsTheUtcDayThatTheTimeFallsOn) {
  EXPECT_EQ(DayOf(Seconds(0)), 0);
  EXPECT_EQ(DayOf(Seconds(86'399, 999'999'999)), 0);
  EXPECT_EQ(DayOf(Seconds(86'400)), 1);
  EXPECT_EQ(DayOf(Seconds(-1)), -1);
  EXPECT_EQ(DayOf(Seconds(-1, 999'999'999)), -1);
  EXPECT_EQ(DayOf(Seconds(-86'400)), -1);
  EXPECT_EQ(DayOf(Seconds(-86'401)), -2);
  for (const matcher::Day day : {-719'000, -1, 0, 1, 20'778}) EXPECT_EQ(DayOf(StartOf(day)), day);
}

matcher::Person Person(const v1::Passport& passport) { return PersonOf(passport, {}, 0); }

TEST(PersonOf, WhatIsNotToldIsNotKnown) {
  v1::Passport passport;
  passport.set_name("passports/p");
  const matcher::Person person = Person(passport);
  matcher::Person unknown;
  unknown.name = "passports/p";
  EXPECT_EQ(person, unknown);
}

TEST(PersonOf, ReadsEveryPartOfAPassport) {
  v1::Passport passport;
  passport.set_name("passports/p");
  passport.set_region("groningen");
  const auto wish = [&](v1::WorkFeature feature, v1::Attitude attitude, int strength) {
    v1::Wish& added = *passport.mutable_wishes()->add_features();
    added.set_feature(feature);
    added.set_attitude(attitude);
    added.set_strength(strength);
  };
  wish(v1::WORK_FEATURE_GREEN, v1::ATTITUDE_WANTS, 3);
  wish(v1::WORK_FEATURE_LEARNING, v1::ATTITUDE_AVOIDS, 1);
  wish(v1::WORK_FEATURE_NOISE, v1::ATTITUDE_NEVER, 0);
  passport.mutable_wishes()->add_participation_forms(v1::PARTICIPATION_FORM_SOCIAL_COOPERATIVE);
  passport.mutable_wishes()->mutable_hours()->set_weekly_hours_min(8);
  passport.mutable_wishes()->mutable_hours()->set_weekly_hours_max(24);
  v1::TimeBlock& block = *passport.mutable_wishes()->mutable_schedule()->add_blocks();
  block.set_day(v1::WEEKDAY_SUNDAY);
  block.set_start_hour(22);
  block.set_end_hour(24);
  v1::TravelLimit& travel = *passport.mutable_wishes()->mutable_travel();
  travel.mutable_home()->set_latitude_centidegrees(5'321);
  travel.mutable_home()->set_longitude_centidegrees(-3);
  travel.set_minutes_max(45);
  travel.set_means(v1::TRAVEL_MEANS_CAR);
  v1::Pace& pace = *passport.add_paces();
  pace.set_kind(v1::WORK_KIND_BUILDING);
  pace.set_tempo_percent(70);
  pace.set_days_per_week(3);
  pace.set_basis(v1::PACE_BASIS_MEASURED);
  *pace.mutable_observe_time() = Seconds(86'400);
  v1::SupportNeed& need = *passport.mutable_support()->add_needs();
  need.set_solution(v1::SUPPORT_SOLUTION_TECHNICAL_SIGN_LANGUAGE);
  need.set_amount_percent(50);
  need.set_brought_along_percent(20);
  need.set_essential(true);

  const matcher::Person person = PersonOf(passport, {}, 1'700'000'000);

  EXPECT_EQ(person.wishes.wants[2], uint64_t{1} << 1);
  EXPECT_EQ(person.wishes.avoids[0], uint64_t{1} << 47);
  EXPECT_EQ(person.wishes.never, uint64_t{1} << 34);
  EXPECT_EQ(person.wishes.forms, 1u << 11);
  EXPECT_EQ(person.wishes.weekly_hours_min, 8);
  EXPECT_EQ(person.wishes.weekly_hours_max, 24);
  EXPECT_EQ(person.wishes.schedule.days[6], 0b11u << 22);
  EXPECT_EQ(person.wishes.schedule.hours(), 2);
  EXPECT_EQ(person.wishes.travel,
            (matcher::Wishes::Travel{{5'321, -3}, matcher::TravelMeans::kCar, 45}));
  EXPECT_THAT(person.paces, ElementsAre(matcher::PersonPace{16, {70, 0, 0, 3}, true, 1}));
  EXPECT_TRUE(person.support_known);
  EXPECT_THAT(person.needs, ElementsAre(matcher::SupportNeed{43, 50, 20, true}));
  EXPECT_EQ(person.region, "groningen");
  EXPECT_EQ(person.last_shown, 1'700'000'000u);
}

// A pace that somebody saw at an unknown time is older than any other.
TEST(PersonOf, APaceHasItsPartsAndItsDay) {
  v1::Passport passport;
  v1::Pace& pace = *passport.add_paces();
  pace.set_kind(v1::WORK_KIND_GREEN);
  pace.set_tempo_percent(70);
  pace.set_minutes_at_a_stretch(45);
  pace.set_hours_per_day(4);
  pace.set_days_per_week(3);
  pace.set_basis(v1::PACE_BASIS_EXPECTED);
  const matcher::PersonPace read = Person(passport).paces.at(0);
  EXPECT_EQ(read.amounts, (matcher::PaceAmounts{70, 45, 4, 3}));
  EXPECT_FALSE(read.measured);
  EXPECT_LT(read.observed, DayOf(Seconds(-86'400LL * 800'000)));
}

// Half a travel limit says nothing: neither where from, nor how, nor how long can be guessed.
TEST(PersonOf, TravelIsKnownWhereAllOfItIs) {
  v1::Passport whole;
  v1::TravelLimit& travel = *whole.mutable_wishes()->mutable_travel();
  travel.mutable_home();
  travel.set_means(v1::TRAVEL_MEANS_CYCLING);
  travel.set_minutes_max(1);
  EXPECT_TRUE(Person(whole).wishes.travel);

  v1::Passport without_home = whole;
  without_home.mutable_wishes()->mutable_travel()->clear_home();
  EXPECT_FALSE(Person(without_home).wishes.travel);
  v1::Passport without_means = whole;
  without_means.mutable_wishes()->mutable_travel()->clear_means();
  EXPECT_FALSE(Person(without_means).wishes.travel);
  v1::Passport without_minutes = whole;
  without_minutes.mutable_wishes()->mutable_travel()->clear_minutes_max();
  EXPECT_FALSE(Person(without_minutes).wishes.travel);
}

template <typename Enum>
std::vector<int> NumbersOf() {
  std::vector<int> numbers;
  const auto* type = google::protobuf::GetEnumDescriptor<Enum>();
  for (int index = 0; index < type->value_count(); ++index) {
    if (const int number = type->value(index)->number(); number != 0) numbers.push_back(number);
  }
  return numbers;
}

TEST(PersonOf, ReadsEveryValueOfEveryEnum) {
  for (const int number : NumbersOf<v1::WorkFeature>()) {
    v1::Passport passport;
    v1::Wish& wish = *passport.mutable_wishes()->add_features();
    wish.set_feature(static_cast<v1::WorkFeature>(number));
    wish.set_attitude(v1::ATTITUDE_WANTS);
    wish.set_strength(2);
    EXPECT_EQ(Person(passport).wishes.wants[1], uint64_t{1} << number);
  }
  for (const int number : NumbersOf<v1::ParticipationForm>()) {
    v1::Passport passport;
    passport.mutable_wishes()->add_participation_forms(static_cast<v1::ParticipationForm>(number));
    EXPECT_EQ(Person(passport).wishes.forms, 1u << number);
  }
  for (const int number : NumbersOf<v1::WorkKind>()) {
    v1::Passport passport;
    passport.add_paces()->set_kind(static_cast<v1::WorkKind>(number));
    EXPECT_EQ(Person(passport).paces.at(0).kind, number);
  }
  for (const int number : NumbersOf<v1::SupportSolution>()) {
    v1::Passport passport;
    passport.mutable_support()->add_needs()->set_solution(static_cast<v1::SupportSolution>(number));
    EXPECT_EQ(Person(passport).needs.at(0).solution, number);
  }
  std::set<matcher::TravelMeans> means;
  for (const int number : NumbersOf<v1::TravelMeans>()) {
    v1::Passport passport;
    v1::TravelLimit& travel = *passport.mutable_wishes()->mutable_travel();
    travel.mutable_home();
    travel.set_minutes_max(30);
    travel.set_means(static_cast<v1::TravelMeans>(number));
    means.insert(Person(passport).wishes.travel.value().means);
  }
  EXPECT_THAT(means, SizeIs(matcher::kTravelMeans));
  for (const int number : NumbersOf<v1::Weekday>()) {
    v1::Passport passport;
    v1::TimeBlock& block = *passport.mutable_wishes()->mutable_schedule()->add_blocks();
    block.set_day(static_cast<v1::Weekday>(number));
    block.set_end_hour(1);
    EXPECT_EQ(Person(passport).wishes.schedule.days[number - 1], 1u);
  }
}

TEST(PersonOf, NothingNeededIsKnownAndNoNeed) {
  v1::Passport passport;
  passport.mutable_support();
  EXPECT_FALSE(Person(passport).support_known);
  passport.mutable_support()->set_nothing_needed(true);
  EXPECT_TRUE(Person(passport).support_known);
  EXPECT_THAT(Person(passport).needs, IsEmpty());
}

TEST(PersonOf, AnAmountThatIsNotSetIsNotKnown) {
  v1::Passport passport;
  passport.mutable_support()->add_needs()->set_solution(v1::SUPPORT_SOLUTION_GUIDANCE_MENTOR);
  EXPECT_EQ(Person(passport).needs[0].amount_percent, 0);
}

TEST(PersonOf, PassesOverWhatNoMessageOfThisVersionHas) {
  v1::Passport passport;
  v1::Wish& wish = *passport.mutable_wishes()->add_features();
  wish.set_feature(static_cast<v1::WorkFeature>(64));
  wish.set_attitude(v1::ATTITUDE_WANTS);
  wish.set_strength(4);
  passport.mutable_wishes()->add_participation_forms(static_cast<v1::ParticipationForm>(32));
  v1::TimeBlock& block = *passport.mutable_wishes()->mutable_schedule()->add_blocks();
  block.set_day(static_cast<v1::Weekday>(8));
  block.set_end_hour(25);
  passport.mutable_support()->add_needs()->set_solution(static_cast<v1::SupportSolution>(99));

  const matcher::Person person = Person(passport);

  EXPECT_EQ(person.wishes, matcher::Wishes{});
  EXPECT_THAT(person.needs, IsEmpty());
}

v1::Validation Soup(int level, int64_t day) {
  v1::Validation validation;
  validation.set_skill("taxonomies/scenario/concepts/cook-soup");
  validation.set_level(level);
  validation.set_method(v1::VALIDATION_METHOD_WORK_SAMPLE);
  *validation.mutable_validate_time() = Seconds(day * 86'400);
  return validation;
}

TEST(SkillsOf, GathersTheValidationsOfEachSkill) {
  v1::Validation revoked = Soup(2, 10);
  *revoked.mutable_revoke_time() = Seconds(20 * 86'400 + 5);
  v1::Validation expired = Soup(3, 11);
  *expired.mutable_expire_time() = Seconds(30 * 86'400);
  v1::Validation other = Soup(1, 12);
  other.set_skill("taxonomies/scenario/concepts/weed");
  other.clear_validate_time();
  *other.mutable_create_time() = Seconds(13 * 86'400);

  const auto skills = SkillsOf(std::vector{revoked, other, expired}, ScenarioTaxonomy());

  ASSERT_THAT(skills, SizeIs(2));
  EXPECT_EQ(ScenarioTaxonomy().name(skills[0].skill), "taxonomies/scenario/concepts/cook-soup");
  using matcher::Method;
  EXPECT_THAT(skills[0].validations,
              ElementsAre(matcher::Validation{Method::kWorkSample, 2, 10, std::nullopt, 20},
                          matcher::Validation{Method::kWorkSample, 3, 11, 30, std::nullopt}));
  EXPECT_EQ(skills[1].validations[0].validated, 13);
}

TEST(SkillsOf, ReadsEveryMethod) {
  std::vector<matcher::Method> methods;
  for (const int number : NumbersOf<v1::ValidationMethod>()) {
    v1::Validation validation = Soup(3, 10);
    validation.set_method(static_cast<v1::ValidationMethod>(number));
    methods.push_back(
        SkillsOf(std::vector{validation}, ScenarioTaxonomy()).at(0).validations[0].method);
  }
  using matcher::Method;
  EXPECT_THAT(methods, ElementsAre(Method::kSelfDeclared, Method::kReference, Method::kObserved,
                                   Method::kWorkSample, Method::kFormal));
  v1::Validation unstated = Soup(3, 10);
  unstated.clear_method();
  EXPECT_THAT(SkillsOf(std::vector{unstated}, ScenarioTaxonomy()), IsEmpty());
}

TEST(SkillsOf, LeavesOutWhatTheVocabularyDoesNotHave) {
  v1::Validation unknown = Soup(2, 10);
  unknown.set_skill("taxonomies/scenario/concepts/juggle");
  EXPECT_THAT(SkillsOf(std::vector{unknown}, ScenarioTaxonomy()), IsEmpty());
  v1::Validation damaged = Soup(0, 10);
  EXPECT_THAT(SkillsOf(std::vector{damaged}, ScenarioTaxonomy()), IsEmpty());
}

}  // namespace
}  // namespace passend::service
