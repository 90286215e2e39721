// How a person and a piece of work fit, to the last term.
#ifndef PASSEND_MATCHER_FIT_H_
#define PASSEND_MATCHER_FIT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/log_table.h"
#include "matcher/person.h"
#include "matcher/policy.h"
#include "matcher/work.h"

namespace passend::matcher {

// A score with the same score at the worst and the best of what is uncertain:
// 0 <= low <= score <= high <= kWhole.
struct Band {
  BasisPoints low = kWhole;
  BasisPoints score = kWhole;
  BasisPoints high = kWhole;
  friend bool operator==(const Band&, const Band&) = default;
};

enum class Outcome : uint8_t {
  kRanked,
  kToBeAsked,  // the only thing against is that no skills are known; score 0, band above it
  kExcluded,
};

// Numbers of passend.v1.GateCause. The first that applies is the one that is counted.
enum class GateCause : uint8_t {
  kNone = 0,
  kParticipationForm = 1,
  kWishNever = 2,
  kHours = 3,
  kSchedule = 4,
  kTravel = 5,
  kSkillMissing = 6,
  kTempo = 7,
  kStretch = 8,
  kDay = 9,
  kWeek = 10,
  kSupportMissing = 11,
  kNothingFits = 12,
};
inline constexpr int kGateCauses = 13;

// Why the work is closed to the person, and what would open it.
struct Gate {
  GateCause cause;
  uint8_t feature = 0;  // kWishNever
  std::optional<size_t> requirement =
      std::nullopt;              // kSkillMissing: its place in Work::requirements
  SupportSolution solution = 0;  // kSupportMissing
  std::optional<Dimension> dimension = std::nullopt;  // kNothingFits
  int32_t has = 0;  // in the unit of the cause (passend.v1.GateCause)
  int32_t needed = 0;
  friend bool operator==(const Gate&, const Gate&) = default;
};

struct SkillTerm {
  int64_t weight = 0;
  // The best held skill for it; nullopt: none.
  std::optional<ConceptIndex> held;
  SkillRelation relation = SkillRelation::kNone;
  BasisPoints factor = 0;
  LevelHundredths level = 0;
  HeldLevel source{};  // meaningful where `held` is set
  Band fit;
  int32_t under_used_levels = 0;
  friend bool operator==(const SkillTerm&, const SkillTerm&) = default;
};

enum class Attitude : uint8_t { kWants = 1, kAvoids = 2, kNever = 3 };

struct WishTerm {
  uint8_t feature;
  Attitude attitude;
  int32_t strength;  // 0 for kNever
  bool met;
  friend bool operator==(const WishTerm&, const WishTerm&) = default;
};

// Numbers of passend.v1.AmountKind.
enum class AmountKind : uint8_t {
  kWeeklyHours = 1,
  kCommonHours = 2,
  kTravelMinutes = 3,
  kTempo = 4,
  kStretch = 5,
  kDay = 6,
  kWeek = 7,
};

struct AmountTerm {
  AmountKind kind;
  bool known = false;
  int32_t has = 0;
  int32_t asked = 0;
  Band fit = {};
  WorkKind seen_at = kNoWorkKind;  // pace
  bool measured = false;           // pace
  friend bool operator==(const AmountTerm&, const AmountTerm&) = default;
};

struct SupportTerm {
  SupportSolution solution;    // of the first need on this line
  int32_t needed_percent = 0;  // after what is brought along
  int32_t offered_hundredths = 0;
  int64_t weight = 0;
  Band met = {};
  bool essential = false;
  bool amount_unknown = false;
  friend bool operator==(const SupportTerm&, const SupportTerm&) = default;
};

struct DimensionFit {
  Band band;
  BasisPoints weight = 0;
  Loss loss = 0;  // weight * LossOf(band.score); 0 where the score is 0
  friend bool operator==(const DimensionFit&, const DimensionFit&) = default;
};

// Numbers of passend.v1.QuestionTopic; the order breaks ties.
enum class Topic : uint8_t {
  kNone = 0,
  kSkills = 1,
  kSkillLevel = 2,
  kWishes = 3,
  kForms = 4,
  kHours = 5,
  kSchedule = 6,
  kTravel = 7,
  kPace = 8,
  kSupport = 9,
};

struct Question {
  Topic topic = Topic::kNone;
  size_t requirement = 0;  // kSkillLevel: its place in Work::requirements
  friend bool operator==(const Question&, const Question&) = default;
};

struct Fit {
  Outcome outcome = Outcome::kExcluded;
  Band band;      // score 0 unless kRanked
  Loss loss = 0;  // sum over the dimensions; band.score == ScoreOf(loss / kWhole) where ranked
  std::array<DimensionFit, kDimensions> dimensions;
  std::vector<SkillTerm> skills;      // one a requirement, in the order of the work
  std::vector<WishTerm> wishes;       // by feature number
  std::vector<AmountTerm> limits;     // hours, schedule, travel
  std::vector<AmountTerm> paces;      // one for each part that is asked
  std::vector<SupportTerm> supports;  // one for each line of need
  std::vector<Gate> gates;            // in the order of their causes
  std::optional<Question> question;   // nullopt: nothing is uncertain
  friend bool operator==(const Fit&, const Fit&) = default;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_FIT_H_
