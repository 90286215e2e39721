// What the scoring core knows of a person. Nothing else of a passport can change an order.
#ifndef PASSEND_MATCHER_PERSON_H_
#define PASSEND_MATCHER_PERSON_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/certainty.h"
#include "matcher/support_line.h"
#include "matcher/taxonomy.h"
#include "matcher/travel.h"
#include "matcher/week.h"
#include "matcher/work_kind.h"

namespace passend::matcher {

// Bit n is the work feature with number n of passend.v1.WorkFeature (below 64).
using FeatureSet = uint64_t;
// Bit n is the form with number n of passend.v1.ParticipationForm (below 32).
using FormSet = uint32_t;

struct PersonSkill {
  ConceptIndex skill;
  std::vector<Validation> validations;  // at least one
  friend bool operator==(const PersonSkill&, const PersonSkill&) = default;
};

inline constexpr int kStrengths = 3;

// What the person wants. The sets are disjoint.
struct Wishes {
  std::array<FeatureSet, kStrengths> wants{};   // by strength - 1
  std::array<FeatureSet, kStrengths> avoids{};  // by strength - 1
  FeatureSet never = 0;
  FormSet forms = 0;             // 0: not known
  int32_t weekly_hours_min = 0;  // 0: hours not known
  int32_t weekly_hours_max = 0;
  Week schedule;  // empty: not known
  struct Travel {
    Place home;
    TravelMeans means;
    int32_t minutes_max;  // >= 1
    friend bool operator==(const Travel&, const Travel&) = default;
  };
  std::optional<Travel> travel;  // nullopt: not known
  friend bool operator==(const Wishes&, const Wishes&) = default;
};

// The four parts of a pace.
enum class PacePart : uint8_t { kTempo = 0, kStretch = 1, kDay = 2, kWeek = 3 };
inline constexpr int kPaceParts = 4;

// Tempo in percent, minutes at a stretch, hours a day, days a week; 0: not known, or not asked.
using PaceAmounts = std::array<int32_t, kPaceParts>;

struct PersonPace {
  WorkKind kind;
  PaceAmounts amounts;
  bool measured;  // otherwise expected
  Day observed;
  friend bool operator==(const PersonPace&, const PersonPace&) = default;
};

struct SupportNeed {
  SupportSolution solution;
  int32_t amount_percent;  // 0: not known
  int32_t brought_percent;
  bool essential;
  friend bool operator==(const SupportNeed&, const SupportNeed&) = default;
};

struct Person {
  std::string name;                 // random; breaks ties through a hash
  std::vector<PersonSkill> skills;  // by skill, ascending, each once; empty: not known
  Wishes wishes;
  std::vector<PersonPace> paces;
  bool support_known = false;
  std::vector<SupportNeed> needs;
  std::string region;       // empty: not known
  uint64_t last_shown = 0;  // when the person was last in an answer; 0: never
  friend bool operator==(const Person&, const Person&) = default;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PERSON_H_
