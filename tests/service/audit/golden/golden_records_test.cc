// A store that an earlier Passend filled: each record is read, what was asked is not done again,
// and each ranking comes out the same. Whoever changes what records, receipts or decisions hold
// learns here that it needs a new format (storage/meta_codec.h), a way from the old one, and a
// golden store of its own beside this one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "service/admin/record_check.h"
#include "storage/backup/scrub.h"
#include "tests/service/audit/golden/golden_records.h"
#include "tests/service/audit/replay_scene.h"

namespace passend::service {
namespace {

class GoldenRecords : public ReplayScene, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    Stop();
    for (const char* name : {"/data", "/keys"}) {
      std::filesystem::remove_all(directory_.path() + name);
    }
    const std::string archive = std::string(PASSEND_GOLDEN_RECORDS) + "/" + GetParam() + ".tar.xz";
    ASSERT_TRUE(std::filesystem::exists(archive));
    ASSERT_EQ(std::system(("tar -xJf " + archive + " -C " + directory_.path()).c_str()), 0);
    std::ifstream notes(directory_.path() + "/" + kGoldenNotes);
    ASSERT_TRUE(notes >> passport_ >> rankings_);
    Start();
    world_.reset();
    // So that it has decisions however long ago it was made.
    world_ = std::make_unique<AuditWorld>(
        *store_, AuditSettings{.keep = true, .kept_for = absl::Hours(24 * 365 * 100)});
  }

  std::string passport_;
  int rankings_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Every, GoldenRecords, testing::Values("records_1"),
                         [](const auto& one) { return std::string(one.param); });

TEST_P(GoldenRecords, EachIsRead) {
  const auto checked = storage::ScrubStore(*store_, {nullptr, NewRecordCheck, {}});
  ASSERT_TRUE(checked.ok()) << checked.status();
  for (const std::string& problem : checked->problems) ADD_FAILURE() << problem;
  EXPECT_GT(checked->records, 100u);
  EXPECT_TRUE(world_->Check().whole());
}

TEST_P(GoldenRecords, WhatWasAskedIsNotDoneAgain) {
  const storage::Sequence before = store_->LastSequence();
  const auto passport =
      world_->Call<v1::Passport>("PassportService.CreatePassport", GoldenPassport());
  ASSERT_TRUE(passport.ok()) << passport.status();
  EXPECT_EQ(passport->name(), passport_);
  // Its own looks are all that an answer writes.
  const auto entries = store_->Tail(before, 100);
  ASSERT_TRUE(entries.ok()) << entries.status();
  for (const auto& entry : *entries) {
    for (const auto& event : entry.events) {
      EXPECT_EQ(event.key.kind, storage::RecordKind::kLook) << event.key.id;
    }
  }
}

TEST_P(GoldenRecords, EachRankingComesOutTheSame) {
  const auto decisions = world_->Decisions();
  EXPECT_EQ(static_cast<int>(decisions.size()), rankings_);
  for (const std::string& name : decisions) {
    const v1::ReplayResponse replayed = world_->Replay(name);
    EXPECT_EQ(replayed.outcome(), v1::REPLAY_OUTCOME_IDENTICAL) << replayed.DebugString();
  }
}

TEST_P(GoldenRecords, IsWrittenToAndErasedFrom) {
  world_->UpdatePassport(passport_, random_);
  world_->Record(passport_, kSkills.front(), 3);
  world_->Erase(passport_);
  const auto checked = storage::ScrubStore(*store_, {nullptr, NewRecordCheck, {}});
  ASSERT_TRUE(checked.ok()) << checked.status();
  for (const std::string& problem : checked->problems) ADD_FAILURE() << problem;
}

}  // namespace
}  // namespace passend::service
