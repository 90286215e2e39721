#include "service/match/wording.h"

#include <algorithm>

#include "absl/strings/substitute.h"

namespace passend::service {
namespace {

using matcher::Topic;

const MatchWords::Topic& TopicWords(const WordingContext& context, Topic topic) {
  const matcher::Person& person = context.pair.person;
  if (topic == Topic::kTravel && person.wishes.travel) return context.words.place;
  if (topic == Topic::kSupport && person.support_known) return context.words.support_amount;
  if (topic == Topic::kPace &&
      std::any_of(context.pair.fit.paces.begin(), context.pair.fit.paces.end(),
                  [](const matcher::AmountTerm& term) { return term.known; })) {
    return context.words.pace_unsure;
  }
  const auto words =
      std::find_if(context.words.topics.begin(), context.words.topics.end(),
                   [&](const auto& entry) { return entry.number == static_cast<int>(topic); });
  static constexpr MatchWords::Topic kNone{0, "", ""};
  return words == context.words.topics.end() ? kNone : *words;
}

// What is not known, beside the question itself.
std::vector<Topic> UnknownTopics(const WordingContext& context) {
  const matcher::Fit& fit = context.pair.fit;
  const matcher::Wishes& wishes = context.pair.person.wishes;
  const bool any_wish = std::any_of(fit.wishes.begin(), fit.wishes.end(), [](const auto& wish) {
    return wish.attitude != matcher::Attitude::kNever;
  });
  std::vector<Topic> topics;
  const auto add = [&](bool unknown, Topic topic) {
    if (unknown) topics.push_back(topic);
  };
  add(NoSkillsKnown(context.pair) && !context.pair.work.requirements.empty(), Topic::kSkills);
  add(!any_wish, Topic::kWishes);
  add(wishes.forms == 0, Topic::kForms);
  for (const matcher::AmountTerm& limit : fit.limits) {
    const bool unknown = !limit.known && limit.fit.low != limit.fit.high;
    add(unknown && limit.kind == matcher::AmountKind::kWeeklyHours, Topic::kHours);
    add(unknown && limit.kind == matcher::AmountKind::kCommonHours, Topic::kSchedule);
    add(unknown && limit.kind == matcher::AmountKind::kTravelMinutes, Topic::kTravel);
  }
  add(std::any_of(fit.paces.begin(), fit.paces.end(), [](const auto& term) { return !term.known; }),
      Topic::kPace);
  add(!context.pair.person.support_known, Topic::kSupport);
  return topics;
}

void TellUnknown(const WordingContext& context, Sentences& sentences) {
  const auto& question = context.pair.fit.question;
  std::vector<std::string> unknown;
  for (Topic topic : UnknownTopics(context)) {
    if (question && question->topic == topic) continue;
    unknown.emplace_back(TopicWords(context, topic).not_known);
  }
  if (unknown.empty()) return;
  // After all other doubts.
  sentences.Add({SentenceGroup::kUncertain, matcher::Dimension::kSupport, -1,
                 absl::Substitute(context.words.not_yet_known, Listed(unknown))});
}

// A skill that was established as well as can be, and lately, leaves nothing to look at.
bool AsCertainAsCanBe(const ScoredPair& pair, const matcher::Question& question) {
  if (question.topic != Topic::kSkillLevel) return false;
  const matcher::SkillTerm& term = pair.fit.skills[question.requirement];
  return term.held && !term.source.disputed &&
         term.source.certainty >= pair.basis.policy.ability.certainty_full;
}

// Gives the question itself, whether or not it is told among the reasons.
std::string TellQuestion(const WordingContext& context, Sentences& sentences) {
  const auto& question = context.pair.fit.question;
  if (!question) return "";
  const MatchWords::Topic& topic = TopicWords(context, question->topic);
  const bool skill_level = question->topic == Topic::kSkillLevel;
  const std::string skill =
      skill_level ? context.label_of(context.pair.work.requirements[question->requirement].skill)
                  : "";
  const std::string asked = absl::Substitute(topic.question, skill);
  const std::string told =
      skill_level ? absl::Substitute(context.words.not_certain_question, skill, asked)
                  : absl::Substitute(context.words.not_yet_known_question, topic.not_known, asked);
  if (!AsCertainAsCanBe(context.pair, *question)) {
    sentences.Add({SentenceGroup::kQuestion, matcher::Dimension::kAbility, 0, told});
  }
  return asked;
}

}  // namespace

bool NoSkillsKnown(const ScoredPair& pair) {
  return std::none_of(pair.person.skills.begin(), pair.person.skills.end(), [&](const auto& skill) {
    return matcher::HoldsOn(pair.basis.policy.ability, skill.validations, pair.basis.as_of)
        .has_value();
  });
}

FitInWords InWords(const ScoredPair& pair, std::string_view language_code, const LabelOf& label_of,
                   bool all_reasons) {
  const WordingContext context{pair, MatchWordsFor(language_code), label_of};
  Sentences sentences(pair.fit);
  FitInWords told;
  for (const matcher::Gate& gate : pair.fit.gates) {
    told.gates.push_back(TellGate(context, gate));
    sentences.Add(
        {SentenceGroup::kGate, matcher::Dimension::kAbility, 0, told.gates.back().reason});
  }
  TellAbility(context, sentences);
  TellWishes(context, sentences);
  TellPace(context, sentences);
  TellSupport(context, sentences);
  TellUnknown(context, sentences);
  told.question = TellQuestion(context, sentences);
  told.reasons = all_reasons ? sentences.All() : sentences.MostImportant(kReasonsInList);
  return told;
}

}  // namespace passend::service
