// Rankings equal the plain scorer's over a population that is large enough for whole words of rows
// to be left out: several blocks, lists that fill early, skills that many have.
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "matcher/match_index.h"
#include "tests/benchmarks/matcher/population.h"

namespace passend::matcher {
namespace {

TEST(LargePopulation, IsRankedAsThePlainScorerDoes) {
  const Population population(NumberFrom("PASSEND_SEED", 2'026));
  const uint64_t count = NumberFrom("PASSEND_PEOPLE", 6'000);
  std::vector<Person> people;
  MatchIndex index(population.taxonomy());
  for (uint64_t number = 0; number < count; ++number) {
    people.push_back(population.MakePerson(number));
    index.PutPerson(people.back());
  }
  const ScoringBasis basis{population.taxonomy().get(), Policy{}, Policy{}.weights, kBenchmarkDay};
  int64_t ranked = 0;
  for (uint64_t number = 0; number < 12; ++number) {
    Work work = population.MakeWork(number, number % 4 == 0 ? 0 : 6);
    work.remote = number % 2 == 0;
    RankOptions options;
    options.limit = number % 3 == 0 ? 1'000 : 50;
    options.seed = "seed";
    const auto fast = index.RankPeople(basis, work, options);
    ASSERT_TRUE(fast.ok());
    ASSERT_EQ(*fast,
              RankPlainly(ReferenceScorer(basis, work), people, options.seed, options.limit));
    ranked += fast->counts.ranked;
  }
  EXPECT_GT(ranked, static_cast<int64_t>(count) / 4);
}

TEST(LargePopulation, OfTasksIsRankedAsThePlainScorerDoes) {
  const Population population(NumberFrom("PASSEND_SEED", 2'026));
  std::vector<Work> works;
  MatchIndex index(population.taxonomy());
  for (uint64_t number = 0; number < 2'000; ++number) {
    works.push_back(population.MakeWork(number, static_cast<int>(number % 9)));
    index.PutWork(works.back());
  }
  const ScoringBasis basis{population.taxonomy().get(), Policy{}, Policy{}.weights, kBenchmarkDay};
  for (uint64_t number = 0; number < 10; ++number) {
    const Person person = population.MakePerson(number);
    RankOptions options;
    options.limit = 50;
    ASSERT_EQ(*index.RankWorks(basis, person, options),
              RankWorkPlainly(basis, works, person, options.seed, options.limit));
  }
}

}  // namespace
}  // namespace passend::matcher
