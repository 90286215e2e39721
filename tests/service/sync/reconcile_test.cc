// What differs between a partner's people and those here: found by digests of parts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/limits.h"
#include "service/records/erasure_batch.h"
#include "service/sync/partner_keys.h"
#include "service/sync/partner_records.h"
#include "tests/service/sync/sync_world.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A partner with its people, as it knows them.
class ReconcileTest : public testing::Test {
 protected:
  void PushEverybody(int count) {
    std::vector<v1::PushRecord> records;
    for (int i = 0; i < count; ++i) {
      const std::string id = absl::StrCat("p-", i);
      people_[id] = "1";
      records.push_back(SaysRegion(id, "drenthe"));
      if (records.size() < 500 && i + 1 < count) continue;
      world_.PushAll(records);
      records.clear();
    }
  }
  PartnerKey Key() {
    const auto answer = world_.Reconcile({});
    EXPECT_TRUE(answer.ok()) << answer.status();
    return PartnerKey(answer->key());
  }
  v1::RecordRange Mine(const std::string& prefix) {
    const PartnerKey key = Key();
    v1::RecordRange range;
    range.set_prefix(prefix);
    std::string digest(32, '\0');
    for (const auto& [id, revision] : people_) {
      if (!key.PlaceOf(id).starts_with(prefix)) continue;
      const std::string mark = key.MarkOf(id, revision);
      for (size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<char>(digest[i] ^ mark[i]);
      range.set_count(range.count() + 1);
    }
    range.set_digest(digest);
    return range;
  }
  v1::ReconcileResponse Ask(const std::vector<v1::RecordRange>& ranges) {
    v1::ReconcileRequest request;
    for (const v1::RecordRange& range : ranges) *request.add_ranges() = range;
    ++questions_;
    const auto answer = world_.Reconcile(request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.value_or(v1::ReconcileResponse());
  }
  // The ids that differ, by dividing parts; those that the partner does not know by their place.
  std::set<std::string> FindDifferences() {
    const PartnerKey key = Key();
    std::map<std::string, std::string> by_place;
    for (const auto& [id, revision] : people_) by_place[key.PlaceOf(id)] = id;
    std::set<std::string> different;
    std::vector<v1::RecordRange> ranges = {Mine("")};
    while (!ranges.empty()) {
      const v1::ReconcileResponse answer = Ask(ranges);
      ranges.clear();
      for (const v1::RangeDifference& difference : answer.differences()) {
        for (const v1::RecordRange& part : difference.parts()) {
          const v1::RecordRange mine = Mine(part.prefix());
          const std::string zeros(32, '\0');
          if (mine.digest() != (part.digest().empty() ? zeros : part.digest())) {
            ranges.push_back(mine);
          }
        }
        if (difference.parts_size() > 0) continue;
        std::map<std::string, std::string> mine;
        for (const auto& [place, id] : by_place) {
          if (place.starts_with(difference.prefix())) mine[place] = id;
        }
        for (const v1::RecordMark& theirs : difference.records()) {
          const auto known = mine.find(theirs.place());
          if (theirs.erased()) {
            if (known != mine.end()) different.insert(absl::StrCat("erased: ", known->second));
          } else if (known == mine.end()) {
            different.insert(absl::StrCat("only there: ", theirs.external_id()));
          } else if (key.MarkOf(known->second, people_[known->second]) != theirs.mark()) {
            different.insert(absl::StrCat("otherwise: ", known->second));
          }
          mine.erase(theirs.place());
        }
        for (const auto& [place, id] : mine) different.insert(absl::StrCat("only here: ", id));
      }
    }
    return different;
  }

  SyncWorld world_;
  std::map<std::string, std::string> people_;  // revision by external id
  int questions_ = 0;
};

TEST_F(ReconcileTest, EqualSetsDifferInNothing) {
  PushEverybody(200);
  EXPECT_THAT(Ask({Mine("")}).differences(), IsEmpty());
  EXPECT_THAT(Ask({Mine("0"), Mine("1f"), Mine("a")}).differences(), IsEmpty());
  const auto key_only = world_.Reconcile({});
  EXPECT_EQ(key_only->key().size(), 32u);
  EXPECT_THAT(key_only->differences(), IsEmpty());
  EXPECT_EQ(static_cast<storage::Sequence>(key_only->data_sequence()),
            world_.store().LastSequence());
}

TEST_F(ReconcileTest, AFewDifferencesInManyAreFoundInAFewQuestions) {
  PushEverybody(2'000);
  world_.PushOne(SaysRegion("only-server", "drenthe"));
  world_.PushOne(Erases("p-7"));
  people_["p-8"] = "2";
  people_["only-partner"] = "1";
  EXPECT_THAT(FindDifferences(), ElementsAre("erased: p-7", "only here: only-partner",
                                             "only there: only-server", "otherwise: p-8"));
  EXPECT_LE(questions_, 4);
}

TEST_F(ReconcileTest, WhoHasNoRevisionAndWhoIsErasedIsLeftOut) {
  PushEverybody(3);
  world_.PushOne(SaysRegion("quiet", "drenthe", ""));
  world_.PushOne(Erases("p-1"));
  people_.erase("p-1");
  EXPECT_THAT(Ask({Mine("")}).differences(), IsEmpty());
}

TEST_F(ReconcileTest, AConflictDiffersUntilItIsSettled) {
  const v1::PushResult made = world_.PushOne(SaysRegion("p-0", "drenthe"));
  v1::Passport coach;
  coach.set_name(made.passport());
  coach.set_region("groningen");
  world_.Update(coach);
  people_["p-0"] = "2";
  world_.PushOne(SaysRegion("p-0", "twente", "2"));
  EXPECT_THAT(FindDifferences(), ElementsAre("otherwise: p-0"));
  v1::PushRecord settled = SaysRegion("p-0", "twente", "2");
  settled.mutable_upsert()->set_etag(world_.Get(made.passport())->etag());
  world_.PushOne(settled);
  EXPECT_THAT(FindDifferences(), IsEmpty());
}

// Who was taken from the partner is told of no more: not how they go on, and not that they were
// erased. Whoever was given back is known again once the partner says something of them.
TEST_F(ReconcileTest, WhoWasTakenAwayIsToldOfNoMore) {
  PushEverybody(3);
  const v1::PushRequest batch = world_.Batch({SaysRegion("p-9", "drenthe")});
  ASSERT_TRUE(world_.Push(batch).ok());
  v1::Passport taken;
  taken.set_name(world_.Push(batch)->results(0).passport());
  const auto set_partners = [&](const std::vector<std::string>& partners) {
    v1::UpdatePassportRequest request;
    *request.mutable_passport() = taken;
    for (const std::string& partner : partners) request.mutable_passport()->add_partners(partner);
    request.mutable_update_mask()->add_paths("partners");
    EXPECT_TRUE(world_.Call<v1::Passport>("PassportService.UpdatePassport", request).ok());
  };
  const auto hears = [&] {
    const v1::PushResult pushed = world_.PushOne(SaysRegion("p-9", "drenthe"));
    EXPECT_EQ(pushed.outcome(), v1::PUSH_OUTCOME_REJECTED);
    EXPECT_EQ(pushed.faults(0).reason(), "ERROR_REASON_PASSPORT_NOT_FOUND");
    EXPECT_EQ(pushed.passport(), "");
    EXPECT_EQ(world_.PushOne(Erases("p-9")).outcome(), v1::PUSH_OUTCOME_REJECTED);
    const auto repeated = world_.Push(batch);
    EXPECT_TRUE(repeated->repeated_batch());
    EXPECT_EQ(repeated->results(0).outcome(), v1::PUSH_OUTCOME_ACCEPTED) << "as it was then";
    EXPECT_EQ(repeated->results(0).passport(), "");
    EXPECT_THAT(Ask({Mine("")}).differences(), IsEmpty());
  };
  set_partners({});
  hears();

  set_partners({kMainPartner});
  people_["p-9"] = "1";
  EXPECT_THAT(FindDifferences(), ElementsAre("only here: p-9"));
  EXPECT_EQ(world_.PushOne(SaysRegion("p-9", "drenthe")).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_THAT(FindDifferences(), IsEmpty());

  set_partners({});
  people_.erase("p-9");
  world_.EraseByHand(taken.name());
  hears();
}

// A database that was restored learns of an erasure from its keys: by then there is no book that
// says which partners knew the person.
TEST_F(ReconcileTest, LinksToWhomOnlyTheKeysHaveErased) {
  PushEverybody(3);
  const std::string id = world_.PushOne(SaysRegion("p-1", "drenthe")).passport().substr(10);
  storage::Store& store = world_.tools().store;
  ASSERT_TRUE(store.Commit(ErasureBatch(PassportName{id}, world_.now())).ok());
  EXPECT_THAT(Ask({Mine("")}).differences(), IsEmpty());
  ASSERT_TRUE(EraseLinksTo(store, {id}).ok());
  EXPECT_THAT(FindDifferences(), ElementsAre("erased: p-1"));
  EXPECT_EQ(world_.PushOne(SaysRegion("p-1", "drenthe")).outcome(), v1::PUSH_OUTCOME_ERASED);
}

TEST_F(ReconcileTest, PartsOfAnotherFormAreRefused) {
  const auto field = [&](const std::string& prefix, const std::string& digest) {
    v1::ReconcileRequest request;
    v1::RecordRange& range = *request.add_ranges();
    range.set_prefix(prefix);
    range.set_digest(digest);
    return FieldOf(world_.Reconcile(request).status());
  };
  EXPECT_EQ(field("A", ""), "ranges[0].prefix");
  EXPECT_EQ(field("0123456789abcdef0", ""), "ranges[0].prefix");
  EXPECT_EQ(field("a", "short"), "ranges[0].digest");
  v1::ReconcileRequest twice;
  for (const char* prefix : {"ab", "f", "a"}) twice.add_ranges()->set_prefix(prefix);
  EXPECT_EQ(FieldOf(world_.Reconcile(twice).status()), "ranges[0].prefix");
}

TEST_F(ReconcileTest, OthersSeeNothingOfIt) {
  PushEverybody(3);
  v1::ReconcileRequest everybody;
  everybody.add_ranges();
  const auto theirs = world_.Reconcile(everybody, "uwv");
  ASSERT_TRUE(theirs.ok());
  EXPECT_THAT(theirs->differences(), IsEmpty());
  EXPECT_NE(theirs->key(), Key().bytes());
}

TEST_F(ReconcileTest, EverythingThatDiffersFitsInAnAnswer) {
  PushEverybody(3'000);
  v1::ReconcileRequest all;
  for (int i = 0; i < 256; ++i) {
    all.add_ranges()->set_prefix(absl::StrCat(absl::Hex(i, absl::kZeroPad2)));
  }
  const auto answer = world_.Reconcile(all);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_LT(answer->ByteSizeLong(), kAnswerBytesMax);
  int records = 0;
  for (const v1::RangeDifference& difference : answer->differences()) {
    records += difference.records_size();
  }
  EXPECT_EQ(records, 3'000);
}

}  // namespace
}  // namespace passend::service
