#include "service/match/offer_reach.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "matcher/pace_fit.h"
#include "matcher/ranking.h"
#include "matcher/support_fit.h"

namespace passend::service {
namespace {

constexpr int kHelpfulMax = 3;

// One in twenty, and three in four.
bool IsMany(size_t some, size_t all) { return some * 20 >= all; }
bool IsMost(size_t some, size_t all) { return some * 4 >= all * 3; }

// Everything that is short, for one person.
struct Short {
  std::vector<matcher::SupportSolution> support;
  bool pace = false;
};

Short ShortFor(const Needs& one, const matcher::Policy& policy, const matcher::Work& work) {
  matcher::Person person;
  person.support_known = true;
  person.needs = one.needs;
  person.paces = one.paces;
  Short shortage;
  for (const matcher::SupportTerm& term :
       matcher::ScoreSupport(policy.support, work, person).terms) {
    if (term.met.score < matcher::kWhole) shortage.support.push_back(term.solution);
  }
  for (const matcher::AmountTerm& term : matcher::ScorePace(policy.pace, work, person).terms) {
    shortage.pace |= term.known && term.has < term.asked;
  }
  return shortage;
}

}  // namespace

v1::OfferReach ReachAmong(const std::vector<Needs>& people, const matcher::Policy& policy,
                          const matcher::Work& work) {
  v1::OfferReach reach;
  if (people.size() < kReachPeopleMin) return reach;
  size_t enough = 0;
  size_t pace = 0;
  std::map<matcher::SupportSolution, size_t> support;
  for (const Needs& one : people) {
    const Short shortage = ShortFor(one, policy, work);
    enough += shortage.support.empty() && !shortage.pace;
    pace += shortage.pace;
    for (const matcher::SupportSolution solution : shortage.support) ++support[solution];
  }
  reach.set_statement(IsMost(enough, people.size()) ? v1::OFFER_STATEMENT_ENOUGH
                                                    : v1::OFFER_STATEMENT_ENOUGH_WITH);
  if (reach.statement() == v1::OFFER_STATEMENT_ENOUGH) return reach;
  std::vector<std::pair<matcher::SupportSolution, size_t>> helpful(support.begin(), support.end());
  std::stable_sort(helpful.begin(), helpful.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  reach.set_calmer_pace(IsMany(pace, people.size()));
  for (const auto& [solution, count] : helpful) {
    // What is short for a quarter of the people may be many things: then the first is named.
    const bool named = reach.calmer_pace() || reach.support_size() > 0;
    if (named && !IsMany(count, people.size())) break;
    if (reach.support_size() == kHelpfulMax) break;
    reach.add_support(static_cast<v1::SupportSolution>(solution));
  }
  // By their numbers: which of two is short for more people changes with one of them.
  std::sort(reach.mutable_support()->begin(), reach.mutable_support()->end());
  return reach;
}

std::shared_ptr<const std::vector<Needs>> OfferReaches::Sample(const matcher::IndexSnapshot& index,
                                                               absl::Time now) {
  // Whoever asks at the same time waits: looking at everybody twice takes longer.
  absl::MutexLock lock(&mutex_);
  if (people_ != nullptr && now < until_) return people_;

  // Those with the lowest hashes: a choice that nobody makes.
  std::vector<std::pair<uint64_t, Needs>> chosen;
  const auto lower = [](const auto& a, const auto& b) { return a.first < b.first; };
  const std::string seed = absl::FormatTime("%Y%m%d", now, absl::UTCTimeZone());
  index.VisitPeople([&](const matcher::Person& person) {
    if (!person.support_known) return true;
    const uint64_t hash = matcher::TieHash(seed, person.name);
    if (hash > std::numeric_limits<uint64_t>::max() / 2) return true;
    if (chosen.size() == kReachPeopleMax) {
      if (hash >= chosen.front().first) return true;
      std::pop_heap(chosen.begin(), chosen.end(), lower);
      chosen.pop_back();
    }
    chosen.emplace_back(hash, Needs{person.paces, person.needs});
    std::push_heap(chosen.begin(), chosen.end(), lower);
    return true;
  });
  auto people = std::make_shared<std::vector<Needs>>();
  for (auto& [hash, needs] : chosen) people->push_back(std::move(needs));
  people_ = std::move(people);
  until_ = now + kSampleKeptFor;
  return people_;
}

}  // namespace passend::service
