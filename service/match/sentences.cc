#include "service/match/sentences.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

namespace passend::service {
namespace {

// Who gets a place in a short list first; less is sooner. `turn` counts within group and dimension,
// from 0: a second strength of one dimension waits for the first of all others.
std::pair<int, int64_t> Urgency(SentenceGroup group, int64_t turn) {
  switch (group) {
    case SentenceGroup::kQuestion:
      return {0, 0};
    case SentenceGroup::kGate:
      return {1, turn};
    case SentenceGroup::kStrength:
      return {turn == 0 ? 2 : 5, turn};
    case SentenceGroup::kCost:
      return {turn == 0 ? 3 : 5, turn};
    case SentenceGroup::kUncertain:
      return {turn == 0 ? 4 : 6, turn};
  }
  return {7, turn};
}

}  // namespace

Sentences::Sentences(const matcher::Fit& fit) {
  for (int dimension = 0; dimension < matcher::kDimensions; ++dimension) {
    const matcher::DimensionFit& part = fit.dimensions[dimension];
    // A score of 0 has no finite loss: it loses most.
    losses_[dimension] = part.band.score == 0 ? std::numeric_limits<int64_t>::max() : part.loss;
  }
}

void Sentences::Choose(size_t limit) {
  Many<size_t> told = Ordered();
  if (told.size() > limit) KeepMostUrgent(told, limit);
  places_.assign(announced_.size(), kNotTold);
  for (size_t place = 0; place < told.size(); ++place) places_[told[place]] = place;
  texts_.resize(told.size());
  chosen_ = true;
}

Sentences::Many<size_t> Sentences::Ordered() const {
  const auto rank = [&](size_t number) {
    const SentenceAbout& about = announced_[number];
    const bool by_loss = about.group == SentenceGroup::kCost;
    const bool as_added = about.group == SentenceGroup::kGate;
    const int64_t loss = by_loss ? losses_[static_cast<size_t>(about.dimension)] : 0;
    const int dimension = as_added ? 0 : static_cast<int>(about.dimension);
    return std::tuple(about.group, -loss, dimension, as_added ? 0 : -about.importance, number);
  };
  Many<size_t> ordered(announced_.size());
  std::iota(ordered.begin(), ordered.end(), size_t{0});
  std::sort(ordered.begin(), ordered.end(), [&](size_t a, size_t b) { return rank(a) < rank(b); });
  return ordered;
}

void Sentences::KeepMostUrgent(Many<size_t>& ordered, size_t limit) const {
  struct Claim {
    std::pair<int, int64_t> urgency;
    size_t place;  // in `ordered`
    auto operator<=>(const Claim&) const = default;
  };
  std::array<std::array<int64_t, matcher::kDimensions>, kSentenceGroups> turns{};
  Many<Claim> claims;
  for (size_t place = 0; place < ordered.size(); ++place) {
    const SentenceAbout& about = announced_[ordered[place]];
    int64_t& turn = turns[static_cast<size_t>(about.group)][static_cast<size_t>(about.dimension)];
    claims.push_back({Urgency(about.group, turn++), place});
  }
  std::nth_element(claims.begin(), claims.begin() + static_cast<std::ptrdiff_t>(limit),
                   claims.end());
  claims.resize(limit);
  std::sort(claims.begin(), claims.end(),
            [](const Claim& a, const Claim& b) { return a.place < b.place; });
  // Places only grow, so that no number is overwritten before it is read.
  for (size_t kept = 0; kept < limit; ++kept) ordered[kept] = ordered[claims[kept].place];
  ordered.resize(limit);
}

}  // namespace passend::service
