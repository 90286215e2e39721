#include <algorithm>

#include "absl/strings/substitute.h"
#include "service/match/wording.h"

namespace passend::service {
namespace {

using matcher::Dimension;
using matcher::SupportTerm;

std::string PartMet(const WordingContext& context, const SupportTerm& term,
                    const SupportWord& word) {
  const MatchWords& words = context.words;
  const std::string offered = HundredthsText(words, term.offered_hundredths);
  if (matcher::LineOf(term.solution) == matcher::kGuidanceLine) {
    return absl::Substitute(words.guidance_part, word.needed, term.needed_percent, offered);
  }
  return absl::Substitute(words.support_part, word.needed, offered);
}

// Needs of which the person brings everything along are not among the terms.
void TellBrought(const WordingContext& context, Sentences& sentences) {
  std::vector<std::string> brought;
  for (const matcher::SupportNeed& need : context.pair.person.needs) {
    if (need.brought_percent == 0) continue;
    brought.push_back(TextOf(context.words.supports, need.solution).name);
  }
  if (brought.empty()) return;
  sentences.Add({SentenceGroup::kStrength, Dimension::kSupport, 0,
                 absl::Substitute(context.words.support_brought, Listed(brought))});
}

}  // namespace

void TellSupport(const WordingContext& context, Sentences& sentences) {
  const MatchWords& words = context.words;
  if (!context.pair.person.support_known) return;
  if (context.pair.person.needs.empty()) {
    sentences.Add({SentenceGroup::kStrength, Dimension::kSupport, 0, words.nothing_needed});
  }
  std::vector<std::string> amounts_unknown;
  for (const SupportTerm& term : context.pair.fit.supports) {
    const SupportWord& word = TextOf(words.supports, term.solution);
    if (term.amount_unknown) amounts_unknown.push_back(word.name);
    if (term.met.score == matcher::kWhole) {
      sentences.Add({SentenceGroup::kStrength, Dimension::kSupport, term.weight,
                     absl::Substitute(words.support_said, word.needed, word.there)});
    } else if (term.offered_hundredths > 0) {
      sentences.Add(
          {SentenceGroup::kCost, Dimension::kSupport, term.weight, PartMet(context, term, word)});
    } else if (!term.essential) {
      sentences.Add({SentenceGroup::kCost, Dimension::kSupport, term.weight,
                     absl::Substitute(words.support_said, word.needed, word.not_there)});
    }
  }
  TellBrought(context, sentences);
  if (!amounts_unknown.empty()) {
    sentences.Add({SentenceGroup::kUncertain, Dimension::kSupport, 0,
                   absl::Substitute(words.amount_unknown, Listed(amounts_unknown))});
  }
}

}  // namespace passend::service
