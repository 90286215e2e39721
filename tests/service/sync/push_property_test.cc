// A partner and a coach change the same people at random; answers get lost, batches come again,
// late and twice. What is there in the end is what a simple model says.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/service/sync/sync_world.h"

namespace passend::service {
namespace {

constexpr int kPeople = 12;
constexpr int kSteps = 1'500;
const char* const kRegions[] = {"drenthe", "groningen", "twente"};

// One person: what the partner said last, what the passport says, which validations were brought.
struct Modelled {
  bool exists = false;
  bool erased = false;
  std::string said;                   // the region
  std::string region;                 // of the passport
  std::map<std::string, int> levels;  // by the partner's id of the validation
};

struct Sent {
  v1::PushRequest request;
  std::vector<v1::PushOutcome> outcomes;
};

class PropertyWorld {
 public:
  explicit PropertyWorld(uint64_t seed) : random_(seed) {}

  void Step() {
    const int kind = Below(10);
    if (kind < 6) return PushSomething();
    if (kind < 8) return CoachEdits();
    if (!sent_.empty()) Repeat(sent_[static_cast<size_t>(Below(static_cast<int>(sent_.size())))]);
  }

  void ExpectEqual() {
    size_t there = 0;
    for (const auto& [id, person] : model_) {
      if (!person.exists || person.erased) continue;
      ++there;
      const auto passport = world_.Get(names_.at(id));
      ASSERT_TRUE(passport.ok()) << id << " is lost: " << passport.status();
      EXPECT_EQ(passport->region(), person.region) << id;
      std::multiset<int> levels;
      for (const v1::Validation& one : world_.ValidationsOf(names_.at(id))) {
        if (!one.has_revoke_time()) levels.insert(one.level());
      }
      std::multiset<int> expected;
      for (const auto& [brought, level] : person.levels) expected.insert(level);
      EXPECT_EQ(levels, expected) << id;
    }
    EXPECT_EQ(world_.PassportCount(), there) << "nobody twice, nobody back";
  }

 private:
  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint64_t>(limit)); }
  std::string AnyId() { return absl::StrCat("p-", Below(kPeople)); }

  void PushSomething() {
    std::vector<v1::PushRecord> records;
    std::set<std::string> ids;
    for (int i = 1 + Below(4); i > 0; --i) ids.insert(AnyId());
    for (const std::string& id : ids) {
      if (Below(60) == 0) {
        records.push_back(Erases(id));
        continue;
      }
      records.push_back(SaysRegion(id, kRegions[Below(3)], absl::StrCat(++revision_)));
      if (Below(3) == 0) Brings(records.back(), absl::StrCat("v-", Below(3)), 1 + Below(5));
      if (Below(8) == 0 && names_.contains(id)) {
        const auto seen = world_.Get(names_[id]);
        if (seen.ok()) records.back().mutable_upsert()->set_etag(seen->etag());
      }
    }
    Sent sent{world_.Batch(records), {}};
    for (const v1::PushRecord& record : records) sent.outcomes.push_back(Model(record));
    const auto answer = world_.Push(sent.request);
    ASSERT_TRUE(answer.ok()) << answer.status();
    for (int i = 0; i < answer->results_size(); ++i) {
      const v1::PushResult& result = answer->results(i);
      ASSERT_EQ(result.outcome(), sent.outcomes[static_cast<size_t>(i)])
          << records[static_cast<size_t>(i)].DebugString() << result.DebugString();
      if (result.passport().empty()) continue;
      const auto known = names_.emplace(result.external_id(), result.passport());
      EXPECT_EQ(known.first->second, result.passport()) << "one person, one passport";
    }
    // The answer may get lost: then it is sent again at once.
    if (Below(4) == 0) Repeat(sent);
    sent_.push_back(std::move(sent));
  }

  v1::PushOutcome Model(const v1::PushRecord& record) {
    Modelled& person = model_[record.external_id()];
    if (record.has_erase()) {
      person.erased = true;
      return person.exists ? v1::PUSH_OUTCOME_ERASED : v1::PUSH_OUTCOME_NOBODY;
    }
    if (person.erased) return v1::PUSH_OUTCOME_ERASED;
    const std::string& says = record.upsert().passport().region();
    const bool decides = !record.upsert().etag().empty();
    bool changed = !person.exists;
    if (!person.exists) {
      person.exists = true;
      person.said = person.region = says;
    } else if (person.region == says) {
      person.said = says;
    } else if (decides || person.said == person.region) {
      person.said = person.region = says;
      changed = true;
    } else if (person.said != says) {
      return v1::PUSH_OUTCOME_CONFLICT;
    }
    for (const v1::PushValidation& brought : record.upsert().validations()) {
      int& level = person.levels[brought.external_id()];
      changed = changed || level != brought.validation().level();
      level = brought.validation().level();
    }
    return changed ? v1::PUSH_OUTCOME_ACCEPTED : v1::PUSH_OUTCOME_UNCHANGED;
  }

  void CoachEdits() {
    const std::string id = AnyId();
    Modelled& person = model_[id];
    if (!person.exists || person.erased) return;
    v1::Passport passport;
    passport.set_name(names_.at(id));
    passport.set_region(kRegions[Below(3)]);
    person.region = passport.region();
    world_.Update(passport);
  }

  void Repeat(const Sent& sent) {
    const storage::Sequence before = world_.store().LastSequence();
    const auto answer = world_.Push(sent.request);
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_TRUE(answer->repeated_batch());
    EXPECT_EQ(world_.store().LastSequence(), before) << "nothing is written";
    for (int i = 0; i < answer->results_size(); ++i) {
      const v1::PushResult& result = answer->results(i);
      const bool gone = model_[result.external_id()].erased;
      if (gone && !result.passport().empty()) {
        EXPECT_EQ(result.outcome(), v1::PUSH_OUTCOME_ERASED);
      } else {
        EXPECT_EQ(result.outcome(), sent.outcomes[static_cast<size_t>(i)]);
      }
    }
  }

  SyncWorld world_;
  std::mt19937_64 random_;
  std::map<std::string, Modelled> model_;
  std::map<std::string, std::string> names_;  // of passports, by external id
  std::vector<Sent> sent_;
  int revision_ = 0;
};

TEST(PushPropertyTest, NobodyIsLostDoubledOrBroughtBack) {
  const char* const given = std::getenv("PASSEND_SEED");
  const uint64_t first = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
  const int runs = given != nullptr ? 1 : 8;
  for (uint64_t seed = first; seed < first + static_cast<uint64_t>(runs); ++seed) {
    SCOPED_TRACE(absl::StrCat("PASSEND_SEED=", seed));
    PropertyWorld world(seed);
    for (int step = 0; step < kSteps && !testing::Test::HasFatalFailure(); ++step) world.Step();
    world.ExpectEqual();
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace passend::service
