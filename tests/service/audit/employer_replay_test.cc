// Every list that an employer was shown comes out the same again, whatever became of the people,
// the list and the server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "passend/store/v1/employer_list.pb.h"
#include "passend/v1/policy_service.pb.h"
#include "tests/service/audit/replay_scene.h"

namespace passend::service {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

class EmployerReplayTest : public ReplayScene {
 protected:
  // Asks for all of it at once: the ranking that was recorded.
  std::string DecisionOf(const std::string& task) {
    EXPECT_EQ(RankForEmployer(task), 1);
    return world_->Decisions().front();
  }

  void PublishPolicy() {
    v1::GetPolicyRequest get;
    get.set_name("policies/1");
    const auto policy = world_->Call<v1::Policy>("PolicyService.GetPolicy", get);
    ASSERT_TRUE(policy.ok()) << policy.status();
    v1::PublishPolicyRequest request;
    *request.mutable_policy() = *policy;
    v1::DimensionWeights& weights = *request.mutable_policy()->mutable_weights();
    weights.set_ability(weights.ability() - 500);
    weights.set_wishes(weights.wishes() + 500);
    const auto published = world_->Call<v1::Policy>("PolicyService.PublishPolicy", request);
    ASSERT_TRUE(published.ok()) << published.status();
  }

  void Pause(const std::string& name) {
    v1::UpdatePassportRequest request;
    request.mutable_passport()->set_name(name);
    request.mutable_passport()->set_state(v1::PASSPORT_STATE_PAUSED);
    request.mutable_update_mask()->add_paths("state");
    const auto paused = world_->Call<v1::Passport>("PassportService.UpdatePassport", request);
    ASSERT_TRUE(paused.ok()) << paused.status();
  }

  // Writes to the list behind the server's back.
  void Tamper(const std::string& list_id) {
    const storage::Key key{storage::RecordKind::kEmployerList, list_id};
    store::v1::EmployerList list;
    ASSERT_TRUE(list.ParseFromString(store_->Read({key}).value().front()->value));
    ASSERT_GT(list.passports_size(), 1);
    list.mutable_passports()->SwapElements(0, 1);
    storage::Batch batch;
    batch.mutations.push_back({key, list.SerializeAsString()});
    ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  }

