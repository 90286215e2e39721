#include "service/evidence/due_order.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

namespace passend::service {
namespace {

bool SomebodyDisagrees(const DueThing& thing) {
  return thing.kind == v1::DUE_KIND_DISPUTE || thing.kind == v1::DUE_KIND_DISAGREEMENT;
}

bool IsTold(const DueWeighed& weighed) {
  return weighed.value.basis_points > 0 || SomebodyDisagrees(weighed.thing) ||
         weighed.thing.kind == v1::DUE_KIND_EXPIRES;
}

// Concepts are numbered in the order of their names.
auto OrderOf(const DueWeighed& weighed) {
  const DueThing& thing = weighed.thing;
  return std::tuple(!SomebodyDisagrees(thing), -weighed.value.basis_points, thing.kind,
                    thing.due.value_or(std::numeric_limits<matcher::Day>::max()),
                    thing.skill.value_or(0), thing.topic, std::string_view(thing.validation));
}

}  // namespace

std::vector<DueWeighed> WhatIsDue(std::span<const v1::Validation> validations,
                                  const matcher::Person& person, const matcher::ScoringBasis& basis,
                                  const std::vector<matcher::Work>& works) {
  const ValueOfKnowing value(basis, person, works);
  std::vector<DueWeighed> all;
  for (DueThing& thing : ThingsDue(validations, person, basis)) {
    DueValue worth = value.Of(thing);
    all.push_back({std::move(thing), std::move(worth)});
  }
  std::erase_if(all, [](const DueWeighed& weighed) { return !IsTold(weighed); });
  std::sort(all.begin(), all.end(),
            [](const DueWeighed& a, const DueWeighed& b) { return OrderOf(a) < OrderOf(b); });
  return all;
}

}  // namespace passend::service
