#include <gmock/gmock.h>

#include <gtest/gtest.h>
#include <utility>

#include "service/client/sync/push_run.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Items with these ids; an empty one cannot be read.
NextPushItem Items(std::vector<std::string> ids, std::size_t region_bytes = 0) {
  return [ids, region_bytes,
          next = std::size_t{0}]() mutable -> absl::StatusOr<std::optional<PushItem>> {
    if (next == ids.size()) return std::nullopt;
    PushItem item;
    item.number = static_cast<std::int64_t>(next + 1);
    if (!ids[next].empty()) {
      item.record.emplace();
      item.record->set_external_id(ids[next]);
      item.record->mutable_upsert()->mutable_passport()->set_region(std::string(region_bytes, 'r'));
    }
    ++next;
    return item;
  };
}

struct Made {
  std::vector<std::string> ids;      // of the batches
  std::vector<std::string> records;  // external ids, joined, of each
  std::vector<std::size_t> items;
};

Made Batches(const NextPushItem& next, int most, const std::string& run = "run",
             const std::string& partner = "") {
  PushBatcher batcher(next, partner, run, most);
  Made made;
  while (true) {
    auto batch = batcher.Next();
    EXPECT_TRUE(batch.ok());
    if (!batch.ok() || !batch->has_value()) return made;
    made.ids.push_back((*batch)->request.batch_id());
    std::string records;
    for (const auto& record : (*batch)->request.records()) records += record.external_id();
    made.records.push_back(records);
    made.items.push_back((*batch)->items.size());
  }
}

TEST(PushBatcher, CutsAtTheNumberOfRecordsTheBytesAndIdsThatComeAgain) {
  EXPECT_THAT(Batches(Items({"a", "b", "c", "d", "e"}), 2).records, ElementsAre("ab", "cd", "e"));
  EXPECT_THAT(Batches(Items({"a", "b", "a", "a", "c"}), 10).records, ElementsAre("ab", "a", "ac"));
  EXPECT_THAT(Batches(Items({"a", "b", "c"}, kPushBytesMax / 2 - 100), 10).records,
              ElementsAre("ab", "c"));
  EXPECT_THAT(Batches(Items({"a", "b"}, kPushBytesMax * 2), 10).records, ElementsAre("a", "b"));
  EXPECT_THAT(Batches(Items({}), 10).records, IsEmpty());
}

TEST(PushBatcher, KeepsWhatCannotBeReadWithTheBatchAroundIt) {
  const Made made = Batches(Items({"a", "", "b", "", ""}), 2);
  EXPECT_THAT(made.records, ElementsAre("ab"));
  EXPECT_THAT(made.items, ElementsAre(5));
  EXPECT_THAT(Batches(Items({"", ""}), 2).records, ElementsAre(""));
}

TEST(PushBatcher, GivesTheSameIdsToTheSameBatchesOfARunAndNoOthers) {
  const auto ids = [](const std::string& run, const std::string& partner, int most,
                      std::vector<std::string> people) {
    return Batches(Items(std::move(people)), most, run, partner).ids;
  };
  const auto first = ids("run", "", 2, {"a", "b", "a", "b"});
  EXPECT_EQ(first, ids("run", "", 2, {"a", "b", "a", "b"}));
  EXPECT_NE(first[0], first[1]) << "equal records further on in the file";
  EXPECT_NE(first[0], ids("other", "", 2, {"a", "b"})[0]);
  EXPECT_NE(first[0], ids("run", "partners/x", 2, {"a", "b"})[0]);
  EXPECT_NE(first[0], ids("run", "", 1, {"a", "b"})[0]);
}

}  // namespace
}  // namespace passend::client
