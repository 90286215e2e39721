// Rules between fields, each by what breaks it and what just holds. Messages are written as text.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "service/rules/consent_rules.h"
#include "service/rules/passport_rules.h"
#include "service/rules/policy_rules.h"
#include "service/rules/task_rules.h"
#include "service/rules/validation_rules.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

std::vector<std::string> FieldsOf(const FieldViolations& violations) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : violations) {
    EXPECT_FALSE(violation.allowed.empty());
    fields.push_back(violation.field);
  }
  return fields;
}

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

std::vector<std::string> Passport(const std::string& text) {
  return FieldsOf(CheckPassport(Parse<v1::Passport>(text), FieldPath("passport"), kNow));
}

std::vector<std::string> Task(const std::string& text) {
  return FieldsOf(CheckTask(
      Parse<v1::Task>("title: 'Tuinhulp' additionality { statement: 'nobody did it' } " + text),
      FieldPath("task")));
}

std::vector<std::string> Validation(const std::string& text) {
  return FieldsOf(CheckValidation(Parse<v1::Validation>(text), FieldPath("validation"), kNow));
}

std::vector<std::string> Consent(const std::string& text, absl::Duration ends = absl::Hours(1)) {
  auto consent = Parse<v1::Consent>(text);
  consent.mutable_expire_time()->set_seconds(absl::ToUnixSeconds(kNow + ends));
  return FieldsOf(CheckConsent(consent, FieldPath("consent"), kNow, absl::Hours(48)));
}

TEST(ConsentRules, AllGuideCoachesMatchPartnersKeepInStepAndEmployersAreIntroduced) {
  const std::string groups = " groups: FIELD_GROUP_IDENTITY ";
  EXPECT_THAT(Consent("audience: 'coaches/c' purpose: PURPOSE_GUIDANCE" + groups), IsEmpty());
  EXPECT_THAT(Consent("audience: 'coaches/c' purpose: PURPOSE_MATCHING" + groups), IsEmpty());
  EXPECT_THAT(Consent("audience: 'partners/p' purpose: PURPOSE_GUIDANCE" + groups), IsEmpty());
  EXPECT_THAT(Consent("audience: 'partners/p' purpose: PURPOSE_SYNC" + groups), IsEmpty());
  EXPECT_THAT(Consent("audience: 'partners/p' purpose: PURPOSE_SYNC groups: FIELD_GROUP_SKILLS"),
              ElementsAre("consent.groups"))
      << "the partner keeps the person by name";
  for (const char* nobodys :
       {"partners/p' purpose: PURPOSE_MATCHING", "coaches/c' purpose: PURPOSE_SYNC",
        "employers/e' purpose: PURPOSE_SYNC"}) {
    EXPECT_THAT(Consent("audience: '" + std::string(nobodys) + groups),
                ElementsAre("consent.purpose"));
  }
  EXPECT_THAT(Consent("audience: 'employers/e' purpose: PURPOSE_GUIDANCE" + groups), IsEmpty());
  EXPECT_THAT(
      Consent("audience: 'employers/e' purpose: PURPOSE_INTRODUCTION any_task: true" + groups),
      IsEmpty());
  EXPECT_THAT(Consent("audience: 'employers/e' purpose: PURPOSE_MATCHING" + groups),
              ElementsAre("consent.purpose"));
  EXPECT_THAT(
      Consent("audience: 'coaches/c' purpose: PURPOSE_INTRODUCTION any_task: true" + groups),
      ElementsAre("consent.purpose"));
  for (const char* purpose : {"PURPOSE_OVERSIGHT", "PURPOSE_AUDIT", "PURPOSE_OPERATION"}) {
    EXPECT_THAT(Consent("audience: 'coaches/c' purpose: " + std::string(purpose) + groups),
                ElementsAre("consent.purpose"));
  }
}

