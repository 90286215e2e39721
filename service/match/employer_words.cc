#include "service/match/employer_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "service/match/words.h"
#include "service/text.h"

namespace passend::service {
namespace {

struct EmployerWords {
  const char* met;           // $0 skill, $1 evidence
  const char* grows;         // $0 skill, $1 evidence
  const char* grows_from_0;  // $0 skill
  const char* ask;           // $0 skill
  const char* ask_all;
  const char* evidence;  // $0 method, $1 age
  const char* recent;
  const char* some_years;
  const char* long_ago;
  const char* wants;  // $0 a list
  const char* enough;
  const char* enough_with;  // $0 a list
  const char* calmer_pace;
  const char* too_few;
};

constexpr EmployerWords kDutch = {
    .met = "Kan dit: $0$1.",
    .grows = "Kan hierin groeien: $0$1.",
    .grows_from_0 = "Kan dit hier leren: $0.",
    .ask = "Nog te vragen: $0.",
    .ask_all = "Wat deze persoon kan, is nog niet bekend. Vraag ernaar.",
    .evidence = " ($0, $1)",
    .recent = "korter dan een jaar geleden",
    .some_years = "een tot drie jaar geleden",
    .long_ago = "meer dan drie jaar geleden",
    .wants = "Wil graag: $0.",
    .enough = "Wat u biedt, is genoeg voor de meeste mensen die werk zoeken.",
    .enough_with = "Wat u biedt, is voor meer mensen genoeg met een van deze dingen: $0.",
    .calmer_pace = "een rustiger tempo",
    .too_few = "Er zoeken te weinig mensen werk om te zeggen of wat u biedt genoeg is.",
};

constexpr EmployerWords kEnglish = {
    .met = "Can do this: $0$1.",
    .grows = "Can grow into this: $0$1.",
    .grows_from_0 = "Can learn this here: $0.",
    .ask = "Still to be asked: $0.",
    .ask_all = "What this person can do is not known yet. Ask about it.",
    .evidence = " ($0, $1)",
    .recent = "less than a year ago",
    .some_years = "one to three years ago",
    .long_ago = "more than three years ago",
    .wants = "Would like: $0.",
    .enough = "What you offer is enough for most people who look for work.",
    .enough_with = "What you offer is enough for more people with one of these: $0.",
    .calmer_pace = "a calmer pace",
    .too_few = "Too few people look for work to say whether what you offer is enough.",
};

const EmployerWords& WordsFor(std::string_view language_code) {
  return language_code == "en" ? kEnglish : kDutch;
}

const char* AgeIn(const EmployerWords& words, v1::EvidenceAge age) {
  switch (age) {
    case v1::EVIDENCE_AGE_RECENT:
      return words.recent;
    case v1::EVIDENCE_AGE_SOME_YEARS:
      return words.some_years;
    default:
      return words.long_ago;
  }
}

std::string EvidenceIn(const EmployerWords& words, const MatchWords& shared,
                       const v1::SkillEvidence& skill) {
  const int method = skill.method() - v1::VALIDATION_METHOD_SELF_DECLARED;
  if (method < 0 || method >= matcher::kMethods) return "";
  return absl::Substitute(words.evidence, shared.methods[method], AgeIn(words, skill.age()));
}

std::string SentenceOf(const EmployerWords& words, const MatchWords& shared,
                       const v1::SkillEvidence& skill) {
  const std::string evidence = EvidenceIn(words, shared, skill);
  switch (skill.standing()) {
    case v1::SKILL_STANDING_MET:
      return absl::Substitute(words.met, skill.required_label(), evidence);
    case v1::SKILL_STANDING_CAN_GROW_INTO_IT:
      if (evidence.empty()) return absl::Substitute(words.grows_from_0, skill.required_label());
      return absl::Substitute(words.grows, skill.required_label(), evidence);
    default:
      return absl::Substitute(words.ask, skill.required_label());
  }
}

}  // namespace

std::vector<std::string> ReasonsOf(const v1::EmployerView& view, std::string_view language_code) {
  const EmployerWords& words = WordsFor(language_code);
  const MatchWords& shared = MatchWordsFor(language_code);
  std::vector<std::string> reasons;
  if (view.to_be_asked()) {
    reasons.push_back(words.ask_all);
  } else {
    for (const v1::SkillEvidence& skill : view.skills()) {
      reasons.push_back(SentenceOf(words, shared, skill));
    }
  }
  std::vector<std::string_view> wishes;
  for (const int feature : view.wishes_met()) wishes.push_back(TextOf(shared.features, feature));
  if (!wishes.empty()) reasons.push_back(absl::Substitute(words.wants, Listed(wishes)));
  return reasons;
}

std::string TextOf(const v1::OfferReach& reach, std::string_view language_code) {
  const EmployerWords& words = WordsFor(language_code);
  if (reach.statement() == v1::OFFER_STATEMENT_UNSPECIFIED) return words.too_few;
  if (reach.statement() == v1::OFFER_STATEMENT_ENOUGH) return words.enough;
  std::vector<std::string_view> helpful;
  for (const int solution : reach.support()) {
    helpful.push_back(TextOf(MatchWordsFor(language_code).supports, solution).name);
  }
  if (reach.calmer_pace()) helpful.push_back(words.calmer_pace);
  return absl::Substitute(words.enough_with, Listed(helpful));
}

}  // namespace passend::service
