// Batches that come twice, late, at once; people who were erased.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/limits.h"
#include "service/sync/partner_records.h"
#include "tests/service/sync/sync_world.h"

namespace passend::service {
namespace {

using testing::SizeIs;

class PushRepeatsTest : public testing::Test {
 protected:
  static v1::PushResponse Fine(const absl::StatusOr<v1::PushResponse>& response) {
    EXPECT_TRUE(response.ok()) << response.status();
    return response.value_or(v1::PushResponse());
  }
  SyncWorld world_;
};

TEST_F(PushRepeatsTest, ABatchIsCarriedOutOnce) {
  v1::PushRecord brings = SaysRegion("p-1", "drenthe");
  Brings(brings, "v-1", 3);
  v1::Passport wrong;
  wrong.set_state(static_cast<v1::PassportState>(99));
  const v1::PushRequest batch = world_.Batch({brings, Says("p-2", wrong)});
  const v1::PushResponse first = Fine(world_.Push(batch));
  EXPECT_FALSE(first.repeated_batch());
  const Contents after = ContentsOf(world_.store());
  v1::PushResponse second = Fine(world_.Push(batch));
  EXPECT_EQ(ContentsOf(world_.store()), after) << "nothing was written";
  EXPECT_TRUE(second.repeated_batch());
  EXPECT_EQ(second.data_sequence(), first.data_sequence());
  second.set_repeated_batch(false);
  EXPECT_EQ(second.results(1).faults(0).description(), "");
  *second.mutable_results(1)->mutable_faults(0)->mutable_description() =
      first.results(1).faults(0).description();
  EXPECT_EQ(second.DebugString(), first.DebugString());
}

TEST_F(PushRepeatsTest, TheSameIdWithAnotherContentEndsTheStream) {
  v1::PushRequest batch = world_.Batch({SaysRegion("p-1", "drenthe")});
  Fine(world_.Push(batch));
  batch.mutable_records(0)->set_revision("2");
  const absl::Status reused = world_.Push(batch).status();
  EXPECT_EQ(ReasonOf(reused), v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_TRUE(absl::StartsWith(reused.message(), "batch_id ")) << reused;
  EXPECT_TRUE(world_.Push(batch, "uwv").ok()) << "batch ids are each partner's own";
}

// What was sent long ago comes again after something newer: it changes nothing.
TEST_F(PushRepeatsTest, ALateDuplicateTakesNothingBack) {
  const v1::PushRequest first = world_.Batch({SaysRegion("p-1", "drenthe")});
  Fine(world_.Push(first));
  const v1::PushRequest nothing = world_.Batch({SaysRegion("p-1", "drenthe")});
  EXPECT_EQ(Fine(world_.Push(nothing)).results(0).outcome(), v1::PUSH_OUTCOME_UNCHANGED);
  const v1::PushResult newer = world_.PushOne(SaysRegion("p-1", "twente", "2"));
  for (const v1::PushRequest& late : {first, nothing}) {
    const v1::PushResponse repeated = Fine(world_.Push(late));
    EXPECT_TRUE(repeated.repeated_batch());
    EXPECT_EQ(repeated.results(0).etag(), newer.etag()) << "as it is by now";
  }
  EXPECT_EQ(world_.Get(newer.passport())->region(), "twente");
}

TEST_F(PushRepeatsTest, OneIdTwiceInABatchIsRefusedAsAWhole) {
  const v1::PushRequest batch =
      world_.Batch({SaysRegion("p-1", "drenthe"), SaysRegion("p-1", "twente")});
  const absl::Status refused = world_.Push(batch).status();
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(FieldOf(refused), "records[1].external_id");
  EXPECT_EQ(FieldOf(world_.Push(world_.Batch({})).status()), "records");
  v1::PushRequest unnamed = world_.Batch({SaysRegion("p-1", "drenthe")});
  unnamed.clear_batch_id();
  EXPECT_EQ(FieldOf(world_.Push(unnamed).status()), "batch_id");
  EXPECT_EQ(world_.PassportCount(), 0u);
}

TEST_F(PushRepeatsTest, WhoIsErasedIsNeverBroughtBack) {
  v1::PushRecord person = Says("p-1", WholePassport());
  Brings(person, "v-1", 3);
  const v1::PushRequest batch = world_.Batch({person});
  const v1::PushResult made = Fine(world_.Push(batch)).results(0);
  EXPECT_EQ(world_.PushOne(Erases("p-1")).outcome(), v1::PUSH_OUTCOME_ERASED);
  EXPECT_EQ(world_.Get(made.passport()).status().code(), absl::StatusCode::kNotFound);
  for (const v1::PushRecord& record : {person, Erases("p-1"), SaysRegion("p-1", "drenthe", "9")}) {
    const v1::PushResult result = world_.PushOne(record);
    EXPECT_EQ(result.outcome(), v1::PUSH_OUTCOME_ERASED);
    EXPECT_EQ(result.passport(), made.passport());
    EXPECT_EQ(result.etag(), "");
  }
  const v1::PushResponse repeated = Fine(world_.Push(batch));
  EXPECT_EQ(repeated.results(0).outcome(), v1::PUSH_OUTCOME_ERASED);
  EXPECT_EQ(world_.PassportCount(), 0u);
  for (const storage::Record& record : ContentsOf(world_.store()).records) {
    EXPECT_NE(record.key.kind, storage::RecordKind::kPartnerBook);
    EXPECT_NE(record.key.kind, storage::RecordKind::kValidationBook);
  }
}

TEST_F(PushRepeatsTest, WhoIsErasedByOthersIsToldAsErased) {
  v1::Passport shared;
  shared.add_partners("partners/uwv");
  const v1::PushResult made = world_.PushOne(Says("p-1", shared));
  v1::Passport adopted;
  adopted.set_name(made.passport());
  ASSERT_EQ(world_.PushOne(Says("x-1", adopted), "uwv").outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  world_.EraseByHand(made.passport());
  EXPECT_EQ(world_.PushOne(SaysRegion("p-1", "twente", "2")).outcome(), v1::PUSH_OUTCOME_ERASED);
  EXPECT_EQ(world_.PushOne(SaysRegion("x-1", "twente", "2"), "uwv").outcome(),
            v1::PUSH_OUTCOME_ERASED);
  int links = 0;
  for (const storage::Record& record : ContentsOf(world_.store()).records) {
    if (record.key.kind != storage::RecordKind::kPartnerLink) continue;
    const auto link = ParsePartnerLink(record);
    ASSERT_TRUE(link.ok());
    EXPECT_TRUE(link->link.erased());
    EXPECT_EQ(link->link.mark(), "") << "nothing of what was said is left";
    ++links;
  }
  EXPECT_EQ(links, 2);
}

TEST_F(PushRepeatsTest, AnErasureOfNobodyKeepsTheIdFromComingLate) {
  EXPECT_EQ(world_.PushOne(Erases("p-1")).outcome(), v1::PUSH_OUTCOME_NOBODY);
  EXPECT_EQ(world_.PushOne(Erases("p-1")).outcome(), v1::PUSH_OUTCOME_NOBODY) << "as before";
  const v1::PushResult late = world_.PushOne(SaysRegion("p-1", "drenthe"));
  EXPECT_EQ(late.outcome(), v1::PUSH_OUTCOME_ERASED);
  EXPECT_EQ(late.passport(), "");
  EXPECT_EQ(world_.PassportCount(), 0u);
}

TEST_F(PushRepeatsTest, AnErasureAndOthersAreOneBatch) {
  world_.PushAll({SaysRegion("p-1", "drenthe"), SaysRegion("p-2", "drenthe")});
  const v1::PushResponse mixed = world_.PushAll(
      {Erases("p-1"), SaysRegion("p-2", "twente", "2"), SaysRegion("p-3", "drenthe")});
  EXPECT_EQ(mixed.results(0).outcome(), v1::PUSH_OUTCOME_ERASED);
  EXPECT_EQ(mixed.results(1).outcome(), v1::PUSH_OUTCOME_ACCEPTED);
  EXPECT_EQ(mixed.results(1).etag(), absl::StrCat(mixed.data_sequence()));
  EXPECT_EQ(world_.PassportCount(), 2u);
}

// Two streams with the same people at once: each of them is there once.
TEST_F(PushRepeatsTest, TwoStreamsAtOnceMakeNobodyTwice) {
  constexpr int kEach = 30;
  constexpr int kTogether = 20;
  std::vector<v1::PushRequest> batches;
  for (int i = 0; i < 2 * kEach; ++i) {
    std::vector<v1::PushRecord> records;
    for (int person = 0; person < kTogether; ++person) {
      v1::PushRecord record = SaysRegion(absl::StrCat("p-", person), "drenthe");
      Brings(record, "v-1", 3);
      records.push_back(std::move(record));
    }
    batches.push_back(world_.Batch(records));
  }
  const auto stream = [&](int first) {
    for (int i = first; i < 2 * kEach; i += 2) Fine(world_.Push(batches[static_cast<size_t>(i)]));
  };
  std::thread other(stream, 1);
  stream(0);
  other.join();
  EXPECT_EQ(world_.PassportCount(), static_cast<size_t>(kTogether));
  const v1::PushResponse repeated = Fine(world_.Push(batches[0]));
  for (const v1::PushResult& result : repeated.results()) {
    EXPECT_THAT(world_.ValidationsOf(result.passport()), SizeIs(1));
  }
}

TEST_F(PushRepeatsTest, OneBatchTwiceAtOnceIsOneBatch) {
  for (int round = 0; round < 50; ++round) {
    const v1::PushRequest batch = world_.Batch({SaysRegion(absl::StrCat("r-", round), "drenthe")});
    v1::PushResponse other_answer;
    std::thread other([&] { other_answer = Fine(world_.Push(batch)); });
    const v1::PushResponse answer = Fine(world_.Push(batch));
    other.join();
    EXPECT_NE(answer.repeated_batch(), other_answer.repeated_batch());
    EXPECT_EQ(answer.results(0).passport(), other_answer.results(0).passport());
  }
  EXPECT_EQ(world_.PassportCount(), 50u);
}

// With looks kept there is one line a person an answer, in the commit of what was written.
TEST_F(PushRepeatsTest, EachAnswerIsALookAtEachPerson) {
  world_.KeepLooks();
  const auto looks = [&] {
    int count = 0;
    for (const storage::Record& record : ContentsOf(world_.store()).records) {
      count += record.key.kind == storage::RecordKind::kLook ? 1 : 0;
    }
    return count;
  };
  const storage::Sequence before = world_.store().LastSequence();
  const v1::PushRequest batch =
      world_.Batch({SaysRegion("p-1", "drenthe"), SaysRegion("p-2", "drenthe"), Erases("p-3")});
  Fine(world_.Push(batch));
  EXPECT_EQ(world_.store().LastSequence(), before + 1) << "one commit";
  EXPECT_EQ(looks(), 2);
  Fine(world_.Push(batch));
  EXPECT_EQ(looks(), 4) << "a repeat shows them again";
  EXPECT_EQ(world_.PushOne(Erases("p-1")).outcome(), v1::PUSH_OUTCOME_ERASED);
}

}  // namespace
}  // namespace passend::service
