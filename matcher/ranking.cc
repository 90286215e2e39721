#include "matcher/ranking.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace passend::matcher {
namespace {

// FNV-1a, 64 bits: offset basis and prime of the algorithm's publication (Fowler, Noll, Vo).
constexpr uint64_t kFnvOffset = 14695981039346656037u;
constexpr uint64_t kFnvPrime = 1099511628211u;

uint64_t Fnv(uint64_t hash, std::string_view bytes) {
  for (char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= kFnvPrime;
  }
  return hash;
}

// SplitMix64 (Steele, Lea, Flood 2014): spreads FNV's weak high bits.
uint64_t Finalise(uint64_t hash) {
  hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
  hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
  return hash ^ (hash >> 31);
}

struct Entry {
  RankKey key;
  Outcome outcome;
};

Ranking Sorted(std::vector<Entry> entries, const PoolCounts& counts, size_t limit) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return ComesBefore(a.key, b.key); });
  if (entries.size() > limit) entries.resize(limit);
  Ranking ranking;
  ranking.counts = counts;
  for (const Entry& entry : entries) {
    ranking.list.push_back({std::string(entry.key.name), entry.outcome, entry.key.score});
  }
  return ranking;
}

void Count(const Fit& fit, PoolCounts& counts) {
  ++counts.considered;
  switch (fit.outcome) {
    case Outcome::kRanked:
      ++counts.ranked;
      break;
    case Outcome::kToBeAsked:
      ++counts.to_be_asked;
      break;
    case Outcome::kExcluded:
      ++counts.excluded[static_cast<int>(fit.gates.front().cause)];
      break;
  }
}

}  // namespace

uint64_t TieHash(std::string_view seed, std::string_view name) {
  return Finalise(Fnv(Fnv(Fnv(kFnvOffset, seed), std::string_view("\0", 1)), name));
}

bool ComesBefore(const RankKey& a, const RankKey& b) {
  return std::tuple(-a.score, a.last_shown, a.tie, a.name) <
         std::tuple(-b.score, b.last_shown, b.tie, b.name);
}

Ranking RankPlainly(const ReferenceScorer& scorer, std::span<const Person> people,
                    std::string_view seed, size_t limit) {
  PoolCounts counts;
  std::vector<Entry> entries;
  for (const Person& person : people) {
    const Fit fit = scorer.Score(person);
    Count(fit, counts);
    if (fit.outcome == Outcome::kExcluded) continue;
    entries.push_back({{fit.band.score, person.last_shown, TieHash(seed, person.name), person.name},
                       fit.outcome});
  }
  return Sorted(std::move(entries), counts, limit);
}

Ranking RankWorkPlainly(const ScoringBasis& basis, std::span<const Work> works,
                        const Person& person, std::string_view seed, size_t limit) {
  PoolCounts counts;
  std::vector<Entry> entries;
  for (const Work& work : works) {
    const Fit fit = ReferenceScorer(basis, work).Score(person);
    Count(fit, counts);
    if (fit.outcome == Outcome::kExcluded) continue;
    entries.push_back({{fit.band.score, 0, TieHash(seed, work.name), work.name}, fit.outcome});
  }
  return Sorted(std::move(entries), counts, limit);
}

}  // namespace passend::matcher