  static int LeftOut(const v1::ReplayResponse& replayed) {
    return static_cast<int>(std::count_if(replayed.places().begin(), replayed.places().end(),
                                          [](const auto& place) { return place.left_out(); }));
  }
};

TEST_F(EmployerReplayTest, EveryListIsTheSameAgain) {
  SCOPED_TRACE(testing::Message() << "seed " << seed_);
  Fill(60, 4);
  int shown = 0;
  for (int step = 0; step < 60; ++step) {
    Write();
    shown += RankForEmployer(ATask(), 1 + static_cast<int>(random_() % 8), 3);
    if (step == 20) Start();
    if (step == 30) world_->ImportSkills("2", kSkills);
    if (step == 40) PublishPolicy();
  }
  world_->Advance(absl::Hours(24 * 31));  // there may be as many lists anew
  const v1::ReplayResponse latest = world_->Replay(DecisionOf(tasks_.front()));
  const auto somebody = std::find_if(latest.places().begin(), latest.places().end(),
                                     [](const auto& place) { return !place.left_out(); });
  ASSERT_NE(somebody, latest.places().end());
  Pause(somebody->passport());
  shown += 1 + RankForEmployer(tasks_.front());
  // Old lists make way for new ones, some under their own names.
  world_->Advance(absl::Hours(24 * 31));
  for (const std::string& task : tasks_) shown += RankForEmployer(task);
  Start();
  const std::vector<std::string> decisions = world_->Decisions();
  EXPECT_EQ(static_cast<int>(decisions.size()), shown);
  int places = 0;
  int left_out = 0;
  for (const std::string& name : decisions) {
    const v1::ReplayResponse replayed = world_->Replay(name);
    EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << replayed.DebugString();
    EXPECT_EQ(replayed.decision().role(), "employer");
    EXPECT_EQ(replayed.decision().basis().weights().support(), 0);
    places += replayed.places_size();
    left_out += LeftOut(replayed);
  }
  EXPECT_GT(left_out, 0);
  EXPECT_GT(places - left_out, shown);
  EXPECT_TRUE(world_->Check().whole());
}

TEST_F(EmployerReplayTest, WhoIsLeftOutIsToldApartFromWhoWasErased) {
  SCOPED_TRACE(testing::Message() << "seed " << seed_);
  Fill(80, 1);
  const std::string first = DecisionOf(tasks_.front());
  const v1::ReplayResponse whole = world_->Replay(first);
  ASSERT_EQ(whole.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << whole.DebugString();
  ASSERT_GT(whole.places_size(), 4);
  EXPECT_EQ(LeftOut(whole), 0);
  EXPECT_EQ(whole.summary().considered(), whole.decision().summary().considered());

  Pause(whole.places(0).passport());
  const v1::ReplayResponse paused = world_->Replay(DecisionOf(tasks_.front()));
  EXPECT_EQ(paused.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << paused.DebugString();
  ASSERT_EQ(paused.places_size(), whole.places_size());
  EXPECT_TRUE(paused.places(0).left_out());
  EXPECT_EQ(paused.places(1).passport(), whole.places(1).passport());

  const std::string before = world_->Decisions().front();
  world_->Erase(whole.places(2).passport());
  world_->Erase(whole.places(0).passport());
  Start();
  const v1::ReplayResponse erased = world_->Replay(before);
  EXPECT_EQ(erased.outcome(), v1::REPLAY_OUTCOME_IDENTICAL_BUT_ERASED) << erased.DebugString();
  EXPECT_TRUE(erased.places(0).left_out());
  EXPECT_TRUE(erased.places(2).erased());
  EXPECT_EQ(erased.places(3).passport(), whole.places(3).passport());
  EXPECT_EQ(erased.gone_size(), 1);

  const v1::ReplayResponse later = world_->Replay(DecisionOf(tasks_.front()));
  EXPECT_NE(later.outcome(), v1::REPLAY_OUTCOME_DIFFERENT) << later.DebugString();
  EXPECT_TRUE(later.places(2).left_out());
  EXPECT_EQ(world_->Replay(first).outcome(), v1::REPLAY_OUTCOME_IDENTICAL_BUT_ERASED);
}

TEST_F(EmployerReplayTest, AListThatWasTamperedWithShows) {
  Fill(80, 1);
  const std::string before = DecisionOf(tasks_.front());
  const v1::ReplayResponse replayed = world_->Replay(before);
  ASSERT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << replayed.DebugString();
  Tamper(replayed.decision().seed());

  const v1::ReplayResponse replaced = world_->Replay(before);
  EXPECT_EQ(replaced.outcome(), v1::REPLAY_OUTCOME_DIFFERENT) << replaced.DebugString();
  EXPECT_THAT(replaced.differences(), Contains(StartsWith("list: it was replaced")));

  const v1::ReplayResponse after = world_->Replay(DecisionOf(tasks_.front()));
  EXPECT_EQ(after.outcome(), v1::REPLAY_OUTCOME_DIFFERENT) << after.DebugString();
  EXPECT_THAT(after.differences(), Contains(HasSubstr("2 places of the list as it was made")));
  EXPECT_THAT(after.differences(), Contains("places: 2 are others"));
}

TEST_F(EmployerReplayTest, ATaskThatIsNotStoredIsRankedAsItWasAsked) {
  Fill(10, 1);
  v1::GetTaskRequest get;
  get.set_name(tasks_.front());
  const auto task = world_->Call<v1::Task>("TaskService.GetTask", get);
  ASSERT_TRUE(task.ok()) << task.status();
  v1::FindCandidatesRequest request;
  *request.mutable_inline_task() = *task;
  request.mutable_inline_task()->clear_name();
  request.add_regions("groningen");
  const auto page = world_->Call<v1::FindCandidatesResponse>("MatchService.FindCandidates", request,
                                                             CallerAs(Role::kEmployer, "garden"));
  ASSERT_TRUE(page.ok()) << page.status();
  const v1::ReplayResponse replayed = world_->Replay(world_->Decisions().front());
  EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << replayed.DebugString();
  EXPECT_EQ(replayed.places_size(), page->candidates_size());
  EXPECT_EQ(replayed.decision().task(), "");
  EXPECT_THAT(replayed.decision().regions(), testing::ElementsAre("groningen"));
}

}  // namespace
}  // namespace passend::service
