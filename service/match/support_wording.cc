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
  const auto& needs = context.pair.person.needs;
  const auto is_brought = [](const matcher::SupportNeed& need) {
    return need.brought_percent != 0;
  };
  if (std::none_of(needs.begin(), needs.end(), is_brought)) return;
  sentences.Add({SentenceGroup::kStrength, Dimension::kSupport, 0}, [&] {
    std::vector<std::string_view> brought;
    for (const matcher::SupportNeed& need : needs) {
      if (is_brought(need))
        brought.emplace_back(TextOf(context.words.supports, need.solution).name);
    }
    return absl::Substitute(context.words.support_brought, Listed(brought));
  });
}

void TellAmountsUnknown(const WordingContext& context, Sentences& sentences) {
  const auto& terms = context.pair.fit.supports;
  const auto is_unknown = [](const SupportTerm& term) { return term.amount_unknown; };
  if (std::none_of(terms.begin(), terms.end(), is_unknown)) return;
  sentences.Add({SentenceGroup::kUncertain, Dimension::kSupport, 0}, [&] {
    std::vector<std::string_view> names;
    for (const SupportTerm& term : terms) {
      if (is_unknown(term)) names.emplace_back(TextOf(context.words.supports, term.solution).name);
    }
    return absl::Substitute(context.words.amount_unknown, Listed(names));
  });
}

}  // namespace

void TellSupport(const WordingContext& context, Sentences& sentences) {
  const MatchWords& words = context.words;
  if (!context.pair.person.support_known) return;
  if (context.pair.person.needs.empty()) {
    sentences.Add({SentenceGroup::kStrength, Dimension::kSupport, 0},
                  [&] { return std::string(words.nothing_needed); });
  }
  for (const SupportTerm& term : context.pair.fit.supports) {
    const SupportWord& word = TextOf(words.supports, term.solution);
    if (term.met.score == matcher::kWhole) {
      sentences.Add({SentenceGroup::kStrength, Dimension::kSupport, term.weight},
                    [&] { return absl::Substitute(words.support_said, word.needed, word.there); });
    } else if (term.offered_hundredths > 0) {
      sentences.Add({SentenceGroup::kCost, Dimension::kSupport, term.weight},
                    [&] { return PartMet(context, term, word); });
    } else if (!term.essential) {
      sentences.Add({SentenceGroup::kCost, Dimension::kSupport, term.weight}, [&] {
        return absl::Substitute(words.support_said, word.needed, word.not_there);
      });
    }
  }
  TellBrought(context, sentences);
  TellAmountsUnknown(context, sentences);
}

}  // namespace passend::service
