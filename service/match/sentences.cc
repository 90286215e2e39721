#include "service/match/sentences.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

namespace passend::service {
namespace {

// Who gets a place in a short list first. `turn` counts within group and dimension, from 0: a
// second strength of one dimension waits for the first of all others.
std::tuple<int, int64_t> Urgency(const Sentence& sentence, int64_t turn) {
  switch (sentence.group) {
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

void Sentences::Add(Sentence sentence) { sentences_.push_back(std::move(sentence)); }

std::vector<Sentence> Sentences::Ordered() const {
  std::vector<Sentence> ordered = sentences_;
  const auto rank = [&](const Sentence& sentence) {
    const bool by_loss = sentence.group == SentenceGroup::kCost;
    const bool as_added = sentence.group == SentenceGroup::kGate;
    const int64_t loss = by_loss ? losses_[static_cast<int>(sentence.dimension)] : 0;
    const int dimension = as_added ? 0 : static_cast<int>(sentence.dimension);
    return std::tuple(sentence.group, -loss, dimension, as_added ? 0 : -sentence.importance);
  };
  std::stable_sort(ordered.begin(), ordered.end(),
                   [&](const Sentence& a, const Sentence& b) { return rank(a) < rank(b); });
  return ordered;
}

std::vector<std::string> Sentences::All() const {
  std::vector<std::string> texts;
  for (Sentence& sentence : Ordered()) texts.push_back(std::move(sentence.text));
  return texts;
}

std::vector<std::string> Sentences::MostImportant(size_t limit) const {
  const std::vector<Sentence> ordered = Ordered();
  std::map<std::pair<SentenceGroup, matcher::Dimension>, int64_t> turns;
  std::vector<std::tuple<int, int64_t>> urgencies;
  for (const Sentence& sentence : ordered) {
    int64_t& turn = turns[{sentence.group, sentence.dimension}];
    urgencies.push_back(Urgency(sentence, turn++));
  }
  std::vector<size_t> places(ordered.size());
  std::iota(places.begin(), places.end(), size_t{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](size_t a, size_t b) { return urgencies[a] < urgencies[b]; });
  if (places.size() > limit) places.resize(limit);
  std::sort(places.begin(), places.end());
  std::vector<std::string> texts;
  for (size_t place : places) texts.push_back(ordered[place].text);
  return texts;
}

}  // namespace passend::service
