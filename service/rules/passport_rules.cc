#include "service/rules/passport_rules.h"

#include <string>
#include <utility>

#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

void CheckWishes(const v1::Wishes& wishes, const FieldPath& path, FieldViolations& violations) {
  const FieldPath features = path / "features";
  CheckNoRepeats(
      wishes.features(), features, "feature", [](const v1::Wish& wish) { return wish.feature(); },
      violations);
  for (int index = 0; index < wishes.features_size(); ++index) {
    const v1::Wish& wish = wishes.features(index);
    const bool never = wish.attitude() == v1::ATTITUDE_NEVER;
    if (never && wish.strength() != 0) {
      violations.push_back({(features[index] / "strength").text(), "must not be set with NEVER"});
    }
    if (!never && wish.strength() == 0) {
      violations.push_back(
          {(features[index] / "strength").text(), "must be 1 to 3 with WANTS and AVOIDS"});
    }
  }
  if (wishes.has_hours() && wishes.hours().weekly_hours_min() > wishes.hours().weekly_hours_max()) {
    violations.push_back({(path / "hours" / "weekly_hours_min").text(),
                          "must not be above weekly_hours_max (" +
                              std::to_string(wishes.hours().weekly_hours_max()) + ")"});
  }
  CheckSchedule(wishes.schedule(), path / "schedule", violations);
}

void CheckPaces(const v1::Passport& passport, const FieldPath& path, absl::Time now,
                FieldViolations& violations) {
  CheckNoRepeats(
      passport.paces(), path, "kind",
      [](const v1::Pace& pace) { return std::pair(pace.kind(), pace.basis()); }, violations);
  for (int index = 0; index < passport.paces_size(); ++index) {
    const v1::Pace& pace = passport.paces(index);
    CheckPast(pace.observe_time(), path[index] / "observe_time", now, violations);
    if (pace.has_tempo_percent() || pace.has_minutes_at_a_stretch() || pace.has_hours_per_day() ||
        pace.has_days_per_week()) {
      continue;
    }
    violations.push_back({path[index].text(),
                          "must have at least one of tempo_percent, minutes_at_a_stretch, "
                          "hours_per_day, days_per_week"});
  }
}

void CheckSupport(const v1::SupportProfile& support, const FieldPath& path,
                  FieldViolations& violations) {
  if (support.nothing_needed() && support.needs_size() > 0) {
    violations.push_back(
        {(path / "nothing_needed").text(), "must not be true where needs are given"});
  }
  const FieldPath needs = path / "needs";
  CheckNoRepeats(
      support.needs(), needs, "solution",
      [](const v1::SupportNeed& need) { return need.solution(); }, violations);
  for (int index = 0; index < support.needs_size(); ++index) {
    const v1::SupportNeed& need = support.needs(index);
    if (need.brought_along_percent() == 0) continue;
    if (!need.has_amount_percent()) {
      violations.push_back({(needs[index] / "brought_along_percent").text(),
                            "must not be set where amount_percent is not"});
    } else if (need.brought_along_percent() > need.amount_percent()) {
      violations.push_back(
          {(needs[index] / "brought_along_percent").text(),
           "must not be above amount_percent (" + std::to_string(need.amount_percent()) + ")"});
    }
  }
}

}  // namespace

FieldViolations CheckPassport(const v1::Passport& passport, const FieldPath& path, absl::Time now) {
  FieldViolations violations;
  CheckWishes(passport.wishes(), path / "wishes", violations);
  CheckPaces(passport, path / "paces", now, violations);
  CheckSupport(passport.support(), path / "support", violations);
  return violations;
}

}  // namespace passend::service
