#include "service/match/employer_ranking.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "matcher/wish_fit.h"
#include "passend/v1/work.pb.h"
#include "service/match/employer_question.h"
#include "service/match/fit_band.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

constexpr int32_t kAll = 100;  // percent
constexpr matcher::FeatureSet kConditions = ~matcher::FeatureSet{0} << kFirstCondition;

int PlaceOf(const matcher::Fit& fit) {
  const v1::FitBand band = BandOf(fit);
  return band == v1::FIT_BAND_UNSPECIFIED ? v1::FitBand_MAX + 1 : band;
}

}  // namespace

matcher::Work NeedsAside(matcher::Work work) {
  work.distance_counts = !matcher::DistanceIsNoMatter(work);
  work.pace = {};
  work.closing_nothing = kConditions;
  work.offers.clear();
  // All guidance adds up, and nobody needs more than all of each type.
  for (int solution = 1; solution <= v1::SupportSolution_MAX; ++solution) {
    if (!v1::SupportSolution_IsValid(solution)) continue;
    work.offers.push_back({static_cast<matcher::SupportSolution>(solution), kAll, 1});
  }
  return work;
}

matcher::Work NeedsAsideFor(const store::v1::EmployerList& made, matcher::Work work) {
  work = NeedsAside(std::move(work));
  if (!made.conditions_close_nothing()) work.closing_nothing = 0;
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

std::vector<std::string> EmployerOrder(const CandidateReferences& references,
                                       const std::string& list_id,
                                       const matcher::ReferenceScorer& scorer,
                                       std::span<const matcher::Person> people) {
  std::vector<std::tuple<int, std::string, std::string>> places;
  for (const matcher::Person& person : people) {
    const auto name = ParsePassportName(person.name);
    if (!name) continue;
    places.emplace_back(PlaceOf(scorer.Score(person)),
                        references.Make(list_id, "place", person.name), name->passport);
  }
  std::sort(places.begin(), places.end());
  std::vector<std::string> order;
  for (auto& [place, hash, passport] : places) order.push_back(std::move(passport));
  return order;
}

}  // namespace passend::service
