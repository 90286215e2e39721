#include "service/match/match_options.h"

#include <array>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "service/errors/request_errors.h"
#include "service/errors/resource_errors.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/policy_projection.h"
#include "service/records/stored_message.h"
#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

constexpr std::array<const char*, matcher::kDimensions> kWeightFields = {
    "options.weights.ability", "options.weights.wishes", "options.weights.pace",
    "options.weights.support"};

absl::StatusOr<PolicyBook::const_iterator> FindPolicy(const PolicyBook& book,
                                                      const std::string& name) {
  if (name.empty()) return std::prev(book.end());
  const auto parsed = ParsePolicyName(name);
  const auto found = parsed ? book.find(parsed->version) : book.end();
  if (found == book.end()) return PolicyNotFound(name);
  return found;
}

absl::Status CheckWeights(const matcher::Weights& weights, const matcher::Policy& policy) {
  for (int dimension = 0; dimension < matcher::kDimensions; ++dimension) {
    if (weights[dimension] >= policy.weights_min[dimension]) continue;
    return WeightBounds(kWeightFields[dimension],
                        absl::StrCat("at least ", policy.weights_min[dimension]));
  }
  if (std::accumulate(weights.begin(), weights.end(), int64_t{0}) != matcher::kWhole) {
    return WeightBounds("options.weights", absl::StrCat("a sum of ", matcher::kWhole));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ResolvedOptions> Resolve(const v1::MatchOptions& options, const MatchView& view,
                                        absl::Time now, const std::string& default_seed) {
  FieldViolations violations;
  CheckTime(options.as_of_time(), FieldPath("options.as_of_time"), violations);
  if (!violations.empty()) {
    return InvalidField(violations.front().field, violations.front().allowed);
  }
  const auto policy = FindPolicy(*view.policies, options.policy());
  if (!policy.ok()) return policy.status();
  ResolvedOptions resolved;
  resolved.policy_version = (*policy)->first;
  resolved.basis.taxonomy = view.catalog->taxonomy().get();
  resolved.basis.policy = (*policy)->second;
  resolved.basis.weights = resolved.basis.policy.weights;
  if (options.has_weights()) {
    resolved.basis.weights = WeightsOf(options.weights());
    absl::Status checked = CheckWeights(resolved.basis.weights, resolved.basis.policy);
    if (!checked.ok()) return checked;
  }
  resolved.basis.as_of = DayOf(options.has_as_of_time() ? options.as_of_time() : ToTimestamp(now));
  resolved.language_code = options.language_code().empty() ? "nl" : options.language_code();
  resolved.seed = options.seed().empty() ? default_seed : options.seed();
  return resolved;
}

v1::MatchBasis BasisOf(const ResolvedOptions& options, const MatchView& view) {
  v1::MatchBasis basis;
  basis.set_policy(MakeName(PolicyName{options.policy_version}));
  for (const std::string& taxonomy : view.taxonomies) basis.add_taxonomies(taxonomy);
  basis.set_data_sequence(static_cast<int64_t>(view.sequence));
  *basis.mutable_as_of_time() = StartOf(options.basis.as_of);
  *basis.mutable_weights() = ToProto(options.basis.weights);
  return basis;
}

}  // namespace passend::service
