// Score and first gate of the dimensions other than ability, without terms: what the fast ways of
// ranking people and work have in common.
#ifndef PASSEND_MATCHER_JUDGE_H_
#define PASSEND_MATCHER_JUDGE_H_

#include <array>
#include <span>

#include "matcher/combine.h"
#include "matcher/ranking.h"

namespace passend::matcher {

struct Verdict {
  Outcome outcome;
  BasisPoints score;      // 0 unless ranked
  GateCause first_cause;  // kNone unless excluded
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

// Adds one verdict to the counts.
void Count(const Verdict& verdict, PoolCounts& counts);

// 0 with a cause, or the score.
struct PartVerdict {
  BasisPoints score;
  GateCause cause;
};
struct AbilityVerdict {
  BasisPoints score;
  bool unknown;  // no skill is known
  GateCause cause;
};

// Support offered to one person, in hundredths of a percent, by line.
using OfferedByLine = std::array<int32_t, kSupportLines>;
OfferedByLine OffersOf(const Work& work);

// `distance_is_no_matter` is DistanceIsNoMatter(work), which takes a while to find out.
PartVerdict JudgeWishes(const WishesPolicy& policy, const Work& work, bool distance_is_no_matter,
                        const Wishes& wishes);
PartVerdict JudgePaces(const PacePolicy& policy, const Work& work,
                       std::span<const PersonPace> paces);
// Of needs that are known.
PartVerdict JudgeNeeds(const SupportPolicy& policy, const OfferedByLine& offered_hundredths,
                       std::span<const SupportNeed> needs);

// Whether the ability in a skill that can be learnt, and is not had, can come to 0.
bool AbilityMayBeZero(const AbilityPolicy& policy);
// Whether wishes within all limits, support with no essential need open, or a pace that is not
// known, where one is asked, can come to 0.
bool OthersMayBeZero(const Policy& policy, bool pace_asked);

// The verdict of the four together, none of which has a cause.
Verdict JudgeWhole(const Weights& weights, const AbilityVerdict& ability, BasisPoints wishes,
                   BasisPoints pace, BasisPoints support);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_JUDGE_H_
