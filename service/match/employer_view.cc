#include "service/match/employer_view.h"

#include "service/match/employer_words.h"
#include "service/match/fit_band.h"

namespace passend::service {
namespace {

constexpr int64_t kCoarse = 10;
constexpr int32_t kYearDays = 365;
constexpr int32_t kRecentDays = kYearDays;
constexpr int32_t kSomeYearsDays = 3 * kYearDays;

v1::EvidenceAge AgeOf(int32_t days) {
  if (days < kRecentDays) return v1::EVIDENCE_AGE_RECENT;
  return days < kSomeYearsDays ? v1::EVIDENCE_AGE_SOME_YEARS : v1::EVIDENCE_AGE_LONG_AGO;
}

v1::SkillEvidence EvidenceOf(const ScoredPair& pair, size_t place, const LabelOf& label_of) {
  const matcher::Requirement& requirement = pair.work.requirements[place];
  const matcher::SkillTerm& term = pair.fit.skills[place];
  v1::SkillEvidence evidence;
  evidence.set_required_skill(pair.basis.taxonomy->name(requirement.skill));
  evidence.set_required_label(std::string(label_of(requirement.skill)));
  if (!term.held) {
    evidence.set_standing(pair.fit.outcome == matcher::Outcome::kToBeAsked || !requirement.learnable
                              ? v1::SKILL_STANDING_TO_BE_ASKED
                              : v1::SKILL_STANDING_CAN_GROW_INTO_IT);
    return evidence;
  }
  const bool met = term.level >= requirement.level * matcher::kLevelUnit;
  evidence.set_standing(met ? v1::SKILL_STANDING_MET : v1::SKILL_STANDING_CAN_GROW_INTO_IT);
  evidence.set_method(static_cast<v1::ValidationMethod>(v1::VALIDATION_METHOD_SELF_DECLARED +
                                                        static_cast<int>(term.source.method)));
  evidence.set_age(AgeOf(term.source.age_days));
  return evidence;
}

}  // namespace

v1::EmployerView EmployerViewOf(const ScoredPair& pair, std::string_view language_code,
                                const LabelOf& label_of) {
  v1::EmployerView view;
  view.set_band(BandOf(pair.fit));
  view.set_to_be_asked(pair.fit.outcome == matcher::Outcome::kToBeAsked);
  for (size_t place = 0; place < pair.fit.skills.size(); ++place) {
    *view.add_skills() = EvidenceOf(pair, place, label_of);
  }
  for (const matcher::WishTerm& wish : pair.fit.wishes) {
    if (wish.attitude != matcher::Attitude::kWants || !wish.met) continue;
    view.add_wishes_met(static_cast<v1::WorkFeature>(wish.feature));
  }
  for (std::string& reason : ReasonsOf(view, language_code)) {
    *view.add_reasons() = std::move(reason);
  }
  return view;
}

v1::CoarseCount Coarse(int64_t count) {
  v1::CoarseCount coarse;
  coarse.set_at_least(count / kCoarse * kCoarse);
  coarse.set_fewer_than_ten(count < kCoarse);
  return coarse;
}

}  // namespace passend::service
