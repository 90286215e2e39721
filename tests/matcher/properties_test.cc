// The properties that the contract promises, over generated data. Each failure prints its seed.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "matcher/ability_fit.h"
#include "matcher/combine.h"
#include "matcher/match_index.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

class Properties : public testing::Test {
 protected:
  // Calls `check` with many worlds and people. Every round has a seed of its own.
  template <typename Check>
  void ForManyPairs(Check check) {
    const uint64_t first = NumberFrom("PASSEND_SEED", 20'261'121);
    const uint64_t rounds = NumberFrom("PASSEND_ROUNDS", 1'500);
    for (uint64_t seed = first; seed < first + rounds; ++seed) {
      SCOPED_TRACE("PASSEND_SEED=" + std::to_string(seed) + " PASSEND_ROUNDS=1");
      RandomSource random(seed);
      const auto world = GenerateWorld(random);
      for (int i = 0; i < 4; ++i) {
        const Person person = GeneratePerson(random, world->taxonomy, "passports/p");
        check(random, *world, person);
        if (HasFatalFailure()) return;
      }
    }
  }

  static Fit Score(const GeneratedWorld& world, const Person& person) {
    return ReferenceScorer(world.basis, world.work).Score(person);
  }

  // Scores again after a change that must never lower the score.
  template <typename Change>
  static void ExpectNotLowered(const GeneratedWorld& world, const Person& person, Change change) {
    GeneratedWorld changed_world{world.taxonomy, world.basis, world.work};
    changed_world.basis.taxonomy = &changed_world.taxonomy;
    Person changed = person;
    change(changed_world.work, changed);
    ASSERT_GE(Score(changed_world, changed).band.score, Score(world, person).band.score);
  }
};

void ExpectOrdered(const Band& band) {
  EXPECT_GE(band.low, 0);
  EXPECT_LE(band.low, band.score);
  EXPECT_LE(band.score, band.high);
  EXPECT_LE(band.high, kWhole);
}

TEST_F(Properties, EveryBandIsOrderedAndInRange) {
  ForManyPairs([](RandomSource&, const GeneratedWorld& world, const Person& person) {
    const Fit fit = Score(world, person);
    ExpectOrdered(fit.band);
    for (const DimensionFit& dimension : fit.dimensions) ExpectOrdered(dimension.band);
    for (const SkillTerm& term : fit.skills) ExpectOrdered(term.fit);
    for (const AmountTerm& term : fit.limits) ExpectOrdered(term.fit);
    for (const AmountTerm& term : fit.paces) ExpectOrdered(term.fit);
    for (const SupportTerm& term : fit.supports) ExpectOrdered(term.met);
  });
}

TEST_F(Properties, AZeroExcludesWithAReasonOrAsks) {
  ForManyPairs([](RandomSource&, const GeneratedWorld& world, const Person& person) {
    const Fit fit = Score(world, person);
    bool any_zero = false;
    for (const DimensionFit& dimension : fit.dimensions) any_zero |= dimension.band.score == 0;
    EXPECT_EQ(any_zero, fit.outcome != Outcome::kRanked);
    EXPECT_EQ(fit.band.score == 0, fit.outcome != Outcome::kRanked);
    EXPECT_EQ(!fit.gates.empty(), fit.outcome == Outcome::kExcluded);
    if (fit.outcome == Outcome::kToBeAsked) {
      EXPECT_GT(fit.band.high, 0);
      ASSERT_TRUE(fit.question);
    }
  });
}

TEST_F(Properties, TheLossesAddUpToTheScoreExactly) {
  ForManyPairs([](RandomSource&, const GeneratedWorld& world, const Person& person) {
    const Fit fit = Score(world, person);
    if (fit.outcome != Outcome::kRanked) return;
    Loss sum = 0;
    for (const DimensionFit& dimension : fit.dimensions) {
      EXPECT_EQ(dimension.loss, dimension.weight * LossOf(dimension.band.score));
      sum += dimension.loss;
    }
    EXPECT_EQ(sum, fit.loss);
    EXPECT_EQ(ScoreOf(fit.loss / kWhole), fit.band.score);
  });
}

TEST_F(Properties, AbilityIsTheWeightedMeanOfItsTerms) {
  ForManyPairs([](RandomSource&, const GeneratedWorld& world, const Person& person) {
    const Fit fit = Score(world, person);
    if (fit.outcome != Outcome::kRanked || fit.skills.empty()) return;
    int64_t weight = 0;
    int64_t sum = 0;
    for (const SkillTerm& term : fit.skills) {
      weight += term.weight;
      sum += term.weight * term.fit.score;
    }
    EXPECT_EQ(fit.dimensions[0].band.score, sum / weight);
  });
}

TEST_F(Properties, NothingUnknownMeansNoBandAndNoQuestion) {
  ForManyPairs([](RandomSource&, const GeneratedWorld& world, const Person& person) {
    const Fit fit = Score(world, person);
    if (!fit.question) {
      EXPECT_EQ(fit.band.low, fit.band.high);
    }
  });
}

TEST_F(Properties, AHigherLevelNeverLowersAScore) {
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    if (person.skills.empty()) return;
    const auto place = random.Between(0, static_cast<int64_t>(person.skills.size()) - 1);
    ExpectNotLowered(world, person, [&](Work&, Person& changed) {
      // All that is said of the skill goes up: that one statement goes up alone may be a dispute.
      for (Validation& validation : changed.skills[place].validations) {
        validation.level = static_cast<int8_t>(std::min(5, validation.level + 1));
      }
    });
  });
}

