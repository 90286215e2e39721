#include "service/match/fit_flags.h"

#include <algorithm>

namespace passend::service {
namespace {

using Flags = google::protobuf::RepeatedPtrField<v1::FlaggedItem>;

void AddSkill(const ScoredPair& pair, v1::FitFlag flag, matcher::ConceptIndex skill, Flags& flags) {
  v1::FlaggedItem& item = *flags.Add();
  item.set_flag(flag);
  item.set_skill(pair.basis.taxonomy->name(skill));
}

void AddSupport(matcher::SupportSolution solution, Flags& flags) {
  v1::FlaggedItem& item = *flags.Add();
  item.set_flag(v1::FIT_FLAG_ESSENTIAL_SUPPORT_UNKNOWN);
  item.set_solution(static_cast<v1::SupportSolution>(solution));
}

bool IsDisputed(const ScoredPair& pair, const matcher::SkillTerm& term) {
  if (!term.held) return false;
  return term.source.disputed || std::find(pair.contested.begin(), pair.contested.end(),
                                           *term.held) != pair.contested.end();
}

}  // namespace

void AddFlags(const ScoredPair& pair, Flags& flags) {
  for (size_t place = 0; place < pair.work.requirements.size(); ++place) {
    const matcher::Requirement& requirement = pair.work.requirements[place];
    const matcher::SkillTerm& term = pair.fit.skills[place];
    const bool under = !term.held || term.level < requirement.level * matcher::kLevelUnit;
    if (requirement.learnable && requirement.importance >= kEssentialImportance && under) {
      AddSkill(pair, v1::FIT_FLAG_SKILL_TO_BE_LEARNT, requirement.skill, flags);
    }
    if (IsDisputed(pair, term)) {
      AddSkill(pair, v1::FIT_FLAG_SKILL_DISPUTED, requirement.skill, flags);
    }
  }
  if (!pair.person.support_known) AddSupport(0, flags);
  for (const matcher::SupportNeed& need : pair.person.needs) {
    const bool brought = need.brought_percent >= 100;
    if (need.essential && need.amount_percent == 0 && !brought) AddSupport(need.solution, flags);
  }
}

}  // namespace passend::service
