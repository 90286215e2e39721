#include <algorithm>
#include <map>

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
      Add(SentenceGroup::kStrength, kGrowth,
          absl::Substitute(words_.grows, work.start_weekly_hours, work.growth_weekly_hours));
    }
    TellDistance();
  }

 private:
  // One sentence for each attitude, met and not, with the strongest wishes first.
  void TellFeatures() {
    std::vector<matcher::WishTerm> wishes = context_.pair.fit.wishes;
    std::stable_sort(wishes.begin(), wishes.end(),
                     [](const auto& a, const auto& b) { return a.strength > b.strength; });
    std::map<std::pair<Attitude, bool>, std::vector<std::string>> lists;
    std::map<std::pair<Attitude, bool>, int64_t> strengths;
    for (const matcher::WishTerm& wish : wishes) {
      lists[{wish.attitude, wish.met}].push_back(TextOf(words_.features, wish.feature));
      strengths[{wish.attitude, wish.met}] += wish.strength;
    }
    const auto tell = [&](Attitude attitude, bool met, SentenceGroup group, const char* text) {
      const auto list = lists.find({attitude, met});
      if (list == lists.end()) return;
      const int64_t importance =
          attitude == Attitude::kNever ? kNever : kFeatures + strengths[{attitude, met}];
      Add(group, importance, absl::Substitute(text, Listed(list->second)));
    };
    tell(Attitude::kWants, true, SentenceGroup::kStrength, words_.wants_met);
    tell(Attitude::kAvoids, true, SentenceGroup::kStrength, words_.avoids_met);
    tell(Attitude::kNever, true, SentenceGroup::kStrength, words_.never_met);
    tell(Attitude::kWants, false, SentenceGroup::kCost, words_.wants_unmet);
    tell(Attitude::kAvoids, false, SentenceGroup::kCost, words_.avoids_unmet);
  }

  // What is not known is told with the other unknowns; what closes the task with the gates.
  void TellLimit(const AmountTerm& limit) {
    if (!limit.known || limit.fit.score == 0) return;
    const bool full = limit.fit.score == matcher::kWhole;
    const SentenceGroup group = full ? SentenceGroup::kStrength : SentenceGroup::kCost;
    switch (limit.kind) {
      case AmountKind::kWeeklyHours:
        Add(group, kHours,
            absl::Substitute(full ? words_.hours_fit : words_.hours_shared, limit.has,
                             limit.asked));
        break;
      case AmountKind::kCommonHours:
        Add(group, kTimes,
            absl::Substitute(full ? words_.hours_in_common_fit : words_.hours_in_common_few,
                             limit.has, limit.asked));
        break;
      case AmountKind::kTravelMinutes:
        Add(group, kTravel,
            absl::Substitute(full ? words_.travel_fit : words_.travel_long, limit.asked,
                             limit.has));
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
      Add(SentenceGroup::kStrength, kTravel, words_.from_home);
    } else if (!needed) {
      Add(SentenceGroup::kStrength, kTravel, words_.travel_arranged);
    }
  }

  void Add(SentenceGroup group, int64_t importance, std::string text) {
    sentences_.Add({group, Dimension::kWishes, importance, std::move(text)});
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
