// Random writes, while readers are cut at random and go on from their last cursor. Whenever an
// answer says that it is of a commit, the reader has what its partner may see of that commit. The
// journal is compacted now and then: who is not behind goes on, and who is begins again.
//
// PASSEND_FEED_SEEDS and PASSEND_FEED_CUTS: how many seeds, and how often a reader of each is cut.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "service/errors/error_status.h"
#include "tests/service/feed/feed_world.h"
#include "tests/service/feed/model_reader.h"

namespace passend::service {
namespace {

constexpr char kDelft[] = "partners/delft";
constexpr char kOther[] = "partners/other";

int Count(const char* name, int by_default) {
  const char* text = std::getenv(name);
  return text == nullptr ? by_default : std::atoi(text);
}

using Truth = std::map<std::string, v1::WatchChange>;

// A reader with what it asks, its stream, and what it should have had after each commit.
struct Watcher {
  Asked asked;
  ModelReader reader = {};
  std::unique_ptr<ByteFeed> feed = nullptr;
  std::map<storage::Sequence, Truth> truths = {};
  int cuts = 0;
  int compared = 0;
  int begun_again = 0;
};

class FeedProperty {
 public:
  explicit FeedProperty(uint64_t seed) : random_(seed) {
    world_.KeepLooks();
    watchers_.push_back({.asked = {.partner = kDelft, .with_validations = true}});
    watchers_.push_back({.asked = {.partner = kDelft, .regions = {"groningen", "friesland"}}});
    watchers_.push_back({.asked = {.partner = kOther}});
    for (int i = 0; i < 6; ++i) Create();
    NoteTruth();
  }

  void Run(int cuts) {
    while (watchers_[0].cuts < cuts && !testing::Test::HasFailure()) {
      const int writes = Below(4);
      for (int i = 0; i < writes; ++i) Write();
      for (Watcher& watcher : watchers_) Read(watcher);
    }
    world_.SetAtLeast(0);
    for (Watcher& watcher : watchers_) {
      if (const auto last = world_.Open(watcher.asked, watcher.reader.cursor()); !last.ok()) {
        BeginAgain(watcher, last.status());
      }
      world_.CatchUp(watcher.asked, watcher.reader);
      Compare(watcher, world_.store().LastSequence());
    }
  }

  int cuts() const { return watchers_[0].cuts + watchers_[1].cuts + watchers_[2].cuts; }
  int compared() const {
    return watchers_[0].compared + watchers_[1].compared + watchers_[2].compared;
  }
  int begun_again() const {
    return watchers_[0].begun_again + watchers_[1].begun_again + watchers_[2].begun_again;
  }
  size_t erased() const { return watchers_[0].reader.erased().size(); }

 private:
  int Below(int count) { return std::uniform_int_distribution(0, count - 1)(random_); }
  const std::string& Anybody() {
    return people_[static_cast<size_t>(Below(static_cast<int>(people_.size())))];
  }
  std::string ARegion() {
    const char* regions[] = {"groningen", "friesland", "drenthe"};
    return regions[Below(3)];
  }
  std::vector<std::string> SomePartners() {
    std::vector<std::string> partners;
    if (Below(2) == 0) partners.push_back(kDelft);
    if (Below(2) == 0) partners.push_back(kOther);
    return partners;
  }

  void Create() { people_.push_back(world_.Create(SomePartners(), ARegion())); }

  void Write() {
    switch (Below(15)) {
      case 0:
        if (people_.size() < 14) Create();
        break;
      case 1:
      case 2:
      case 3:
        world_.ChangeWishes(Anybody(), 1 + Below(36));
        break;
      case 4:
        world_.Move(Anybody(), ARegion());
        break;
      case 5:
        world_.SetPartners(Anybody(), SomePartners());
        break;
      case 6:
        world_.world().Record(Anybody(), Below(2) == 0 ? kSweeping : kPlants, 1 + Below(5));
        break;
      case 7:
      case 8:
        Grant();
        break;
      case 9:
        Revoke();
        break;
      case 10:
      case 11:
        Push();
        break;
      case 12:
        // Ends of consents count at once: what was before them is never asked for again.
        world_.world().Advance(absl::Seconds(Below(60)));
        world_.Sweep();
        floor_ = world_.store().LastSequence();
        break;
      case 13:
        compacted_ = std::max(
            compacted_, world_.store().LastSequence() - static_cast<storage::Sequence>(Below(6)));
        ASSERT_TRUE(world_.store().CompactJournal(compacted_).ok());
        floor_ = std::max(floor_, compacted_);  // what a moment is taken from is still there
        break;
      default:
        if (people_.size() > 8 && Below(2) == 0) {
          const size_t at = static_cast<size_t>(Below(static_cast<int>(people_.size())));
          world_.Erase(people_[at]);
          people_.erase(people_.begin() + static_cast<std::ptrdiff_t>(at));
        } else {
          world_.CommitLine();
        }
    }
    NoteTruth();
  }

  void Grant() {
    const v1::FieldGroup groups[] = {v1::FIELD_GROUP_BASIC, v1::FIELD_GROUP_WISHES,
                                     v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_PACE};
    std::vector<v1::FieldGroup> some;
    for (const v1::FieldGroup group : groups) {
      if (Below(2) == 0) some.push_back(group);
    }
    consents_.push_back(world_.Grant(Anybody(), Below(3) == 0 ? kOther : kDelft, some,
                                     absl::Seconds(1 + Below(120))));
  }

