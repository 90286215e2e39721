#include "service/evidence/due_order.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>
#include <tuple>
#include <utility>

#include "service/evidence/asked_skills.h"

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

void Sort(std::vector<DueWeighed>& all) {
  std::sort(all.begin(), all.end(),
            [](const DueWeighed& a, const DueWeighed& b) { return OrderOf(a) < OrderOf(b); });
}

std::vector<DueWeighed> Weighed(std::vector<DueThing> things, const ValueOfKnowing& value) {
  std::vector<DueWeighed> weighed;
  for (DueThing& thing : things) {
    DueValue worth = value.Of(thing);
    weighed.push_back({std::move(thing), std::move(worth)});
  }
  return weighed;
}

}  // namespace

std::vector<DueWeighed> WhatIsDue(std::span<const v1::Validation> validations,
                                  const matcher::Person& person, const matcher::ScoringBasis& basis,
                                  const std::vector<matcher::Work>& works) {
  const ValueOfKnowing value(basis, person, works);
  std::vector<DueWeighed> all = Weighed(ThingsDue(validations, person, basis), value);
  std::vector<DueWeighed> asked = Weighed(SkillsAskedFor(person, basis, works), value);
  Sort(asked);
  asked.resize(std::min(asked.size(), kDueAskedMax));
  std::move(asked.begin(), asked.end(), std::back_inserter(all));
  std::erase_if(all, [](const DueWeighed& weighed) { return !IsTold(weighed); });
  Sort(all);
  return all;
}

}  // namespace passend::service
