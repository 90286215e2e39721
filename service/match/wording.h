// A fit in plain words, for a coach or for the person: everything that the score is made of, and
// nothing else. What an employer reads is in employer_words.h.
#ifndef PASSEND_SERVICE_MATCH_WORDING_H_
#define PASSEND_SERVICE_MATCH_WORDING_H_

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/reference_scorer.h"
#include "service/match/sentences.h"
#include "service/match/words.h"

namespace passend::service {

// What a concept is called. What it returns stays valid for as long as the function.
using LabelOf = std::function<std::string_view(matcher::ConceptIndex)>;

// One pair, its fit, and what the fit was made with. All must outlive the wording.
struct ScoredPair {
  const matcher::ScoringBasis& basis;
  const matcher::Work& work;
  const matcher::Person& person;
  const matcher::Fit& fit;
  // Held skills on which an objection is open.
  std::span<const matcher::ConceptIndex> contested = {};
};

struct GateInWords {
  std::string reason;
  std::string lift;  // what would open it
};

struct FitInWords {
  std::vector<GateInWords> gates;    // as in the fit
  std::string question;              // "" where nothing is to be asked
  std::vector<std::string> reasons;  // most important first
};

// At most this many reasons are told of a fit in a list.
inline constexpr size_t kReasonsInList = 7;

// `language_code`: `nl` or `en`; anything else is told in Dutch. Reasons begin with the gates, go
// on with what the person can and wants, then what costs points, then what is uncertain, and end
// with the question, none twice. All of them, or kReasonsInList.
FitInWords InWords(const ScoredPair& pair, std::string_view language_code, const LabelOf& label_of,
                   bool all_reasons, Reader reader = Reader::kCoach);

// The parts, one a file. Each adds its sentences, the same ones each time.
struct WordingContext {
  const ScoredPair& pair;
  const MatchWords& words;
  const LabelOf& label_of;
};
void TellAbility(const WordingContext& context, Sentences& sentences);
void TellWishes(const WordingContext& context, Sentences& sentences);
void TellPace(const WordingContext& context, Sentences& sentences);
void TellSupport(const WordingContext& context, Sentences& sentences);
GateInWords TellGate(const WordingContext& context, const matcher::Gate& gate);

// True where no skill of the person counts on the as-of day.
bool NoSkillsKnown(const ScoredPair& pair);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_WORDING_H_
