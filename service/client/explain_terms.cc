#include "service/client/explain_terms.h"

#include <vector>

namespace passend::client {
namespace {

namespace v1 = passend::v1;

std::string Join(const Style& style, const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : Separator(style)) + part;
  return joined;
}

std::string Points(int basis_points) { return std::to_string((basis_points + 50) / 100); }

std::string Result(const Style& style, int basis_points) {
  return (style.unicode ? "→ " : "-> ") + Points(basis_points);
}

std::string Age(Language language, int days) {
  if (days == 0) return Say(language, Word::kToday);
  if (days == 1) return Say(language, Word::kOneDayAgo);
  return Say(language, Word::kDaysAgo, {std::to_string(days)});
}

std::string LabelOr(const std::string& label, const std::string& name) {
  return label.empty() ? name : label;
}

}  // namespace

std::string Ratio(Language language, std::int64_t value, std::int64_t divisor) {
  const std::int64_t hundredths = (value * 100 + divisor / 2) / divisor;
  std::string text = std::to_string(hundredths / 100);
  const std::int64_t rest = hundredths % 100;
  if (rest == 0) return text;
  text += language == Language::kDutch ? "," : ".";
  text += std::to_string(rest / 10);
  if (rest % 10 != 0) text += std::to_string(rest % 10);
  return text;
}

std::string SkillTermText(const Style& style, const v1::SkillTerm& term) {
  const Language language = style.language;
  std::vector<std::string> parts = {
      LabelOr(term.required_label(), term.required_skill()),
      Say(language, Word::kAsked, {std::to_string(term.required_level())})};
  if (term.learnable()) parts.push_back(Say(language, Word::kLearnable));
  if (term.held_skill().empty()) {
    parts.push_back(Say(language, Word::kNotHeld));
  } else {
    parts.push_back(Say(language, Word::kHas, {Ratio(language, term.level_hundredths(), 100)}));
    if (term.relation() != v1::SKILL_RELATION_SAME) {
      parts.push_back(Say(language, Word::kThrough,
                          {LabelOr(term.held_label(), term.held_skill()),
                           NameOf(language, term.relation()), Points(term.factor_basis_points())}));
    }
    parts.push_back(Say(language, Word::kCertain, {Points(term.certainty_basis_points())}));
    parts.push_back(NameOf(language, term.method()) + ", " + Age(language, term.age_days()));
    if (term.under_used_levels() > 0) {
      parts.push_back(Say(language, Word::kUnderUsed, {std::to_string(term.under_used_levels())}));
    }
    if (term.disputed()) parts.push_back(Say(language, Word::kDisputed));
  }
  return Join(style, parts) + " " + Result(style, term.fit_basis_points());
}

std::string WishTermText(const Style& style, const v1::WishTerm& term) {
  const Language language = style.language;
  std::vector<std::string> parts = {NameOf(language, term.attitude()) + ": " +
                                    NameOf(language, term.feature())};
  if (term.strength() > 0) {
    parts.push_back(Say(language, Word::kStrength, {std::to_string(term.strength())}));
  }
  parts.push_back(Say(language, term.met() ? Word::kMet : Word::kNotMet));
  return Join(style, parts);
}

std::string AmountTermText(const Style& style, const v1::AmountTerm& term) {
  const Language language = style.language;
  std::vector<std::string> parts = {NameOf(language, term.kind())};
  const std::string asked = std::to_string(term.asked());
  if (term.known()) {
    parts.push_back(Say(language, Word::kHasAsked, {std::to_string(term.has()), asked}));
  } else {
    parts.push_back(Say(language, Word::kUnknownAsked, {asked}));
  }
  if (term.basis() != v1::PACE_BASIS_UNSPECIFIED) parts.push_back(NameOf(language, term.basis()));
  if (term.seen_at() != v1::WORK_KIND_UNSPECIFIED) {
    parts.push_back(Say(language, Word::kSeenAt, {NameOf(language, term.seen_at())}));
  }
  const std::string text = Join(style, parts);
  if (term.kind() == v1::AMOUNT_KIND_GROWTH_HOURS) return text;
  return text + " " + Result(style, term.fit_basis_points());
}

std::string SupportTermText(const Style& style, const v1::SupportTerm& term) {
  const Language language = style.language;
  const std::string offered = Ratio(language, term.offered_percent_hundredths(), 100);
  std::vector<std::string> parts = {NameOf(language, term.solution())};
  if (term.amount_unknown()) {
    parts.push_back(Say(language, Word::kNeedUnknownOffer, {offered}));
  } else {
    parts.push_back(
        Say(language, Word::kNeedOffer, {std::to_string(term.needed_percent()), offered}));
  }
  if (term.essential()) parts.push_back(Say(language, Word::kEssential));
  return Join(style, parts) + " " + Result(style, term.met_basis_points());
}

}  // namespace passend::client
