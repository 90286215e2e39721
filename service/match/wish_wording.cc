#include <algorithm>

#include "absl/strings/substitute.h"
#include "matcher/wish_fit.h"
#include "service/match/wording.h"

namespace passend::service {
namespace {

using matcher::AmountKind;
using matcher::AmountTerm;
using matcher::Attitude;
using matcher::Dimension;

// What is told first within wishes; features are told by their strength on top of kFeatures.
enum Importance : int64_t {
  kTimes = 1,
  kTravel = 2,
  kHours = 3,
  kGrowth = 4,
  kNever = 5,
  kFeatures = 6
};

class WishTeller {
 public:
  WishTeller(const WordingContext& context, Sentences& sentences)
      : context_(context), words_(context.words), sentences_(sentences) {}

  void Tell() {
    TellFeatures();
    for (const AmountTerm& limit : context_.pair.fit.limits) TellLimit(limit);
    const matcher::Work& work = context_.pair.work;
    if (work.growth_weekly_hours > work.start_weekly_hours) {
      Add(SentenceGroup::kStrength, kGrowth, [&] {
        return absl::Substitute(words_.grows, work.start_weekly_hours, work.growth_weekly_hours);
      });
    }
    TellDistance();
  }

 private:
  // One sentence for each attitude, met and not, with the strongest wishes first.
  void TellFeatures() {
    TellFeatures(Attitude::kWants, true, SentenceGroup::kStrength, words_.wants_met);
    TellFeatures(Attitude::kAvoids, true, SentenceGroup::kStrength, words_.avoids_met);
    TellFeatures(Attitude::kNever, true, SentenceGroup::kStrength, words_.never_met);
    TellFeatures(Attitude::kWants, false, SentenceGroup::kCost, words_.wants_unmet);
    TellFeatures(Attitude::kAvoids, false, SentenceGroup::kCost, words_.avoids_unmet);
  }

  void TellFeatures(Attitude attitude, bool met, SentenceGroup group, const char* text) {
    int count = 0;
    int64_t strength = 0;
    for (const matcher::WishTerm& wish : context_.pair.fit.wishes) {
      if (wish.attitude != attitude || wish.met != met) continue;
      ++count;
      strength += wish.strength;
    }
    if (count == 0) return;
    Add(group, attitude == Attitude::kNever ? kNever : kFeatures + strength,
        [&] { return absl::Substitute(text, Listed(FeaturesOf(attitude, met))); });
  }

  std::vector<std::string_view> FeaturesOf(Attitude attitude, bool met) const {
    std::vector<matcher::WishTerm> wishes;
    for (const matcher::WishTerm& wish : context_.pair.fit.wishes) {
      if (wish.attitude == attitude && wish.met == met) wishes.push_back(wish);
    }
    std::stable_sort(wishes.begin(), wishes.end(),
                     [](const auto& a, const auto& b) { return a.strength > b.strength; });
    std::vector<std::string_view> features;
    features.reserve(wishes.size());
    for (const matcher::WishTerm& wish : wishes) {
      features.push_back(TextOf(words_.features, wish.feature));
    }
    return features;
  }

  // What is not known is told with the other unknowns; what closes the task with the gates.
  void TellLimit(const AmountTerm& limit) {
    if (!limit.known || limit.fit.score == 0) return;
    const bool full = limit.fit.score == matcher::kWhole;
    const SentenceGroup group = full ? SentenceGroup::kStrength : SentenceGroup::kCost;
    switch (limit.kind) {
      case AmountKind::kWeeklyHours:
        Add(group, kHours, [&] {
          return absl::Substitute(full ? words_.hours_fit : words_.hours_shared, limit.has,
                                  limit.asked);
        });
        break;
      case AmountKind::kCommonHours:
        Add(group, kTimes, [&] {
          return absl::Substitute(full ? words_.hours_in_common_fit : words_.hours_in_common_few,
                                  limit.has, limit.asked);
        });
        break;
      case AmountKind::kTravelMinutes:
        Add(group, kTravel, [&] {
          return absl::Substitute(full ? words_.travel_fit : words_.travel_long, limit.asked,
                                  limit.has);
        });
        break;
      default:
        break;
    }
  }

  // Why distance plays no part. Transport that is needed is told with the needs.
  void TellDistance() {
    const matcher::Work& work = context_.pair.work;
    if (!matcher::DistanceIsNoMatter(work)) return;
    const auto& needs = context_.pair.person.needs;
    const bool needed = std::any_of(needs.begin(), needs.end(), [](const auto& need) {
      return need.solution == matcher::kTransport;
    });
    if (work.remote) {
      Add(SentenceGroup::kStrength, kTravel, [&] { return std::string(words_.from_home); });
    } else if (!needed) {
      Add(SentenceGroup::kStrength, kTravel, [&] { return std::string(words_.travel_arranged); });
    }
  }

  template <typename Write>
  void Add(SentenceGroup group, int64_t importance, const Write& write) {
    sentences_.Add({group, Dimension::kWishes, importance}, write);
  }

  const WordingContext& context_;
  const MatchWords& words_;
  Sentences& sentences_;
};

}  // namespace

void TellWishes(const WordingContext& context, Sentences& sentences) {
  WishTeller(context, sentences).Tell();
}

}  // namespace passend::service
