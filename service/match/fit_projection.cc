#include "service/match/fit_projection.h"

#include "service/match/fit_band.h"
#include "service/match/fit_flags.h"

namespace passend::service {
namespace {

using matcher::Dimension;

constexpr int kBasisPointsPerPoint = 100;

v1::FitOutcome ToProto(matcher::Outcome outcome) {
  switch (outcome) {
    case matcher::Outcome::kRanked:
      return v1::FIT_OUTCOME_RANKED;
    case matcher::Outcome::kToBeAsked:
      return v1::FIT_OUTCOME_TO_BE_ASKED;
    case matcher::Outcome::kExcluded:
      return v1::FIT_OUTCOME_EXCLUDED;
  }
  return v1::FIT_OUTCOME_UNSPECIFIED;
}

v1::SkillRelation ToProto(matcher::SkillRelation relation) {
  switch (relation) {
    case matcher::SkillRelation::kNone:
      return v1::SKILL_RELATION_UNSPECIFIED;
    case matcher::SkillRelation::kSame:
      return v1::SKILL_RELATION_SAME;
    case matcher::SkillRelation::kNarrower:
      return v1::SKILL_RELATION_NARROWER;
    case matcher::SkillRelation::kMapped:
      return v1::SKILL_RELATION_MAPPED;
    case matcher::SkillRelation::kRelated:
      return v1::SKILL_RELATION_RELATED;
  }
  return v1::SKILL_RELATION_UNSPECIFIED;
}

v1::SkillTerm ToProto(const ScoredPair& pair, size_t place, const LabelOf& label_of) {
  const matcher::Requirement& requirement = pair.work.requirements[place];
  const matcher::SkillTerm& term = pair.fit.skills[place];
  v1::SkillTerm written;
  written.set_required_skill(pair.basis.taxonomy->name(requirement.skill));
  written.set_required_label(std::string(label_of(requirement.skill)));
  written.set_required_level(requirement.level);
  written.set_weight(term.weight);
  written.set_learnable(requirement.learnable);
  written.set_fit_basis_points(term.fit.score);
  if (!term.held) return written;
  written.set_held_skill(pair.basis.taxonomy->name(*term.held));
  written.set_held_label(std::string(label_of(*term.held)));
  written.set_relation(ToProto(term.relation));
  written.set_factor_basis_points(term.factor);
  written.set_level_hundredths(term.level);
  written.set_certainty_basis_points(term.source.certainty);
  written.set_under_used_levels(term.under_used_levels);
  written.set_disputed(term.source.disputed);
  written.set_method(static_cast<v1::ValidationMethod>(v1::VALIDATION_METHOD_SELF_DECLARED +
                                                       static_cast<int>(term.source.method)));
  written.set_age_days(term.source.age_days);
  return written;
}

v1::AmountTerm ToProto(const matcher::AmountTerm& term) {
  v1::AmountTerm written;
  written.set_kind(static_cast<v1::AmountKind>(term.kind));
  written.set_known(term.known);
  written.set_has(term.has);
  written.set_asked(term.asked);
  written.set_fit_basis_points(term.fit.score);
  written.set_seen_at(static_cast<v1::WorkKind>(term.seen_at));
  const bool pace = term.kind >= matcher::AmountKind::kTempo;
  if (pace && term.known) {
    written.set_basis(term.measured ? v1::PACE_BASIS_MEASURED : v1::PACE_BASIS_EXPECTED);
  }
  return written;
}

// Growth is shown and not scored.
v1::AmountTerm GrowthOf(const ScoredPair& pair) {
  v1::AmountTerm written;
  written.set_kind(v1::AMOUNT_KIND_GROWTH_HOURS);
  written.set_known(pair.person.wishes.weekly_hours_max != 0);
  written.set_has(pair.person.wishes.weekly_hours_max);
  written.set_asked(pair.work.growth_weekly_hours);
  written.set_fit_basis_points(matcher::kWhole);
  return written;
}

void AddTerms(const ScoredPair& pair, Dimension dimension, const LabelOf& label_of,
              v1::DimensionFit& written) {
  const matcher::Fit& fit = pair.fit;
  switch (dimension) {
    case Dimension::kAbility:
      for (size_t place = 0; place < fit.skills.size(); ++place) {
        *written.add_skills() = ToProto(pair, place, label_of);
      }
      break;
    case Dimension::kWishes:
      for (const matcher::WishTerm& term : fit.wishes) {
        v1::WishTerm& wish = *written.add_wishes();
        wish.set_feature(static_cast<v1::WorkFeature>(term.feature));
        wish.set_attitude(static_cast<v1::Attitude>(term.attitude));
        wish.set_strength(term.strength);
        wish.set_met(term.met);
      }
      for (const matcher::AmountTerm& term : fit.limits) *written.add_amounts() = ToProto(term);
      if (pair.work.growth_weekly_hours != 0) *written.add_amounts() = GrowthOf(pair);
      break;
    case Dimension::kPace:
      for (const matcher::AmountTerm& term : fit.paces) *written.add_amounts() = ToProto(term);
      break;
    case Dimension::kSupport:
      for (const matcher::SupportTerm& term : fit.supports) {
        v1::SupportTerm& support = *written.add_supports();
        support.set_solution(static_cast<v1::SupportSolution>(term.solution));
        support.set_needed_percent(term.needed_percent);
        support.set_offered_percent_hundredths(term.offered_hundredths);
        support.set_met_basis_points(term.met.score);
        support.set_essential(term.essential);
        support.set_amount_unknown(term.amount_unknown);
      }
      break;
  }
}

void Write(const ScoredPair& pair, Dimension dimension, const LabelOf& label_of, FitDetail detail,
           v1::DimensionFit& written) {
  const matcher::DimensionFit& part = pair.fit.dimensions[static_cast<int>(dimension)];
  written.set_dimension(
      static_cast<v1::Dimension>(v1::DIMENSION_ABILITY + static_cast<int>(dimension)));
  written.set_score_basis_points(part.band.score);
  written.set_score_low_basis_points(part.band.low);
  written.set_score_high_basis_points(part.band.high);
  written.set_weight_basis_points(part.weight);
  written.set_loss(part.loss);
  if (detail == FitDetail::kFull) AddTerms(pair, dimension, label_of, written);
}

v1::Gate ToProto(const ScoredPair& pair, const matcher::Gate& gate, GateInWords words) {
  v1::Gate written;
  written.set_cause(static_cast<v1::GateCause>(gate.cause));
  written.set_feature(static_cast<v1::WorkFeature>(gate.feature));
  if (gate.requirement) {
    written.set_skill(pair.basis.taxonomy->name(pair.work.requirements[*gate.requirement].skill));
  }
  written.set_solution(static_cast<v1::SupportSolution>(gate.solution));
  written.set_has(gate.has);
  written.set_needed(gate.needed);
  written.set_reason(std::move(words.reason));
  written.set_lift(std::move(words.lift));
  return written;
}

v1::Question ToProto(const ScoredPair& pair, const matcher::Question& question, std::string text) {
  v1::Question written;
  written.set_topic(static_cast<v1::QuestionTopic>(question.topic));
  if (question.topic == matcher::Topic::kSkillLevel) {
    written.set_skill(
        pair.basis.taxonomy->name(pair.work.requirements[question.requirement].skill));
  }
  written.set_text(std::move(text));
  return written;
}

}  // namespace

v1::Fit ToProto(const ScoredPair& pair, std::string_view language_code, const LabelOf& label_of,
                FitDetail detail, Reader reader) {
  const matcher::Fit& fit = pair.fit;
  FitInWords words = InWords(pair, language_code, label_of, detail == FitDetail::kFull, reader);
  v1::Fit written;
  written.set_outcome(ToProto(fit.outcome));
  const bool ranked = fit.outcome == matcher::Outcome::kRanked;
  const matcher::BasisPoints score = ranked ? fit.band.score : 0;
  written.set_score(score / kBasisPointsPerPoint);
  written.set_score_basis_points(score);
  written.set_score_low_basis_points(fit.band.low);
  written.set_score_high_basis_points(fit.band.high);
  written.set_band(BandOf(fit));
  for (int dimension = 0; dimension < matcher::kDimensions; ++dimension) {
    Write(pair, static_cast<Dimension>(dimension), label_of, detail, *written.add_dimensions());
  }
  written.set_loss(fit.loss);
  for (size_t place = 0; place < fit.gates.size(); ++place) {
    *written.add_gates() = ToProto(pair, fit.gates[place], std::move(words.gates[place]));
  }
  if (fit.question) {
    *written.mutable_question() = ToProto(pair, *fit.question, std::move(words.question));
  }
  for (std::string& reason : words.reasons) *written.add_reasons() = std::move(reason);
  AddFlags(pair, *written.mutable_flags());
  return written;
}

}  // namespace passend::service
