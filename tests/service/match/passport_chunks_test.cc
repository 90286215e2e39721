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
      batch.mutations.push_back({{RecordKind::kValidation, id + "/v"}, ""});
      batch.mutations.push_back({{RecordKind::kValidation, id + "/w"}, ""});
      batch.mutations.push_back({{RecordKind::kExposure, id}, ""});
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
  std::vector<std::vector<std::string>> Chunks(size_t least) const {
    PassportChunks chunks(*snapshot_, least);
    std::vector<std::vector<std::string>> all;
    std::set<std::string> validations, exposures;
    PassportChunk used;
    while (true) {
      auto chunk = chunks.Next(std::move(used));
      EXPECT_TRUE(chunk.ok()) << chunk.status();
      if (!chunk.ok() || !*chunk) break;
      std::vector<std::string>& ids = all.emplace_back();
      std::set<std::string> owners;
      for (const auto& passport : (*chunk)->passports()) {
        EXPECT_EQ(passport.value, "value of " + passport.id);
        ids.push_back(passport.id);
        owners.insert(passport.id);
      }
      for (const std::string& id : Ids((*chunk)->validations)) {
        EXPECT_TRUE(validations.insert(id).second) << id;
        EXPECT_TRUE(owners.contains(id.substr(0, id.find('/')))) << id;
      }
      for (const std::string& id : Ids((*chunk)->exposures)) {
        EXPECT_TRUE(exposures.insert(id).second) << id;
        EXPECT_TRUE(owners.contains(id)) << id;
      }
      used = **std::move(chunk);
    }
    EXPECT_EQ(validations.size(), Ids({RecordKind::kValidation, "", ""}).size());
    EXPECT_EQ(exposures.size(), Ids({RecordKind::kExposure, "", ""}).size());
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

// "anna-2/v" comes before "anna/v": these two cannot be in different chunks.
TEST_F(PassportChunksTest, DoesNotEndBetweenIdsWhoseValidationsAreMixed) {
  Commit({"anna", "anna-2", "anna-2-3", "anna0", "bert", "bert-1", "berta"});
  EXPECT_THAT(Chunks(1),
              ElementsAre(ElementsAre("anna", "anna-2", "anna-2-3"), ElementsAre("anna0"),
                          ElementsAre("bert", "bert-1"), ElementsAre("berta")));
}

TEST_F(PassportChunksTest, HyphensAloneAreNoObstacle) {
  Commit({"person-01", "person-02", "person-1", "x-1", "x-2"});
  EXPECT_EQ(Chunks(1).size(), 5u);
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
  for (const char* id : {"0/v", "c/v", "z/v"}) {
    batch.mutations.push_back({{RecordKind::kValidation, id}, ""});
  }
  batch.mutations.push_back({{RecordKind::kPassport, "b"}, ""});
  batch.mutations.push_back({{RecordKind::kPassport, "d"}, ""});
  ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  snapshot_ = *store_->GetSnapshot();
  PassportChunks chunks(*snapshot_, 1);
  const auto first = *chunks.Next({});
  const auto second = *chunks.Next({});
  EXPECT_FALSE((*chunks.Next({})).has_value());
  EXPECT_THAT(Ids(first->validations), ElementsAre("0/v", "c/v"));
  EXPECT_THAT(Ids(second->validations), ElementsAre("z/v"));
}

}  // namespace
}  // namespace passend::service
