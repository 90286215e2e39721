#include "service/validation/field_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/taxonomy_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/limits.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> FieldsOf(const std::vector<FieldViolation>& violations) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : violations) fields.push_back(violation.field);
  return fields;
}

v1::CreatePassportRequest Creating(const v1::Passport& passport) {
  v1::CreatePassportRequest request;
  *request.mutable_passport() = passport;
  return request;
}

TEST(FieldCheckTest, WholeResourcesPass) {
  EXPECT_THAT(FindViolations(Creating(WholePassport())), IsEmpty());
  v1::CreateTaskRequest request;
  *request.mutable_task() = WholeTask();
  EXPECT_THAT(FindViolations(request), IsEmpty());
}

TEST(FieldCheckTest, RequiredFieldsMustBeSet) {
  EXPECT_THAT(FindViolations(v1::CreatePassportRequest()),
              ElementsAre(FieldViolation{"passport", "must be set: a Passport"}));
  v1::CreateTaskRequest create;
  *create.mutable_task() = WholeTask();
  create.mutable_task()->clear_additionality();
  EXPECT_THAT(FindViolations(create),
              ElementsAre(FieldViolation{"task.additionality", "must be set: an Additionality"}));
  v1::RevokeValidationRequest revoke;
  revoke.set_name("passports/a/validations/b");
  EXPECT_THAT(
      FindViolations(revoke),
      ElementsAre(FieldViolation{"reason", "must be set: a text of at most 500 characters"}));
  v1::RecordValidationsRequest record;
  record.set_parent("passports/a");
  EXPECT_THAT(FieldsOf(FindViolations(record)), ElementsAre("validations"));
  record.add_validations()->set_skill("taxonomies/t/concepts/c");
  EXPECT_THAT(FieldsOf(FindViolations(record)),
              ElementsAre("validations[0].level", "validations[0].method"));
}

TEST(FieldCheckTest, NumbersKeepTheirBounds) {
  v1::Passport passport;
  v1::Pace& pace = *passport.add_paces();
  pace.set_kind(v1::WORK_KIND_GREEN);
  pace.set_basis(v1::PACE_BASIS_EXPECTED);
  for (const int fine : {1, 150}) {
    pace.set_tempo_percent(fine);
    EXPECT_THAT(FindViolations(passport), IsEmpty()) << fine;
  }
  for (const int wrong : {-1, 0, 151}) {  // with presence, 0 is a value
    pace.set_tempo_percent(wrong);
    EXPECT_THAT(FindViolations(passport),
                ElementsAre(FieldViolation{"paces[0].tempo_percent",
                                           "must be a whole number from 1 to 150"}))
        << wrong;
  }
}

TEST(FieldCheckTest, ZeroWithoutPresenceIsNotSet) {
  v1::Task task = WholeTask();
  task.mutable_hours()->set_growth_weekly_hours(0);
  EXPECT_THAT(FindViolations(task), IsEmpty());
  task.mutable_hours()->set_growth_weekly_hours(61);
  EXPECT_THAT(FieldsOf(FindViolations(task)), ElementsAre("hours.growth_weekly_hours"));
  task.mutable_hours()->set_growth_weekly_hours(-1);
  EXPECT_THAT(FieldsOf(FindViolations(task)), ElementsAre("hours.growth_weekly_hours"));
}

TEST(FieldCheckTest, CharactersAreCodePoints) {
  v1::Task task = WholeTask();
  std::string title;
  for (int i = 0; i < 120; ++i) title += "é";
  task.set_title(title);
  EXPECT_THAT(FindViolations(task), IsEmpty());
  task.set_title(title + "e");
  EXPECT_THAT(FieldsOf(FindViolations(task)), ElementsAre("title"));
}

TEST(FieldCheckTest, ListsKeepTheirLength) {
  v1::RecordValidationsRequest request;
  request.set_parent("passports/a");
  for (int i = 0; i < 101; ++i) {
    v1::Validation& validation = *request.add_validations();
    validation.set_skill("taxonomies/t/concepts/c");
    validation.set_level(1);
    validation.set_method(v1::VALIDATION_METHOD_FORMAL);
  }
  EXPECT_THAT(FindViolations(request),
              ElementsAre(FieldViolation{"validations", "must have 1 to 100 entries"}));
  request.mutable_validations()->RemoveLast();
  EXPECT_THAT(FindViolations(request), IsEmpty());
}

TEST(FieldCheckTest, EntriesOfUniqueListsDiffer) {
  v1::Task task = WholeTask();
  task.add_features(v1::WORK_FEATURE_QUIET);
  task.add_features(v1::WORK_FEATURE_GREEN);
  EXPECT_THAT(FindViolations(task),
              ElementsAre(FieldViolation{"features[2]", "must not be the same as an earlier one"}));
  v1::FindTasksRequest request;
  request.set_passport("passports/a");
  request.add_regions("delft");
  request.add_regions("delft");
  EXPECT_THAT(FieldsOf(FindViolations(request)), ElementsAre("regions[1]"));
}

