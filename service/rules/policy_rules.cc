#include "service/rules/policy_rules.h"

#include <string>

#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

constexpr int32_t kWhole = 10'000;
// What the person wants and needs can be made lighter by nobody than this: an employer must not set
// it to zero, not even by way of a policy.
constexpr int32_t kWishesLeast = 1'500;
constexpr int32_t kSupportLeast = 1'000;

void CheckLeast(std::string_view dimension, int32_t least, int32_t weight, int32_t bound,
                const FieldPath& path, FieldViolations& violations) {
  if (least < bound) {
    violations.push_back({(path / dimension).text(), "must be at least " + std::to_string(bound)});
  } else if (least > weight) {
    violations.push_back({(path / dimension).text(),
                          "must not be above the weight (" + std::to_string(weight) + ")"});
  }
}

void CheckWeights(const v1::Policy& policy, const FieldPath& path, FieldViolations& violations) {
  const v1::DimensionWeights& weights = policy.weights();
  const int64_t sum =
      int64_t{weights.ability()} + weights.wishes() + weights.pace() + weights.support();
  if (sum != kWhole) {
    violations.push_back(
        {(path / "weights").text(), "must sum to 10000; they sum to " + std::to_string(sum)});
  }
  const v1::DimensionWeights& least = policy.weights_min();
  const FieldPath least_path = path / "weights_min";
  CheckLeast("ability", least.ability(), weights.ability(), 0, least_path, violations);
  CheckLeast("wishes", least.wishes(), weights.wishes(), kWishesLeast, least_path, violations);
  CheckLeast("pace", least.pace(), weights.pace(), 0, least_path, violations);
  CheckLeast("support", least.support(), weights.support(), kSupportLeast, least_path, violations);
}

}  // namespace

FieldViolations CheckPolicy(const v1::Policy& policy, const FieldPath& path) {
  FieldViolations violations;
  CheckWeights(policy, path, violations);
  CheckNoRepeats(
      policy.ability().methods(), path / "ability" / "methods", "method",
      [](const v1::MethodCertainty& method) { return method.method(); }, violations);
  CheckNoRepeats(
      policy.wishes().speeds(), path / "wishes" / "speeds", "means",
      [](const v1::TravelSpeed& speed) { return speed.means(); }, violations);
  return violations;
}

}  // namespace passend::service