TEST(ConsentRules, GroupsCanBeSharedAndGoTogether) {
  const std::string guidance = "audience: 'coaches/c' purpose: PURPOSE_GUIDANCE groups: ";
  EXPECT_THAT(Consent(guidance + "FIELD_GROUP_CUSTODY"), ElementsAre("consent.groups[0]"));
  EXPECT_THAT(Consent(guidance + "FIELD_GROUP_CONSENTS"), ElementsAre("consent.groups[0]"));
  EXPECT_THAT(Consent(guidance + "FIELD_GROUP_OPEN"), ElementsAre("consent.groups[0]"));
  EXPECT_THAT(Consent(guidance + "FIELD_GROUP_EVIDENCE"), ElementsAre("consent.groups"));
  EXPECT_THAT(Consent(guidance + "[FIELD_GROUP_EVIDENCE, FIELD_GROUP_SKILLS]"), IsEmpty());
  const std::string four =
      "FIELD_GROUP_SKILLS, FIELD_GROUP_WISHES, FIELD_GROUP_PACE, FIELD_GROUP_SUPPORT";
  EXPECT_THAT(Consent(guidance + "[FIELD_GROUP_FIT, FIELD_GROUP_SKILLS]"),
              ElementsAre("consent.groups"));
  EXPECT_THAT(Consent(guidance + "[FIELD_GROUP_FIT, " + four + "]"), IsEmpty());
  EXPECT_THAT(Consent(guidance + "[FIELD_GROUP_SCORES, " + four + "]"),
              ElementsAre("consent.groups"));
}

TEST(ConsentRules, AnIntroductionIsOfTheNameForTasksOrAnyTask) {
  const std::string introduction = "audience: 'employers/e' purpose: PURPOSE_INTRODUCTION groups: ";
  EXPECT_THAT(Consent(introduction + "FIELD_GROUP_IDENTITY tasks: 'tasks/t'"), IsEmpty());
  EXPECT_THAT(Consent(introduction + "FIELD_GROUP_IDENTITY"), ElementsAre("consent.tasks"));
  EXPECT_THAT(Consent(introduction + "FIELD_GROUP_IDENTITY tasks: 'tasks/t' any_task: true"),
              ElementsAre("consent.tasks"));
  EXPECT_THAT(Consent(introduction + "[FIELD_GROUP_IDENTITY, FIELD_GROUP_BASIC] any_task: true"),
              ElementsAre("consent.groups"));
  EXPECT_THAT(Consent("audience: 'coaches/c' purpose: PURPOSE_GUIDANCE groups: FIELD_GROUP_BASIC "
                      "tasks: 'tasks/t'"),
              ElementsAre("consent.tasks"));
}

TEST(ConsentRules, ItEndsInTimeToBeAskedAgain) {
  const std::string consent =
      "audience: 'coaches/c' purpose: PURPOSE_GUIDANCE groups: FIELD_GROUP_BASIC";
  EXPECT_THAT(Consent(consent, absl::Hours(48)), IsEmpty());
  EXPECT_THAT(Consent(consent, absl::Hours(48) + absl::Seconds(1)),
              ElementsAre("consent.expire_time"));
  EXPECT_THAT(Consent(consent, absl::ZeroDuration()), ElementsAre("consent.expire_time"));
  EXPECT_THAT(Consent(consent, absl::Seconds(1)), IsEmpty());
}

TEST(PassportRules, AnEmptyPassportIsFine) { EXPECT_THAT(Passport(""), IsEmpty()); }

TEST(PassportRules, AFeatureIsWishedForOnce) {
  const std::string wants =
      "features { feature: WORK_FEATURE_GREEN attitude: ATTITUDE_WANTS strength: 2 }";
  const std::string avoids =
      "features { feature: WORK_FEATURE_GREEN attitude: ATTITUDE_AVOIDS strength: 2 }";
  EXPECT_THAT(Passport("wishes {" + wants + "}"), IsEmpty());
  EXPECT_THAT(Passport("wishes {" + wants + avoids + "}"),
              ElementsAre("passport.wishes.features[1].feature"));
}

TEST(PassportRules, WantsAndAvoidsHaveAStrengthAndNeverHasNone) {
  EXPECT_THAT(
      Passport("wishes { features { feature: WORK_FEATURE_CARE attitude: ATTITUDE_WANTS } }"),
      ElementsAre("passport.wishes.features[0].strength"));
  EXPECT_THAT(Passport("wishes { features { feature: WORK_FEATURE_CARE attitude: ATTITUDE_NEVER "
                       "strength: 3 } }"),
              ElementsAre("passport.wishes.features[0].strength"));
  EXPECT_THAT(
      Passport("wishes { features { feature: WORK_FEATURE_CARE attitude: ATTITUDE_NEVER } }"),
      IsEmpty());
}

