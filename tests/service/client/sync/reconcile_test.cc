// Comparing without sending: places, marks and digests, and what is found by them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "service/client/request_id.h"
#include "service/client/sync/reconcile_run.h"
#include "service/client/sync/record_ranges.h"
#include "tests/service/client/sync/sync_scene.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Computed with Python's hmac.
TEST(RecordRanges, ArePlacesMarksAndDigestsOfHmacSha256) {
  RecordRanges ranges("0123456789abcdef0123456789abcdef");
  ranges.Add("c-17", "3");
  ranges.Add("without a revision", "");
  ranges.Sort();
  const auto entries = ranges.In("");
  ASSERT_THAT(entries, SizeIs(1));
  EXPECT_EQ(entries[0].place, "e0fdb3743409d8184899f0d95a641a7339296a1b68a653acb1005475969f42bf");
  EXPECT_EQ(Hexadecimal(entries[0].mark),
            "7390c0940a642c13df135d4c7f7561ee16f7806175f0e83a7143fe96edb87b76");
  EXPECT_EQ(ranges.Range("").digest(), entries[0].mark);
  ranges.Add("c-18", "1");
  ranges.Sort();
  EXPECT_EQ(ranges.Range("").count(), 2);
  EXPECT_EQ(Hexadecimal(ranges.Range("").digest()),
            "03a3c329c454d29372501f75a9a0a19b0343c1b25ce99f6c4a33848dfd88d0d9");
  EXPECT_EQ(ranges.Range("e0f").count(), 1);
  EXPECT_EQ(ranges.Range("ffffffff").count(), 0);
}

class Reconcile : public SyncScene {
 protected:
  void Put(int people) {
    for (int i = 0; i < people; ++i) {
      const std::string id = "c-" + std::to_string(i);
      v1::PushRecord& record = server_.people[id];
      record.set_external_id(id);
      record.set_revision("1");
      ours_[id] = "1";
    }
  }
  RecordDifferences Find() {
    auto found = FindDifferences(
        "", ours_,
        [&](const v1::ReconcileRequest& request) -> absl::StatusOr<v1::ReconcileResponse> {
          ++asked_;
          v1::ReconcileResponse response;
          EXPECT_TRUE(server_.Reconcile(nullptr, &request, &response).ok());
          return response;
        });
    EXPECT_TRUE(found.ok()) << found.status();
    return found.value_or(RecordDifferences());
  }

  std::map<std::string, std::string> ours_;
  int asked_ = 0;
};

TEST_F(Reconcile, AsksOnceWhereNothingDiffers) {
  Put(5000);
  EXPECT_TRUE(Find().empty());
  EXPECT_EQ(asked_, 2) << "for the key, and then";
}

TEST_F(Reconcile, FindsEveryKindOfDifferenceAmongMany) {
  Put(5000);
  server_.people.erase("c-7");                // the server lost it
  ours_.erase("c-99");                        // we did
  server_.people["c-100"].set_revision("2");  // another revision
  server_.people.erase("c-4000");             // erased there
  server_.erased.insert("c-4000");
  const RecordDifferences found = Find();
  EXPECT_THAT(found.only_here, ElementsAre("c-7"));
  EXPECT_THAT(found.only_there, ElementsAre("c-99"));
  EXPECT_THAT(found.differing, ElementsAre("c-100"));
  EXPECT_THAT(found.erased, ElementsAre("c-4000"));
  EXPECT_LE(asked_, 8);
}

TEST_F(Reconcile, FindsEverythingWhereOneSideIsEmpty) {
  Put(300);
  server_.people.clear();
  EXPECT_THAT(Find().only_here, SizeIs(300));
  Put(300);
  ours_.clear();
  EXPECT_THAT(Find().only_there, SizeIs(300));
}

}  // namespace
}  // namespace passend::client
