// Snapshots of an index that changes by many at once: each is of one moment, people and work
// together, and stays so.
#include "matcher/index_snapshot.h"

#include <atomic>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "matcher/match_index.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

std::shared_ptr<const Taxonomy> Borrow(const Taxonomy& taxonomy) {
  return {std::shared_ptr<const Taxonomy>(), &taxonomy};
}

std::string PersonName(int number) { return "passports/p" + std::to_string(number); }
std::string WorkName(int number) { return "tasks/t" + std::to_string(number); }

RankOptions Limit(size_t limit) {
  RankOptions options;
  options.limit = limit;
  options.seed = "s";
  return options;
}

// What must be in an index.
struct Truth {
  std::map<std::string, Person> people;
  std::map<std::string, Work> works;

  std::vector<Person> People() const {
    std::vector<Person> all;
    for (const auto& [unused, person] : people) all.push_back(person);
    return all;
  }
  std::vector<Work> Works() const {
    std::vector<Work> all;
    for (const auto& [unused, work] : works) all.push_back(work);
    return all;
  }
};

// Some changes, made to `truth` as well.
IndexChanges SomeChanges(RandomSource& random, const Taxonomy& taxonomy, Truth& truth) {
  IndexChanges changes;
  std::set<std::string> named;
  const int people = static_cast<int>(random.Between(0, 30));
  for (int change = 0; change < people; ++change) {
    const std::string name = PersonName(static_cast<int>(random.Between(0, 150)));
    if (!named.insert(name).second) continue;
    if (random.Chance(25)) {
      changes.people_gone.push_back(name);
      truth.people.erase(name);
    } else {
      changes.people.push_back(GeneratePerson(random, taxonomy, name));
      truth.people[name] = changes.people.back();
    }
  }
  const int works = static_cast<int>(random.Between(0, 12));
  for (int change = 0; change < works; ++change) {
    const std::string name = WorkName(static_cast<int>(random.Between(0, 300)));
    if (!named.insert(name).second) continue;
    if (random.Chance(30)) {
      changes.works_gone.push_back(name);
      truth.works.erase(name);
    } else {
      changes.works.push_back(GenerateWork(random, taxonomy, name));
      truth.works[name] = changes.works.back();
    }
  }
  return changes;
}

TEST(IndexSnapshot, OfSomeRegionsRanksTheirPeopleAsBefore) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 1);
  for (uint64_t seed = first; seed < first + 8; ++seed) {
    SCOPED_TRACE("PASSEND_SEED=" + std::to_string(seed));
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    MatchIndex index(Borrow(world->taxonomy), {.recent_max = 4, .block_rows = 64});
    for (int number = 0; number < 200; ++number) {
      Person person = GeneratePerson(random, world->taxonomy, PersonName(number));
      person.region = std::string(1, static_cast<char>('a' + number % 3));
      index.PutPerson(std::move(person));
    }
    index.PutWork(GenerateWork(random, world->taxonomy, WorkName(0)));
    const IndexSnapshot whole = index.GetSnapshot();
    RankOptions options = Limit(150);
    options.regions = {"a", "c", "not there"};
    const IndexSnapshot some = whole.OnlyPeopleOf(options.regions);
    EXPECT_EQ(some.people(), 133u);
    EXPECT_EQ(some.works(), 0u);

    const auto before = whole.RankPeople(world->basis, world->work, options);
    ASSERT_TRUE(before.ok());
    EXPECT_EQ(*some.RankPeople(world->basis, world->work, options), *before);
    options.regions.clear();
    EXPECT_EQ(*some.RankPeople(world->basis, world->work, options), *before);
  }
}

TEST(IndexSnapshot, StaysWhatItWasAndOutlivesItsIndex) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 1);
  for (uint64_t seed = first; seed < first + 8; ++seed) {
    SCOPED_TRACE("PASSEND_SEED=" + std::to_string(seed));
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    const Person person = GeneratePerson(random, world->taxonomy, "passports/asked");
    std::vector<std::pair<IndexSnapshot, Truth>> kept;
    {
      MatchIndex index(Borrow(world->taxonomy), {4, 40});
      Truth truth;
      for (int step = 0; step < 60; ++step) {
        kept.emplace_back(index.Apply(SomeChanges(random, world->taxonomy, truth)), truth);
      }
    }
    for (const auto& [snapshot, truth] : kept) {
      const std::vector<Person> people = truth.People();
      const std::vector<Work> works = truth.Works();
      ASSERT_EQ(snapshot.people(), people.size());
      ASSERT_EQ(snapshot.works(), works.size());
      const ReferenceScorer scorer(world->basis, world->work);
      const auto ranked = snapshot.RankAndCopyPeople(world->basis, world->work, Limit(50));
      ASSERT_TRUE(ranked.ok());
      ASSERT_EQ(ranked->ranking, RankPlainly(scorer, people, "s", 50));
      for (size_t place = 0; place < ranked->people.size(); ++place) {
        ASSERT_EQ(ranked->people[place], truth.people.at(ranked->ranking.list[place].name));
      }
      ASSERT_EQ(*snapshot.RankWorks(world->basis, person, Limit(50)),
                RankWorkPlainly(world->basis, works, person, "s", 50));

      std::map<std::string, Person> visited;
      snapshot.VisitPeople([&](const Person& one) {
        visited[one.name] = one;
        return true;
      });
      ASSERT_EQ(visited, truth.people);
      std::map<std::string, Work> visited_works;
      snapshot.VisitWorks([&](const Work& one) {
        visited_works[one.name] = one;
        return true;
      });
      ASSERT_EQ(visited_works, truth.works);
    }
  }
}

