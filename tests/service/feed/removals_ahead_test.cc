#include "service/feed/removals_ahead.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/records/change_event.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using enum RemovalsAhead::Counted;

constexpr char kDelft[] = "partners/delft";

class RemovalsAheadTest : public testing::Test {
 protected:
  storage::Sequence Commit(int first, int count, const PersonChange& change) {
    storage::Batch batch;
    for (int i = first; i < first + count; ++i) {
      batch.events.push_back(
          PersonEvent({storage::RecordKind::kPassport, absl::StrCat("p-", i)}, change));
    }
    return store_->Commit(std::move(batch)).value().sequence;
  }

  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
};

TEST_F(RemovalsAheadTest, IsTheLastOneThatIsStillToCome) {
  const storage::Sequence first = Commit(1, 1, {.partners = {kDelft}});
  const storage::Sequence moved = Commit(1, 1, {.moved = true});
  const storage::Sequence second = Commit(1, 1, {.partners = {kDelft}});
  const storage::Sequence last = Commit(1, 1, {.moved = true});
  Commit(2, 1, {.partners = {"partners/other"}});
  const storage::Sequence through = store_->LastSequence();
  RemovalsAhead removals(*store_, kDelft, /*with_moves=*/true);
  EXPECT_EQ(removals.LastOf("p-1", kNamed, first, through).value(), second);
  EXPECT_EQ(removals.LastOf("p-1", kNamedOrMoved, moved, through).value(), last);
  EXPECT_EQ(removals.LastOf("p-1", kNamed, second, through).value(), 0u);
  EXPECT_EQ(removals.LastOf("p-2", kNamed, second, through).value(), 0u);
  RemovalsAhead without_moves(*store_, kDelft, /*with_moves=*/false);
  EXPECT_EQ(without_moves.LastOf("p-1", kNamedOrMoved, first, through).value(), second);
}

// Whoever is that far behind begins again; what others lost, and who moved where nobody asked for
// regions, takes no room.
TEST_F(RemovalsAheadTest, TooManyAreNotRemembered) {
  const storage::Sequence start = Commit(0, 1, {.partners = {kDelft}});
  for (int i = 0; i < 8; ++i) Commit(10'000 * i, 10'000, {.moved = true});
  RemovalsAhead removals(*store_, kDelft, /*with_moves=*/false);
  EXPECT_EQ(removals.LastOf("p-0", kNamed, start, store_->LastSequence()).value(), 0u);

  for (int i = 0; i < 6; ++i) Commit(10'000 * i, 10'000, {.partners = {kDelft}});
  EXPECT_TRUE(
      absl::IsOutOfRange(removals.LastOf("p-0", kNamed, start, store_->LastSequence()).status()));
  const storage::Sequence later = store_->LastSequence() - 3;
  EXPECT_EQ(removals.LastOf("p-50001", kNamed, later, store_->LastSequence()).value(),
            store_->LastSequence())
      << "from further on there are few enough";
}

// Thousands of feeds that are far behind share what may be remembered; who catches up gives it
// back.
TEST_F(RemovalsAheadTest, AllOfThemTogetherRememberSoMuch) {
  const storage::Sequence start = Commit(0, 1, {.partners = {kDelft}});
  constexpr char kOther[] = "partners/other";
  Commit(0, 45'000, {.partners = {kDelft, kOther}});
  const storage::Sequence through = store_->LastSequence();
  std::deque<RemovalsAhead> feeds;
  const auto another_is_told = [&](const char* partner = kDelft) {
    RemovalsAhead& feed = feeds.emplace_back(*store_, partner, /*with_moves=*/false);
    return feed.LastOf("p-1", kNamed, start, through).ok();
  };
  while (another_is_told()) ASSERT_LT(feeds.size(), 100u);
  EXPECT_EQ(feeds.size(), 45u) << "of 45,000 each, in 2,000,000";
  EXPECT_FALSE(another_is_told());
  EXPECT_TRUE(another_is_told(kOther)) << "who has less than a share takes the place of nobody";
  EXPECT_FALSE(another_is_told());
  feeds.pop_back();
  feeds.pop_back();
  feeds.front().Forget();
  EXPECT_TRUE(another_is_told());
  EXPECT_EQ(feeds.front().LastOf("p-1", kNamed, through, through).value(), 0u)
      << "who has nothing ahead needs no room";
}

}  // namespace
}  // namespace passend::service
