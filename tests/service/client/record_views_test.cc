#include "service/client/record_views.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passend/v1/consent_service.pb.h"
#include "tests/service/client/message_from_text.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;
using ::testing::HasSubstr;

constexpr Style kEnglish{
    .language = Language::kEnglish, .unicode = true, .color = false, .width_columns = 90};
constexpr Style kDutch{
    .language = Language::kDutch, .unicode = true, .color = false, .width_columns = 90};

constexpr char kPassport[] = R"pb(
  name: "passports/1f"
  state: PASSPORT_STATE_PAUSED
  partners: "partners/delft"
  coaches: "coaches/a"
  coaches: "coaches/b"
  region: "drenthe"
  update_time { seconds: 1795219200 }
  wishes {
    features { feature: WORK_FEATURE_GREEN attitude: ATTITUDE_WANTS strength: 3 }
    features { feature: WORK_FEATURE_NOISE attitude: ATTITUDE_NEVER }
    hours { weekly_hours_min: 8 weekly_hours_max: 16 }
    travel { minutes_max: 30 means: TRAVEL_MEANS_CYCLING }
  }
  paces { kind: WORK_KIND_GREEN tempo_percent: 70 hours_per_day: 4 basis: PACE_BASIS_MEASURED }
  support {
    needs { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR amount_percent: 15 essential: true }
  }
  skills {
    skill: "taxonomies/t/concepts/mow"
    level: 3
    certainty_basis_points: 7550
    disputed: true
    validations {
      method: VALIDATION_METHOD_OBSERVED
      validate_time { seconds: 1795219200 }
    }
  }
)pb";

constexpr char kConsents[] = R"pb(
  consents {
    name: "passports/1f/consents/c3"
    audience: "employers/zorghuis"
    purpose: PURPOSE_INTRODUCTION
    groups: FIELD_GROUP_IDENTITY
    tasks: "tasks/soup"
    expire_time { seconds: 1801872000 }
    recorded_by: "coaches/a"
    statement: "said so on the phone"
  }
  consents {
    name: "passports/1f/consents/c2"
    audience: "coaches/b"
    purpose: PURPOSE_GUIDANCE
    groups: FIELD_GROUP_SKILLS
    groups: FIELD_GROUP_EVIDENCE
    expire_time { seconds: 1795219200 }
  }
  consents {
    name: "passports/1f/consents/c1"
    audience: "employers/bakery"
    purpose: PURPOSE_INTRODUCTION
    groups: FIELD_GROUP_IDENTITY
    any_task: true
    expire_time { seconds: 1801872000 }
    revoke_time { seconds: 1795219200 }
  }
)pb";

TEST(ConsentsText, TellsWhatCountsAndWhatNoLongerDoes) {
  google::protobuf::Timestamp now;
  now.set_seconds(1795219200);
  const auto consents = FromText<v1::ListConsentsResponse>(kConsents).consents();
  const std::string english = ConsentsText(kEnglish, consents, now);
  for (const char* said :
       {"employers/zorghuis", "getting acquainted", "who it is", "2027-02-06", "tasks: tasks/soup",
        "recorded by coaches/a: said so on the phone", "skills, evidence of skills", "ended",
        "every task of this employer", "revoked on 2026-11-21", "passports/1f/consents/c1"}) {
    EXPECT_THAT(english, HasSubstr(said));
  }
  const std::string dutch = ConsentsText(kDutch, consents, now);
  for (const char* said : {"kennismaken", "wie het is", "afgelopen", "ingetrokken op 2026-11-21",
                           "elke taak van deze werkgever"}) {
    EXPECT_THAT(dutch, HasSubstr(said));
  }
}

TEST(RevealsText, TellsWhoWasTold) {
  const auto reveals = FromText<v1::ListRevealsResponse>(R"pb(
                         reveals {
                           employer: "employers/zorghuis"
                           task: "tasks/soup"
                           first_time { seconds: 1795219200 }
                           last_time { seconds: 1801872000 }
                           count: 3
                           consent: "passports/1f/consents/c3"
                         }
                       )pb")
                           .reveals();
  const std::string text = RevealsText(kEnglish, reveals);
  for (const char* said : {"employers/zorghuis", "tasks/soup", "2026-11-21", "2027-02-06", "3"}) {
    EXPECT_THAT(text, HasSubstr(said));
  }
  EXPECT_THAT(RevealsText(kEnglish, {}), HasSubstr("Nothing"));
}

TEST(PassportText, ShowsEverythingAndWhatIsNotKnown) {
  Labels labels;
  labels.Set("passports/1f", "anna");
  EXPECT_EQ(PassportText(kDutch, labels, FromText<v1::Passport>(kPassport)),
            R"(naam             passports/1f
label            anna
stand            time-out
regio            drenthe
partners         partners/delft
coaches          coaches/a, coaches/b
gewijzigd        2026-11-21
willen           wil graag groen (3), nooit lawaai
vormen van werk  niet bekend
uren             8-16 uur per week
reizen           hoogstens 30 minuten, met de fiets
tempo            groenonderhoud (tempo in procent 70, uren per dag 4, gemeten)
steun            mentor op de werkvloer 15 % (onmisbaar)

vaardigheid                niveau  zekerheid  methode                wanneer
taxonomies/t/concepts/mow       3     75,5 %  gezien door een coach  2026-11-21
betwist
)");
}

