// The bugs that feeds of changes are known to have, each as a scene in which it would show: those
// that etcd's robustness tests found or look for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/errors/error_status.h"
#include "service/feed/feed_moment.h"
#include "service/feed/feed_reader.h"
#include "service/limits.h"
#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "tests/service/feed/feed_world.h"
#include "tests/service/feed/model_reader.h"

namespace passend::service {
namespace {

class WatchBugsTest : public testing::Test {
 protected:
  WatchBugsTest() {
    for (int i = 0; i < 5; ++i) people_.push_back(world_.Create({"partners/delft"}));
  }

  void ExpectEqual(const ModelReader& reader) {
    const auto truth = world_.TruthFor(asked_);
    ASSERT_EQ(reader.people().size(), truth.size());
    for (const auto& [name, change] : truth) {
      ASSERT_TRUE(reader.people().contains(name));
      EXPECT_EQ(reader.people().at(name).SerializeAsString(), change.SerializeAsString());
    }
  }

  FeedWorld world_;
  const Asked asked_;
  std::vector<std::string> people_;
  ModelReader reader_;
};

// What is committed while the snapshot is told, between any two of its pages and before the tail,
// is told.
TEST_F(WatchBugsTest, LostEvents) {
  for (int i = 0; i < 600; ++i) world_.Create({"partners/delft"});
  auto feed = world_.Open(asked_, "").value();
  int answers = 0;
  while (true) {
    const auto response = world_.Next(*feed).value();
    if (!response) break;
    reader_.Apply(*response);
    if (reader_.complete()) continue;
    ++answers;
    world_.ChangeWishes(people_[0], 10 + answers);         // told already
    world_.ChangeWishes(people_[4], 10 + answers);         // or not yet
    world_.Erase(world_.Create({"partners/delft"}));       // came and went
    people_.push_back(world_.Create({"partners/delft"}));  // came
    if (answers == 2) world_.Erase(people_[1]);            // went
    if (answers == 2) world_.SetPartners(people_[2], {});  // is no longer its own
  }
  EXPECT_GE(answers, 3) << "the snapshot has several pages";
  ExpectEqual(reader_);
}

// On a stream that does not break, nobody is told twice of one commit once the snapshot is told; a
// stream that does goes on right after the last answer that was kept.
TEST_F(WatchBugsTest, DuplicatedEvents) {
  world_.CatchUp(asked_, reader_);
  EXPECT_EQ(reader_.told(), 5);
  for (int round = 1; round <= 20; ++round) {
    world_.ChangeWishes(people_[0], round);
    world_.ChangeWishes(people_[1], round);
    world_.CatchUp(asked_, reader_);
    EXPECT_EQ(reader_.told(), 5 + 2 * round);
  }
  // A request that was repeated, and an update that changed nothing, have commits, and no news.
  world_.ChangeWishes(people_[0], 20);
  world_.CommitLine();
  world_.CatchUp(asked_, reader_);
  EXPECT_EQ(reader_.told(), 45);
  // Several changes that are told together are told once.
  for (int hours = 1; hours < 30; ++hours) world_.ChangeWishes(people_[2], hours);
  world_.CatchUp(asked_, reader_);
  EXPECT_EQ(reader_.told(), 46);
}

// A commit may be about more people than fit in an answer: whoever goes on from within it, on the
// same stream or on another one, misses nobody and is told of nobody twice.
TEST_F(WatchBugsTest, LostOrDuplicatedWithinACommit) {
  for (int i = 0; i < 700; ++i) world_.Create({i % 3 == 0 ? "partners/other" : "partners/delft"});
  world_.CatchUp(asked_, reader_);
  for (const bool comes_back : {false, true}) {
    world_.ChangeEverybodyAtOnce();
    world_.ChangeEverybodyAtOnce();
    const int64_t told = reader_.told();
    reader_.Reconnect();
    auto feed = world_.Open(asked_, reader_.cursor()).value();
    int answers = 0;
    while (const auto response = world_.Next(*feed).value()) {
      reader_.Apply(*response);
      ++answers;
      if (!comes_back) continue;
      reader_.Reconnect();
      feed = world_.Open(asked_, reader_.cursor()).value();
      if (response->data_sequence() > 0) break;
    }
    EXPECT_GE(answers, 3);
    EXPECT_EQ(reader_.told() - told, static_cast<int64_t>(reader_.people().size()));
    ExpectEqual(reader_);
  }
}

// However much is changed of people whom the partner does not see: one look takes in a bounded part
// of it, and the next one goes on.
TEST_F(WatchBugsTest, SlowWatcherOfOthersPeople) {
  for (int i = 0; i < 600; ++i) world_.Create({"partners/other"});
  const storage::Sequence before = world_.store().LastSequence();
  for (int i = 0; i < 3; ++i) world_.ChangeEverybodyAtOnce();
  const auto policy = CurrentPolicy::Load(world_.store()).value();
  const absl::Time now = world_.world().now();
  FeedReader reader(world_.store(), {.partner = "partners/nobody", .regions = {}});
  const auto moment = FeedMoment::Take(world_.store(), *policy, now).value();
  FeedPosition position{.snapshot = false, .after_id = "", .sequence = before};
  int looks = 0;
  for (bool exact = false; !exact; ++looks) {
    const auto part = reader.Next(position, *moment, now);
    ASSERT_TRUE(part.ok()) << part.status();
    EXPECT_TRUE(part->people.empty());
    EXPECT_TRUE(part->exact || part->position != position);
    position = part->position;
    exact = part->exact;
  }
  EXPECT_GE(looks, 3);
  EXPECT_EQ(position.sequence, world_.store().LastSequence());
}

// The order of the commits, whoever they are about.
TEST_F(WatchBugsTest, ReorderedEvents) {
  world_.CatchUp(asked_, reader_);
  for (int i = 0; i < 500; ++i) {
    const std::string& person = people_[static_cast<size_t>(i * 7) % people_.size()];
    world_.ChangeWishes(person, 1 + i % 36);
    if (i % 3 == 0) people_.push_back(world_.Create({"partners/delft"}));
  }
  world_.CatchUp(asked_, reader_);  // ModelReader compares with what came before
  ExpectEqual(reader_);
}

// A later answer never tells an older state: neither from a moment that was taken for others, nor
// of somebody who was lost before they were regained, nor after the reader came back.
TEST_F(WatchBugsTest, BackInTime) {
  auto feed = world_.Open(asked_, "").value();
  const storage::Sequence start = world_.store().LastSequence();
  reader_.Apply(world_.Next(*feed).value().value());  // the snapshot is told
  world_.SetPartners(people_[0], {});
  world_.SetPartners(people_[0], {"partners/delft"});
  world_.SetPartners(people_[0], {});
  world_.ChangeWishes(people_[1], 8);
  world_.SetAtLeast(start);  // any moment of the start would do
  while (const auto response = world_.Next(*feed).value()) reader_.Apply(*response);
  world_.SetAtLeast(0);
  world_.CatchUp(asked_, reader_);
  ExpectEqual(reader_);
  EXPECT_FALSE(reader_.people().contains(people_[0]));

  // An answer that was made and never came: what it told comes again, as it is by then.
  world_.ChangeWishes(people_[1], 9);
  auto broken = world_.Open(asked_, reader_.cursor()).value();
  const auto lost = world_.Next(*broken).value();
  ASSERT_TRUE(lost);
  world_.ChangeWishes(people_[1], 10);
  world_.CatchUp(asked_, reader_);
  EXPECT_GT(reader_.sequence_of(people_[1]), lost->changes(0).sequence());
  ExpectEqual(reader_);
}

// Whoever asks for what is no longer kept hears that, and never silence or a part; so does a reader
// that runs and is behind. One that is not goes on.
TEST_F(WatchBugsTest, AfterCompaction) {
  world_.CatchUp(asked_, reader_);
  auto running = world_.Open(asked_, reader_.cursor()).value();
  ASSERT_TRUE(world_.Next(*running).value());
  for (int hours = 1; hours <= 9; ++hours) world_.ChangeWishes(people_[0], hours);
  ASSERT_TRUE(world_.store().CompactJournal(world_.store().LastSequence()).ok());
  const absl::Status torn = world_.Next(*running).status();
  EXPECT_EQ(torn.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(torn), v1::ERROR_REASON_CURSOR_TOO_OLD);
  const absl::Status late = world_.Open(asked_, reader_.cursor()).status();
  EXPECT_EQ(late.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(late), v1::ERROR_REASON_CURSOR_TOO_OLD);

  ModelReader anew;
  world_.CatchUp(asked_, anew);
  EXPECT_EQ(anew.people().size(), 5u);
  // What was told is compacted, and the reader goes on.
  ASSERT_TRUE(world_.store().CompactJournal(world_.store().LastSequence()).ok());
  world_.ChangeWishes(people_[3], 12);
  world_.CatchUp(asked_, anew);
  EXPECT_EQ(anew.told(), 6);
}

// A reader that takes its time is told everything once it asks, as it is by then, in parts of
// bounded size; beyond the limit it is told to begin again.
TEST_F(WatchBugsTest, SlowWatcher) {
  world_.CatchUp(asked_, reader_);
  auto slow = world_.Open(asked_, reader_.cursor()).value();
  reader_.Reconnect();
  reader_.Apply(world_.Next(*slow).value().value());
  for (int i = 0; i < 1'000; ++i) {
    people_.push_back(world_.Create({"partners/delft"}));
    world_.ChangeWishes(people_.back(), 1 + i % 36);
  }
  int answers = 0;
  while (const auto response = world_.Next(*slow).value()) {
    EXPECT_LE(response->changes_size(), kFeedChangesMax);
    EXPECT_LE(response->ByteSizeLong(), kFeedAnswerBytesMax + (64u << 10));
    EXPECT_EQ(response->data_sequence() > 0,
              response->data_sequence() == static_cast<int64_t>(world_.store().LastSequence()))
        << "only the last part is of a commit";
    reader_.Apply(*response);
    ++answers;
  }
  EXPECT_GE(answers, 5);
  ExpectEqual(reader_);
}

TEST_F(WatchBugsTest, SlowWatcherBeyondTheLimitBeginsAgain) {
  const auto policy = CurrentPolicy::Load(world_.store()).value();
  const absl::Time now = world_.world().now();
  FeedReader reader(world_.store(), {.partner = asked_.partner, .regions = {}}, /*lag_max=*/5);
  const auto start = FeedMoment::Take(world_.store(), *policy, now).value();
  const FeedPosition position{.snapshot = false, .after_id = "", .sequence = start->sequence()};
  for (int i = 0; i < 5; ++i) world_.CommitLine();
  const auto five = FeedMoment::Take(world_.store(), *policy, now).value();
  EXPECT_TRUE(reader.Next(position, *five, now).ok());
  world_.CommitLine();
  const auto six = FeedMoment::Take(world_.store(), *policy, now).value();
  const absl::Status behind = reader.Next(position, *six, now).status();
  EXPECT_EQ(ReasonOf(behind), v1::ERROR_REASON_CURSOR_TOO_OLD);
  EXPECT_EQ(MetadataOf(behind, "field"), "cursor");
}

// A cursor of commits that this server does not have, or that are others here, is no cursor.
TEST_F(WatchBugsTest, FutureCursor) {
  world_.CatchUp(asked_, reader_);
  const std::string before = reader_.cursor();
  world_.ChangeWishes(people_[0], 8);
  world_.CatchUp(asked_, reader_);

  // The same people until `before`, and then a restored backup goes on with other commits.
  FeedWorld restored;
  for (int i = 0; i < 5; ++i) restored.Create({"partners/delft"});
  ASSERT_EQ(restored.store().LastSequence() + 1, world_.store().LastSequence());
  const absl::Status future = restored.Open(asked_, reader_.cursor()).status();
  EXPECT_EQ(future.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(ReasonOf(future), v1::ERROR_REASON_FUTURE_SEQUENCE);
  EXPECT_EQ(MetadataOf(future, "field"), "cursor");
  EXPECT_EQ(MetadataOf(future, "last_sequence"), absl::StrCat(restored.store().LastSequence()));
  EXPECT_TRUE(restored.Open(asked_, before).ok()) << "up to there the history is the same";
  restored.Create({"partners/delft"});
  restored.Create({"partners/delft"});
  EXPECT_EQ(ReasonOf(restored.Open(asked_, reader_.cursor()).status()),
            v1::ERROR_REASON_CURSOR_TOO_OLD);
}

}  // namespace
}  // namespace passend::service