TEST(MatchIndex, FindsWhatWasPutInAndNotWhatWasTakenOut) {
  RandomSource random(NumberFrom("PASSEND_SEED", 1));
  const auto world = GenerateWorld(random);
  MatchIndex index(Borrow(world->taxonomy), {.recent_max = 4, .block_rows = 64});
  Truth truth;
  for (int step = 0; step < 60; ++step) index.Apply(SomeChanges(random, world->taxonomy, truth));
  EXPECT_EQ(index.people(), truth.people.size());
  EXPECT_EQ(index.works(), truth.works.size());
  for (int number = 0; number <= 300; ++number) {
    const auto work = truth.works.find(WorkName(number));
    const bool has_work = work != truth.works.end();
    EXPECT_EQ(index.FindWork(WorkName(number)),
              has_work ? std::optional(work->second) : std::nullopt);
    const auto person = truth.people.find(PersonName(number));
    const bool has_person = person != truth.people.end();
    EXPECT_EQ(index.FindPerson(PersonName(number)),
              has_person ? std::optional(person->second) : std::nullopt);
  }
  for (const auto& [name, work] : truth.works) index.RemoveWork(name);
  index.RemoveWork(WorkName(0));
  EXPECT_EQ(index.works(), 0u);
  EXPECT_EQ(index.FindWork(WorkName(0)), std::nullopt);
}

TEST(IndexSnapshot, EndsARankingOfWorkThatNobodyWaitsFor) {
  RandomSource random(1);
  const auto world = GenerateWorld(random);
  MatchIndex index(Borrow(world->taxonomy));
  for (int number = 0; number < 3'000; ++number) {
    index.PutWork(GenerateWork(random, world->taxonomy, WorkName(number)));
  }
  RankOptions options = Limit(10);
  options.cancelled = [] { return true; };
  const Person person = GeneratePerson(random, world->taxonomy, "passports/asked");
  EXPECT_TRUE(
      absl::IsCancelled(index.GetSnapshot().RankWorks(world->basis, person, options).status()));
}

TEST(IndexSnapshot, VisitsEndWhenToldSo) {
  RandomSource random(3);
  const auto world = GenerateWorld(random);
  MatchIndex index(Borrow(world->taxonomy), {4, 40});
  for (int number = 0; number < 100; ++number) {
    index.PutPerson(GeneratePerson(random, world->taxonomy, PersonName(number)));
    index.PutWork(GenerateWork(random, world->taxonomy, WorkName(number)));
  }
  int visits = 0;
  const auto three = [&](const auto&) { return ++visits < 3; };
  index.GetSnapshot().VisitPeople(three);
  EXPECT_EQ(visits, 3);
  visits = 0;
  index.GetSnapshot().VisitWorks(three);
  EXPECT_EQ(visits, 3);
}

// Every change replaces all people and all work by those of the next generation.
TEST(IndexSnapshot, HasAllOfAChangeOrNothing) {
  constexpr int kPeople = 90;
  constexpr int kWorks = 200;
  RandomSource random(5);
  const auto world = GenerateWorld(random);
  MatchIndex index(Borrow(world->taxonomy), {8, 64});
  const auto generation = [&](int number) {
    IndexChanges changes;
    for (int one = 0; one < kPeople; ++one) {
      Person person;
      person.name = PersonName(one);
      person.region = "r" + std::to_string(one % 3);
      person.last_shown = static_cast<uint64_t>(number);
      changes.people.push_back(std::move(person));
    }
    for (int one = 0; one < kWorks; ++one) {
      Work work;
      work.name = WorkName(one);
      work.start_weekly_hours = number;
      changes.works.push_back(std::move(work));
    }
    return changes;
  };
  index.Apply(generation(1));
  std::atomic<bool> done = false;
  std::atomic<int> looks = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      uint64_t latest = 0;
      while (!done) {
        const IndexSnapshot snapshot = index.GetSnapshot();
        std::set<uint64_t> generations;
        snapshot.VisitPeople([&](const Person& person) {
          generations.insert(person.last_shown);
          return true;
        });
        snapshot.VisitWorks([&](const Work& work) {
          generations.insert(static_cast<uint64_t>(work.start_weekly_hours));
          return true;
        });
        ASSERT_EQ(generations.size(), 1u);
        ASSERT_GE(*generations.begin(), latest);
        latest = *generations.begin();
        ASSERT_EQ(snapshot.people(), static_cast<size_t>(kPeople));
        ++looks;
      }
    });
  }
  for (int number = 2; number < 60 || looks < 60; ++number) index.Apply(generation(number));
  done = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace passend::matcher
