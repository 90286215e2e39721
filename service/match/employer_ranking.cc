#include "service/match/employer_ranking.h"

#include "matcher/wish_fit.h"
#include "passend/v1/work.pb.h"

namespace passend::service {
namespace {

constexpr int32_t kAll = 100;  // percent

}  // namespace

matcher::Work NeedsAside(matcher::Work work) {
  work.distance_counts = !matcher::DistanceIsNoMatter(work);
  work.pace = {};
  work.offers.clear();
  // All guidance adds up, and nobody needs more than all of each type.
  for (int solution = 1; solution <= v1::SupportSolution_MAX; ++solution) {
    if (!v1::SupportSolution_IsValid(solution)) continue;
    work.offers.push_back({static_cast<matcher::SupportSolution>(solution), kAll, 1});
  }
  return work;
}

matcher::ScoringBasis NeedsAside(matcher::ScoringBasis basis) {
  constexpr auto kAbility = static_cast<int>(matcher::Dimension::kAbility);
  constexpr auto kWishes = static_cast<int>(matcher::Dimension::kWishes);
  const matcher::BasisPoints sum = basis.weights[kAbility] + basis.weights[kWishes];
  const matcher::BasisPoints ability =
      sum == 0 ? matcher::kWhole / 2 : basis.weights[kAbility] * matcher::kWhole / sum;
  basis.weights = {};
  basis.weights[kAbility] = ability;
  basis.weights[kWishes] = matcher::kWhole - ability;
  basis.policy.support.unknown = matcher::kWhole;
  return basis;
}

}  // namespace passend::service