  // Somebody new, an id for somebody who is there, which may not be the partner's own, or what was
  // said before once more.
  void Push() {
    const char* const partner = Below(3) == 0 ? kOther : kDelft;
    const std::string person = Below(4) == 0 && people_.size() < 14 ? "" : Anybody();
    const std::string id = person.empty() ? "id-" + std::to_string(++ids_) : "id-" + person;
    const std::string pushed = world_.Push(partner, id, person, std::to_string(Below(3)));
    if (person.empty()) people_.push_back(pushed);
  }

  // One of the last; it may have ended, or its person may be gone, which is refused.
  void Revoke() {
    if (consents_.empty()) return;
    const std::string consent = consents_.back();
    consents_.pop_back();
    const std::string person = consent.substr(0, consent.find("/consents/"));
    if (std::ranges::count(people_, person) > 0) world_.Revoke(consent);
  }

  void NoteTruth() {
    const storage::Sequence now = world_.store().LastSequence();
    for (Watcher& watcher : watchers_) {
      Truth truth = world_.TruthFor(watcher.asked);
      for (const auto& [name, change] : truth) ever_seen_[watcher.asked.partner].insert(name);
      watcher.truths[now] = std::move(truth);
      while (watcher.truths.size() > 300) watcher.truths.erase(watcher.truths.begin());
    }
  }

  void Read(Watcher& watcher) {
    // Some commit since the reader's: a moment that others took may be a little older than now.
    const auto last = world_.store().LastSequence();
    const storage::Sequence behind = static_cast<storage::Sequence>(Below(4));
    world_.SetAtLeast(std::max(floor_, last - std::min<storage::Sequence>(last - 1, behind)));
    if (watcher.feed == nullptr) {
      auto opened = world_.Open(watcher.asked, watcher.reader.cursor());
      if (!opened.ok()) return BeginAgain(watcher, opened.status());
      watcher.feed = *std::move(opened);
      watcher.reader.Reconnect();
    }
    const int answers = 1 + Below(3);
    for (int i = 0; i < answers; ++i) {
      const auto response = world_.Next(*watcher.feed, Below(10) == 0);
      if (!response.ok()) return BeginAgain(watcher, response.status());
      if (!*response) break;
      if (Below(8) == 0) return Cut(watcher);  // made, and never received
      watcher.reader.Apply(**response);
      if ((*response)->data_sequence() > 0) {
        Compare(watcher, static_cast<storage::Sequence>((*response)->data_sequence()));
      }
    }
    if (Below(2) == 0) Cut(watcher);
  }

  // Only a reader that has not seen what was compacted may be sent back.
  void BeginAgain(Watcher& watcher, const absl::Status& refused) {
    ASSERT_EQ(ReasonOf(refused), v1::ERROR_REASON_CURSOR_TOO_OLD) << refused;
    ASSERT_FALSE(watcher.reader.cursor().empty());
    ASSERT_LT(watcher.reader.data_sequence(), static_cast<int64_t>(compacted_));
    watcher.feed = nullptr;
    watcher.reader.BeginAgain();
    ++watcher.begun_again;
  }

  static void Cut(Watcher& watcher) {
    watcher.feed = nullptr;
    ++watcher.cuts;
  }

  void Compare(Watcher& watcher, storage::Sequence sequence) {
    auto at = watcher.truths.upper_bound(sequence);
    ASSERT_NE(at, watcher.truths.begin());
    --at;  // what came between is only about answers
    ++watcher.compared;
    const auto& has = watcher.reader.people();
    for (const auto& [name, change] : at->second) {
      ASSERT_TRUE(has.contains(name)) << name << " is missing at " << sequence;
      ASSERT_EQ(has.at(name).DebugString(), change.DebugString()) << "at " << sequence;
    }
    for (const auto& [name, change] : has) {
      ASSERT_TRUE(at->second.contains(name)) << name << " should be gone at " << sequence;
    }
    for (const std::string& name : watcher.reader.ever_named()) {
      ASSERT_TRUE(ever_seen_[watcher.asked.partner].contains(name))
          << name << " was never to be seen";
    }
  }

  std::mt19937_64 random_;
  FeedWorld world_;
  std::vector<std::string> people_;
  std::vector<std::string> consents_;
  storage::Sequence floor_ = 0;
  storage::Sequence compacted_ = 0;
  int ids_ = 0;
  std::vector<Watcher> watchers_;
  // Whom each partner could ever see: one of the watchers of each asks for all regions.
  std::map<std::string, std::set<std::string>> ever_seen_;
};

TEST(FeedPropertyTest, AReaderThatIsCutHasAtEachCommitWhatItMaySee) {
  const int seeds = Count("PASSEND_FEED_SEEDS", 3);
  const int cuts = Count("PASSEND_FEED_CUTS", 60);
  int total_cuts = 0;
  int compared = 0;
  int begun_again = 0;
  size_t erased = 0;
  int good = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    FeedProperty property(static_cast<uint64_t>(seed));
    property.Run(cuts);
    if (testing::Test::HasFailure()) break;
    ++good;
    total_cuts += property.cuts();
    compared += property.compared();
    begun_again += property.begun_again();
    erased += property.erased();
  }
  EXPECT_GT(compared, cuts);
  EXPECT_GT(erased, 0u) << "the writes erase people whom the reader had";
  EXPECT_GT(begun_again, 0) << "some readers are behind what is compacted";
  std::printf(
      "feed seeds: %d\nfeed disconnects: %d\nfeed commits compared: %d\n"
      "feed snapshots after compaction: %d\n",
      good, total_cuts, compared, begun_again);
}

}  // namespace
}  // namespace passend::service
