#include "service/feed/consent_sweeper.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

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
