// What one employer may ask for in a month.
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/match/employer_lists.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kGarden[] = "garden";

class EmployerLimitsTest : public testing::Test {
 protected:
  static v1::FindCandidatesRequest For(const std::string& task_id) {
    v1::FindCandidatesRequest request;
    request.set_task("tasks/" + task_id);
    return request;
  }
  absl::StatusOr<v1::FindCandidatesResponse> Find(const v1::FindCandidatesRequest& request) {
    return world_.candidates().Find(world_.CallOf(kGarden), request);
  }
  void Put(const std::string& id, int theme = v1::WORK_FEATURE_GREEN) {
    v1::Task task = AGardenTask(id);
    task.set_features(0, static_cast<v1::WorkFeature>(theme));
    world_.Put(task);
  }

  MatchWorld world_;
};

TEST_F(EmployerLimitsTest, AreForSoMuchDifferentWorkAtATime) {
  world_.Put(AGardener("p"));
  EmployerLists lists(world_.store(), world_.parts(), {.kinds_max = 2});
  const auto ask = [&](const std::string& task_id, const std::string& employer) {
    return lists.Find(world_.CallOf(employer), For(task_id));
  };
  Put("a", v1::WORK_FEATURE_GREEN);
  Put("b", v1::WORK_FEATURE_CARE);
  Put("c", v1::WORK_FEATURE_WOOD);
  EXPECT_EQ(ask("a", kGarden)->response.employer_list().lists_left(), 1);
  world_.Advance(absl::Hours(24));
  EXPECT_EQ(ask("b", kGarden)->response.employer_list().lists_left(), 0);

  const absl::Status refused = ask("c", kGarden).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_LIST_BUDGET);
  EXPECT_EQ(ErrorInfoOf(refused)->metadata().at("renew_time"), "2026-12-21T10:00:00Z");
  EXPECT_EQ(RetryInfoOf(refused)->retry_delay().seconds(), 29 * 24 * 3'600);
  EXPECT_TRUE(ask("a", kGarden).ok());  // what is there can be asked for again
  // So does work that is not stored; closing a task and making it anew gives no room.
  v1::FindCandidatesRequest inline_request;
  *inline_request.mutable_inline_task() = AGardenTask("");
  inline_request.mutable_inline_task()->clear_name();
  inline_request.mutable_inline_task()->set_features(0, v1::WORK_FEATURE_SHOP);
  EXPECT_EQ(ReasonOf(lists.Find(world_.CallOf(kGarden), inline_request).status()),
            v1::ERROR_REASON_LIST_BUDGET);
  Put("a2", v1::WORK_FEATURE_GREEN);
  EXPECT_TRUE(ask("a2", kGarden).ok());
  // Each employer has its own.
  v1::Task other = AGardenTask("other");
  other.set_employer("employers/other");
  world_.Put(other);
  EXPECT_TRUE(ask("other", "other").ok());

  world_.Advance(absl::Hours(24 * 29));
  EXPECT_TRUE(ask("c", kGarden).ok());
}

// Says of a refusal which field it was, and gives the message.
std::string RefusedField(const absl::Status& refused) {
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted) << refused;
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_LIST_BUDGET);
  return ErrorInfoOf(refused)->metadata().at("field");
}