TEST_F(Properties, AFresherValidationNeverLowersAScore) {
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    if (person.skills.empty()) return;
    const auto place = random.Between(0, static_cast<int64_t>(person.skills.size()) - 1);
    const auto& validations = person.skills[place].validations;
    const auto held = HoldsOn(world.basis.policy.ability, validations, kToday);
    if (!held || held->disputed) return;
    ExpectNotLowered(world, person, [&](Work&, Person& changed) {
      // The statement that sets the level is made again today.
      changed.skills[place].validations.push_back(
          {held->method, static_cast<int8_t>(held->level), kToday, {}, {}});
    });
  });
}

TEST_F(Properties, OneMoreSkillNeverLowersAScore) {
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    const auto skill = static_cast<ConceptIndex>(
        random.Between(0, static_cast<int64_t>(world.taxonomy.size()) - 1));
    const auto at = std::find_if(person.skills.begin(), person.skills.end(),
                                 [&](const PersonSkill& held) { return held.skill >= skill; });
    if (at != person.skills.end() && at->skill == skill) return;
    const PersonSkill more{skill, {GenerateValidation(random)}};
    ExpectNotLowered(world, person, [&](Work&, Person& changed) {
      changed.skills.insert(changed.skills.begin() + (at - person.skills.begin()), more);
    });
  });
}

TEST_F(Properties, MoreSupportOfferedNeverLowersAScore) {
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    ExpectNotLowered(world, person, [&](Work& work, Person&) {
      if (work.offers.empty() || random.Chance(50)) {
        work.offers.push_back({static_cast<SupportSolution>(random.Between(20, 24)), 50, 1});
      } else {
        SupportOffer& offer =
            work.offers[random.Between(0, static_cast<int64_t>(work.offers.size()) - 1)];
        offer.amount_percent += static_cast<int32_t>(random.Between(0, 100 - offer.amount_percent));
      }
    });
  });
}

TEST_F(Properties, ASlowerTaskNeverLowersAScore) {
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    ExpectNotLowered(world, person, [&](Work& work, Person&) {
      int32_t& asked = work.pace[random.Between(0, kPaceParts - 1)];
      asked = static_cast<int32_t>(random.Between(0, asked));
    });
  });
}

TEST_F(Properties, ADetailThatThePersonFitsNeverLowersAScore) {
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    if (person.skills.empty()) return;
    // A requirement that the person meets in full, by the person's own freshly tested skill.
    Person fitting = person;
    PersonSkill& skill =
        fitting.skills[random.Between(0, static_cast<int64_t>(fitting.skills.size()) - 1)];
    skill.validations = {{Method::kFormal, 5, kToday, {}, {}}};
    const bool asked =
        std::any_of(world.work.requirements.begin(), world.work.requirements.end(),
                    [&](const Requirement& one) { return one.skill == skill.skill; });
    const AbilityPolicy& policy = world.basis.policy.ability;
    if (asked || policy.methods[4].certainty < policy.certainty_full) return;
    ExpectNotLowered(world, fitting, [&](Work& work, Person&) {
      work.requirements.push_back({skill.skill, static_cast<int32_t>(random.Between(1, 5)),
                                   static_cast<int32_t>(random.Between(1, 5)), random.Chance(50)});
    });
  });
}

TEST_F(Properties, AWantedFeatureMoreNeverLowersAScore) {
  ForManyPairs([](RandomSource&, const GeneratedWorld& world, const Person& person) {
    for (FeatureSet wanted : person.wishes.wants) {
      ExpectNotLowered(world, person, [&](Work& work, Person&) { work.features |= wanted; });
    }
  });
}

TEST_F(Properties, OneRequirementMovesAbilityByNoMoreThanItsWeight) {
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    if (person.skills.empty() || world.work.requirements.empty()) return;
    Person changed = person;
    for (Validation& validation : changed.skills.front().validations) {
      validation.level = static_cast<int8_t>(random.Between(1, 5));
    }
    const Fit before = Score(world, person);
    const Fit after = Score(world, changed);
    if (before.outcome != Outcome::kRanked || after.outcome != Outcome::kRanked) return;
    int64_t all = 0;
    int64_t moved = 0;
    for (size_t place = 0; place < before.skills.size(); ++place) {
      all += before.skills[place].weight;
      if (before.skills[place].fit.score != after.skills[place].fit.score) {
        moved += before.skills[place].weight;
      }
    }
    const BasisPoints difference =
        std::abs(after.dimensions[0].band.score - before.dimensions[0].band.score);
    EXPECT_LE(difference, moved * kWhole / all + 1);
  });
}

TEST_F(Properties, OnlyWhatTheCoreKnowsCanChangeAnOrder) {
  // Name and time of being shown decide ties alone: never a score.
  ForManyPairs([](RandomSource& random, const GeneratedWorld& world, const Person& person) {
    Person other = person;
    other.name = "passports/" + std::to_string(random.Bits());
    other.last_shown = random.Bits();
    other.region = "elsewhere";
    ASSERT_EQ(Score(world, person), Score(world, other));
  });
}

TEST_F(Properties, AnUnknownFieldKeepsThePersonInTheList) {
  ForManyPairs([](RandomSource&, const GeneratedWorld& world, const Person& person) {
    Person empty;
    empty.name = person.name;
    const Fit fit = Score(world, empty);
    EXPECT_NE(fit.outcome, Outcome::kExcluded);
    EXPECT_GT(fit.band.high, fit.band.low);
    EXPECT_TRUE(fit.question);
  });
}

}  // namespace
}  // namespace passend::matcher
