// Rankings beside changes: every answer is one that some moment's population would have given.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "matcher/match_index.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

TEST(MatchIndexConcurrency, ARankingNeverSeesHalfAChange) {
  RandomSource random(NumberFrom("PASSEND_SEED", 5));
  const auto world = GenerateWorld(random);
  const auto taxonomy =
      std::shared_ptr<const Taxonomy>(std::shared_ptr<const Taxonomy>(), &world->taxonomy);
  MatchIndex index(taxonomy);
  // Each change swaps one person between two states; both score above 0 and are told apart by
  // score.
  Work work;
  work.form = 1;
  work.start_weekly_hours = 16;
  work.remote = true;
  work.features = 2;
  Person wants;
  wants.wishes.wants[0] = 2;
  Person avoids;
  avoids.wishes.avoids[0] = 2;
  const auto named = [](Person person, int number) {
    person.name = "passports/p" + std::to_string(number);
    return person;
  };
  constexpr int kPeople = 200;
  for (int number = 0; number < kPeople; ++number) index.PutPerson(named(wants, number));

  std::atomic<bool> done = false;
  std::atomic<int> rankings = 0;
  std::thread writer([&] {
    // Neither side can keep the other out: it ends only when both got on.
    for (int round = 0; round < 20 || rankings < 60; ++round) {
      for (int number = 0; number < kPeople; ++number) {
        index.PutPerson(named(round % 2 == 0 ? avoids : wants, number));
      }
    }
    done = true;
  });
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      const ScoringBasis basis{&world->taxonomy, Policy{}, Policy{}.weights, kToday};
      RankOptions options;
      options.limit = kPeople;
      const BasisPoints good = ReferenceScorer(basis, work).Score(wants).band.score;
      const BasisPoints poor = ReferenceScorer(basis, work).Score(avoids).band.score;
      ASSERT_NE(good, poor);
      while (!done) {
        const auto ranking = index.RankPeople(basis, work, options);
        ++rankings;
        ASSERT_TRUE(ranking.ok());
        ASSERT_EQ(ranking->list.size(), static_cast<size_t>(kPeople));
        for (const Ranked& ranked : ranking->list) {
          ASSERT_TRUE(ranked.score == good || ranked.score == poor);
        }
      }
    });
  }
  writer.join();
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace passend::matcher