TEST(PassportText, TellsNothingNeededFromNotKnown) {
  v1::Passport passport;
  EXPECT_THAT(PassportText(kEnglish, Labels(), passport), HasSubstr("support        not known"));
  passport.mutable_support()->set_nothing_needed(true);
  EXPECT_THAT(PassportText(kEnglish, Labels(), passport),
              HasSubstr("support        nothing is needed"));
}

TEST(TaskText, ShowsTheTaskWithItsSkills) {
  const auto task = FromText<v1::Task>(R"pb(
    name: "tasks/soup"
    title: "Soup for neighbours"
    state: TASK_STATE_OPEN
    employer: "employers/e"
    carving { method: CARVING_METHOD_JOB_CARVING carved_from: "concierge" }
    required_skills { skill: "taxonomies/t/concepts/cook" level: 2 importance: 5 learnable: true }
    features: [ WORK_FEATURE_KITCHEN, WORK_FEATURE_TEAM ]
    pace { tempo_percent: 60 }
    support_offers { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR amount_percent: 20 }
    participation_form: PARTICIPATION_FORM_BASIC_JOB
    hours { start_weekly_hours: 16 growth_weekly_hours: 32 }
    place { region: "haaglanden" }
    pay_form: PAY_FORM_MINIMUM_WAGE
    additionality { ground: ADDITIONALITY_GROUND_NOT_DONE_BEFORE statement: "New." }
  )pb");
  EXPECT_EQ(TaskText(kEnglish, task), R"(name           tasks/soup
what           Soup for neighbours
state          open
employer       employers/e
region         haaglanden
hours          16 hours a week, may grow to 32
forms of work  basic job
pay            minimum wage
features       kitchen, in a team
pace           tempo in percent 60
support        mentor on the floor 20 %
carved from    concierge, job carving
additional     nobody did it before: New.

skill                       level  1-5
taxonomies/t/concepts/cook      2    5  can be learnt on the job
)");
}

TEST(ValidationsText, ShowsWhoSaidItAndWhyItWasTakenBack) {
  Messages<v1::Validation> validations;
  *validations.Add() = FromText<v1::Validation>(R"pb(
    name: "passports/1f/validations/2"
    skill: "taxonomies/t/concepts/cook"
    level: 3
    method: VALIDATION_METHOD_REFERENCE
    validator: "coaches/c-17"
    place: "community kitchen"
    revoke_time { seconds: 1795219200 }
    revoke_reason: "Another person was meant."
  )pb");
  EXPECT_EQ(ValidationsText(kEnglish, validations),
            R"(skill                       level  method     when  by
taxonomies/t/concepts/cook      3  reference  -     coaches/c-17, community kitchen
passports/1f/validations/2
revoked on 2026-11-21: Another person was meant.
)");
}

TEST(Lists, SayThatThereIsNothing) {
  EXPECT_EQ(PassportsText(kEnglish, Labels(), {}), "Nothing to show.\n");
  EXPECT_EQ(TaskListText(kEnglish, {}), "Nothing to show.\n");
  EXPECT_EQ(HitsText(kDutch, {}), "Niets te tonen.\n");
  EXPECT_EQ(TaxonomiesText(kDutch, {}), "Niets te tonen.\n");
  EXPECT_EQ(PoliciesText(kDutch, {}), "Niets te tonen.\n");
}

TEST(HitsText, SaysByWhichWordAConceptWasFound) {
  Messages<v1::ConceptHit> hits;
  *hits.Add() = FromText<v1::ConceptHit>(R"pb(
    name: "taxonomies/t/concepts/clean"
    kind: CONCEPT_KIND_SKILL
    label: "clean"
    matched_label: "mop"
  )pb");
  EXPECT_EQ(HitsText(kEnglish, hits),
            "what   kind   name\nclean  skill  taxonomies/t/concepts/clean\nfound as mop\n");
}

TEST(ConceptText, ShowsLabelsAndHowSpecificASkillIs) {
  const std::string text =
      ConceptText(kEnglish, FromText<v1::Concept>(R"pb(
                    name: "taxonomies/t/concepts/clean"
                    kind: CONCEPT_KIND_SKILL
                    labels { language_code: "nl" preferred: "schoonmaken" alternatives: "dweilen" }
                    used_by_occupations: 12
                    specificity_basis_points: 6400
                  )pb"));
  EXPECT_THAT(text, HasSubstr("label (nl)        schoonmaken\n"));
  EXPECT_THAT(text, HasSubstr("also called (nl)  dweilen\n"));
  EXPECT_THAT(text, HasSubstr("used by           12 occupations\n"));
  EXPECT_THAT(text, HasSubstr("specificity       64 %\n"));
}

TEST(PolicyText, ShowsWeightsAndMethods) {
  const std::string text =
      PolicyText(kEnglish, FromText<v1::Policy>(R"pb(
                   name: "policies/2"
                   rationale: "Wishes weigh more."
                   weights { ability: 2500 wishes: 3500 pace: 2000 support: 2000 }
                   weights_min { wishes: 1500 support: 1000 }
                   ability {
                     methods {
                       method: VALIDATION_METHOD_OBSERVED
                       certainty: 8000
                       grace_days: 365
                       half_life_days: 730
                     }
                   }
                 )pb"));
  EXPECT_THAT(text, HasSubstr("wishes    35 %  15 %\n"));
  EXPECT_THAT(text, HasSubstr("observed by a coach       80 %         365             730\n"));
}

}  // namespace
}  // namespace passend::client
