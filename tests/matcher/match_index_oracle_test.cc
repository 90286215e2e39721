// The index gives exactly the list of the plain reference scorer: people, order, scores, counts.
#include <algorithm>
#include <iostream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "matcher/match_index.h"
#include "matcher/people_loader.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

std::vector<Person> OfRegions(const std::vector<Person>& people,
                              const std::vector<std::string>& regions) {
  if (regions.empty()) return people;
  std::vector<Person> chosen;
  for (const Person& person : people) {
    if (std::find(regions.begin(), regions.end(), person.region) != regions.end()) {
      chosen.push_back(person);
    }
  }
  return chosen;
}

// An index does not own its vocabulary alone; here the world does.
std::shared_ptr<const Taxonomy> Borrow(const Taxonomy& taxonomy) {
  return {std::shared_ptr<const Taxonomy>(), &taxonomy};
}

// From everybody in blocks of a few rows to everybody apart.
PoolLayout AnyLayout(RandomSource& random) {
  return {static_cast<size_t>(random.Between(1, 45)),
          static_cast<size_t>(random.Chance(50) ? random.Between(1, 40) : kBlockRowsMax)};
}

TEST(MatchIndexOracle, RanksPeopleAsTheReferenceScorerDoes) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 4'711);
  const uint64_t pairs = NumberFrom("PASSEND_PAIRS", 10'000);
  uint64_t listed = 0;
  for (uint64_t seed = first; seed < first + pairs; ++seed) {
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    const auto people =
        GeneratePeople(random, world->taxonomy, static_cast<int>(random.Between(0, 40)));
    MatchIndex index(Borrow(world->taxonomy), AnyLayout(random));
    // Once somebody has looked, people come one by one.
    if (random.Chance(50)) {
      ASSERT_TRUE(index.RankPeople(world->basis, world->work, {}).ok());
    }
    for (const Person& person : people) index.PutPerson(person);
    RankOptions options;
    options.seed = std::to_string(random.Between(0, 3));
    options.limit = static_cast<size_t>(random.Between(0, 45));
    if (random.Chance(40)) options.regions = {"region-1", "region-3"};

    const auto fast = index.RankPeople(world->basis, world->work, options);
    ASSERT_TRUE(fast.ok());
    const Ranking plain =
        RankPlainly(ReferenceScorer(world->basis, world->work), OfRegions(people, options.regions),
                    options.seed, options.limit);
    ASSERT_EQ(*fast, plain) << "PASSEND_SEED=" << seed << " PASSEND_PAIRS=1";
    const auto copied = index.RankAndCopyPeople(world->basis, world->work, options);
    ASSERT_EQ(copied->ranking, plain) << "PASSEND_SEED=" << seed << " PASSEND_PAIRS=1";
    ASSERT_EQ(copied->people.size(), plain.list.size());
    for (size_t place = 0; place < plain.list.size(); ++place) {
      const auto person = std::find_if(people.begin(), people.end(), [&](const Person& one) {
        return one.name == plain.list[place].name;
      });
      ASSERT_EQ(copied->people[place], *person) << "PASSEND_SEED=" << seed;
      ASSERT_EQ(index.FindPerson(person->name), *person);
    }
    listed += plain.list.size();
  }
  std::cout << pairs << " task and population pairs equal, " << listed << " places compared\n";
  // A comparison of empty lists would prove nothing.
  if (pairs >= 100) {
    EXPECT_GT(listed, pairs);
  }
}

TEST(MatchIndexOracle, RanksWorkAsTheReferenceScorerDoes) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 815);
  const uint64_t pairs = NumberFrom("PASSEND_PAIRS", 10'000) / 5;
  for (uint64_t seed = first; seed < first + pairs; ++seed) {
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    MatchIndex index(Borrow(world->taxonomy));
    std::vector<Work> works;
    for (int i = 0; i < random.Between(0, 25); ++i) {
      works.push_back(GenerateWork(random, world->taxonomy, "tasks/t" + std::to_string(i)));
      index.PutWork(works.back());
    }
    const Person person = GeneratePerson(random, world->taxonomy, "passports/p");
    RankOptions options;
    options.limit = static_cast<size_t>(random.Between(0, 30));
    const auto fast = index.RankWorks(world->basis, person, options);
    ASSERT_TRUE(fast.ok());
    const auto copied = index.RankAndCopyWorks(world->basis, person, options);
    ASSERT_EQ(copied->ranking, *fast) << "PASSEND_SEED=" << seed << " PASSEND_PAIRS=1";
    ASSERT_EQ(copied->works.size(), fast->list.size());
    for (size_t place = 0; place < fast->list.size(); ++place) {
      ASSERT_EQ(copied->works[place].name, fast->list[place].name);
    }
    ASSERT_EQ(*fast, RankWorkPlainly(world->basis, works, person, options.seed, options.limit))
        << "PASSEND_SEED=" << seed;
  }
}

