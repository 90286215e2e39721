// Chunks hold all passports once, and each has what belongs to its passports in its ranges.
#include "service/match/passport_chunks.h"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/memory_store.h"
#include "tests/matcher/random_source.h"

namespace passend::service {
namespace {

using storage::RecordKind;
using testing::ElementsAre;

class PassportChunksTest : public testing::Test {
 protected:
  void Commit(const std::set<std::string>& passports) {
    storage::Batch batch;
    for (const std::string& id : passports) {
      batch.mutations.push_back({{RecordKind::kPassport, id}, "value of " + id});
      batch.mutations.push_back({{RecordKind::kValidationBook, id}, ""});
    }
    ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
    snapshot_ = *store_->GetSnapshot();
  }

  std::vector<std::string> Ids(const storage::ScanRange& range) const {
    std::vector<std::string> ids;
    EXPECT_TRUE(snapshot_
                    ->ScanViews(range,
                                [&](const storage::RecordView& record) {
                                  ids.emplace_back(record.id);
                                  return true;
                                })
                    .ok());
    return ids;
  }

  // The ids of each chunk; with all that has to be true of it.
  std::vector<std::vector<std::string>> Chunks(size_t size) const {
    PassportChunks chunks(*snapshot_, size);
    std::vector<std::vector<std::string>> all;
    PassportChunk used;
    while (true) {
      auto chunk = chunks.Next(std::move(used));
      EXPECT_TRUE(chunk.ok()) << chunk.status();
      if (!chunk.ok() || !*chunk) break;
      std::vector<std::string>& ids = all.emplace_back();
      for (const auto& passport : (*chunk)->passports()) {
        EXPECT_EQ(passport.value, "value of " + passport.id);
        ids.push_back(passport.id);
      }
      EXPECT_EQ(ids, Ids((*chunk)->RangeOf(RecordKind::kPassport)));
      EXPECT_EQ(ids, Ids((*chunk)->RangeOf(RecordKind::kValidationBook)));
      used = **std::move(chunk);
    }
    return all;
  }

  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  std::unique_ptr<storage::Snapshot> snapshot_;
};

TEST_F(PassportChunksTest, AsManyAsAskedAndTheRest) {
  Commit({"a", "b", "c", "d", "e"});
  EXPECT_THAT(Chunks(2),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d"), ElementsAre("e")));
  EXPECT_THAT(Chunks(5), ElementsAre(ElementsAre("a", "b", "c", "d", "e")));
  EXPECT_THAT(Chunks(100), ElementsAre(ElementsAre("a", "b", "c", "d", "e")));
}

TEST_F(PassportChunksTest, AnEmptyStoreIsOneEmptyChunk) {
  snapshot_ = *store_->GetSnapshot();
  EXPECT_THAT(Chunks(2), ElementsAre(ElementsAre()));
}

TEST_F(PassportChunksTest, WhateverTheIds) {
  matcher::RandomSource random(matcher::NumberFrom("PASSEND_SEED", 1));
  for (int round = 0; round < 300; ++round) {
    std::set<std::string> ids;
    for (int64_t left = random.Between(1, 60); left > 0; --left) {
      std::string id;
      for (int64_t letters = random.Between(1, 5); letters > 0; --letters) {
        id += "-0ab"[random.Between(0, 3)];
      }
      ids.insert(id);
    }
    store_ = storage::NewMemoryStore();
    Commit(ids);
    std::vector<std::string> found;
    for (const auto& chunk : Chunks(static_cast<size_t>(random.Between(1, 8)))) {
      found.insert(found.end(), chunk.begin(), chunk.end());
    }
    ASSERT_EQ(found, std::vector<std::string>(ids.begin(), ids.end()));
  }
}

// What belongs to nobody is read all the same: it may be damaged.
TEST_F(PassportChunksTest, RangesCoverWhatBelongsToNobody) {
  storage::Batch batch;
  for (const char* id : {"0", "c", "z"}) {
    batch.mutations.push_back({{RecordKind::kValidationBook, id}, ""});
  }
  batch.mutations.push_back({{RecordKind::kPassport, "b"}, ""});
  batch.mutations.push_back({{RecordKind::kPassport, "d"}, ""});
  ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  snapshot_ = *store_->GetSnapshot();
  PassportChunks chunks(*snapshot_, 1);
  const auto first = *chunks.Next({});
  const auto second = *chunks.Next({});
  EXPECT_FALSE((*chunks.Next({})).has_value());
  EXPECT_THAT(Ids(first->RangeOf(RecordKind::kValidationBook)), ElementsAre("0"));
  EXPECT_THAT(Ids(second->RangeOf(RecordKind::kValidationBook)), ElementsAre("c", "z"));
}

}  // namespace
}  // namespace passend::service
