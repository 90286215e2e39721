#include "service/task/task_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/util/message_differencer.h"
#include "passend/v1/task_service.pb.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

using google::protobuf::util::MessageDifferencer;

class TaskHandlersTest : public testing::Test {
 protected:
  absl::StatusOr<v1::Task> Create(const v1::Task& task, const std::string& task_id = "",
                                  const std::string& request_id = "") {
    v1::CreateTaskRequest request;
    *request.mutable_task() = task;
    request.set_task_id(task_id);
    request.set_request_id(request_id);
    return world_.Call<v1::Task>("TaskService.CreateTask", request);
  }
  absl::StatusOr<v1::Task> Update(const v1::Task& task, const std::vector<std::string>& paths) {
    v1::UpdateTaskRequest request;
    *request.mutable_task() = task;
    for (const std::string& path : paths) request.mutable_update_mask()->add_paths(path);
    return world_.Call<v1::Task>("TaskService.UpdateTask", request);
  }
  absl::StatusOr<v1::Task> Close(const std::string& name, const std::string& etag = "",
                                 const std::string& request_id = "") {
    v1::CloseTaskRequest request;
    request.set_name(name);
    request.set_etag(etag);
    request.set_request_id(request_id);
    return world_.Call<v1::Task>("TaskService.CloseTask", request);
  }

  ServiceWorld world_;
};

TEST_F(TaskHandlersTest, WhatIsCreatedIsGiven) {
  v1::Task asked = WholeTask();
  asked.set_state(v1::TASK_STATE_CLOSED);
  const v1::Task created = Create(asked, "tuinhulp").value();
  EXPECT_EQ(created.name(), "tasks/tuinhulp");
  EXPECT_EQ(created.state(), v1::TASK_STATE_OPEN);
  EXPECT_EQ(created.support_offers(0).kind(), v1::SUPPORT_KIND_GUIDANCE);
  EXPECT_EQ(created.support_offers(0).shared_by_people(), 1);
  v1::GetTaskRequest request;
  request.set_name("tasks/tuinhulp");
  const auto given = world_.Call<v1::Task>("TaskService.GetTask", request);
  ASSERT_TRUE(given.ok()) << given.status();
  EXPECT_TRUE(MessageDifferencer::Equals(*given, created));
}

TEST_F(TaskHandlersTest, AnIdIsTakenOnce) {
  ASSERT_TRUE(Create(WholeTask(), "tuinhulp", "create-0001").ok());
  const Contents before = ContentsOf(world_.store());
  const absl::Status taken = Create(WholeTask(), "tuinhulp").status();
  EXPECT_EQ(taken.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(taken), v1::ERROR_REASON_TASK_EXISTS);
  EXPECT_EQ(MetadataOf(taken, "resource"), "tasks/tuinhulp");
  EXPECT_TRUE(Create(WholeTask(), "tuinhulp", "create-0001").ok()) << "the same request again";
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(TaskHandlersTest, AMaskedUpdateNeedsOnlyWhatItNames) {
  const v1::Task created = world_.CreateTask(WholeTask());
  v1::Task change;
  change.set_name(created.name());
  change.set_title("Hulp in de tuin");
  const auto updated = Update(change, {"title"});
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->title(), "Hulp in de tuin");
  EXPECT_EQ(updated->employer(), created.employer());
}

