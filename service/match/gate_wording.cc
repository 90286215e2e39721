#include "absl/strings/substitute.h"
#include "service/match/wording.h"

namespace passend::service {
namespace {

using matcher::Gate;
using matcher::GateCause;

GateInWords Fill(const MatchWords::Gate& words, const std::string& what, const std::string& has,
                 const std::string& needed) {
  return {absl::Substitute(words.reason, what, has, needed),
          absl::Substitute(words.lift, what, has, needed)};
}

GateInWords Fill(const MatchWords::Gate& words, const Gate& gate, const std::string& what) {
  return Fill(words, what, std::to_string(gate.has), std::to_string(gate.needed));
}

GateInWords TellPaceGate(const WordingContext& context, const Gate& gate) {
  const int part = static_cast<int>(gate.cause) - static_cast<int>(GateCause::kTempo);
  const PaceWord& words = context.words.paces[part];
  return Fill({words.gate, words.lift}, gate, "");
}

GateInWords TellSkillGate(const WordingContext& context, const Gate& gate) {
  const std::string skill(
      context.label_of(context.pair.work.requirements[*gate.requirement].skill));
  const MatchWords& words = context.words;
  return Fill(gate.has == 0 ? words.skill_missing : words.skill_lower, skill,
              HundredthsText(words, gate.has), HundredthsText(words, gate.needed));
}

}  // namespace

GateInWords TellGate(const WordingContext& context, const Gate& gate) {
  const MatchWords& words = context.words;
  switch (gate.cause) {
    case GateCause::kNone:
      return {};
    case GateCause::kParticipationForm:
      return Fill(words.form, gate, std::string(TextOf(words.forms, context.pair.work.form)));
    case GateCause::kWishNever:
      return Fill(words.never, gate, std::string(TextOf(words.features, gate.feature)));
    case GateCause::kHours:
      return Fill(gate.has < gate.needed ? words.hours_too_many : words.hours_too_few, gate, "");
    case GateCause::kSchedule:
      return Fill(words.schedule, gate, "");
    case GateCause::kTravel:
      return Fill(words.travel, gate, "");
    case GateCause::kSkillMissing:
      return TellSkillGate(context, gate);
    case GateCause::kTempo:
    case GateCause::kStretch:
    case GateCause::kDay:
    case GateCause::kWeek:
      return TellPaceGate(context, gate);
    case GateCause::kSupportMissing:
      return Fill(words.support, gate, TextOf(words.supports, gate.solution).name);
    case GateCause::kNothingFits:
      return Fill(words.nothing_fits, gate,
                  words.dimensions[gate.dimension ? static_cast<int>(*gate.dimension) : 0]);
  }
  return {};
}

}  // namespace passend::service
