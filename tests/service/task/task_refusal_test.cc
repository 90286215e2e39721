// Every bad input for tasks and policies gets the right code, reason, field and text, and nothing
// is written.
#include <limits>

#include "tests/service/refusal_scene.h"

namespace passend::service {
namespace {

class TaskRefusalTest : public testing::TestWithParam<BadInput> {};

TEST_P(TaskRefusalTest, SaysWhyAndWritesNothing) { ExpectRefused(GetParam()); }

const BadInput kBadInputs[] = {
    {"UnknownRequiredSkill",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_required_skills(0)->set_skill(kUnheardOf); });
     },
     kInvalid, v1::ERROR_REASON_UNKNOWN_SKILL, "task.required_skills[0].skill",
     "a skill of a taxonomy that was imported"},
    {"LevelNegative",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_required_skills(0)->set_level(-1); });
     },
     kInvalid, kField, "task.required_skills[0].level", "a whole number from 1 to 5"},
    {"NoAdditionality",
     [](Scene& scene) {
       return scene.CreateTask([](v1::Task& task) { task.clear_additionality(); });
     },
     kInvalid, kField, "task.additionality", "must be set"},
    {"NoAdditionalityStatement",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_additionality()->clear_statement(); });
     },
     kInvalid, kField, "task.additionality.statement", "must be set"},
    {"BlankAdditionalityStatement",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_additionality()->set_statement("  "); });
     },
     kInvalid, kField, "task.additionality.statement",
     "must say in what way the work does not push out paid workers"},
    {"SharesOfOtherThanAHundred",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_sub_tasks(0)->set_hours_share_percent(61); });
     },
     kInvalid, kField, "task.sub_tasks", "must sum to 100 percent; they sum to 101"},
    {"RequiredTwice",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { *task.add_required_skills() = task.required_skills(0); });
     },
     kInvalid, kField, "task.required_skills[1].skill", "must not be the same"},
    {"OfferedTwice",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { *task.add_support_offers() = task.support_offers(0); });
     },
     kInvalid, kField, "task.support_offers[1].solution", "must not be the same"},
    {"HoursThatShrink",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_hours()->set_growth_weekly_hours(15); });
     },
     kInvalid, kField, "task.hours.growth_weekly_hours",
     "must not be below start_weekly_hours (16)"},
    {"SharedAboveTheStart",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_hours()->set_shared_weekly_hours_min(17); });
     },
     kInvalid, kField, "task.hours.shared_weekly_hours_min",
     "must not be above start_weekly_hours (16)"},
    {"BlocksThatEndBeforeTheyStart",
     [](Scene& scene) {
       return scene.CreateTask(
           [](v1::Task& task) { task.mutable_schedule()->mutable_blocks(0)->set_end_hour(8); });
     },
     kInvalid, kField, "task.schedule.blocks[0].end_hour", "must be greater than start_hour (8)"},
    {"EmployerThatIsNoName",
     [](Scene& scene) {
       return scene.CreateTask([](v1::Task& task) { task.set_employer("zorghuis"); });
     },
     kInvalid, kField, "task.employer", "`employers/{employer}`"},
    {"TitleTooLong",
     [](Scene& scene) {
       return scene.CreateTask([](v1::Task& task) { task.set_title(std::string(121, 'x')); });
     },
     kInvalid, kField, "task.title", "a text of at most 120 characters"},
    {"GroundThatIsNone",
     [](Scene& scene) {
       return scene.CreateTask([](v1::Task& task) {
         task.mutable_additionality()->set_ground(static_cast<v1::AdditionalityGround>(99));
       });
     },
     kInvalid, kField, "task.additionality.ground", "must be one of ADDITIONALITY_GROUND_"},
    {"PlaceThatIsNoNumberAnywhere",
     [](Scene& scene) {
       return scene.CreateTask([](v1::Task& task) {
         task.mutable_place()->mutable_point()->set_latitude_centidegrees(
             std::numeric_limits<int32_t>::min());
       });
     },
     kInvalid, kField, "task.place.point.latitude_centidegrees",
     "a whole number from -9000 to 9000"},
    {"StaleEtag",
     [](Scene& scene) {
       return scene.UpdateTask(
           [](v1::UpdateTaskRequest& request) { request.mutable_task()->set_etag("0"); });
     },
     absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH, "", "Please read it again"},
    {"UnknownMaskPath",
     [](Scene& scene) {
       return scene.UpdateTask([](v1::UpdateTaskRequest& request) {
         request.mutable_update_mask()->add_paths("sub_tasks.title");
       });
     },
     kInvalid, kField, "update_mask", "must be paths of fields of passend.v1.Task"},
    {"NoSuchTask",
     [](Scene& scene) {
       return scene.UpdateTask(
           [](v1::UpdateTaskRequest& request) { request.mutable_task()->set_name("tasks/none"); });
     },
     absl::StatusCode::kNotFound, v1::ERROR_REASON_TASK_NOT_FOUND, "",
     "there is no task tasks/none"},
    {"CloseWithAStaleEtag",
     [](Scene& scene) {
       return scene.CloseTask([](v1::CloseTaskRequest& request) { request.set_etag("0"); });
     },
     absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH, "", "Please read it again"},
    {"CloseNoTask",
     [](Scene& scene) {
       return scene.CloseTask(
           [](v1::CloseTaskRequest& request) { request.set_name("tasks/none"); });
     },
     absl::StatusCode::kNotFound, v1::ERROR_REASON_TASK_NOT_FOUND, "",
     "there is no task tasks/none"},
    {"WeightsOfLessThanTheWhole",
     [](Scene& scene) {
       return scene.Publish(
           [](v1::Policy& policy) { policy.mutable_weights()->set_ability(2'999); });
     },
     kInvalid, kField, "policy.weights", "must sum to 10000; they sum to"},
    {"WishesMadeLight",
     [](Scene& scene) {
       return scene.Publish(
           [](v1::Policy& policy) { policy.mutable_weights_min()->set_wishes(1'499); });
     },
     kInvalid, kField, "policy.weights_min.wishes", "must be at least 1500"},
    {"SupportMadeLight",
     [](Scene& scene) {
       return scene.Publish(
           [](v1::Policy& policy) { policy.mutable_weights_min()->set_support(999); });
     },
     kInvalid, kField, "policy.weights_min.support", "must be at least 1000"},
    {"WeightThatIsNoNumberAnywhere",
     [](Scene& scene) {
       return scene.Publish([](v1::Policy& policy) {
         policy.mutable_weights()->set_pace(std::numeric_limits<int32_t>::min());
       });
     },
     kInvalid, kField, "policy.weights.pace", "a whole number from 0 to 10000"},
};

INSTANTIATE_TEST_SUITE_P(BadInputs, TaskRefusalTest, testing::ValuesIn(kBadInputs),
                         [](const auto& input) { return std::string(input.param.name); });

}  // namespace
}  // namespace passend::service