TEST(PassportRules, FewestHoursAreNotAboveMostHours) {
  EXPECT_THAT(Passport("wishes { hours { weekly_hours_min: 20 weekly_hours_max: 20 } }"),
              IsEmpty());
  EXPECT_THAT(Passport("wishes { hours { weekly_hours_min: 21 weekly_hours_max: 20 } }"),
              ElementsAre("passport.wishes.hours.weekly_hours_min"));
}

TEST(PassportRules, BlocksStartBeforeTheyEnd) {
  EXPECT_THAT(
      Passport("wishes { schedule { blocks { day: WEEKDAY_MONDAY start_hour: 9 end_hour: 9 } "
               "blocks { day: WEEKDAY_MONDAY start_hour: 9 end_hour: 10 } } }"),
      ElementsAre("passport.wishes.schedule.blocks[0].end_hour"));
}

TEST(PassportRules, APaceTellsSomethingAndIsThereOnce) {
  const std::string pace =
      "paces { kind: WORK_KIND_WOOD basis: PACE_BASIS_MEASURED tempo_percent: 80 }";
  EXPECT_THAT(Passport(pace), IsEmpty());
  EXPECT_THAT(Passport(pace + pace), ElementsAre("passport.paces[1].kind"));
  EXPECT_THAT(Passport("paces { kind: WORK_KIND_WOOD basis: PACE_BASIS_MEASURED }"),
              ElementsAre("passport.paces[0]"));
}

TEST(PassportRules, ATimeIsOneThatACalendarKnows) {
  EXPECT_THAT(Passport("paces { kind: WORK_KIND_WOOD tempo_percent: 80 "
                       "observe_time { seconds: 9000000000000 } }"),
              ElementsAre("passport.paces[0].observe_time"));
}

TEST(PassportRules, APaceIsNotOfTheFuture) {
  const auto seen = [](const std::string& seconds) {
    return Passport("paces { kind: WORK_KIND_WOOD tempo_percent: 80 observe_time { seconds: " +
                    seconds + " } }");
  };
  EXPECT_THAT(seen("1800000000"), IsEmpty());
  EXPECT_THAT(seen("1800000300"), IsEmpty());
  EXPECT_THAT(seen("1800000301"), ElementsAre("passport.paces[0].observe_time"));
  EXPECT_THAT(Passport("paces { kind: WORK_KIND_WOOD tempo_percent: 80 }"), IsEmpty());
}

TEST(PassportRules, NothingNeededAndNeedsExcludeEachOther) {
  const std::string need =
      "needs { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR amount_percent: 10 }";
  EXPECT_THAT(Passport("support { nothing_needed: true }"), IsEmpty());
  EXPECT_THAT(Passport("support {" + need + "}"), IsEmpty());
  EXPECT_THAT(Passport("support { nothing_needed: true " + need + "}"),
              ElementsAre("passport.support.nothing_needed"));
  EXPECT_THAT(Passport("support {" + need + need + "}"),
              ElementsAre("passport.support.needs[1].solution"));
}

TEST(PassportRules, NobodyBringsMoreThanIsNeeded) {
  const auto brings = [](const std::string& amounts) {
    return Passport("support { needs { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR " + amounts +
                    "} }");
  };
  EXPECT_THAT(brings("amount_percent: 10 brought_along_percent: 10"), IsEmpty());
  EXPECT_THAT(brings("amount_percent: 10 brought_along_percent: 11"),
              ElementsAre("passport.support.needs[0].brought_along_percent"));
  EXPECT_THAT(brings("brought_along_percent: 1"),
              ElementsAre("passport.support.needs[0].brought_along_percent"));
}

TEST(TaskRules, SharesSumToAHundred) {
  EXPECT_THAT(Task("sub_tasks { hours_share_percent: 60 } sub_tasks { hours_share_percent: 40 }"),
              IsEmpty());
  EXPECT_THAT(Task("sub_tasks { hours_share_percent: 60 }"), ElementsAre("task.sub_tasks"));
}

TEST(TaskRules, ASkillAndASolutionAreThereOnce) {
  EXPECT_THAT(Task("required_skills { skill: 'a' } required_skills { skill: 'a' }"),
              ElementsAre("task.required_skills[1].skill"));
  EXPECT_THAT(Task("support_offers { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR } "
                   "support_offers { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR }"),
              ElementsAre("task.support_offers[1].solution"));
}

