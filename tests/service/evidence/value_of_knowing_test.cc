#include "service/evidence/value_of_knowing.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/evidence/due_order.h"
#include "service/match/projection.h"
#include "tests/matcher/generated_world.h"
#include "tests/service/match/scenario.h"

namespace passend::service {
namespace {

using matcher::BasisPoints;
using matcher::GeneratedWorld;
using matcher::RandomSource;
using matcher::Topic;

constexpr int kWorlds = 150;

v1::Validation AsMessage(const matcher::Validation& one, const std::string& skill,
                         const std::string& name) {
  v1::Validation validation;
  validation.set_name(name);
  validation.set_skill(skill);
  validation.set_level(one.level);
  validation.set_method(static_cast<v1::ValidationMethod>(static_cast<int>(one.method) + 1));
  *validation.mutable_validate_time() = StartOf(one.validated);
  if (one.expires) *validation.mutable_expire_time() = StartOf(*one.expires);
  if (one.revoked) *validation.mutable_revoke_time() = StartOf(*one.revoked);
  return validation;
}

// Generated people and work, as ListDue sees them.
struct Pool {
  std::unique_ptr<GeneratedWorld> world;
  matcher::Person person;
  std::vector<v1::Validation> validations;
  std::vector<matcher::Work> works;

  explicit Pool(RandomSource& random) : world(matcher::GenerateWorld(random)) {
    person = matcher::GeneratePerson(random, world->taxonomy, "passports/p");
    int number = 0;
    for (const matcher::PersonSkill& skill : person.skills) {
      for (const matcher::Validation& one : skill.validations) {
        validations.push_back(AsMessage(one, world->taxonomy.name(skill.skill),
                                        "v" + std::to_string(10'000 + ++number)));
        if (random.Chance(10)) validations.back().add_disputes();
      }
    }
    for (int count = 0; count < 12; ++count) {
      works.push_back(
          matcher::GenerateWork(random, world->taxonomy, "tasks/t" + std::to_string(100 + count)));
    }
  }

  BasisPoints ScoreOf(const matcher::Person& who, const matcher::Work& work) const {
    const matcher::Fit fit = matcher::ReferenceScorer(world->basis, work).Score(who);
    return fit.outcome == matcher::Outcome::kRanked ? fit.band.score : 0;
  }
  matcher::Person With(matcher::ConceptIndex skill,
                       const std::vector<matcher::Validation>& validations_of_it) const {
    matcher::Person changed = person;
    std::erase_if(changed.skills, [&](const auto& held) { return held.skill == skill; });
    if (!validations_of_it.empty()) changed.skills.push_back({skill, validations_of_it});
    std::sort(changed.skills.begin(), changed.skills.end(),
              [](const auto& a, const auto& b) { return a.skill < b.skill; });
    return changed;
  }
};

class ValueOfKnowingTest : public testing::Test {
 protected:
  ValueOfKnowingTest() { RecordProperty("seed", std::to_string(seed_)); }

  const uint64_t seed_ = matcher::NumberFrom("PASSEND_SEED", 20'261'121);
  RandomSource random_{seed_};
};

// The oracle: every outcome scored with the plain scorer, task by task.
TEST_F(ValueOfKnowingTest, IsTheDistanceBetweenTheWorstAndTheBestThatThePlainScorerGives) {
  int seen = 0;
  for (int round = 0; round < kWorlds; ++round) {
    const Pool pool(random_);
    const ValueOfKnowing value(pool.world->basis, pool.person, pool.works);
    for (const DueThing& thing : ThingsDue(pool.validations, pool.person, pool.world->basis)) {
      if (!thing.skill) continue;
      int64_t expected = 0;
      for (const matcher::Work& work : pool.works) {
        BasisPoints low = pool.ScoreOf(pool.person, work);
        BasisPoints high = low;
        for (const auto& outcome : thing.outcomes) {
          const BasisPoints score = pool.ScoreOf(pool.With(*thing.skill, outcome), work);
          low = std::min(low, score);
          high = std::max(high, score);
        }
        expected += high - low;
      }
      EXPECT_EQ(value.Of(thing).basis_points, expected) << "seed " << seed_;
      seen += expected > 0;
    }
  }
  EXPECT_GT(seen, 100) << "things that are worth something are among them";
}

// The oracle: every skill that any work asks for and the person has not, given to the person.
TEST_F(ValueOfKnowingTest, TheThreeSkillsThatMatterMostOfThoseNobodyRecordedAreTold) {
  int seen = 0;
  for (int round = 0; round < kWorlds; ++round) {
    const Pool pool(random_);
    std::map<matcher::ConceptIndex, int32_t> asked;
    for (const matcher::Work& work : pool.works) {
      for (const matcher::Requirement& requirement : work.requirements) {
        const bool held = std::ranges::count(pool.person.skills, requirement.skill,
                                             &matcher::PersonSkill::skill) > 0;
        if (!held) asked[requirement.skill] = std::max(asked[requirement.skill], requirement.level);
      }
    }
    std::vector<int64_t> expected;
    for (const auto& [skill, level] : asked) {
      if (pool.person.skills.empty()) break;
      const matcher::Person able =
          pool.With(skill, {{matcher::Method::kWorkSample, static_cast<int8_t>(level),
                             pool.world->basis.as_of, std::nullopt, std::nullopt}});
      int64_t value = 0;
      for (const matcher::Work& work : pool.works) {
        value += std::abs(pool.ScoreOf(able, work) - pool.ScoreOf(pool.person, work));
      }
      if (value > 0) expected.push_back(value);
    }
    std::sort(expected.rbegin(), expected.rend());
    expected.resize(std::min<size_t>(expected.size(), 3));
    std::vector<int64_t> told;
    for (const DueWeighed& due :
         WhatIsDue(pool.validations, pool.person, pool.world->basis, pool.works)) {
      if (due.thing.recorded) continue;
      EXPECT_EQ(due.thing.kind, v1::DUE_KIND_FIND_OUT);
      told.push_back(due.value.basis_points);
    }
    EXPECT_EQ(told, expected) << "seed " << seed_;
    seen += static_cast<int>(told.size());
  }
  EXPECT_GT(seen, 100);
}

TEST_F(ValueOfKnowingTest, WhatCanChangeNoMatchIsWorthNothing) {
  for (int round = 0; round < kWorlds; ++round) {
    Pool pool(random_);
    for (matcher::Work& work : pool.works) work.requirements.clear();
    const ValueOfKnowing value(pool.world->basis, pool.person, pool.works);
    for (const DueThing& thing : ThingsDue(pool.validations, pool.person, pool.world->basis)) {
      const bool about_skills = thing.skill || thing.topic == Topic::kSkills;
      if (about_skills) {
        EXPECT_EQ(value.Of(thing).basis_points, 0) << "seed " << seed_;
      }
    }
    const ValueOfKnowing of_no_match(pool.world->basis, pool.person, {});
    for (const DueThing& thing : ThingsDue(pool.validations, pool.person, pool.world->basis)) {
      EXPECT_EQ(of_no_match.Of(thing).basis_points, 0);
    }
  }
}

TEST_F(ValueOfKnowingTest, ScoresLieBetweenTheirWorstAndTheirBest) {
  for (int round = 0; round < kWorlds; ++round) {
    const Pool pool(random_);
    const ValueOfKnowing value(pool.world->basis, pool.person, pool.works);
    for (const DueThing& thing : ThingsDue(pool.validations, pool.person, pool.world->basis)) {
      BasisPoints wider = matcher::kWhole;
      for (const MatchSwing& swing : value.Of(thing).swings) {
        EXPECT_LE(0, swing.low);
        EXPECT_LE(swing.low, swing.score);
        EXPECT_LE(swing.score, swing.high);
        EXPECT_LE(swing.high, matcher::kWhole);
        EXPECT_EQ(swing.score, pool.ScoreOf(pool.person, pool.works[swing.work]));
        EXPECT_GT(swing.width(), 0);
        EXPECT_LE(swing.width(), wider) << "furthest first";
        wider = swing.width();
      }
    }
  }
}

TEST_F(ValueOfKnowingTest, OneMoreMatchNeverMakesAThingWorthLess) {
  for (int round = 0; round < kWorlds; ++round) {
    const Pool pool(random_);
    std::vector<matcher::Work> fewer = pool.works;
    fewer.pop_back();
    const ValueOfKnowing all(pool.world->basis, pool.person, pool.works);
    const ValueOfKnowing some(pool.world->basis, pool.person, fewer);
    for (const DueThing& thing : ThingsDue(pool.validations, pool.person, pool.world->basis)) {
      EXPECT_GE(all.Of(thing).basis_points, some.Of(thing).basis_points) << "seed " << seed_;
    }
  }
}

// The longer ago, the more it is worth to see it again.
TEST_F(ValueOfKnowingTest, RenewingIsWorthMoreTheOlderAValidationIs) {
  const matcher::Taxonomy& taxonomy = ScenarioTaxonomy();
  const matcher::ScoringBasis basis{&taxonomy, {}, matcher::Policy{}.weights, kScenarioDay};
  const auto skill = *taxonomy.Find("taxonomies/scenario/concepts/weed");
  matcher::Work work;
  work.requirements = {{skill, 3, 5, false}};
  int64_t before = 0;
  int grown = 0;
  for (const int age : {0, 300, 366, 500, 900, 1'500, 3'000}) {
    matcher::Person person;
    const matcher::Validation seen{matcher::Method::kObserved, 3, kScenarioDay - age, {}, {}};
    person.skills = {{skill, {seen}}};
    const auto validation = AsMessage(seen, taxonomy.name(skill), "v1");
    int64_t worth = 0;
    for (const DueWeighed& due : WhatIsDue(std::span(&validation, 1), person, basis, {work})) {
      if (due.thing.kind == v1::DUE_KIND_RENEW) worth = due.value.basis_points;
    }
    EXPECT_GE(worth, before) << age << " days";
    EXPECT_EQ(worth > 0, age > 365) << "within the grace period there is nothing to renew";
    grown += worth > before;
    before = worth;
  }
  EXPECT_GE(grown, 4);
}

TEST_F(ValueOfKnowingTest, TheListIsTheSameHoweverTheWorkIsOrdered) {
  for (int round = 0; round < kWorlds; ++round) {
    const Pool pool(random_);
    std::vector<matcher::Work> turned(pool.works.rbegin(), pool.works.rend());
    const auto first = WhatIsDue(pool.validations, pool.person, pool.world->basis, pool.works);
    const auto second = WhatIsDue(pool.validations, pool.person, pool.world->basis, turned);
    ASSERT_EQ(first.size(), second.size());
    for (size_t place = 0; place < first.size(); ++place) {
      EXPECT_EQ(first[place].thing.kind, second[place].thing.kind);
      EXPECT_EQ(first[place].thing.skill, second[place].thing.skill);
      EXPECT_EQ(first[place].thing.topic, second[place].thing.topic);
      EXPECT_EQ(first[place].thing.validation, second[place].thing.validation);
      EXPECT_EQ(first[place].value.basis_points, second[place].value.basis_points);
    }
  }
}

TEST_F(ValueOfKnowingTest, DisagreementComesFirstAndThenTheHigherValue) {
  for (int round = 0; round < kWorlds; ++round) {
    const Pool pool(random_);
    const auto rank = [](const DueWeighed& due) {
      const bool disagreed =
          due.thing.kind == v1::DUE_KIND_DISPUTE || due.thing.kind == v1::DUE_KIND_DISAGREEMENT;
      return std::pair(!disagreed, -due.value.basis_points);
    };
    const auto list = WhatIsDue(pool.validations, pool.person, pool.world->basis, pool.works);
    EXPECT_TRUE(std::is_sorted(list.begin(), list.end(),
                               [&](const auto& a, const auto& b) { return rank(a) < rank(b); }))
        << "seed " << seed_;
    for (const DueWeighed& due : list) {
      EXPECT_TRUE(due.value.basis_points > 0 || due.thing.kind == v1::DUE_KIND_DISPUTE ||
                  due.thing.kind == v1::DUE_KIND_DISAGREEMENT ||
                  due.thing.kind == v1::DUE_KIND_EXPIRES);
    }
  }
}

// Equal things are told in the order of their names.
TEST_F(ValueOfKnowingTest, NamesBreakTies) {
  const matcher::Taxonomy& taxonomy = ScenarioTaxonomy();
  const matcher::ScoringBasis basis{&taxonomy, {}, matcher::Policy{}.weights, kScenarioDay};
  const auto cook = *taxonomy.Find("taxonomies/scenario/concepts/drive-forklift");
  const auto weed = *taxonomy.Find("taxonomies/scenario/concepts/weed");
  const matcher::Validation said{matcher::Method::kSelfDeclared, 3, kScenarioDay - 3, {}, {}};
  matcher::Person person;
  person.skills = {{cook, {said}}, {weed, {said}}};
  const std::vector<v1::Validation> validations = {AsMessage(said, taxonomy.name(weed), "v1"),
                                                   AsMessage(said, taxonomy.name(cook), "v2")};
  matcher::Work work;
  work.requirements = {{weed, 3, 5, true}, {cook, 3, 5, true}};
  const auto list = WhatIsDue(validations, person, basis, {work});
  ASSERT_GE(list.size(), 2u);
  std::vector<matcher::ConceptIndex> skills;
  for (const DueWeighed& due : list) {
    if (due.thing.skill) skills.push_back(*due.thing.skill);
  }
  EXPECT_THAT(skills, testing::ElementsAre(cook, weed));
}

}  // namespace
}  // namespace passend::service
