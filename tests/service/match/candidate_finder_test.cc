#include "service/match/candidate_finder.h"

#include <set>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

v1::FindCandidatesRequest For(const std::string& task_id) {
  v1::FindCandidatesRequest request;
  request.set_task("tasks/" + task_id);
  return request;
}

class CandidateFinderTest : public testing::Test {
 protected:
  void PutGardeners(int count) {
    for (int number = 0; number < count; ++number) {
      world_.Put(AGardener("p" + std::to_string(number)));
    }
  }
  absl::StatusOr<v1::FindCandidatesResponse> Find(const v1::FindCandidatesRequest& request) {
    return world_.candidates().Find(world_.Call(), request);
  }
  void ExpectError(const v1::FindCandidatesRequest& request, v1::ErrorReason reason,
                   const std::string& text = "") {
    const auto page = Find(request);
    EXPECT_EQ(v1::ErrorReason_Name(ReasonOf(page.status())), v1::ErrorReason_Name(reason))
        << page.status();
    EXPECT_THAT(std::string(page.status().message()), HasSubstr(text));
  }

  MatchWorld world_;
};

TEST_F(CandidateFinderTest, RanksWhoFitsBestFirstAndSaysWithWhat) {
  world_.Put(AGardenTask("t"));
  world_.Put(AGardener("learner"));
  world_.Put(AGardener("expert"));
  world_.Record("expert", "weed", 4);
  world_.Record("learner", "dig", 1);

  const auto page = Find(For("t"));

  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_THAT(page->candidates(), SizeIs(2));
  EXPECT_EQ(page->candidates(0).passport(), "passports/expert");
  EXPECT_EQ(page->candidates(0).rank(), 1);
  EXPECT_EQ(page->candidates(0).fit().band(), v1::FIT_BAND_STRONG);
  EXPECT_THAT(page->candidates(0).fit().reasons(0), HasSubstr("wieden"));
  EXPECT_THAT(page->candidates(0).fit().dimensions(0).skills(), IsEmpty());
  EXPECT_GT(page->candidates(0).fit().score(), page->candidates(1).fit().score());
  EXPECT_EQ(page->summary().considered(), 2);
  EXPECT_EQ(page->summary().ranked(), 2);
  EXPECT_EQ(page->basis().policy(), "policies/1");
  EXPECT_EQ(page->basis().taxonomies(0), "taxonomies/esco@1");
  EXPECT_EQ(page->basis().data_sequence(), static_cast<int64_t>(world_.store().LastSequence()));
  EXPECT_EQ(page->basis().as_of_time().seconds() % 86'400, 0);
  EXPECT_EQ(page->basis().weights().ability(), 3'000);
  EXPECT_THAT(page->next_page_token(), IsEmpty());
}

TEST_F(CandidateFinderTest, SeesEveryWriteThatWasAcknowledgedBefore) {
  world_.Put(AGardenTask("t"));
  for (int round = 0; round < 50; ++round) {
    const std::string id = "p" + std::to_string(round);
    world_.Put(AGardener(id));
    EXPECT_THAT(world_.CandidatesFor("t"), testing::Contains("passports/" + id));
    world_.Erase(id);
    EXPECT_THAT(world_.CandidatesFor("t"), IsEmpty());
  }
}

TEST_F(CandidateFinderTest, LeavesOutWhoTakesATimeOutAndCountsWhoIsExcluded) {
  world_.Put(AGardenTask("t"));
  PutGardeners(3);
  v1::Passport paused = AGardener("p0");
  paused.set_state(v1::PASSPORT_STATE_PAUSED);
  world_.Put(paused);
  v1::Passport elsewhere = AGardener("p1");
  elsewhere.mutable_wishes()->clear_participation_forms();
  elsewhere.mutable_wishes()->add_participation_forms(v1::PARTICIPATION_FORM_REGULAR_WORK);
  world_.Put(elsewhere);

  const auto page = Find(For("t"));

  ASSERT_TRUE(page.ok());
  ASSERT_THAT(page->candidates(), SizeIs(1));
  EXPECT_EQ(page->candidates(0).passport(), "passports/p2");
  ASSERT_THAT(page->summary().exclusions(), SizeIs(1));
  EXPECT_EQ(page->summary().exclusions(0).cause(), v1::GATE_CAUSE_PARTICIPATION_FORM);
  EXPECT_EQ(page->summary().exclusions(0).count(), 1);
  EXPECT_EQ(page->summary().considered(), 2);
}

// All of a list or, where it is of few regions, its beginning is ranked for the first page.
class CandidatePagesTest : public CandidateFinderTest, public testing::WithParamInterface<bool> {
 protected:
  v1::FindCandidatesRequest PagesFor(const std::string& task_id) {
    v1::FindCandidatesRequest request = For(task_id);
    request.mutable_options()->set_seed("another order, the same for all pages");
    if (GetParam()) request.add_regions("groningen");
    return request;
  }
};
INSTANTIATE_TEST_SUITE_P(OfEverybodyAndOfARegion, CandidatePagesTest, testing::Bool());

TEST_P(CandidatePagesTest, StayTheSameWhileDataChanges) {
  world_.Put(AGardenTask("t"));
  PutGardeners(7);
  v1::FindCandidatesRequest request = PagesFor("t");
  request.set_page_size(kMatchPageSizeMax);
  const auto all = Find(request);
  ASSERT_TRUE(all.ok()) << all.status();
  std::vector<std::string> whole;
  for (const v1::Candidate& candidate : all->candidates()) whole.push_back(candidate.passport());
  ASSERT_THAT(whole, SizeIs(7));
  request.set_page_size(3);

  std::vector<std::string> paged;
  std::set<int64_t> sequences;
  for (int page_number = 0; page_number < 3; ++page_number) {
    const auto page = Find(request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const v1::Candidate& candidate : page->candidates()) {
      EXPECT_EQ(candidate.rank(), static_cast<int>(paged.size()) + 1);
      EXPECT_GT(candidate.fit().score(), 0);
      paged.push_back(candidate.passport());
    }
    sequences.insert(page->basis().data_sequence());
    EXPECT_EQ(page->summary().considered(), 7);
    request.set_page_token(page->next_page_token());
    // Somebody better comes, and somebody of the list takes a time out.
    world_.Put(AGardener("newcomer" + std::to_string(page_number)));
    world_.Record("newcomer" + std::to_string(page_number), "weed", 5);
    v1::Passport paused = AGardener("p" + std::to_string(page_number));
    paused.set_state(v1::PASSPORT_STATE_PAUSED);
    world_.Put(paused);
  }

  EXPECT_THAT(paged, testing::ElementsAreArray(whole));
  EXPECT_THAT(sequences, SizeIs(1));
  EXPECT_THAT(request.page_token(), IsEmpty());
}

TEST_P(CandidatePagesTest, WhoIsErasedIsOnNoFurtherPage) {
  world_.Put(AGardenTask("t"));
  PutGardeners(4);
  const std::vector<std::string> whole = world_.CandidatesFor("t");
  ASSERT_TRUE(world_.exposures().Flush().ok());
  v1::FindCandidatesRequest request = PagesFor("t");
  request.set_page_size(1);
  const auto first = Find(request);
  ASSERT_TRUE(first.ok()) << first.status();
  for (const std::string& name : whole) {
    if (name != first->candidates(0).passport())
      world_.Erase(name.substr(sizeof("passports/") - 1));
  }

  request.set_page_token(first->next_page_token());
  for (int page_number = 0; page_number < 3; ++page_number) {
    const auto page = Find(request);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_THAT(page->candidates(), IsEmpty());
    request.set_page_token(page->next_page_token());
  }
  EXPECT_THAT(request.page_token(), IsEmpty());
}

TEST_F(CandidateFinderTest, APageIsKeptForFiveMinutes) {
  world_.Put(AGardenTask("t"));
  PutGardeners(3);
  v1::FindCandidatesRequest request = For("t");
  request.set_page_size(1);
  request.set_page_token(Find(request)->next_page_token());

  world_.Advance(kResultsKeptFor - absl::Seconds(1));
  EXPECT_TRUE(Find(request).ok());
  world_.Advance(absl::Seconds(1));
  ExpectError(request, v1::ERROR_REASON_PAGE_EXPIRED);
}

TEST_F(CandidateFinderTest, APageTokenIsForTheSameQuestionOnly) {
  world_.Put(AGardenTask("t"));
  PutGardeners(3);
  v1::FindCandidatesRequest request = For("t");
  request.set_page_size(1);
  request.set_page_token(Find(request)->next_page_token());

  v1::FindCandidatesRequest wider = request;
  wider.set_page_size(2);
  EXPECT_TRUE(Find(wider).ok());
  v1::FindCandidatesRequest other = request;
  other.add_regions("groningen");
  ExpectError(other, v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS);
  request.set_page_token("made up");
  ExpectError(request, v1::ERROR_REASON_INVALID_PAGE_TOKEN);
}

TEST_F(CandidateFinderTest, OnlyTheRegionsAskedFor) {
  world_.Put(AGardenTask("t"));
  world_.Put(AGardener("near"));
  v1::Passport far = AGardener("far");
  far.set_region("haaglanden");
  world_.Put(far);
  v1::FindCandidatesRequest request = For("t");
  request.add_regions("haaglanden");

  const auto page = Find(request);

  ASSERT_TRUE(page.ok());
  ASSERT_THAT(page->candidates(), SizeIs(1));
  EXPECT_EQ(page->candidates(0).passport(), "passports/far");
  EXPECT_EQ(page->summary().considered(), 1);
}

TEST_F(CandidateFinderTest, AnInlineTaskIsRankedAsAStoredOne) {
  world_.Put(AGardenTask("t"));
  PutGardeners(5);
  world_.Record("p3", "weed", 3);
  v1::FindCandidatesRequest request;
  *request.mutable_inline_task() = AGardenTask("t");
  request.mutable_options()->set_seed("s");
  v1::FindCandidatesRequest stored = For("t");
  stored.mutable_options()->set_seed("s");

  const auto inline_page = Find(request);
  const auto stored_page = Find(stored);

  ASSERT_TRUE(inline_page.ok()) << inline_page.status();
  ASSERT_EQ(inline_page->candidates_size(), stored_page->candidates_size());
  for (int place = 0; place < stored_page->candidates_size(); ++place) {
    EXPECT_EQ(inline_page->candidates(place).passport(), stored_page->candidates(place).passport());
  }
}

TEST_F(CandidateFinderTest, AnInlineTaskPassesTheRulesOfCreateTask) {
  v1::FindCandidatesRequest request;
  *request.mutable_inline_task() = AGardenTask("t");
  request.mutable_inline_task()->mutable_required_skills(0)->set_skill(Named("juggle"));
  ExpectError(request, v1::ERROR_REASON_UNKNOWN_SKILL, "inline_task.required_skills[0].skill");
  request.mutable_inline_task()->mutable_required_skills(0)->set_skill(Named("gardener"));
  ExpectError(request, v1::ERROR_REASON_UNKNOWN_SKILL);
  *request.mutable_inline_task() = AGardenTask("t");
  request.mutable_inline_task()->mutable_hours()->set_growth_weekly_hours(8);
  ExpectError(request, v1::ERROR_REASON_INVALID_FIELD, "inline_task.hours");
  ExpectError({}, v1::ERROR_REASON_INVALID_FIELD, "task");
}

TEST_F(CandidateFinderTest, WeightsMoveWithinThePolicysBounds) {
  world_.Put(AGardenTask("t"));
  PutGardeners(1);
  v1::FindCandidatesRequest request = For("t");
  v1::DimensionWeights& weights = *request.mutable_options()->mutable_weights();
  weights.set_ability(5'000);
  weights.set_wishes(1'500);
  weights.set_pace(2'500);
  weights.set_support(1'000);
  const auto page = Find(request);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->basis().weights().pace(), 2'500);

  weights.set_wishes(1'499);
  weights.set_ability(5'001);
  ExpectError(request, v1::ERROR_REASON_WEIGHT_BOUNDS, "options.weights.wishes");
  weights.set_wishes(1'500);
  weights.set_support(999);
  ExpectError(request, v1::ERROR_REASON_WEIGHT_BOUNDS, "1000");
  weights.set_support(1'000);
  ExpectError(request, v1::ERROR_REASON_WEIGHT_BOUNDS, "10000");
}

TEST_F(CandidateFinderTest, TheNewestPolicyCountsUnlessAnotherIsNamed) {
  world_.Put(AGardenTask("t"));
  world_.Put(AGardener("p"));
  const int first = Find(For("t"))->candidates(0).fit().score_basis_points();
  matcher::Policy generous;
  generous.ability.learnable_start = 10'000;
  world_.PublishPolicy(1, matcher::Policy{});
  world_.PublishPolicy(2, generous);

  const auto newest = Find(For("t"));
  EXPECT_EQ(newest->basis().policy(), "policies/2");
  EXPECT_GT(newest->candidates(0).fit().score_basis_points(), first);
  v1::FindCandidatesRequest request = For("t");
  request.mutable_options()->set_policy("policies/1");
  EXPECT_EQ(Find(request)->candidates(0).fit().score_basis_points(), first);
  request.mutable_options()->set_policy("policies/3");
  ExpectError(request, v1::ERROR_REASON_POLICY_NOT_FOUND);
}

TEST_F(CandidateFinderTest, TheAsOfDayIsAnInput) {
  world_.Put(AGardenTask("t"));
  world_.Put(AGardener("p"));
  world_.Record("p", "weed", 4);
  v1::FindCandidatesRequest request = For("t");
  const auto now = Find(request);
  request.mutable_options()->mutable_as_of_time()->set_seconds(
      absl::ToUnixSeconds(world_.now() + absl::Hours(24 * 3'000)));
  const auto later = Find(request);

  EXPECT_LT(later->candidates(0).fit().score_basis_points(),
            now->candidates(0).fit().score_basis_points());
  EXPECT_EQ(now->basis().as_of_time().seconds(), StartOf(20'778).seconds());
  request.mutable_options()->mutable_as_of_time()->set_seconds(-10'000'000'000);
  ExpectError(request, v1::ERROR_REASON_INVALID_FIELD, "options.as_of_time");
}

TEST_F(CandidateFinderTest, ReasonsComeInTheLanguageAskedFor) {
  world_.Put(AGardenTask("t"));
  world_.Put(AGardener("p"));
  world_.Record("p", "weed", 3);
  v1::FindCandidatesRequest request = For("t");
  EXPECT_THAT(Find(request)->candidates(0).fit().reasons(0), HasSubstr("Kan dit al zelf: wieden"));
  request.mutable_options()->set_language_code("en");
  EXPECT_THAT(Find(request)->candidates(0).fit().reasons(0),
              HasSubstr("Can already do this alone: weed"));
}

TEST_F(CandidateFinderTest, AReferenceTellsNothingAcrossTasksAndEmployers) {
  v1::Task second = AGardenTask("u");
  v1::Task third = AGardenTask("v");
  third.set_employer("employers/other");
  world_.Put(AGardenTask("t"));
  world_.Put(second);
  world_.Put(third);
  world_.Put(AGardener("p"));

  std::set<std::string> references;
  for (const std::string task : {"t", "t", "u", "v"}) {
    references.insert(Find(For(task))->candidates(0).candidate());
  }

  EXPECT_THAT(references, SizeIs(3));
  EXPECT_THAT(*references.begin(), SizeIs(32));
}

// Who asks again and again about tasks that nobody stores cannot lay the answers side by side.
TEST_F(CandidateFinderTest, ReferencesOfTasksThatAreNotStoredFollowWhatTheySay) {
  world_.Put(AGardenTask("t"));
  PutGardeners(1);
  std::set<std::string> references = {Find(For("t"))->candidates(0).candidate()};
  v1::FindCandidatesRequest request;
  *request.mutable_inline_task() = AGardenTask("t");  // calls itself as the stored one
  request.mutable_inline_task()->set_title("Another garden");
  references.insert(Find(request)->candidates(0).candidate());
  EXPECT_EQ(Find(request)->candidates(0).candidate(), Find(request)->candidates(0).candidate());
  request.mutable_inline_task()->clear_name();
  references.insert(Find(request)->candidates(0).candidate());
  request.mutable_inline_task()->set_title("A third garden");
  references.insert(Find(request)->candidates(0).candidate());
  EXPECT_THAT(references, SizeIs(4));
}

TEST_F(CandidateFinderTest, WhoMayNotKnowGetsNoPassport) {
  world_.Put(AGardenTask("t"));
  world_.Put(AGardener("p"));
  const auto page = world_.candidates().Find(world_.CallOf("garden"), For("t"));
  ASSERT_TRUE(page.ok());
  EXPECT_THAT(page->candidates(0).passport(), IsEmpty());
  EXPECT_THAT(page->candidates(0).candidate(), SizeIs(32));
}

TEST_F(CandidateFinderTest, NamesWhatIsNotThere) {
  ExpectError(For("nowhere"), v1::ERROR_REASON_TASK_NOT_FOUND, "tasks/nowhere");
  v1::Task closed = AGardenTask("t");
  closed.set_state(v1::TASK_STATE_CLOSED);
  world_.Put(closed);
  ExpectError(For("t"), v1::ERROR_REASON_TASK_CLOSED);
}

TEST_F(CandidateFinderTest, EndsWhenNobodyWaits) {
  world_.Put(AGardenTask("t"));
  PutGardeners(1);
  CallContext late = world_.Call();
  late.deadline = absl::InfinitePast();
  // Enough people for the ranking to ask whether it is still wanted.
  for (int number = 0; number < 1'100; ++number) {
    world_.Put(AGardener("q" + std::to_string(number)));
  }
  world_.Current();
  EXPECT_EQ(ReasonOf(world_.candidates().Find(late, For("t")).status()),
            v1::ERROR_REASON_DEADLINE_EXCEEDED);
  CallContext gone = world_.Call();
  gone.cancel_signal = std::make_shared<const std::atomic<bool>>(true);
  EXPECT_EQ(ReasonOf(world_.candidates().Find(gone, For("t")).status()),
            v1::ERROR_REASON_CANCELLED);
}

TEST_F(CandidateFinderTest, WhoWasShownLeastRecentlyComesFirstAmongEqualFits) {
  world_.Put(AGardenTask("t"));
  PutGardeners(4);
  v1::FindCandidatesRequest request = For("t");
  request.set_page_size(1);

  std::set<std::string> shown;
  for (int round = 0; round < 4; ++round) {
    shown.insert(Find(request)->candidates(0).passport());
    ASSERT_TRUE(world_.exposures().Flush().ok());
    world_.Advance(absl::Minutes(1));
  }
  // Four questions, four people; the fifth begins again.
  EXPECT_THAT(shown, SizeIs(4));
  EXPECT_EQ(PersonIn(world_.Current(), "passports/p0")->last_shown >= 1'795'255'200u, true);
}

TEST_F(CandidateFinderTest, AnInlineTaskExposesNobody) {
  PutGardeners(2);
  v1::FindCandidatesRequest request;
  *request.mutable_inline_task() = AGardenTask("t");
  ASSERT_TRUE(Find(request).ok());
  ASSERT_TRUE(world_.exposures().Flush().ok());
  EXPECT_EQ(PersonIn(world_.Current(), "passports/p0")->last_shown, 0u);
}

}  // namespace
}  // namespace passend::service