TEST(MatchIndexOracle, StaysEqualWhilePeopleComeChangeAndGo) {
  const uint64_t seed = NumberFrom("PASSEND_SEED", 99);
  SCOPED_TRACE("PASSEND_SEED=" + std::to_string(seed));
  RandomSource random(seed);
  const auto world = GenerateWorld(random);
  MatchIndex index(Borrow(world->taxonomy), {5, 20});
  std::map<std::string, Person> truth;
  RankOptions options;
  options.limit = 1'000;
  for (int step = 0; step < 3'000; ++step) {
    const std::string name = "passports/p" + std::to_string(random.Between(0, 60));
    if (random.Chance(30)) {
      index.RemovePerson(name);
      truth.erase(name);
    } else {
      truth[name] = GeneratePerson(random, world->taxonomy, name);
      index.PutPerson(truth[name]);
    }
    if (step % 50 != 0) continue;
    std::vector<Person> people;
    for (const auto& [unused, person] : truth) people.push_back(person);
    ASSERT_EQ(*index.RankPeople(world->basis, world->work, options),
              RankPlainly(ReferenceScorer(world->basis, world->work), people, "", 1'000));
    ASSERT_EQ(index.people(), truth.size());
  }
}

TEST(MatchIndexOracle, TheOrderOfInsertionDecidesNothing) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 7);
  for (uint64_t seed = first; seed < first + 200; ++seed) {
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    auto people = GeneratePeople(random, world->taxonomy, 30);
    RankOptions options;
    options.limit = 10;
    MatchIndex forward(Borrow(world->taxonomy));
    for (const Person& person : people) forward.PutPerson(person);
    std::reverse(people.begin(), people.end());
    MatchIndex backward(Borrow(world->taxonomy));
    for (const Person& person : people) backward.PutPerson(person);
    ASSERT_EQ(*forward.RankPeople(world->basis, world->work, options),
              *backward.RankPeople(world->basis, world->work, options))
        << "PASSEND_SEED=" << seed;
  }
}

TEST(MatchIndex, EndsARankingThatNobodyWaitsFor) {
  RandomSource random(1);
  const auto world = GenerateWorld(random);
  MatchIndex index(Borrow(world->taxonomy));
  for (const Person& person : GeneratePeople(random, world->taxonomy, 3'000))
    index.PutPerson(person);
  RankOptions options;
  options.limit = 10;
  options.cancelled = [] { return true; };
  EXPECT_EQ(index.RankPeople(world->basis, world->work, options).status().code(),
            absl::StatusCode::kCancelled);
  // Wherever it is: among blocks, and among those who came last.
  index.GetSnapshot();
  index.PutPerson(GeneratePerson(random, world->taxonomy, "passports/later"));
  for (int answers = 0;; ++answers) {
    int asked = 0;
    options.cancelled = [&] { return asked++ >= answers; };
    const absl::Status status = index.RankPeople(world->basis, world->work, options).status();
    if (status.ok()) {
      EXPECT_GE(answers, 2);
      break;
    }
    ASSERT_EQ(status.code(), absl::StatusCode::kCancelled) << "after " << answers;
  }
}

TEST(MatchIndex, LoadedAtOnceItIsWhatItIsFilledOneByOne) {
  RandomSource random(NumberFrom("PASSEND_SEED", 1));
  const auto world = GenerateWorld(random);
  const auto people = GeneratePeople(random, world->taxonomy, 500);
  MatchIndex filled(Borrow(world->taxonomy));
  PeopleLoader loader;
  PeopleTray tray;
  for (const Person& person : people) {
    filled.PutPerson(person);
    std::vector<SkillValidation> skills;
    for (const PersonSkill& skill : person.skills) {
      for (const Validation& one : skill.validations) skills.push_back({skill.skill, one});
    }
    Person without_skills = person;
    without_skills.skills.clear();
    tray.Add(without_skills, skills);
  }
  loader.Take(tray);
  loader.LayOutRest();
  MatchIndex loaded(Borrow(world->taxonomy));
  loaded.LoadPeople(loader.Finish());
  loaded.Settle();
  EXPECT_EQ(loaded.people(), people.size());
  RankOptions options;
  options.limit = people.size();
  EXPECT_EQ(*loaded.RankPeople(world->basis, world->work, options),
            *filled.RankPeople(world->basis, world->work, options));
}

TEST(MatchIndex, NearestWorkHasTheFewestGates) {
  for (uint64_t seed = 1; seed < 300; ++seed) {
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    MatchIndex index(Borrow(world->taxonomy));
    for (int i = 0; i < 12; ++i) {
      index.PutWork(GenerateWork(random, world->taxonomy, "tasks/t" + std::to_string(i)));
    }
    const Person person = GeneratePerson(random, world->taxonomy, "passports/p");
    RankOptions options;
    options.limit = 12;
    const auto nearest = index.GetSnapshot().NearestWorks(world->basis, person, options);
    ASSERT_TRUE(nearest.ok());
    size_t gates = 1;
    for (const Work& work : *nearest) {
      EXPECT_EQ(index.FindWork(work.name), work);
      const Fit fit = ReferenceScorer(world->basis, work).Score(person);
      EXPECT_EQ(fit.outcome, Outcome::kExcluded);
      EXPECT_GE(fit.gates.size(), gates);
      gates = fit.gates.size();
    }
    const auto ranked = index.RankWorks(world->basis, person, options);
    EXPECT_EQ(nearest->size() + ranked->list.size(), 12u);
  }
}

// Work that asks for no hours fits who has one hour of the week alone, whichever it is.
TEST(MatchIndex, WorkWithoutAScheduleFitsEveryHour) {
  Work work;
  work.name = "tasks/t";
  work.remote = true;
  work.form = 4;
  work.start_weekly_hours = 1;
  RandomSource random(1);
  const auto world = GenerateWorld(random);
  world->basis.policy = Policy();
  world->basis.weights = Policy().weights;
  MatchIndex index(Borrow(world->taxonomy));
  index.PutWork(work);
  RankOptions options;
  options.limit = 1;
  for (int day = 0; day < kDaysPerWeek; ++day) {
    for (int hour = 0; hour < 24; ++hour) {
      Person person;
      person.name = "passports/p";
      person.wishes.schedule.Add(day, hour, hour + 1);
      const auto ranked = index.RankWorks(world->basis, person, options);
      ASSERT_EQ(ranked->list.size(), 1u) << day << " " << hour;
      ASSERT_EQ(*ranked, RankWorkPlainly(world->basis, {&work, 1}, person, options.seed, 1));
    }
  }
}

}  // namespace
}  // namespace passend::matcher
