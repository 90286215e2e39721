#include "service/evidence/due_words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "absl/time/civil_time.h"
#include "service/match/words.h"
#include "service/text.h"

namespace passend::service {
namespace {

std::string DayText(const DueWords& words, matcher::Day day) {
  const absl::CivilDay civil = absl::CivilDay(1970, 1, 1) + day;
  return absl::Substitute(words.day, civil.day(), words.months[civil.month() - 1], civil.year());
}

int PointsOf(matcher::BasisPoints score) { return score / kPoint; }

const MatchWords::Topic& TopicOf(const MatchWords& words, matcher::Topic topic) {
  return *std::find_if(words.topics.begin(), words.topics.end(),
                       [&](const auto& entry) { return entry.number == static_cast<int>(topic); });
}

std::string WhatIsTheMatter(const DueWords& words, const MatchWords& match_words,
                            const DueThing& thing, std::string_view skill_label) {
  const absl::string_view skill = ToAbsl(skill_label);
  switch (thing.kind) {
    case v1::DUE_KIND_DISPUTE:
      return absl::Substitute(words.dispute, skill, thing.level);
    case v1::DUE_KIND_DISAGREEMENT:
      return absl::Substitute(words.disagreement, skill, thing.level, thing.level_high);
    case v1::DUE_KIND_EXPIRES:
      return absl::Substitute(thing.expired ? words.expired : words.expires, skill,
                              DayText(words, *thing.due));
    case v1::DUE_KIND_RENEW:
      return absl::Substitute(words.renew, skill, AgeText(match_words, thing.age_days));
    default:
      break;
  }
  if (!thing.recorded) return absl::Substitute(words.not_recorded, skill);
  if (thing.skill) {
    return absl::Substitute(words.unconfirmed, skill,
                            match_words.methods[static_cast<int>(thing.method)]);
  }
  const MatchWords::Topic& topic = TopicOf(match_words, thing.topic);
  return absl::Substitute(match_words.not_yet_known_question, topic.not_known, topic.question);
}

std::string WhatItChanges(const DueWords& words, const DueValue& value,
                          std::string_view first_title) {
  if (value.swings.empty()) return words.changes_none;
  const int changed = ChangedBy(value);
  if (changed == 0) return words.changes_little;
  const MatchSwing& first = value.swings.front();
  return absl::Substitute(changed == 1 ? words.changes_one : words.changes_some, changed,
                          ToAbsl(first_title), PointsOf(first.score), PointsOf(first.low),
                          PointsOf(first.high));
}

}  // namespace

const DueWords& DueWordsFor(std::string_view language_code, Reader reader) {
  const bool person = reader == Reader::kPerson;
  if (language_code == "en") return person ? kEnglishPersonDueWords : kEnglishDueWords;
  return person ? kDutchPersonDueWords : kDutchDueWords;
}

int ChangedBy(const DueValue& value) {
  return static_cast<int>(std::count_if(
      value.swings.begin(), value.swings.end(),
      [](const MatchSwing& swing) { return PointsOf(swing.low) != PointsOf(swing.high); }));
}

std::string DueReason(const DueThing& thing, const DueValue& value, std::string_view skill_label,
                      std::string_view first_title, std::string_view language_code, Reader reader) {
  const DueWords& words = DueWordsFor(language_code, reader);
  return absl::StrCat(
      WhatIsTheMatter(words, MatchWordsFor(language_code, reader), thing, skill_label), " ",
      WhatItChanges(words, value, first_title));
}

}  // namespace passend::service
