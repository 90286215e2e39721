#include "service/match/index_follower.h"
#include "service/match/index_builder.h"

#include <random>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "service/match/match_records.h"
#include "storage/memory_store.h"
#include "tests/service/match/match_world.h"

namespace passend::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kPassports = 12;
constexpr int kTasks = 5;

std::string Passport(int number) { return "p" + std::to_string(number); }
std::string Task(int number) { return "t" + std::to_string(number); }

// That `index` holds exactly what a fresh build of the store holds.
void ExpectEqualsFreshBuild(const storage::Store& store, const MatchView& view) {
  const auto snapshot = store.GetSnapshot();
  ASSERT_TRUE(snapshot.ok());
  const auto fresh = BuildIndex(**snapshot, view.catalog->taxonomy(), [](size_t) { return true; });
  ASSERT_TRUE(fresh.ok()) << fresh.status();
  EXPECT_EQ(view.sequence, (*snapshot)->sequence());
  EXPECT_EQ(view.index->people(), (*fresh)->people());
  EXPECT_EQ(view.index->works(), (*fresh)->works());
  for (int number = 0; number < kPassports; ++number) {
    const std::string name = "passports/" + Passport(number);
    EXPECT_EQ(PersonIn(view, name), (*fresh)->FindPerson(name)) << name;
  }
  for (int number = 0; number < kTasks; ++number) {
    const std::string name = "tasks/" + Task(number);
    EXPECT_EQ(WorkIn(view, name), (*fresh)->FindWork(name)) << name;
  }
}

// One write of any kind, as the service would make it.
void WriteSomething(MatchWorld& world, std::mt19937_64& random) {
  const std::string id = Passport(static_cast<int>(random() % kPassports));
  switch (random() % 8) {
    case 0: {
      v1::Passport passport = AGardener(id);
      passport.set_state(random() % 3 == 0 ? v1::PASSPORT_STATE_PAUSED : v1::PASSPORT_STATE_ACTIVE);
      passport.mutable_wishes()->mutable_hours()->set_weekly_hours_max(
          20 + static_cast<int>(random() % 20));
      return world.Put(passport);
    }
    case 1:
    case 2:
      return world.Put(AGardener(id));
    case 3:
      return world.Erase(id);
    case 4: {
      v1::Task task = AGardenTask(Task(static_cast<int>(random() % kTasks)));
      task.set_state(random() % 2 == 0 ? v1::TASK_STATE_CLOSED : v1::TASK_STATE_OPEN);
      return world.Put(task);
    }
    case 5:
      world.exposures().Record({id}, world.now());
      ASSERT_TRUE(world.exposures().Flush().ok());
      return world.Advance(absl::Seconds(7));
    default:
      return world.Record(id, random() % 2 == 0 ? "weed" : "dig",
                          1 + static_cast<int>(random() % 5));
  }
}

TEST(IndexFollower, HoldsWhatAFreshBuildHoldsAfterAnyWrites) {
  for (const uint64_t seed : {1, 2, 3, 4, 5}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    MatchWorld world;
    for (int step = 0; step < 300; ++step) {
      WriteSomething(world, random);
      if (step % 60 == 59) ExpectEqualsFreshBuild(world.store(), world.Current());
    }
  }
}

TEST(IndexFollower, IsInStepAfterImportsInBetween) {
  std::mt19937_64 random(77);
  MatchWorld world;
  for (int round = 0; round < 6; ++round) {
    for (int step = 0; step < 40; ++step) WriteSomething(world, random);
    // Every import has a concept more, so that all indices of concepts shift.
    std::vector<v1::Concept> concepts = {MakeSkill("weed"), MakeSkill("dig"),
                                         MakeOccupation("gardener", {"weed", "dig"})};
    for (int extra = 0; extra <= round; ++extra) {
      concepts.push_back(MakeSkill("a" + std::to_string(extra)));
    }
    ASSERT_TRUE(world.taxonomies().Import(concepts).ok());
    for (int step = 0; step < 40; ++step) WriteSomething(world, random);
    ExpectEqualsFreshBuild(world.store(), world.Current());
  }
}

TEST(IndexFollower, WhoIsErasedNeverComesBack) {
  MatchWorld world;
  for (int round = 0; round < 30; ++round) {
    world.Put(AGardener("p1"));
    world.Record("p1", "weed", 3);
    world.exposures().Record({"p1"}, world.now());
    world.Erase("p1");
    ASSERT_TRUE(world.exposures().Flush().ok());
    EXPECT_EQ(PersonIn(world.Current(), "passports/p1"), std::nullopt);
  }
  // Nothing of the exposure is left either.
  const auto exposure = world.store().Read({ExposureKey("p1")});
  EXPECT_EQ((*exposure)[0], std::nullopt);
}

TEST(IndexFollower, AnImportBringsANewVocabularyAndItsEtag) {
  MatchWorld world;
  world.Put(AGardener("p1"));
  world.Record("p1", "weed", 3);
  const MatchView before = world.Current();
  EXPECT_THAT(before.taxonomies, ElementsAre("taxonomies/esco@1"));

  ASSERT_TRUE(world.taxonomies()
                  .Import({MakeSkill("weed"), MakeSkill("dig"), MakeSkill("arrange"),
                           MakeOccupation("gardener", {"weed", "dig"})})
                  .ok());
  world.Record("p1", "arrange", 2);
  const MatchView after = world.Current();

  EXPECT_NE(before.index, after.index);
  EXPECT_THAT(after.taxonomies,
              ElementsAre("taxonomies/esco@" + std::to_string(after.sequence - 1)));
  const auto person = PersonIn(after, "passports/p1");
  ASSERT_TRUE(person);
  ASSERT_EQ(person->skills.size(), 2u);
  const matcher::Taxonomy& taxonomy = *after.catalog->taxonomy();
  EXPECT_EQ(taxonomy.name(person->skills[0].skill), Named("arrange"));
  EXPECT_EQ(taxonomy.name(person->skills[1].skill), Named("weed"));
  // Who had asked before still has a whole vocabulary and index.
  EXPECT_EQ(before.catalog->taxonomy()->size(), 3u);
  EXPECT_TRUE(PersonIn(before, "passports/p1"));
}

TEST(IndexFollower, APersonWithANewSkillIsSeenWithItWithoutWaitingForTheImport) {
  MatchWorld world;
  for (int round = 0; round < 10; ++round) {
    const std::string skill = "new" + std::to_string(round);
    std::vector<v1::Concept> concepts = {MakeSkill("weed"), MakeSkill("dig")};
    for (int number = 0; number <= round; ++number) {
      concepts.push_back(MakeSkill("new" + std::to_string(number)));
    }
    ASSERT_TRUE(world.taxonomies().Import(concepts).ok());
    v1::Task task = AGardenTask("t");
    task.mutable_required_skills(0)->set_skill(Named(skill));
    task.mutable_required_skills(0)->set_learnable(false);
    world.Put(task);
    world.Put(AGardener("p"));
    world.Record("p", skill, 3);

    EXPECT_THAT(world.CandidatesFor("t"), ElementsAre("passports/p"));
    world.Erase("p");
  }
}

TEST(IndexFollower, ANewPolicyCountsAtOnce) {
  MatchWorld world;
  EXPECT_EQ(world.Current().policies->rbegin()->first, 1u);
  matcher::Policy policy;
  policy.wishes.unmet = 4'321;
  world.PublishPolicy(2, policy);
  EXPECT_EQ(world.Current().policies->at(2).wishes.unmet, 4'321);
}

}  // namespace
}  // namespace passend::service
