// A pool that was loaded at once is the pool that was filled one by one.
#include "matcher/people_loader.h"

#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "matcher/people_pool.h"
#include "matcher/people_ranker.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

std::vector<SkillValidation> FlatSkills(const Person& person) {
  std::vector<SkillValidation> skills;
  for (const PersonSkill& skill : person.skills) {
    for (const Validation& one : skill.validations) skills.push_back({skill.skill, one});
  }
  return skills;
}

// Without its own skills, which have to play no part.
Person WithoutSkills(Person person) {
  person.skills.clear();
  return person;
}

// Each thread takes every so many of them, and hands them over `together` at a time.
LoadedPeople Load(const std::vector<Person>& people, PoolLayout layout, size_t threads,
                  size_t together) {
  PeopleLoader loader(layout);
  const auto on_threads = [&](const auto& work) {
    std::vector<std::thread> running;
    for (size_t thread = 0; thread < threads; ++thread) running.emplace_back(work, thread);
    for (std::thread& one : running) one.join();
  };
  on_threads([&](size_t thread) {
    PeopleTray tray;
    size_t added = 0;
    for (size_t place = thread; place < people.size(); place += threads) {
      tray.Add(WithoutSkills(people[place]), FlatSkills(people[place]));
      if (++added % together == 0) loader.Take(tray);
    }
    loader.Take(tray);
  });
  on_threads([&](size_t) { loader.LayOutRest(); });
  return loader.Finish();
}

TEST(PeopleLoader, MakesThePoolThatPutMakes) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 1);
  for (uint64_t seed = first; seed < first + 40; ++seed) {
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    const auto people =
        GeneratePeople(random, world->taxonomy, static_cast<int>(random.Between(0, 300)));
    const PoolLayout layout{static_cast<size_t>(random.Between(1, 10)),
                            static_cast<size_t>(random.Between(1, 60))};
    PeoplePool loaded(layout);
    loaded.Load(Load(people, layout, static_cast<size_t>(random.Between(1, 4)),
                     static_cast<size_t>(random.Between(1, 100))));
    PeoplePool filled(layout);
    for (const Person& person : people) filled.Put(person);
    const ExpansionTables expansions({std::shared_ptr<const Taxonomy>(), &world->taxonomy});
    const PeopleRanker ranker(expansions);
    RankOptions options;
    options.limit = 1'000;
    const auto same = [&] {
      ASSERT_EQ(loaded.size(), filled.size()) << "PASSEND_SEED=" << seed;
      for (const Person& person : people) {
        ASSERT_EQ(loaded.Find(person.name), filled.Find(person.name)) << "PASSEND_SEED=" << seed;
      }
      ASSERT_EQ(ranker.Rank(world->basis, world->work, options, *loaded.GetSnapshot())->ranking,
                ranker.Rank(world->basis, world->work, options, *filled.GetSnapshot())->ranking)
          << "PASSEND_SEED=" << seed;
    };
    same();
    // It goes on as any other pool does.
    for (size_t step = 0; step < people.size(); ++step) {
      const Person& one = people[static_cast<size_t>(random.Between(0, people.size() - 1))];
      if (random.Chance(30)) {
        loaded.Remove(one.name);
        filled.Remove(one.name);
      } else {
        const Person other = GeneratePerson(random, world->taxonomy, one.name);
        loaded.Put(other);
        filled.Put(other);
      }
    }
    same();
  }
}

TEST(PeopleLoader, FillsBlocksOfARegion) {
  RandomSource random(3);
  const Taxonomy taxonomy = GenerateTaxonomy(random, 20);
  std::vector<Person> people;
  for (int number = 0; number < 100; ++number) {
    people.push_back(GeneratePerson(random, taxonomy, "passports/p" + std::to_string(number)));
    people.back().region = number % 10 == 0 ? "small" : "large";
  }
  const LoadedPeople loaded = Load(people, {.recent_max = 4, .block_rows = 32}, 1, 50);
  std::map<std::string, std::multiset<size_t>> rows;
  size_t held = 0;
  for (const LoadedPeople::Block& one : loaded.blocks) {
    rows[one.block->region()].insert(one.block->rows());
    held += one.block->rows();
    EXPECT_EQ(one.name_hashes.size(), one.block->rows());
  }
  EXPECT_EQ(held + loaded.odd.size(), 100u);
  EXPECT_EQ(rows["small"].size(), 1u);
  EXPECT_EQ(rows["large"].size(), 3u);
  EXPECT_EQ(rows["large"].count(32), 2u);
}

TEST(PeopleLoader, KeepsWhomNoBlockHolds) {
  Person person;
  person.name = "passports/a";
  const Validation validation{Method::kObserved, 3, 20'000, {}, {}};
  std::vector<SkillValidation> skills;
  for (ConceptIndex skill = 0; skill <= kBlockSkillsMax; ++skill) {
    skills.push_back({skill, validation});
    skills.push_back({skill, validation});
  }
  PeopleTray tray;
  tray.Add(person, skills);
  PeopleLoader loader;
  loader.Take(tray);
  PeoplePool pool;
  pool.Load(loader.Finish());
  const auto found = pool.Find("passports/a");
  ASSERT_TRUE(found.has_value());
  ASSERT_EQ(found->skills.size(), kBlockSkillsMax + 1);
  EXPECT_EQ(found->skills.back(), (PersonSkill{kBlockSkillsMax, {validation, validation}}));
  EXPECT_FALSE(PeopleBlock::Holds(*found));
}

// Blocks have numbers, of which there are so many: beyond them, people are kept as they are.
TEST(PeopleLoader, MorePeopleThanBlocksHaveNumbers) {
  std::vector<Person> people(kBlockNumbersMax + 20);
  for (size_t number = 0; number < people.size(); ++number) {
    people[number].name = "passports/p" + std::to_string(number);
    people[number].region = "r" + std::to_string(number % 7);
    people[number].wishes.weekly_hours_max = static_cast<int32_t>(number % 100);
  }
  const PoolLayout layout{.recent_max = 1'000, .block_rows = 1};
  PeoplePool pool(layout);
  pool.Load(Load(people, layout, 2, 1'000));
  EXPECT_EQ(pool.size(), people.size());
  for (const Person& person : people) ASSERT_EQ(pool.Find(person.name), person);
}

}  // namespace
}  // namespace passend::matcher
