// Rankings equal the plain scorer's on populations that are not like any real one: fields at their
// limits, everybody the same, everything tied, and what no column can hold.
#include <algorithm>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "matcher/match_index.h"
#include "tests/matcher/generated_world.h"

namespace passend::matcher {
namespace {

struct Shape {
  std::string name;
  // Changes a generated world and its people before they are compared.
  std::function<void(RandomSource&, GeneratedWorld&, std::vector<Person>&)> bend;
};

void EachPerson(std::vector<Person>& people, const std::function<void(Person&)>& bend) {
  for (Person& person : people) bend(person);
}

std::vector<Shape> Shapes() {
  std::vector<Shape> shapes;
  shapes.push_back({"AsGenerated", [](RandomSource&, GeneratedWorld&, std::vector<Person>&) {}});
  shapes.push_back(
      {"NothingIsKnown", [](RandomSource&, GeneratedWorld&, std::vector<Person>& people) {
         EachPerson(people, [](Person& one) {
           const std::string name = one.name;
           one = Person();
           one.name = name;
         });
       }});
  shapes.push_back(
      {"AllEqual", [](RandomSource& random, GeneratedWorld& world, std::vector<Person>& people) {
         const Person same = GeneratePerson(random, world.taxonomy, "");
         EachPerson(people, [&](Person& one) {
           const std::string name = one.name;
           one = same;
           one.name = name;
         });
       }});
  shapes.push_back({"EqualButForExposure",
                    [](RandomSource& random, GeneratedWorld& world, std::vector<Person>& people) {
                      const Person same = GeneratePerson(random, world.taxonomy, "");
                      EachPerson(people, [&](Person& one) {
                        const std::string name = one.name;
                        one = same;
                        one.name = name;
                        one.last_shown = static_cast<uint64_t>(random.Between(0, 2)) * UINT32_MAX;
                      });
                    }});
  shapes.push_back({"OneRegion", [](RandomSource&, GeneratedWorld&, std::vector<Person>& people) {
                      EachPerson(people, [](Person& one) { one.region = "region-1"; });
                    }});
  shapes.push_back(
      {"EverybodyARegion", [](RandomSource&, GeneratedWorld&, std::vector<Person>& people) {
         EachPerson(people, [](Person& one) { one.region = one.name; });
       }});
  shapes.push_back({"OpenHiring", [](RandomSource&, GeneratedWorld& world, std::vector<Person>&) {
                      world.work.requirements.clear();
                    }});
  shapes.push_back(
      {"OpenHiringForAll", [](RandomSource&, GeneratedWorld& world, std::vector<Person>&) {
         world.work = Work();
         world.work.form = 1;
         world.work.start_weekly_hours = 1;
         world.work.remote = true;
       }});
  shapes.push_back({"EveryConceptRequired",
                    [](RandomSource& random, GeneratedWorld& world, std::vector<Person>&) {
                      world.work.requirements.clear();
                      const bool learnable = random.Chance(70);
                      for (ConceptIndex skill = 0; skill < world.taxonomy.size(); ++skill) {
                        world.work.requirements.push_back({skill, 5, 5, learnable});
                      }
                    }});
  // All else is as good as can be: who is last in the list has no more than the bound asks for.
  shapes.push_back({"OneSkillDecides",
                    [](RandomSource& random, GeneratedWorld& world, std::vector<Person>& people) {
                      world.work = Work();
                      world.work.form = 1;
                      world.work.start_weekly_hours = 8;
                      world.work.remote = true;
                      world.work.features = 1;
                      world.work.requirements = {{0, 5, 5, true}};
                      EachPerson(people, [&](Person& one) {
                        const std::string name = one.name;
                        one = Person();
                        one.name = name;
                        one.wishes.wants[2] = 1;
                        one.wishes.weekly_hours_max = 40;
                        one.support_known = true;
                        const auto method = static_cast<Method>(random.Between(0, kMethods - 1));
                        const auto level = static_cast<int8_t>(random.Between(1, 5));
                        const auto day = static_cast<Day>(kToday - random.Between(0, 30) * 100);
                        one.skills = {{0, {{method, level, day, {}, {}}}}};
                      });
                    }});
  shapes.push_back(
      {"NothingCanBeLearnt", [](RandomSource&, GeneratedWorld& world, std::vector<Person>&) {
         for (Requirement& one : world.work.requirements) one.learnable = false;
       }});
  shapes.push_back({"AllSkillsOfAll",
                    [](RandomSource& random, GeneratedWorld& world, std::vector<Person>& people) {
                      EachPerson(people, [&](Person& one) {
                        one.skills.clear();
                        for (ConceptIndex skill = 0; skill < world.taxonomy.size(); ++skill) {
                          PersonSkill& held = one.skills.emplace_back(PersonSkill{skill, {}});
                          for (int i = 0; i < 8; ++i) {
                            held.validations.push_back(GenerateValidation(random));
                          }
                        }
                      });
                    }});
  shapes.push_back(
      {"DaysFarAway", [](RandomSource& random, GeneratedWorld&, std::vector<Person>& people) {
         EachPerson(people, [&](Person& one) {
           for (PersonSkill& skill : one.skills) {
             for (Validation& validation : skill.validations) {
               validation.validated -= static_cast<Day>(random.Between(0, 40'000));
               if (random.Chance(20)) validation.expires = kToday + 10'000;
               if (random.Chance(20)) validation.revoked = kToday - 30'000;
               if (random.Chance(2)) validation.validated = -2'000'000'000;
             }
           }
           for (PersonPace& pace : one.paces) {
             if (random.Chance(30)) pace.observed = INT32_MIN;
           }
         });
       }});
  shapes.push_back({"BeforeMostWasValidated",
                    [](RandomSource& random, GeneratedWorld& world, std::vector<Person>&) {
                      world.basis.as_of = kToday - static_cast<Day>(random.Between(0, 5'000));
                    }});
  shapes.push_back(
      {"LongAfter", [](RandomSource& random, GeneratedWorld& world, std::vector<Person>&) {
         world.basis.as_of = kToday + static_cast<Day>(random.Between(0, 20'000));
       }});
  shapes.push_back(
      {"OutOfEveryColumn", [](RandomSource& random, GeneratedWorld&, std::vector<Person>& people) {
         EachPerson(people, [&](Person& one) {
           switch (random.Between(0, 6)) {
             case 0:
               one.last_shown = uint64_t{1} << 40;
               break;
             case 1:
               one.wishes.weekly_hours_max = 100'000;
               break;
             case 2:
               one.wishes.travel = Wishes::Travel{{5'200, 450}, TravelMeans::kCar, 5'000};
               break;
             case 3:
               for (int i = 0; i < 40; ++i) {
                 one.paces.push_back({3, {90, 60, 4, 3}, true, kToday - i});
               }
               break;
             case 4:
               one.needs = {{1, 1'000, 0, true}};
               one.support_known = true;
               break;
             case 5:
               one.name += std::string(300, 'n');
               break;
             default:
               break;
           }
         });
       }});
  return shapes;
}

class PopulationShapes : public testing::TestWithParam<Shape> {};

TEST_P(PopulationShapes, AreRankedAsThePlainScorerDoes) {
  const uint64_t first = NumberFrom("PASSEND_SEED", 90'210);
  const uint64_t rounds = NumberFrom("PASSEND_ROUNDS", 120);
  for (uint64_t seed = first; seed < first + rounds; ++seed) {
    RandomSource random(seed);
    const auto world = GenerateWorld(random);
    // More than a word of rows, now and then more than two.
    auto people = GeneratePeople(random, world->taxonomy, static_cast<int>(random.Between(1, 150)));
    GetParam().bend(random, *world, people);
    MatchIndex index(
        {std::shared_ptr<const Taxonomy>(), &world->taxonomy},
        {static_cast<size_t>(random.Between(1, 60)),
         static_cast<size_t>(random.Chance(50) ? random.Between(1, 100)
                                               : static_cast<int64_t>(kBlockRowsMax))});
    for (const Person& person : people) index.PutPerson(person);
    RankOptions options;
    options.seed = std::to_string(random.Between(0, 9));
    options.limit = static_cast<size_t>(random.Between(0, 30));
    const Ranking plain = RankPlainly(ReferenceScorer(world->basis, world->work), people,
                                      options.seed, options.limit);
    const auto fast = index.RankAndCopyPeople(world->basis, world->work, options);
    ASSERT_TRUE(fast.ok());
    ASSERT_EQ(fast->ranking, plain) << "PASSEND_SEED=" << seed << " PASSEND_ROUNDS=1";
    for (const Person& person : people) {
      ASSERT_EQ(index.FindPerson(person.name), person) << "PASSEND_SEED=" << seed;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Oracle, PopulationShapes, testing::ValuesIn(Shapes()),
                         [](const auto& shape) { return shape.param.name; });

}  // namespace
}  // namespace passend::matcher
