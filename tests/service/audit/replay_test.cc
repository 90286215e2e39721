// Every ranking that was shown comes out the same again, whatever was written since.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/audit/history_store.h"
#include "service/errors/error_status.h"
#include "storage/backup/backups.h"
#include "storage/backup/restore.h"
#include "storage/memory_store.h"
#include "tests/service/audit/audit_world.h"
#include "tests/service/audit/replay_scene.h"

namespace passend::service {
namespace {

using ReplayTest = ReplayScene;

class RestoredReplayTest : public ReplayScene {
 protected:
  // What the backup has and no more takes the place of what is there.
  void RestoreInto(const std::string& data, const std::string& backups) {
    Stop();
    std::filesystem::remove_all(data);
    auto keys = storage::PersonKeys::Open(
        {directory_.path() + "/keys", std::make_shared<storage::FixedWrapper>()});
    ASSERT_TRUE(keys.ok()) << keys.status();
    storage::RestoreSettings settings;
    settings.folder = backups;
    settings.target = data;
    settings.keys = *std::move(keys);
    settings.erase = [](storage::Store&, const std::string&) {
      return absl::InternalError("nobody was erased");
    };
    const auto restored = storage::RestoreBackup(settings);
    ASSERT_TRUE(restored.ok()) << restored.status();
  }
};

TEST_F(ReplayTest, EveryRankingIsTheSameAgain) {
  SCOPED_TRACE(testing::Message() << "seed " << seed_);
  Fill(25, 6);
  int shown = 0;
  for (int step = 0; step < 120; ++step) {
    if (step % 40 == 39) Start();
    if (step == 60) world_->ImportSkills("2", kSkills);
    Write();
    shown += Rank();
  }
  Start();
  const std::vector<std::string> decisions = world_->Decisions();
  EXPECT_EQ(static_cast<int>(decisions.size()), shown);
  int places = 0;
  for (const std::string& name : decisions) {
    const v1::ReplayResponse replayed = world_->Replay(name);
    EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << replayed.DebugString();
    places += replayed.places_size();
  }
  EXPECT_GT(places, shown) << "they are not all empty";
  // In another order, so that the way there is another.
  for (size_t i = 0; i < decisions.size(); i += 7) {
    EXPECT_EQ(world_->Replay(decisions[decisions.size() - 1 - i]).outcome(),
              v1::REPLAY_OUTCOME_IDENTICAL);
  }
}

// deploy/measure/trust/4_replay.sh asks for many more.
int RankingsWanted() {
  const char* wanted = std::getenv("PASSEND_RANKINGS");
  return wanted == nullptr ? 60 : std::atoi(wanted);
}

TEST_F(RestoredReplayTest, EveryRankingIsIdenticalAfterRestartCompactionAndRestore) {
  SCOPED_TRACE(testing::Message() << "seed " << seed_);
  const int wanted = RankingsWanted();
  Fill(20 + wanted / 5, 10 + wanted / 50);
  int shown = 0;
  int of_employers = 0;
  for (bool imported = false; shown < wanted;) {
    Write();
    const int page = 1 + static_cast<int>(random_() % 8);
    const bool for_employer = random_() % 4 == 0;
    const int answers = for_employer ? RankForEmployer(ATask(), page, 3) : Rank();
    shown += answers;
    of_employers += for_employer ? answers : 0;
    if (imported || shown < wanted / 2) continue;
    world_->ImportSkills("2", kSkills);
    imported = true;
  }
  EXPECT_GT(of_employers, 0);
  std::printf("rankings recorded: %d\nof employers: %d\n", shown, of_employers);
  const auto replay_all = [&](const char* after) {
    int identical = 0;
    for (const std::string& name : world_->Decisions()) {
      identical += world_->Replay(name).outcome() == v1::REPLAY_OUTCOME_IDENTICAL ? 1 : 0;
    }
    EXPECT_EQ(identical, shown) << after;
    std::printf("identical after %s: %d\n", after, identical);
    const bool whole = world_->Check().whole();
    EXPECT_TRUE(whole) << after;
    std::printf("the log is whole after %s: %s\n", after, whole ? "yes" : "no");
  };
  Start();
  replay_all("a restart");
  const std::string data = directory_.path() + "/data";
  Stop();
  {
    storage::BareDatabase bare(data);
    for (const char* family : {"default", "record", "journal", "receipt"}) {
      ASSERT_TRUE(bare.db().CompactRange({}, bare.family(family), nullptr, nullptr).ok());
    }
  }
  Start();
  replay_all("compaction");
  const std::string backups = directory_.path() + "/backups";
  storage::BackupSettings settings;
  settings.folder = backups;
  const auto made = storage::MakeBackup(*store_, settings);
  ASSERT_TRUE(made.ok()) << made.status();
  for (int i = 0; i < 5; ++i) Write();
  RestoreInto(data, backups);
  Start();
  EXPECT_EQ(store_->ChainAt(made->head.sequence).value(), made->head);
  EXPECT_EQ(store_->LastSequence(), made->head.sequence);
  replay_all("a restore");
}

TEST_F(ReplayTest, WhoWasErasedShowsAsErasedAndNobodyElseMoves) {
  SCOPED_TRACE(testing::Message() << "seed " << seed_);
  Fill(30, 3);
  for (int i = 0; i < 12; ++i) Rank();
  const std::vector<std::string> decisions = world_->Decisions();
  EXPECT_EQ(world_->Replay(decisions.front()).outcome(), v1::REPLAY_OUTCOME_IDENTICAL);
  std::vector<std::string> erased;
  for (int i = 0; i < 6; ++i) {
    erased.push_back(people_.back());
    people_.pop_back();
    world_->Erase(erased.back());
  }
  v1::ListDecisionsRequest list;
  list.set_page_size(1000);
  EXPECT_TRUE(world_->Call<v1::ListDecisionsResponse>("AuditService.ListDecisions", list).ok());
  for (const std::string& name : decisions) {
    const v1::ReplayResponse replayed = world_->Replay(name);
    const bool of_erased =
        std::find(erased.begin(), erased.end(), replayed.decision().passport()) != erased.end();
    if (of_erased) {
      EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_INPUT_GONE) << replayed.DebugString();
      EXPECT_EQ(replayed.decision().places_size(), 0);
    } else if (replayed.decision().passport().empty()) {
      EXPECT_TRUE(replayed.outcome() == v1::REPLAY_OUTCOME_IDENTICAL ||
                  replayed.outcome() == v1::REPLAY_OUTCOME_IDENTICAL_BUT_ERASED)
          << replayed.DebugString();
    } else {
      EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << replayed.DebugString();
    }
    for (const v1::DecidedPlace& place : replayed.places()) {
      EXPECT_EQ(std::find(erased.begin(), erased.end(), place.passport()), erased.end());
      EXPECT_EQ(place.erased(), place.passport().empty() && place.task().empty());
    }
  }
}

TEST_F(ReplayTest, AChangedRecordOfTheDecisionShows) {
  Fill(30, 1);
  v1::FindCandidatesRequest request;
  request.set_task(tasks_.front());
  request.mutable_options()->set_seed("one");
  ASSERT_GT(world_->FindCandidates(request).candidates_size(), 1);
  const std::string name = world_->Decisions().front();
  const storage::Key key{storage::RecordKind::kDecision, name.substr(name.find('/') + 1)};
  store::v1::Decision decision;
  ASSERT_TRUE(decision.ParseFromString(store_->Read({key}).value().front()->value));
  decision.set_weights(0, decision.weights(0) - 1'000);
  decision.set_weights(1, decision.weights(1) + 1'000);
  storage::Batch batch;
  batch.mutations.push_back({key, decision.SerializeAsString()});
  ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  const v1::ReplayResponse replayed = world_->Replay(name);
  EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_DIFFERENT);
  EXPECT_FALSE(world_->Check().whole());
}

TEST(ReplayOfPlainStoreTest, WhatWasNotKeptIsSaidToBeGone) {
  const auto store = storage::NewMemoryStore();
  std::mt19937_64 random(7);
  std::string decision;
  {
    const AuditWorld world(*store);
    world.ImportSkills("1", kSkills);
    world.CreatePassport(random);
    v1::FindCandidatesRequest request;
    request.set_task(world.CreateTask("weed", random));
    world.FindCandidates(request);
    decision = world.Decisions().front();
    EXPECT_EQ(world.Replay(decision).outcome(), v1::REPLAY_OUTCOME_IDENTICAL);
  }
  // For a while nothing is kept.
  {
    const AuditWorld without(*store, {.keep = false});
    v1::ReplayRequest request;
    request.set_name(decision);
    EXPECT_EQ(ReasonOf(without.Call<v1::ReplayResponse>("AuditService.Replay", request).status()),
              v1::ERROR_REASON_AUDIT_LOG_OFF);
  }
  const AuditWorld again(*store);
  const v1::ReplayResponse replayed = again.Replay(decision);
  EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_INPUT_GONE);
  ASSERT_EQ(replayed.gone_size(), 1);
  EXPECT_NE(replayed.gone(0).find("earlier versions have been kept since commit"),
            std::string::npos);
  v1::ReplayRequest unknown;
  unknown.set_name("decisions/0123456789abcdef0123456789abcdef");
  EXPECT_EQ(ReasonOf(again.Call<v1::ReplayResponse>("AuditService.Replay", unknown).status()),
            v1::ERROR_REASON_DECISION_NOT_FOUND);
}

}  // namespace
}  // namespace passend::service
