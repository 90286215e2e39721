// What the scoring core knows of a task.
#ifndef PASSEND_MATCHER_WORK_H_
#define PASSEND_MATCHER_WORK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/person.h"

namespace passend::matcher {

struct Requirement {
  ConceptIndex skill;
  int32_t level;       // 1-5
  int32_t importance;  // 1-5
  bool learnable;
  friend bool operator==(const Requirement&, const Requirement&) = default;
};

struct SupportOffer {
  SupportSolution solution;
  int32_t amount_percent;    // 1-100, over all who share it
  int32_t shared_by_people;  // >= 1
  friend bool operator==(const SupportOffer&, const SupportOffer&) = default;
};

struct Work {
  std::string name;                       // breaks ties among tasks through a hash
  std::vector<Requirement> requirements;  // empty: open hiring
  FeatureSet features = 0;
  FeatureSet closing_nothing = 0;  // features that close it to nobody, whoever never wants them
  WorkKind kind = kNoWorkKind;
  PaceAmounts pace{};
  std::vector<SupportOffer> offers;
  uint8_t form = 0;                     // number of passend.v1.ParticipationForm
  int32_t start_weekly_hours = 0;       // >= 1
  int32_t growth_weekly_hours = 0;      // 0: does not grow
  int32_t shared_weekly_hours_min = 0;  // 0: not shared
  Week schedule;                        // empty: any time
  std::optional<Place> place;           // nullopt: not known
  bool remote = false;
  bool distance_counts = false;  // also where transport is on offer
  std::string region;
  friend bool operator==(const Work&, const Work&) = default;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WORK_H_
