// A pace in words.
#ifndef PASSEND_SERVICE_CLIENT_PACE_TEXT_H_
#define PASSEND_SERVICE_CLIENT_PACE_TEXT_H_

#include <string>
#include <vector>

#include "passend/v1/fit.pb.h"
#include "service/client/words.h"

namespace passend::client {

// The amounts that are set in a passport's Pace or a task's PaceAsked: "tempo in percent 80". Pure.
template <typename PaceMessage>
std::vector<std::string> PaceAmounts(Language language, const PaceMessage& pace) {
  std::vector<std::string> amounts;
  const auto add = [&](bool is_set, int value, passend::v1::AmountKind kind) {
    if (is_set) amounts.push_back(NameOf(language, kind) + " " + std::to_string(value));
  };
  add(pace.has_tempo_percent(), pace.tempo_percent(), passend::v1::AMOUNT_KIND_TEMPO_PERCENT);
  add(pace.has_minutes_at_a_stretch(), pace.minutes_at_a_stretch(),
      passend::v1::AMOUNT_KIND_STRETCH_MINUTES);
  add(pace.has_hours_per_day(), pace.hours_per_day(), passend::v1::AMOUNT_KIND_HOURS_PER_DAY);
  add(pace.has_days_per_week(), pace.days_per_week(), passend::v1::AMOUNT_KIND_DAYS_PER_WEEK);
  return amounts;
}

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_PACE_TEXT_H_
