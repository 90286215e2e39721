#include "matcher/plain_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace passend::matcher {
namespace {

// How many are ranked together, and how often it is asked whether anybody still waits.
constexpr size_t kPieceSize = 4'096;

void Add(const PoolCounts& more, PoolCounts& counts) {
  counts.considered += more.considered;
  counts.ranked += more.ranked;
  counts.to_be_asked += more.to_be_asked;
  for (size_t cause = 0; cause < counts.excluded.size(); ++cause) {
    counts.excluded[cause] += more.excluded[cause];
  }
}

// The first of a whole are among the first of its pieces, because the order is strict. `rank` is
// the plain algorithm over some.
template <typename One, typename RankSome>
class InPieces {
 public:
  InPieces(const RankOptions& options, RankSome rank) : options_(options), rank_(std::move(rank)) {}

  // False when nobody waits any more.
  bool Add(const One& one) {
    if (!Matches(options_.regions, one.region)) return true;
    piece_.push_back(one);
    if (piece_.size() < kPieceSize) return true;
    TakePiece();
    cancelled_ = options_.cancelled();
    return !cancelled_;
  }

  absl::StatusOr<Ranking> Finish() {
    if (cancelled_) return absl::CancelledError("nobody waits for this check any more");
    TakePiece();
    return Ranking{rank_(best_).list, counts_};
  }

 private:
  void TakePiece() {
    const Ranking ranking = rank_(piece_);
    matcher::Add(ranking.counts, counts_);
    KeepListed(ranking, piece_);
    best_.insert(best_.end(), std::make_move_iterator(piece_.begin()),
                 std::make_move_iterator(piece_.end()));
    piece_.clear();
    KeepListed(rank_(best_), best_);
  }

  static void KeepListed(const Ranking& ranking, std::vector<One>& ones) {
    std::set<std::string_view> listed;
    for (const Ranked& ranked : ranking.list) listed.insert(ranked.name);
    std::erase_if(ones, [&](const One& one) { return !listed.contains(one.name); });
  }

  const RankOptions& options_;
  const RankSome rank_;
  std::vector<One> piece_;
  std::vector<One> best_;
  PoolCounts counts_;
  bool cancelled_ = false;
};

}  // namespace

absl::StatusOr<Ranking> RankPeoplePlainly(const ScoringBasis& basis, const Work& work,
                                          const RankOptions& options,
                                          const IndexSnapshot& snapshot) {
  const ReferenceScorer scorer(basis, work);
  const auto rank = [&](const std::vector<Person>& people) {
    return RankPlainly(scorer, people, options.seed, options.limit);
  };
  InPieces<Person, decltype(rank)> pieces(options, rank);
  snapshot.VisitPeople([&](const Person& person) { return pieces.Add(person); });
  return pieces.Finish();
}

absl::StatusOr<Ranking> RankWorksPlainly(const ScoringBasis& basis, const Person& person,
                                         const RankOptions& options,
                                         const IndexSnapshot& snapshot) {
  const auto rank = [&](const std::vector<Work>& works) {
    return RankWorkPlainly(basis, works, person, options.seed, options.limit);
  };
  InPieces<Work, decltype(rank)> pieces(options, rank);
  snapshot.VisitWorks([&](const Work& work) { return pieces.Add(work); });
  return pieces.Finish();
}

std::vector<std::string> DifferencesOf(const Ranking& answered, const Ranking& plain) {
  std::vector<std::string> differences;
  const PoolCounts& counts = answered.counts;
  if (counts.considered != plain.counts.considered || counts.ranked != plain.counts.ranked ||
      counts.to_be_asked != plain.counts.to_be_asked) {
    differences.emplace_back("considered");
  }
  if (counts.excluded != plain.counts.excluded) differences.emplace_back("exclusion counts");

  std::map<std::string_view, const Ranked*> listed;
  for (const Ranked& ranked : answered.list) listed[ranked.name] = &ranked;
  bool others = listed.size() != answered.list.size() || listed.size() != plain.list.size();
  bool scores = false;
  bool outcomes = false;
  for (const Ranked& ranked : plain.list) {
    const auto found = listed.find(ranked.name);
    if (found == listed.end()) {
      others = true;
      continue;
    }
    scores |= found->second->score != ranked.score;
    outcomes |= found->second->outcome != ranked.outcome;
  }
  const bool same_order =
      std::equal(answered.list.begin(), answered.list.end(), plain.list.begin(), plain.list.end(),
                 [](const Ranked& a, const Ranked& b) { return a.name == b.name; });
  if (others) differences.emplace_back("list");
  if (!others && !same_order) differences.emplace_back("order");
  if (scores) differences.emplace_back("scores");
  if (outcomes) differences.emplace_back("outcomes");
  return differences;
}

}  // namespace passend::matcher
