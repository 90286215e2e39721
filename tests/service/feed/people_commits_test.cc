#include "service/feed/people_commits.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <vector>

#include "service/feed/person_events.h"
#include "service/records/change_event.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

using storage::RecordKind;
using storage::Sequence;

class PeopleCommitsTest : public testing::Test {
 protected:
  void Commit(RecordKind kind) {
    storage::Batch batch;
    batch.events.push_back(ChangeEvent({kind, "a"}, Change::kChanged));
    ASSERT_TRUE(store_->Commit(std::move(batch)).ok());
  }
  void Commits(std::vector<RecordKind> kinds) {
    for (const RecordKind kind : kinds) Commit(kind);
  }
  // What reading every entry says.
  Sequence QuietByReading(Sequence after, Sequence through) const {
    for (Sequence read = after; read < through; ++read) {
      if (IsAboutPeople(store_->Tail(read, 1).value()[0])) return read;
    }
    return through;
  }

  const std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  PeopleCommits commits_{*store_};
};

TEST_F(PeopleCommitsTest, EndsBeforeTheNextCommitAboutPeople) {
  Commits({RecordKind::kLook, RecordKind::kTask, RecordKind::kPassport, RecordKind::kLook});
  EXPECT_EQ(commits_.QuietUntil(0, 4), 2u);
  EXPECT_EQ(commits_.QuietUntil(0, 1), 1u) << "no further than was asked";
  EXPECT_EQ(commits_.QuietUntil(2, 4), 2u) << "the next one is about somebody";
  EXPECT_EQ(commits_.QuietUntil(3, 4), 4u);
  EXPECT_EQ(commits_.QuietUntil(4, 4), 4u);
}

TEST_F(PeopleCommitsTest, HearsOfCommitsThatCameSince) {
  Commit(RecordKind::kLook);
  EXPECT_EQ(commits_.QuietUntil(0, 1), 1u);
  Commits({RecordKind::kLook, RecordKind::kConsentBook});
  EXPECT_EQ(commits_.QuietUntil(1, 3), 2u);
}

TEST_F(PeopleCommitsTest, ACompactedJournalIsNotSkipped) {
  Commits({RecordKind::kLook, RecordKind::kLook, RecordKind::kLook, RecordKind::kPassport});
  ASSERT_TRUE(store_->CompactJournal(2).ok());
  EXPECT_EQ(commits_.QuietUntil(0, 4), 0u) << "whoever reads finds out that it is gone";
  EXPECT_EQ(commits_.QuietUntil(2, 4), 3u);
}

TEST_F(PeopleCommitsTest, IsWhatReadingEveryEntrySays) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 3'000; ++i) {
    Commit(random() % 10 == 0 ? RecordKind::kPassport : RecordKind::kLook);
    const Sequence last = store_->LastSequence();
    const Sequence after = random() % (last + 1);
    const Sequence through = after + random() % (last - after + 1);
    ASSERT_EQ(commits_.QuietUntil(after, through), QuietByReading(after, through))
        << after << " to " << through;
  }
}

TEST_F(PeopleCommitsTest, WhatIsFarBackIsReadByWhoeverAsks) {
  for (size_t i = 0; i < PeopleCommits::kRememberedMax + 10; ++i) Commit(RecordKind::kPassport);
  Commit(RecordKind::kLook);
  const Sequence last = store_->LastSequence();
  EXPECT_EQ(commits_.QuietUntil(last - 1, last), last);
  EXPECT_EQ(commits_.QuietUntil(0, last), 0u);
}

}  // namespace
}  // namespace passend::service
