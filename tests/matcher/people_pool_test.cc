// Snapshots of a pool that changes: each stays what it was, and what it was is right.
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "matcher/column.h"
#include "matcher/people_ranker.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

using Truth = std::map<std::string, Person>;

Ranking PlainRanking(const GeneratedWorld& world, const Truth& truth) {
  std::vector<Person> people;
  for (const auto& [unused, person] : truth) people.push_back(person);
  return RankPlainly(ReferenceScorer(world.basis, world.work), people, "", 1'000);
}

RankOptions Everybody() {
  RankOptions options;
  options.limit = 1'000;
  return options;
}

// A pool, what must be in it, and one change after another to both.
struct Changing {
  Changing(uint64_t seed, PoolLayout layout)
      : random(seed),
        world(GenerateWorld(random)),
        expansions({std::shared_ptr<const Taxonomy>(), &world->taxonomy}),
        ranker(expansions),
        pool(layout) {}

  void Change() {
    const std::string name = "passports/p" + std::to_string(random.Between(0, 150));
    if (random.Chance(20)) {
      pool.Remove(name);
      truth.erase(name);
      return;
    }
    Person person = GeneratePerson(random, world->taxonomy, name);
    truth[name] = person;
    pool.Put(std::move(person));
  }
  Ranking Rank(const PeopleSnapshot& snapshot) const {
    return ranker.Rank(world->basis, world->work, Everybody(), snapshot)->ranking;
  }

  RandomSource random;
  std::unique_ptr<GeneratedWorld> world;
  ExpansionTables expansions;
  PeopleRanker ranker;
  PeoplePool pool;
  Truth truth;
};

TEST(PeoplePool, ASnapshotStaysWhatItWas) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 1);
  for (uint64_t seed = first; seed < first + 10; ++seed) {
    Changing changing(seed, {4, 40});
    std::vector<std::pair<std::shared_ptr<const PeopleSnapshot>, Ranking>> kept;
    for (int step = 0; step < 800; ++step) {
      changing.Change();
      if (step % 40 != 0) continue;
      kept.emplace_back(changing.pool.GetSnapshot(), PlainRanking(*changing.world, changing.truth));
      ASSERT_EQ(kept.back().first->people, changing.truth.size());
    }
    for (const auto& [snapshot, ranking] : kept) {
      ASSERT_EQ(changing.Rank(*snapshot), ranking) << "PASSEND_SEED=" << seed;
    }
  }
}

TEST(PeoplePool, WhatNobodyNeedsIsFreed) {
  Changing changing(7, {4, 40});
  for (int step = 0; step < 300; ++step) changing.Change();
  std::weak_ptr<const PeopleSnapshot> old_snapshot = changing.pool.GetSnapshot();
  std::vector<std::weak_ptr<const PeopleBlock>> old_blocks;
  for (const auto& region : old_snapshot.lock()->regions) {
    for (const auto& part : region->parts) old_blocks.push_back(part.block);
  }
  ASSERT_FALSE(old_blocks.empty());
  for (int step = 0; step < 3'000; ++step) changing.Change();
  EXPECT_TRUE(old_snapshot.expired());
  for (const auto& block : old_blocks) EXPECT_TRUE(block.expired());
}

TEST(PeoplePool, RowsThatAreGoneStayFewerThanHalf) {
  Changing changing(8, {8, 64});
  for (int step = 0; step < 4'000; ++step) {
    changing.Change();
    for (const auto& region : changing.pool.GetSnapshot()->regions) {
      for (const auto& part : region->parts) ASSERT_GT(part.people * 4, part.block->rows() * 3);
    }
  }
}

TEST(PeoplePool, FindsEverybodyAndNobodyElse) {
  Changing changing(9, {3, 30});
  changing.pool.GetSnapshot();
  for (int step = 0; step < 1'500; ++step) {
    changing.Change();
    const std::string name = "passports/p" + std::to_string(changing.random.Between(0, 160));
    const auto found = changing.pool.Find(name);
    const auto true_one = changing.truth.find(name);
    ASSERT_EQ(found.has_value(), true_one != changing.truth.end());
    if (found) {
      ASSERT_EQ(*found, true_one->second);
    }
    ASSERT_EQ(changing.pool.size(), changing.truth.size());
  }
}

// What is waiting to be laid out does not grow with the country: the largest region is laid out on
// the way, before anybody asks.
TEST(PeoplePool, FilledOneByOneItIsLaidOutOnTheWay) {
  constexpr size_t kPeople = 70'000;
  const size_t before = Pages::bytes_in_use();
  PeoplePool pool;
  for (size_t number = 0; number < kPeople; ++number) {
    Person person;
    person.name = "passports/p" + std::to_string(number);
    person.region = number % 3 == 0 ? "small" : "large";
    pool.Put(std::move(person));
  }
  EXPECT_GT(Pages::bytes_in_use(), before);
  EXPECT_EQ(pool.size(), kPeople);
  const auto snapshot = pool.GetSnapshot();
  EXPECT_EQ(snapshot->people, kPeople);
  for (size_t number = 0; number < kPeople; number += 97) {
    const std::string name = "passports/p" + std::to_string(number);
    ASSERT_EQ(pool.Find(name)->region, number % 3 == 0 ? "small" : "large") << name;
  }
}

// One thread changes; it notes beside each snapshot what the plain scorer says of the same moment.
// Others rank what was noted, while it goes on.
TEST(PeoplePool, RankingsBesideChangesEqualTheOracleOfTheirMoment) {
  struct Moment {
    std::shared_ptr<const PeopleSnapshot> snapshot;
    Ranking plain;
  };
  Changing changing(NumberFrom("PASSEND_SEED", 11), {6, 50});
  changing.Change();
  std::mutex mutex;
  auto latest = std::make_shared<const Moment>(
      Moment{changing.pool.GetSnapshot(), PlainRanking(*changing.world, changing.truth)});
  std::atomic<bool> done = false;
  std::atomic<int> compared = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      while (!done) {
        std::shared_ptr<const Moment> moment;
        {
          const std::lock_guard lock(mutex);
          moment = latest;
        }
        ASSERT_EQ(changing.Rank(*moment->snapshot), moment->plain);
        // Whatever is there now can be ranked as well.
        const auto now = changing.pool.GetSnapshot();
        const Ranking ranking = changing.Rank(*now);
        ASSERT_EQ(static_cast<size_t>(ranking.counts.considered), now->people);
        ++compared;
      }
    });
  }
  for (int round = 0; round < 150 || compared < 300; ++round) {
    for (int change = 0; change < 20; ++change) changing.Change();
    auto moment = std::make_shared<const Moment>(
        Moment{changing.pool.GetSnapshot(), PlainRanking(*changing.world, changing.truth)});
    const std::lock_guard lock(mutex);
    latest = std::move(moment);
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace passend::matcher
