// A country that never was, in numbers that are like those of a real one.
//
//   skills     13,939 concepts in a tree with related ones; what people have and tasks ask for
//   falls
//              off as one over the rank (Zipf); 20 skills a person
//   regions    35, the largest some ten times the smallest; people live around their region's
//   centre wishes     of a dozen leanings that go together (outdoors with animals, quiet with
//   alone) fields     2 % are empty, each by itself
//
// The same seed gives the same people and tasks, on every machine.
#ifndef PASSEND_TESTS_BENCHMARKS_MATCHER_POPULATION_H_
#define PASSEND_TESTS_BENCHMARKS_MATCHER_POPULATION_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "matcher/person.h"
#include "matcher/taxonomy.h"
#include "matcher/work.h"
#include "tests/matcher/random_source.h"

namespace passend::matcher {

inline constexpr int kRegions = 35;
inline constexpr Day kBenchmarkDay = 20'780;

class Population {
 public:
  explicit Population(uint64_t seed);

  std::shared_ptr<const Taxonomy> taxonomy() const { return taxonomy_; }
  // What the taxonomy was compiled from.
  const std::vector<Concept>& concepts() const { return concepts_; }

  Person MakePerson(uint64_t number) const;
  // Where that person lives, told or not; takes a tenth of the time.
  int RegionOfPerson(uint64_t number) const;
  // With `requirements` skills that are asked for as often as people have them.
  Work MakeWork(uint64_t number, int requirements) const;

  static std::string RegionName(int region);
  // The region whose share of the people is nearest to one in 35.
  int average_region() const { return average_region_; }

 private:
  struct Region {
    double share_up_to;  // of it and all before it
    Place centre;
  };

  ConceptIndex SkillByRank(RandomSource& random) const;
  int RegionBy(RandomSource& random) const;
  Place HomeIn(RandomSource& random, int region) const;
  std::vector<PersonSkill> SkillsOf(RandomSource& random) const;
  Wishes WishesOf(RandomSource& random, int region) const;

  uint64_t seed_;
  std::vector<Concept> concepts_;
  std::shared_ptr<const Taxonomy> taxonomy_;
  std::vector<double> skill_share_up_to_;  // by rank
  std::vector<ConceptIndex> skill_by_rank_;
  std::vector<Region> regions_;
  int average_region_ = 0;
};

}  // namespace passend::matcher

#endif  // PASSEND_TESTS_BENCHMARKS_MATCHER_POPULATION_H_
