#include "service/feed/consent_sweeper.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "passend/store/v1/consent_book.pb.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"
#include "tests/service/feed/feed_world.h"

namespace passend::service {
namespace {

constexpr char kDelft[] = "partners/delft";

TEST(ConsentSweeperTest, TellsEachEndOnceWhenItHasCome) {
  FeedWorld world;
  const std::string anna = world.Create({});
  const std::string bert = world.Create({});
  world.Grant(anna, kDelft, {}, absl::Minutes(1));
  world.Grant(anna, "partners/other", {}, absl::Minutes(3));
  world.Grant(bert, kDelft, {}, absl::Minutes(2));
  const storage::Sequence before = world.store().LastSequence();
  EXPECT_EQ(world.Sweep(), 0u);
  world.world().Advance(absl::Minutes(1) - absl::Microseconds(1));
  EXPECT_EQ(world.Sweep(), 0u);
  EXPECT_EQ(world.store().LastSequence(), before) << "nothing to tell, nothing is written";
  world.world().Advance(absl::Microseconds(1));
  EXPECT_EQ(world.Sweep(), 1u);
  EXPECT_EQ(world.Sweep(), 0u);
  world.world().Advance(absl::Minutes(2));
  EXPECT_EQ(world.Sweep(), 2u);
  EXPECT_EQ(world.Sweep(), 0u);
}

TEST(ConsentSweeperTest, WhatIsGrantedRevokedOrErasedMeanwhileIsFollowed) {
  FeedWorld world;
  EXPECT_EQ(world.Sweep(), 0u);
  const std::string anna = world.Create({});
  const std::string bert = world.Create({});
  const std::string chris = world.Create({});
  world.Revoke(world.Grant(anna, kDelft, {}, absl::Minutes(1)));
  world.Grant(bert, kDelft, {}, absl::Minutes(1));
  world.Grant(chris, kDelft, {}, absl::Minutes(1));
  EXPECT_EQ(world.Sweep(), 0u);
  world.Erase(chris);
  world.world().Advance(absl::Minutes(1));
  EXPECT_EQ(world.Sweep(), 1u) << "only one of them has an end that comes by time";
}

// What is damaged is said, and keeps nobody else's ends from being told.
TEST(ConsentSweeperTest, ADamagedBookStopsNobodyElse) {
  FeedWorld world;
  const std::string anna = world.Create({});
  const std::string bert = world.Create({});
  world.Grant(anna, kDelft, {}, absl::Minutes(1));
  world.Grant(bert, kDelft, {}, absl::Minutes(1));
  const auto damage = [&](const std::string& passport) {
    storage::Batch batch;
    batch.mutations.push_back(
        {{storage::RecordKind::kConsentBook, passport.substr(std::string("passports/").size())},
         "not a book"});
    batch.events.push_back({batch.mutations[0].key, ""});
    ASSERT_TRUE(world.store().Commit(std::move(batch)).ok());
  };
  damage(anna);
  std::vector<std::string> said;
  ConsentSweeper sweeper(world.world().tools(),
                         [&](std::string_view line) { said.emplace_back(line); });
  EXPECT_EQ(sweeper.Sweep().value(), 0u);
  const std::string chris = world.Create({});
  world.Grant(chris, kDelft, {}, absl::Minutes(1));
  damage(chris);
  world.world().Advance(absl::Minutes(1));
  EXPECT_EQ(sweeper.Sweep().value(), 1u) << "Bert's";
  EXPECT_EQ(sweeper.Sweep().value(), 0u);
  EXPECT_EQ(said.size(), 2u) << "once for each damaged book";
}

// Another server, or this one after a restart, knows what was told from the records.
TEST(ConsentSweeperTest, AnotherOneTellsWhatThisOneDidNot) {
  FeedWorld world;
  const std::string anna = world.Create({});
  world.Grant(anna, kDelft, {}, absl::Minutes(1));
  world.world().Advance(absl::Hours(48));
  ConsentSweeper first(world.world().tools());
  EXPECT_EQ(first.Sweep().value(), 1u);
  ConsentSweeper second(world.world().tools());
  EXPECT_EQ(second.Sweep().value(), 0u);
}

// Books of before say up to when ends were told; some of them say so by a clock that ran ahead.
TEST(ConsentSweeperTest, BooksOfBeforeAreReadOn) {
  FeedWorld world;
  const auto write_as_before = [&](const std::string& passport, absl::Time ends_told) {
    const PassportName name = ParsePassportName(passport).value();
    store::v1::ConsentBook stored;
    const auto record = ReadOne(world.store(), ConsentBookKeyOf(name)).value();
    ASSERT_TRUE(stored.ParseFromString(record->value));
    stored.clear_ends_told();
    stored.set_ends_told_micros(absl::ToUnixMicros(ends_told));
    storage::Batch batch;
    batch.mutations.push_back({record->key, stored.SerializeAsString()});
    batch.events.push_back({record->key, ""});
    ASSERT_TRUE(world.store().Commit(std::move(batch)).ok());
  };
  const std::string told = world.Create({});
  const std::string untold = world.Create({});
  const std::string ahead = world.Create({});
  const absl::Time start = world.world().now();
  world.Grant(told, kDelft, {}, absl::Minutes(1));
  world.Grant(untold, kDelft, {}, absl::Minutes(1));
  world.Grant(ahead, kDelft, {}, absl::Minutes(9));
  world.world().Advance(absl::Minutes(2));
  write_as_before(told, start + absl::Minutes(1));
  write_as_before(untold, start);
  write_as_before(ahead, start + absl::Hours(1000));
  EXPECT_EQ(world.Sweep(), 1u) << "one end has come and was not told";
  EXPECT_EQ(world.Sweep(), 0u);
  world.world().Advance(absl::Minutes(8));
  EXPECT_EQ(world.Sweep(), 1u) << "that of the one that was said to be told too early";
  EXPECT_EQ(world.Sweep(), 0u);
}

// Where the journal was compacted it reads all books again.
TEST(ConsentSweeperTest, GoesOnAfterCompaction) {
  FeedWorld world;
  EXPECT_EQ(world.Sweep(), 0u);
  const std::string anna = world.Create({});
  world.Grant(anna, kDelft, {}, absl::Minutes(1));
  world.CommitLine();
  ASSERT_TRUE(world.store().CompactJournal(world.store().LastSequence() - 1).ok());
  world.world().Advance(absl::Minutes(1));
  EXPECT_EQ(world.Sweep(), 1u);
}

}  // namespace
}  // namespace passend::service