TEST_F(TaskHandlersTest, AnUpdateIsCheckedAsAWhole) {
  const v1::Task created = world_.CreateTask(WholeTask());
  const Contents before = ContentsOf(world_.store());
  v1::Task change;
  change.set_name(created.name());
  change.mutable_hours()->set_growth_weekly_hours(8);  // below the start that is stored
  EXPECT_EQ(FieldOf(Update(change, {}).status()), "task.hours.growth_weekly_hours");
  EXPECT_EQ(FieldOf(Update(change, {"additionality"}).status()), "task.additionality");
  EXPECT_EQ(FieldOf(Update(change, {"title"}).status()), "task.title");
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(TaskHandlersTest, AClosedTaskStaysAsItIs) {
  const v1::Task created = world_.CreateTask(WholeTask());
  EXPECT_EQ(ReasonOf(Close(created.name(), "stale").status()), v1::ERROR_REASON_ETAG_MISMATCH);
  const v1::Task closed = Close(created.name(), created.etag()).value();
  EXPECT_EQ(closed.state(), v1::TASK_STATE_CLOSED);
  const Contents before = ContentsOf(world_.store());
  EXPECT_TRUE(MessageDifferencer::Equals(*Close(created.name(), created.etag()), closed));
  v1::Task change = closed;
  change.set_title("Anders");
  const absl::Status status = Update(change, {"title"}).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_TASK_CLOSED);
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(TaskHandlersTest, ClosingWhatIsClosedUsesTheRequestIdUp) {
  const v1::Task first = Close(world_.CreateTask(WholeTask()).name()).value();
  const v1::Task second = Close(world_.CreateTask(WholeTask()).name()).value();
  EXPECT_EQ(Close(first.name(), "", "close-0001")->etag(), first.etag());
  EXPECT_EQ(ReasonOf(Close(second.name(), "", "close-0001").status()),
            v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(Close(first.name(), "", "close-0001")->etag(), first.etag());
}

TEST_F(TaskHandlersTest, AnUpdateThatChangesNothingWritesNothing) {
  v1::Task created = world_.CreateTask(WholeTask());
  const Contents before = ContentsOf(world_.store());
  world_.Advance(absl::Minutes(1));
  for (const std::vector<std::string>& paths : std::vector<std::vector<std::string>>{
           {}, {"*"}, {"title"}, {"support_offers"}, {"name", "state", "create_time"}}) {
    const auto updated = Update(created, paths);
    ASSERT_TRUE(updated.ok()) << updated.status();
    EXPECT_TRUE(MessageDifferencer::Equals(*updated, created)) << updated->DebugString();
  }
  EXPECT_EQ(ContentsOf(world_.store()), before);
}

TEST_F(TaskHandlersTest, SkillGroupsMayBeAskedOccupationsNot) {
  v1::Task task = WholeTask();
  task.mutable_required_skills(0)->set_skill(kOutside);
  EXPECT_TRUE(Create(task).ok());
  task.mutable_required_skills(0)->set_skill(kGardener);
  const absl::Status status = Create(task).status();
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_UNKNOWN_SKILL);
  EXPECT_EQ(FieldOf(status), "task.required_skills[0].skill");
}

TEST_F(TaskHandlersTest, ListsAreFiltered) {
  const v1::Task first = world_.CreateTask(WholeTask());
  v1::Task other = WholeTask();
  other.set_employer("employers/school");
  world_.CreateTask(other);
  Close(world_.CreateTask(WholeTask()).name()).value();
  v1::ListTasksRequest request;
  request.set_employer("employers/zorghuis");
  request.set_state(v1::TASK_STATE_OPEN);
  request.set_region("groningen");
  const auto page = world_.Call<v1::ListTasksResponse>("TaskService.ListTasks", request).value();
  ASSERT_EQ(page.tasks_size(), 1);
  EXPECT_EQ(page.tasks(0).name(), first.name());
  request.set_region("delft");
  EXPECT_EQ(world_.Call<v1::ListTasksResponse>("TaskService.ListTasks", request)->tasks_size(), 0);
}

TEST_F(TaskHandlersTest, AnUpdateOnlyToBeCheckedWritesNothingEvenWhereNothingChanges) {
  v1::UpdateTaskRequest request;
  *request.mutable_task() = world_.CreateTask(WholeTask());
  request.set_request_id("update-0002");
  request.set_validate_only(true);
  const Contents before = ContentsOf(world_.store());
  EXPECT_TRUE(world_.Call<v1::Task>("TaskService.UpdateTask", request).ok());
  EXPECT_EQ(ContentsOf(world_.store()), before);
  request.set_validate_only(false);
  EXPECT_TRUE(world_.Call<v1::Task>("TaskService.UpdateTask", request).ok());
}

}  // namespace
}  // namespace passend::service
