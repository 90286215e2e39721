#include "service/match/wording.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "service/text.h"

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
  std::vector<Topic> unknown = UnknownTopics(context);
  if (question) std::erase(unknown, question->topic);
  if (unknown.empty()) return;
  // After all other doubts.
  sentences.Add({SentenceGroup::kUncertain, matcher::Dimension::kSupport, -1}, [&] {
    // Two in a sentence: with more it gets too long to read.
    std::vector<std::string> told;
    for (size_t first = 0; first < unknown.size(); first += 2) {
      std::vector<std::string_view> texts;
      for (size_t i = first; i < std::min(first + 2, unknown.size()); ++i) {
        texts.emplace_back(TopicWords(context, unknown[i]).not_known);
      }
      const MatchWords& words = context.words;
      told.push_back(
          absl::Substitute(first == 0 ? words.not_yet_known : words.also_not_known, Listed(texts)));
    }
    if (*context.words.knowing_helps != 0) told.emplace_back(context.words.knowing_helps);
    return absl::StrJoin(told, " ");
  });
}

// A skill that was established as well as can be, and lately, leaves nothing to look at.
bool AsCertainAsCanBe(const ScoredPair& pair, const matcher::Question& question) {
  if (question.topic != Topic::kSkillLevel) return false;
  const matcher::SkillTerm& term = pair.fit.skills[question.requirement];
  return term.held && !term.source.disputed &&
         term.source.certainty >= pair.basis.policy.ability.certainty_full;
}

// The skill that is asked about; "" for other questions.
absl::string_view AskedSkill(const WordingContext& context, const matcher::Question& question) {
  if (question.topic != Topic::kSkillLevel) return "";
  return ToAbsl(context.label_of(context.pair.work.requirements[question.requirement].skill));
}

// The question itself, whether or not it is told among the reasons.
std::string QuestionText(const WordingContext& context) {
  const auto& question = context.pair.fit.question;
  if (!question) return "";
  return absl::Substitute(TopicWords(context, question->topic).question,
                          AskedSkill(context, *question));
}

void TellQuestion(const WordingContext& context, const std::string& asked, Sentences& sentences) {
  const auto& question = context.pair.fit.question;
  if (!question || AsCertainAsCanBe(context.pair, *question)) return;
  sentences.Add({SentenceGroup::kQuestion, matcher::Dimension::kAbility, 0}, [&] {
    if (question->topic == Topic::kSkillLevel) {
      return absl::Substitute(context.words.not_certain_question, AskedSkill(context, *question),
                              asked);
    }
    return absl::Substitute(context.words.not_yet_known_question,
                            TopicWords(context, question->topic).not_known, asked);
  });
}

// One held skill may stand for several that are asked: what is doubtful about it is told once.
void DropRepeated(std::vector<std::string>& reasons) {
  auto end = reasons.begin();
  for (auto reason = reasons.begin(); reason != reasons.end(); ++reason) {
    if (std::find(reasons.begin(), end, *reason) != end) continue;
    if (end != reason) *end = std::move(*reason);
    ++end;
  }
  reasons.erase(end, reasons.end());
}

}  // namespace

bool NoSkillsKnown(const ScoredPair& pair) {
  return std::none_of(pair.person.skills.begin(), pair.person.skills.end(), [&](const auto& skill) {
    return matcher::HoldsOn(pair.basis.policy.ability, skill.validations, pair.basis.as_of)
        .has_value();
  });
}

FitInWords InWords(const ScoredPair& pair, std::string_view language_code, const LabelOf& label_of,
                   bool all_reasons, Reader reader) {
  FitInWords told;
  const size_t limit = all_reasons ? kAllSentences : kReasonsInList;
  const WordingContext context{pair, MatchWordsFor(language_code, reader), label_of};
  for (const matcher::Gate& gate : pair.fit.gates) told.gates.push_back(TellGate(context, gate));
  told.question = QuestionText(context);
  told.reasons = TellSentences(pair.fit, limit, [&](Sentences& sentences) {
    for (const GateInWords& gate : told.gates) {
      sentences.Add({SentenceGroup::kGate, matcher::Dimension::kAbility, 0},
                    [&] { return gate.reason; });
    }
    TellAbility(context, sentences);
    TellWishes(context, sentences);
    TellPace(context, sentences);
    TellSupport(context, sentences);
    TellUnknown(context, sentences);
    TellQuestion(context, told.question, sentences);
  });
  DropRepeated(told.reasons);
  return told;
}

}  // namespace passend::service
