#include <algorithm>

#include "absl/strings/substitute.h"
#include "service/match/wording.h"

namespace passend::service {
namespace {

using matcher::AmountKind;
using matcher::AmountTerm;
using matcher::Dimension;

int PlaceOf(AmountKind kind) {
  return static_cast<int>(kind) - static_cast<int>(AmountKind::kTempo);
}

// Where and how the pace was seen is told once for all its parts.
void TellDoubts(const WordingContext& context, const std::vector<AmountTerm>& terms,
                Sentences& sentences) {
  const auto known = [](const AmountTerm& term) { return term.known; };
  const bool expected = std::any_of(terms.begin(), terms.end(), [&](const AmountTerm& term) {
    return known(term) && !term.measured;
  });
  if (expected) {
    sentences.Add({SentenceGroup::kUncertain, Dimension::kPace, 1},
                  [&] { return std::string(context.words.pace_expected); });
  }
  const matcher::WorkKind kind = context.pair.work.kind;
  const auto seen_elsewhere = [&](const AmountTerm& term) {
    return known(term) && kind != matcher::kNoWorkKind && term.seen_at != kind;
  };
  if (!std::any_of(terms.begin(), terms.end(), seen_elsewhere)) return;
  sentences.Add({SentenceGroup::kUncertain, Dimension::kPace, 0}, [&] {
    std::vector<std::string_view> kinds;
    for (const AmountTerm& term : terms) {
      if (seen_elsewhere(term)) kinds.push_back(TextOf(context.words.kinds, term.seen_at));
    }
    return absl::Substitute(context.words.pace_elsewhere, Listed(kinds));
  });
}

}  // namespace

void TellPace(const WordingContext& context, Sentences& sentences) {
  const std::vector<AmountTerm>& terms = context.pair.fit.paces;
  for (const AmountTerm& term : terms) {
    // What is not known is told with the other unknowns; what closes the task with the gates.
    if (!term.known || term.fit.score == 0) continue;
    const PaceWord& words = context.words.paces[PlaceOf(term.kind)];
    const bool enough = term.fit.score == matcher::kWhole;
    // The weakest part costs most; the tempo is told before the others where all do.
    const int64_t importance = enough ? -PlaceOf(term.kind) : matcher::kWhole - term.fit.score;
    sentences.Add(
        {enough ? SentenceGroup::kStrength : SentenceGroup::kCost, Dimension::kPace, importance},
        [&] {
          return absl::Substitute(enough ? words.enough : words.short_of, term.has, term.asked);
        });
  }
  TellDoubts(context, terms, sentences);
}

}  // namespace passend::service
