#include <algorithm>

#include "absl/strings/substitute.h"
#include "service/match/wording.h"
#include "service/text.h"

namespace passend::service {
namespace {

using matcher::Dimension;
using matcher::Requirement;
using matcher::SkillTerm;

// An age from which what was seen is told to be long ago: its certainty has begun to fall.
bool IsLongAgo(const matcher::AbilityPolicy& policy, const matcher::HeldLevel& held) {
  return held.age_days > policy.methods[static_cast<int>(held.method)].grace_days;
}

// Held skills that stand for the required one, whatever they are called.
bool StandsForIt(const SkillTerm& term) {
  return term.relation == matcher::SkillRelation::kSame ||
         term.relation == matcher::SkillRelation::kNarrower ||
         term.relation == matcher::SkillRelation::kMapped;
}

bool IsContested(const ScoredPair& pair, matcher::ConceptIndex skill) {
  return std::find(pair.contested.begin(), pair.contested.end(), skill) != pair.contested.end();
}

class SkillTeller {
 public:
  SkillTeller(const WordingContext& context, Sentences& sentences, const Requirement& requirement,
              const SkillTerm& term)
      : context_(context),
        sentences_(sentences),
        requirement_(requirement),
        term_(term),
        asked_label_(ToAbsl(context.label_of(requirement.skill))) {}

  void Tell() {
    if (!term_.held) {
      // Closed for it: the gate tells. Learnable: to be learnt.
      if (requirement_.learnable) Add(SentenceGroup::kCost, context_.words.nothing_yet);
      return;
    }
    held_label_ = ToAbsl(context_.label_of(*term_.held));
    const bool enough = term_.level >= requirement_.level * matcher::kLevelUnit;
    if (enough) {
      TellEnough();
    } else if (term_.fit.score > 0) {
      Add(SentenceGroup::kCost,
          StandsForIt(term_) ? context_.words.not_yet_at_level : context_.words.like_it);
    }
    TellDoubts();
  }

 private:
  // Where two disagree, neither method nor age tells how the level was found.
  std::string Evidence() const {
    const matcher::HeldLevel& held = term_.source;
    if (held.disputed) return absl::Substitute(context_.words.evidence_disputed, held.level);
    return absl::Substitute(context_.words.evidence, held.level,
                            context_.words.methods[static_cast<int>(held.method)],
                            AgeText(context_.words, held.age_days));
  }

  void TellEnough() {
    const int place = std::clamp(term_.source.level, 1, matcher::kLevelMax) - 1;
    const bool through = held_label_ != asked_label_;
    Add(SentenceGroup::kStrength,
        through ? context_.words.can_through[place] : context_.words.can[place]);
    // One level more is nothing to speak of.
    if (term_.under_used_levels >= 2) {
      sentences_.Add({SentenceGroup::kStrength, Dimension::kAbility, 0},
                     [&] { return Fill(context_.words.more_than_asked); });
    }
  }

  void TellDoubts() {
    const matcher::AbilityPolicy& policy = context_.pair.basis.policy.ability;
    const MatchWords& words = context_.words;
    if (term_.source.disputed) Add(SentenceGroup::kUncertain, words.disputed);
    if (IsContested(context_.pair, *term_.held)) {
      Add(SentenceGroup::kUncertain, words.contested);
    }
    if (term_.source.method == matcher::Method::kSelfDeclared) {
      Add(SentenceGroup::kUncertain, words.self_declared);
    } else if (IsLongAgo(policy, term_.source)) {
      AddText(SentenceGroup::kUncertain, [&] {
        return absl::Substitute(words.long_ago, held_label_, AgeText(words, term_.source.age_days));
      });
    }
  }

  std::string Fill(const char* text) const {
    return absl::Substitute(text, asked_label_, term_.held ? Evidence() : "", held_label_,
                            term_.source.level, requirement_.level);
  }
  void Add(SentenceGroup group, const char* text) {
    AddText(group, [&] { return Fill(text); });
  }
  template <typename Write>
  void AddText(SentenceGroup group, const Write& write) {
    sentences_.Add({group, Dimension::kAbility, term_.weight}, write);
  }

  const WordingContext& context_;
  Sentences& sentences_;
  const Requirement& requirement_;
  const SkillTerm& term_;
  const absl::string_view asked_label_;
  absl::string_view held_label_;
};

}  // namespace

void TellAbility(const WordingContext& context, Sentences& sentences) {
  const matcher::Work& work = context.pair.work;
  if (work.requirements.empty()) {
    sentences.Add({SentenceGroup::kStrength, Dimension::kAbility, 0},
                  [&] { return std::string(context.words.open_hiring); });
    return;
  }
  // Where nothing is known of any skill, that is told once, as unknown.
  if (NoSkillsKnown(context.pair)) return;
  for (size_t place = 0; place < work.requirements.size(); ++place) {
    SkillTeller(context, sentences, work.requirements[place], context.pair.fit.skills[place])
        .Tell();
  }
}

}  // namespace passend::service
