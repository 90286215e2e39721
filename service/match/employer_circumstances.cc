#include "service/match/employer_circumstances.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "service/canonical_bytes.h"
#include "service/errors/request_errors.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

// What lists in force are of, and until when each of it is.
using InForce = std::map<std::string, absl::Time>;

absl::Status Check(const InForce& in_force, const std::string& asked, size_t allowed,
                   const BudgetedField& field, absl::Time now) {
  if (asked.empty() || in_force.size() < allowed || in_force.contains(asked)) {
    return absl::OkStatus();
  }
  absl::Time first = absl::InfiniteFuture();
  for (const auto& [one, until] : in_force) first = std::min(first, until);
  return ListBudget(field, allowed, first, now);
}

}  // namespace

EmployerCircumstances CircumstancesOf(const v1::Task& task) {
  EmployerCircumstances circumstances;
  if (task.place().has_point() && !task.place().remote()) {
    const v1::CoarsePoint& point = task.place().point();
    circumstances.place =
        absl::StrCat(point.latitude_centidegrees(), ",", point.longitude_centidegrees());
  }
  v1::Task timed;
  *timed.mutable_hours() = task.hours();
  timed.mutable_hours()->clear_total_weekly_hours();
  *timed.mutable_schedule() = task.schedule();
  circumstances.times = CanonicalBytes(timed);
  return circumstances;
}

absl::Status CheckCircumstances(const EmployerCircumstances& asked,
                                const std::vector<store::v1::EmployerList>& in_force,
                                const EmployerLimits& limits, absl::Time now) {
  InForce places;
  InForce times;
  const auto note = [](InForce& noted, const std::string& what, absl::Time until) {
    if (!what.empty()) noted[what] = std::max(noted[what], until);
  };
  for (const store::v1::EmployerList& list : in_force) {
    const EmployerCircumstances one = CircumstancesOf(list.task());
    note(places, one.place, ToTime(list.renew_time()));
    note(times, one.times, ToTime(list.renew_time()));
  }
  absl::Status place =
      Check(places, asked.place, limits.places_max, {"task.place.point", "places"}, now);
  if (!place.ok()) return place;
  return Check(times, asked.times, limits.times_max,
               {"task.schedule", "hours and schedules (task.hours, task.schedule)"}, now);
}

}  // namespace passend::service