TEST_F(EmployerLimitsTest, AreForSoManyPlacesAtATime) {
  world_.Put(AGardener("p"));
  EmployerLists lists(world_.store(), world_.parts(), {.places_max = 2});
  const auto ask = [&](const std::string& id, int theme, int latitude) {
    v1::Task task = AGardenTask(id);
    task.set_features(0, static_cast<v1::WorkFeature>(theme));
    task.mutable_place()->set_remote(latitude == 0);
    task.mutable_place()->mutable_point()->set_latitude_centidegrees(latitude);
    task.mutable_place()->mutable_point()->set_longitude_centidegrees(656);
    world_.Put(task);
    return lists.Find(world_.CallOf(kGarden), For(id));
  };
  EXPECT_TRUE(ask("a", v1::WORK_FEATURE_GREEN, 5321).ok());
  world_.Advance(absl::Hours(24));
  EXPECT_TRUE(ask("b", v1::WORK_FEATURE_GREEN, 5322).ok());
  world_.Advance(absl::Hours(24));
  EXPECT_TRUE(ask("c", v1::WORK_FEATURE_CARE, 5321).ok()) << "other work at the same place";

  // Whether of the same kind or another.
  for (const int theme : {v1::WORK_FEATURE_GREEN, v1::WORK_FEATURE_SHOP}) {
    const absl::Status refused = ask("d", theme, 5323).status();
    EXPECT_EQ(RefusedField(refused), "task.place.point");
    EXPECT_THAT(refused.message(), HasSubstr("you have lists of 2 places"));
    EXPECT_EQ(ErrorInfoOf(refused)->metadata().at("allowed"), "2");
    // A kind is renewed as a whole: the second place is gone first, with the list of green work.
    EXPECT_EQ(ErrorInfoOf(refused)->metadata().at("renew_time"), "2026-12-21T10:00:00Z");
    EXPECT_EQ(RetryInfoOf(refused)->retry_delay().seconds(), 28 * 24 * 3'600);
  }
  // What was refused used nothing up.
  EXPECT_EQ(ask("c", v1::WORK_FEATURE_CARE, 5321)->response.employer_list().lists_left(), 58);
  EXPECT_TRUE(ask("b", v1::WORK_FEATURE_GREEN, 5322).ok());
  EXPECT_TRUE(ask("home", v1::WORK_FEATURE_OFFICE, 0).ok()) << "work from home is at no place";
  world_.Advance(absl::Hours(24 * 28));
  EXPECT_TRUE(ask("d", v1::WORK_FEATURE_GREEN, 5323).ok());
  EXPECT_EQ(RefusedField(ask("b", v1::WORK_FEATURE_GREEN, 5322).status()), "task.place.point");
}

TEST_F(EmployerLimitsTest, AreForSoManyHoursAndSchedulesAtATime) {
  world_.Put(AGardener("p"));
  EmployerLists lists(world_.store(), world_.parts(), {.times_max = 2});
  const auto ask = [&](const std::string& id, int theme, int hours, bool monday) {
    v1::Task task = AGardenTask(id);
    task.set_features(0, static_cast<v1::WorkFeature>(theme));
    task.mutable_hours()->set_start_weekly_hours(hours);
    if (monday) {
      v1::TimeBlock& block = *task.mutable_schedule()->add_blocks();
      block.set_day(v1::WEEKDAY_MONDAY);
      block.set_start_hour(8);
      block.set_end_hour(17);
    }
    world_.Put(task);
    return lists.Find(world_.CallOf(kGarden), For(id)).status();
  };
  EXPECT_TRUE(ask("a", v1::WORK_FEATURE_GREEN, 16, false).ok());
  EXPECT_TRUE(ask("b", v1::WORK_FEATURE_GREEN, 12, false).ok());
  EXPECT_TRUE(ask("c", v1::WORK_FEATURE_CARE, 12, false).ok());
  EXPECT_EQ(RefusedField(ask("d", v1::WORK_FEATURE_CARE, 8, false)), "task.schedule");
  EXPECT_EQ(RefusedField(ask("e", v1::WORK_FEATURE_SHOP, 12, true)), "task.schedule");
  EXPECT_TRUE(ask("f", v1::WORK_FEATURE_SHOP, 16, false).ok());
}

TEST_F(EmployerLimitsTest, AreForTasksOfEightFeaturesAtMost) {
  world_.Put(AGardener("p"));
  v1::Task task = AGardenTask("t");
  for (int feature = 2; feature <= 8; ++feature) {
    task.add_features(static_cast<v1::WorkFeature>(feature));
  }
  world_.Put(task);
  EXPECT_TRUE(Find(For("t")).ok());
  task.add_features(v1::WORK_FEATURE_OUTDOORS);
  world_.Put(task);
  const absl::Status refused = Find(For("t")).status();
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(BadRequestOf(refused)->field_violations(0).field(), "task.features");
  EXPECT_THAT(BadRequestOf(refused)->field_violations(0).description(), HasSubstr("at most 8"));
}

// Otherwise each of them would be a list of its own, of others out of the same people.
TEST_F(EmployerLimitsTest, RegionsOfNobodyMakeNoOtherQuestion) {
  world_.Put(AGardener("p"));
  Put("t");
  const auto ask = [&](const std::vector<std::string>& regions) {
    v1::FindCandidatesRequest request = For("t");
    for (const std::string& region : regions) request.add_regions(region);
    return Find(request);
  };
  const auto first = ask({"groningen"});
  ASSERT_THAT(first->candidates(), SizeIs(1));
  for (const char* nobodys : {"x1", "x2", "x3", "x4", "x5"}) {
    const auto again = ask({nobodys, "groningen"});
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->candidates(0).candidate(), first->candidates(0).candidate());
    EXPECT_EQ(again->employer_list().lists_left(), 59);
  }
  // Nobody is not everybody.
  EXPECT_THAT(ask({"x1"})->candidates(), IsEmpty());
  EXPECT_EQ(ask({"x2"})->employer_list().lists_left(), 58);
}

TEST_F(EmployerLimitsTest, ATaskIsCorrectedThreeTimesAndThenKeepsItsList) {
  world_.Put(AGardener("p"));
  std::set<std::string> references;
  for (int level = 1; level <= 5; ++level) {
    v1::Task task = AGardenTask("t");
    task.mutable_required_skills(0)->set_level(level);
    world_.Put(task);
    const auto page = Find(For("t"));
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->employer_list().outdated(), level == 5);
    EXPECT_EQ(page->employer_list().lists_left(), 59);
    references.insert(page->candidates(0).candidate());
  }
  EXPECT_THAT(references, SizeIs(4));
}

}  // namespace
}  // namespace passend::service