TEST(FieldCheckTest, StringsHaveTheirForm) {
  v1::GetPassportRequest request;
  request.set_name("passport/a");
  const auto violations = FindViolations(request);
  EXPECT_THAT(FieldsOf(violations), ElementsAre("name"));
  EXPECT_THAT(violations[0].allowed, testing::StartsWith("must be `passports/{passport}`"));
  v1::FindTasksRequest tasks;
  tasks.set_passport("passports/a");
  tasks.add_regions("delft");
  tasks.add_regions("Den Haag");
  EXPECT_THAT(FieldsOf(FindViolations(tasks)), ElementsAre("regions[1]"));
}

TEST(FieldCheckTest, FieldsOfAOneofAreCheckedWhereSet) {
  v1::FindCandidatesRequest request;
  request.set_task("task/x");
  EXPECT_THAT(FieldsOf(FindViolations(request)), ElementsAre("task"));
  *request.mutable_inline_task() = WholeTask();
  request.mutable_inline_task()->clear_carving();
  EXPECT_THAT(FieldsOf(FindViolations(request)), ElementsAre("inline_task.carving"));
}

TEST(FieldCheckTest, EnumsAreDeclaredValues) {
  v1::Passport passport = WholePassport();
  passport.set_state(static_cast<v1::PassportState>(4));
  passport.mutable_wishes()->add_participation_forms(static_cast<v1::ParticipationForm>(99));
  passport.mutable_wishes()->add_participation_forms(v1::PARTICIPATION_FORM_UNSPECIFIED);
  const auto violations = FindViolations(passport);
  EXPECT_THAT(FieldsOf(violations), ElementsAre("state", "wishes.participation_forms[1]",
                                                "wishes.participation_forms[2]"));
  EXPECT_EQ(violations[0].allowed,
            "must be one of PASSPORT_STATE_ACTIVE, PASSPORT_STATE_PAUSED, PASSPORT_STATE_PLACED");
}

TEST(FieldCheckTest, TimesAreOnTheCalendar) {
  v1::MatchOptions options;
  for (const int64_t seconds : {-2'208'988'801, 253'402'300'800}) {
    options.mutable_as_of_time()->set_seconds(seconds);
    EXPECT_THAT(FieldsOf(FindViolations(options)), ElementsAre("as_of_time")) << seconds;
  }
  options.mutable_as_of_time()->set_seconds(253'402'300'799);
  EXPECT_THAT(FindViolations(options), IsEmpty());
  options.mutable_as_of_time()->set_nanos(-1);
  EXPECT_THAT(FieldsOf(FindViolations(options)), ElementsAre("as_of_time"));
}

TEST(FieldCheckTest, PathsGoToTheBottom) {
  v1::Passport passport = WholePassport();
  passport.mutable_wishes()->mutable_features(1)->set_strength(4);
  passport.mutable_wishes()->mutable_travel()->mutable_home()->set_latitude_centidegrees(9'001);
  EXPECT_THAT(FieldsOf(FindViolations(Creating(passport))),
              ElementsAre("passport.wishes.features[1].strength",
                          "passport.wishes.travel.home.latitude_centidegrees"));
  EXPECT_THAT(FieldsOf(FindViolations(passport, "inline")),
              ElementsAre("inline.wishes.features[1].strength",
                          "inline.wishes.travel.home.latitude_centidegrees"));
}

TEST(FieldCheckTest, NotMoreThanATrailerHolds) {
  v1::RecordValidationsRequest request;
  request.set_parent("passports/a");
  for (int i = 0; i < 50; ++i) request.add_validations();
  EXPECT_EQ(FindViolations(request).size(), kFieldViolationsMax);
}

TEST(FieldCheckTest, OutputOnlyFieldsAreClearedNotChecked) {
  v1::Passport passport = WholePassport();
  passport.add_skills()->set_level(99);
  passport.mutable_create_time()->set_nanos(-5);
  passport.mutable_support()->mutable_needs(0)->set_kind(v1::SUPPORT_KIND_TECHNICAL);
  v1::CreatePassportRequest request = Creating(passport);
  EXPECT_TRUE(CheckRequest(request).ok());
  EXPECT_EQ(request.passport().skills_size(), 0);
  EXPECT_FALSE(request.passport().has_create_time());
  EXPECT_EQ(request.passport().support().needs(0).kind(), v1::SUPPORT_KIND_UNSPECIFIED);
  EXPECT_EQ(request.passport().paces_size(), 1);
}

TEST(FieldCheckTest, AnUpdateMayLeaveOutWhatIsRequired) {
  v1::UpdateTaskRequest request;
  EXPECT_EQ(FieldOf(CheckRequest(request)), "task") << "but not all of it";
  request.mutable_task()->set_name("tasks/a");
  EXPECT_TRUE(CheckRequest(request).ok());
  request.mutable_task()->mutable_hours()->set_growth_weekly_hours(20);
  EXPECT_TRUE(CheckRequest(request).ok());
  request.mutable_task()->mutable_hours()->set_growth_weekly_hours(61);
  EXPECT_EQ(FieldOf(CheckRequest(request)), "task.hours.growth_weekly_hours");
  request.mutable_task()->clear_hours();
  request.mutable_task()->add_sub_tasks()->set_title("vegen");
  EXPECT_EQ(FieldOf(CheckRequest(request)), "task.sub_tasks[0].hours_share_percent")
      << "entries of lists are whole";
}

}  // namespace
}  // namespace passend::service