TEST(TaskRules, HoursGrowAndAreSharedWithinTheirBounds) {
  EXPECT_THAT(Task("hours { start_weekly_hours: 16 growth_weekly_hours: 32 "
                   "shared_weekly_hours_min: 8 total_weekly_hours: 160 }"),
              IsEmpty());
  EXPECT_THAT(Task("hours { start_weekly_hours: 16 growth_weekly_hours: 15 "
                   "shared_weekly_hours_min: 17 total_weekly_hours: 15 }"),
              ElementsAre("task.hours.growth_weekly_hours", "task.hours.shared_weekly_hours_min",
                          "task.hours.total_weekly_hours"));
}

TEST(TaskRules, TitleAndStatementSaySomething) {
  const auto saying = [](const std::string& text) {
    v1::Task task;
    task.set_title(text);
    task.mutable_additionality()->set_statement(text);
    return FieldsOf(CheckTask(task, FieldPath("task")));
  };
  for (const char* nothing : {"", " \n", "-", ".", "...!?", "\u00A0", "\u200B\u200D", "\u3000",
                              "\uFEFF", "\u2014", "\u0301", "\u3164\u115F", "\u20AC"}) {
    EXPECT_THAT(saying(nothing), ElementsAre("task.title", "task.additionality.statement"))
        << nothing;
  }
  for (const char* something : {"a", "- 7 -", "\u00E9", "\u0628", "\u6797", "\U00010400"}) {
    EXPECT_THAT(saying(something), IsEmpty()) << something;
  }
}

TEST(ValidationRules, IsNotOfTheFuture) {
  EXPECT_THAT(Validation("validate_time { seconds: 1800000000 }"), IsEmpty());
  EXPECT_THAT(Validation("validate_time { seconds: 1800000300 }"), IsEmpty());
  EXPECT_THAT(Validation("validate_time { seconds: 1800000301 }"),
              ElementsAre("validation.validate_time"));
}

TEST(ValidationRules, ExpiresAfterItWasMade) {
  EXPECT_THAT(Validation("validate_time { seconds: 10 } expire_time { seconds: 11 }"), IsEmpty());
  EXPECT_THAT(Validation("validate_time { seconds: 10 } expire_time { seconds: 10 }"),
              ElementsAre("validation.expire_time"));
  EXPECT_THAT(Validation("expire_time { seconds: 10 }"), ElementsAre("validation.expire_time"));
}

TEST(ValidationRules, TimesAreThoseOfACalendar) {
  EXPECT_THAT(Validation("validate_time { seconds: -9000000000000 }"),
              ElementsAre("validation.validate_time"));
  EXPECT_THAT(Validation("expire_time { seconds: 5 nanos: -1 }"),
              ElementsAre("validation.expire_time"));
}

std::vector<std::string> Weights(const std::string& weights, const std::string& least) {
  return FieldsOf(
      CheckPolicy(Parse<v1::Policy>("weights {" + weights + "} weights_min {" + least + "}"),
                  FieldPath("policy")));
}

TEST(PolicyRules, WeightsSumToTheWholeAndKeepTheirLeast) {
  const std::string weights = "ability: 3000 wishes: 3000 pace: 2000 support: 2000";
  EXPECT_THAT(Weights(weights, "wishes: 1500 support: 1000"), IsEmpty());
  EXPECT_THAT(Weights("ability: 10000 wishes: 3000", "wishes: 1500 support: 1000"),
              ElementsAre("policy.weights", "policy.weights_min.support"));
  EXPECT_THAT(Weights(weights, "wishes: 1499 support: 999"),
              ElementsAre("policy.weights_min.wishes", "policy.weights_min.support"));
  EXPECT_THAT(Weights(weights, "ability: 3001 wishes: 1500 support: 1000"),
              ElementsAre("policy.weights_min.ability"));
}

TEST(PolicyRules, EachMethodAndMeansIsThereOnce) {
  const std::string text =
      "weights { ability: 3000 wishes: 3000 pace: 2000 support: 2000 } "
      "weights_min { wishes: 1500 support: 1000 } "
      "ability { methods { method: VALIDATION_METHOD_FORMAL } methods { method: "
      "VALIDATION_METHOD_FORMAL } } "
      "wishes { speeds { means: TRAVEL_MEANS_CAR } speeds { means: TRAVEL_MEANS_CAR } }";
  EXPECT_THAT(FieldsOf(CheckPolicy(Parse<v1::Policy>(text), FieldPath("policy"))),
              ElementsAre("policy.ability.methods[1].method", "policy.wishes.speeds[1].means"));
}

}  // namespace
}  // namespace passend::service
