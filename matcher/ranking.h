// The order of a list, and its plain algorithm.
#ifndef PASSEND_MATCHER_RANKING_H_
#define PASSEND_MATCHER_RANKING_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/fit.h"
#include "matcher/reference_scorer.h"

namespace passend::matcher {

// How everybody fared who was looked at. considered == ranked + to_be_asked + sum of excluded.
struct PoolCounts {
  int64_t considered = 0;
  int64_t ranked = 0;
  int64_t to_be_asked = 0;
  std::array<int64_t, kGateCauses> excluded{};  // by first cause
  friend bool operator==(const PoolCounts&, const PoolCounts&) = default;
};

// One place in a list.
struct Ranked {
  std::string name;
  Outcome outcome;
  BasisPoints score;
  friend bool operator==(const Ranked&, const Ranked&) = default;
};

struct Ranking {
  std::vector<Ranked> list;  // best first; those to be asked last; nobody excluded
  PoolCounts counts;
  friend bool operator==(const Ranking&, const Ranking&) = default;
};

// Breaks ties: FNV-1a 64 over the seed, a zero byte and the name, then the finaliser of
// SplitMix64.
uint64_t TieHash(std::string_view seed, std::string_view name);

// What a list is ordered by: score (higher first), when last shown (longest ago first), TieHash
// (lower first), name.
struct RankKey {
  BasisPoints score;
  uint64_t last_shown;
  uint64_t tie;
  std::string_view name;
};
// True when `a` comes before `b`. A strict total order where names are unique.
bool ComesBefore(const RankKey& a, const RankKey& b);

// Scores everybody with the reference scorer, sorts, and keeps the first `limit`. The oracle.
Ranking RankPlainly(const ReferenceScorer& scorer, std::span<const Person> people,
                    std::string_view seed, size_t limit);

// The same the other way round: all pieces of work for one person. `basis` as for ReferenceScorer.
Ranking RankWorkPlainly(const ScoringBasis& basis, std::span<const Work> works,
                        const Person& person, std::string_view seed, size_t limit);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_RANKING_H_
