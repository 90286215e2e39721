// How much one matching question may cost: what is asked for at most, and how soon it ends when
// nobody waits any more.
#include <atomic>
#include <set>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/validation/field_check.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

constexpr int kRequirementsMax = 1'000;
constexpr int kRegionsMax = 40;

std::string FieldOf(const absl::Status& status) {
  const auto bad_request = BadRequestOf(status);
  return bad_request ? bad_request->field_violations(0).field() : "";
}

TEST(MatchLimits, ATaskHasAThousandRequirementsAtMost) {
  MatchWorld world;
  std::vector<v1::Concept> concepts = {MakeSkill("weed"), MakeSkill("dig")};
  v1::FindCandidatesRequest request;
  v1::Task& task = *request.mutable_inline_task();
  task = AGardenTask("t");
  task.clear_name();
  task.clear_required_skills();
  for (int number = 0; number < kRequirementsMax; ++number) {
    const std::string skill = absl::StrCat("s", number);
    concepts.push_back(MakeSkill(skill));
    v1::RequiredSkill& required = *task.add_required_skills();
    required.set_skill(Named(skill));
    required.set_level(3);
    required.set_importance(1);
    required.set_learnable(true);
  }
  ASSERT_TRUE(world.taxonomies().Import(concepts).ok());
  world.Put(AGardener("all"));
  for (int number = 0; number < kRequirementsMax; ++number) {
    world.Record("all", absl::StrCat("s", number), 5);
  }
  world.Put(AGardener("one"));
  world.Record("one", "s7", 5);

  ASSERT_TRUE(CheckRequest(request).ok());
  const auto page = world.candidates().Find(world.Call(), request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->candidates_size(), 2);
  EXPECT_EQ(page->candidates(0).passport(), "passports/all");
  EXPECT_GT(page->candidates(0).fit().score(), page->candidates(1).fit().score());

  *task.add_required_skills() = task.required_skills(0);
  const absl::Status refused = CheckRequest(request);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(FieldOf(refused), "inline_task.required_skills");
}

TEST(MatchLimits, AQuestionNamesFortyRegionsAtMost) {
  v1::FindCandidatesRequest candidates;
  candidates.set_task("tasks/t");
  v1::FindTasksRequest tasks;
  tasks.set_passport("passports/p");
  for (int number = 0; number < kRegionsMax; ++number) {
    candidates.add_regions(absl::StrCat("region-", number));
    tasks.add_regions(absl::StrCat("region-", number));
  }
  EXPECT_TRUE(CheckRequest(candidates).ok());
  EXPECT_TRUE(CheckRequest(tasks).ok());
  candidates.add_regions("one-more");
  tasks.add_regions("one-more");
  EXPECT_EQ(FieldOf(CheckRequest(candidates)), "regions");
  EXPECT_EQ(FieldOf(CheckRequest(tasks)), "regions");
}

TEST(MatchLimits, APageHasTwoHundredPlacesAndAListAThousand) {
  MatchWorld world;
  constexpr int kMany = static_cast<int>(kListedMax) + 3;
  for (int number = 0; number < kMany; ++number) {
    world.Put(AGardener(absl::StrCat("p", number)));
    world.Put(AGardenTask(absl::StrCat("t", number)));
  }
  v1::FindCandidatesRequest candidates;
  candidates.set_task("tasks/t0");
  candidates.set_page_size(2'147'483'647);
  v1::FindTasksRequest tasks;
  tasks.set_passport("passports/p0");
  tasks.set_page_size(201);
  std::set<std::string> people;
  std::set<std::string> works;
  for (int page_number = 0; page_number < 5; ++page_number) {
    const auto page = world.candidates().Find(world.Call(), candidates);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->candidates_size(), kMatchPageSizeMax);
    EXPECT_EQ(page->summary().considered(), kMany);
    for (const auto& candidate : page->candidates()) people.insert(candidate.passport());
    candidates.set_page_token(page->next_page_token());
    const auto page_of_tasks = world.tasks().Find(world.Call(), tasks);
    ASSERT_TRUE(page_of_tasks.ok()) << page_of_tasks.status();
    EXPECT_EQ(page_of_tasks->tasks_size(), kMatchPageSizeMax);
    for (const auto& match : page_of_tasks->tasks()) works.insert(match.task());
    tasks.set_page_token(page_of_tasks->next_page_token());
  }
  EXPECT_EQ(candidates.page_token(), "");
  EXPECT_EQ(tasks.page_token(), "");
  EXPECT_EQ(people.size(), kListedMax);
  EXPECT_EQ(works.size(), kListedMax);
}

// How often a question looks whether it is still wanted, in all or until it is cancelled at the
// `cancel_at`th look.
template <typename Ask>
int LooksOf(const MatchWorld& world, int cancel_at, absl::StatusCode expected, Ask ask) {
  auto looks = std::make_shared<std::atomic<int>>(0);
  auto cancelled = std::make_shared<std::atomic<bool>>(false);
  CallContext call = world.Call();
  call.cancel_signal = cancelled;
  call.steady_now = [=] {
    if (++*looks == cancel_at) *cancelled = true;
    return SteadyNow();
  };
  EXPECT_EQ(ask(call).code(), expected);
  return *looks;
}

TEST(MatchLimits, AQuestionThatNobodyWaitsForEndsInTheMiddle) {
  MatchWorld world;
  for (int number = 0; number < 4'000; ++number) {
    world.Put(AGardenTask(absl::StrCat("t", number)));
    if (number >= 500) continue;
    v1::Passport passport = AGardener(absl::StrCat("p", number));
    passport.set_region(absl::StrCat("region-", number % 50));
    world.Put(passport);
  }
  world.Current();
  const auto ask_for_candidates = [&](const CallContext& call) {
    v1::FindCandidatesRequest request;
    request.set_task("tasks/t1");
    return world.candidates().Find(call, request).status();
  };
  const auto ask_for_tasks = [&](const CallContext& call) {
    v1::FindTasksRequest request;
    request.set_passport("passports/p1");
    return world.tasks().Find(call, request).status();
  };
  const int candidates = LooksOf(world, 0, absl::StatusCode::kOk, ask_for_candidates);
  EXPECT_GE(candidates, 50);
  EXPECT_LE(LooksOf(world, 10, absl::StatusCode::kCancelled, ask_for_candidates), 11);
  const int tasks = LooksOf(world, 0, absl::StatusCode::kOk, ask_for_tasks);
  EXPECT_GE(tasks, 5);
  EXPECT_LE(LooksOf(world, 3, absl::StatusCode::kCancelled, ask_for_tasks), 4);
}

}  // namespace
}  // namespace passend::service
