#include "service/match/exposure_recorder.h"

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/match/match_records.h"
#include "service/records/stored_message.h"
#include "storage/memory_store.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

std::optional<uint64_t> Shown(MatchWorld& world, const std::string& id) {
  const auto record = ReadOne(world.store(), ExposureKey(id));
  EXPECT_TRUE(record.ok());
  if (!*record) return std::nullopt;
  return ParseExposure((*record)->value);
}

TEST(ExposureRecorder, WritesWholeSecondsInOneCommit) {
  MatchWorld world;
  for (const std::string id : {"a", "b", "c"}) world.Put(AGardener(id));
  const storage::Sequence before = world.store().LastSequence();
  const absl::Time shown = absl::FromUnixSeconds(1'795'000'000) + absl::Milliseconds(900);

  world.exposures().Record({"a", "b"}, shown);
  ASSERT_TRUE(world.exposures().Flush().ok());

  EXPECT_EQ(Shown(world, "a"), 1'795'000'000u);
  EXPECT_EQ(Shown(world, "b"), 1'795'000'000u);
  EXPECT_EQ(Shown(world, "c"), std::nullopt);
  EXPECT_EQ(world.store().LastSequence(), before + 1);
  EXPECT_EQ(PersonIn(world.Current(), "passports/a")->last_shown, 1'795'000'000u);
}

TEST(ExposureRecorder, WritesByItselfAndAtTheEnd) {
  MatchWorld world;
  world.Put(AGardener("a"));
  world.Put(AGardener("b"));
  {
    ExposureRecorder recorder(world.store(), [](std::string_view) {});
    recorder.Record({"a"}, world.now());
    const storage::Sequence before = world.store().LastSequence();
    world.store().AwaitCommit(before, absl::Seconds(30));
    EXPECT_TRUE(Shown(world, "a"));
    recorder.Record({"b"}, world.now());
  }
  EXPECT_TRUE(Shown(world, "b"));
}

TEST(ExposureRecorder, TheLaterTimeCounts) {
  MatchWorld world;
  world.Put(AGardener("a"));
  world.exposures().Record({"a"}, world.now());
  world.exposures().Record({"a"}, world.now() - absl::Hours(1));
  ASSERT_TRUE(world.exposures().Flush().ok());
  EXPECT_EQ(Shown(world, "a"), static_cast<uint64_t>(absl::ToUnixSeconds(world.now())));
}

TEST(ExposureRecorder, LeavesNoTraceOfWhoIsNotThereAnyMore) {
  MatchWorld world;
  world.Put(AGardener("a"));
  world.exposures().Record({"a", "never was"}, world.now());
  world.Erase("a");
  const storage::Sequence before = world.store().LastSequence();
  ASSERT_TRUE(world.exposures().Flush().ok());
  EXPECT_EQ(Shown(world, "a"), std::nullopt);
  EXPECT_EQ(Shown(world, "never was"), std::nullopt);
  EXPECT_EQ(world.store().LastSequence(), before);
}

TEST(ExposureRecorder, DropsWhatThereIsNoRoomFor) {
  MatchWorld world;
  world.Put(AGardener("last"));
  std::vector<std::string> many;
  for (size_t number = 0; number < kExposuresQueuedMax; ++number) {
    many.push_back("q" + std::to_string(number));
  }
  world.exposures().Record(many, world.now());
  world.exposures().Record({"last"}, world.now());
  ASSERT_TRUE(world.exposures().Flush().ok());
  EXPECT_EQ(Shown(world, "last"), std::nullopt);

  many.pop_back();
  world.exposures().Record(many, world.now());
  world.exposures().Record({"last"}, world.now());
  ASSERT_TRUE(world.exposures().Flush().ok());
  EXPECT_TRUE(Shown(world, "last"));
}

TEST(ExposureValue, IsDecimalSeconds) {
  EXPECT_EQ(ExposureValue(absl::FromUnixMillis(1'234'567)), "1234");
  EXPECT_EQ(ParseExposure("1234"), 1'234u);
  EXPECT_EQ(ParseExposure("0"), std::nullopt);
  EXPECT_EQ(ParseExposure(""), std::nullopt);
  EXPECT_EQ(ParseExposure("-3"), std::nullopt);
  EXPECT_EQ(ParseExposure("soon"), std::nullopt);
}

}  // namespace
}  // namespace passend::service
