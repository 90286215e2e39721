#include "service/match/projection.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "service/match/book_reader.h"

namespace passend::service {
namespace {

namespace v1 = passend::v1;

constexpr int64_t kSecondsPerDay = 86'400;
// Before anything that was seen at a known time.
constexpr matcher::Day kLongAgo = std::numeric_limits<matcher::Day>::min();

// `number` as a bit; none where a set of `bits` has no place for it.
uint64_t Bit(int number, int bits) {
  return number >= 1 && number < bits ? uint64_t{1} << number : 0;
}

matcher::Week WeekOf(const v1::WeeklySchedule& schedule) {
  matcher::Week week;
  for (const v1::TimeBlock& block : schedule.blocks()) {
    const int day = block.day() - v1::WEEKDAY_MONDAY;
    if (day < 0 || day >= matcher::kDaysPerWeek) continue;
    if (block.start_hour() < 0 || block.end_hour() > 24) continue;
    if (block.start_hour() >= block.end_hour()) continue;
    week.Add(day, block.start_hour(), block.end_hour());
  }
  return week;
}

matcher::Place PlaceOf(const v1::CoarsePoint& point) {
  return {point.latitude_centidegrees(), point.longitude_centidegrees()};
}

// Amounts of a passport's or a task's pace: 0 where not set.
template <typename PaceMessage>
matcher::PaceAmounts AmountsOf(const PaceMessage& pace) {
  return {pace.tempo_percent(), pace.minutes_at_a_stretch(), pace.hours_per_day(),
          pace.days_per_week()};
}

void ReadFeatures(const v1::Wishes& from, matcher::Wishes& to) {
  for (const v1::Wish& wish : from.features()) {
    const matcher::FeatureSet bit = Bit(wish.feature(), 64);
    if (wish.attitude() == v1::ATTITUDE_NEVER) to.never |= bit;
    if (wish.strength() < 1 || wish.strength() > matcher::kStrengths) continue;
    if (wish.attitude() == v1::ATTITUDE_WANTS) to.wants[wish.strength() - 1] |= bit;
    if (wish.attitude() == v1::ATTITUDE_AVOIDS) to.avoids[wish.strength() - 1] |= bit;
  }
}

std::optional<matcher::Wishes::Travel> TravelOf(const v1::Wishes& wishes) {
  if (!wishes.has_travel() || !wishes.travel().has_home()) return std::nullopt;
  const v1::TravelLimit& travel = wishes.travel();
  const int means = travel.means() - v1::TRAVEL_MEANS_WALKING;
  if (means < 0 || means >= matcher::kTravelMeans || travel.minutes_max() < 1) return std::nullopt;
  return matcher::Wishes::Travel{PlaceOf(travel.home()), static_cast<matcher::TravelMeans>(means),
                                 travel.minutes_max()};
}

matcher::Wishes WishesOf(const v1::Wishes& wishes) {
  matcher::Wishes read;
  ReadFeatures(wishes, read);
  for (int form : wishes.participation_forms()) {
    read.forms |= static_cast<matcher::FormSet>(Bit(form, 32));
  }
  read.weekly_hours_min = wishes.hours().weekly_hours_min();
  read.weekly_hours_max = wishes.hours().weekly_hours_max();
  read.schedule = WeekOf(wishes.schedule());
  read.travel = TravelOf(wishes);
  return read;
}

matcher::WorkKind KindOf(v1::WorkKind kind) {
  return v1::WorkKind_IsValid(kind) ? static_cast<matcher::WorkKind>(kind) : matcher::kNoWorkKind;
}

}  // namespace

matcher::Day DayOf(const google::protobuf::Timestamp& time) { return DayOfSeconds(time.seconds()); }

matcher::Day DayOfSeconds(int64_t seconds) {
  const int64_t day = seconds / kSecondsPerDay - (seconds % kSecondsPerDay < 0 ? 1 : 0);
  return static_cast<matcher::Day>(day);
}

google::protobuf::Timestamp StartOf(matcher::Day day) {
  google::protobuf::Timestamp time;
  time.set_seconds(day * kSecondsPerDay);
  return time;
}

std::vector<matcher::PersonSkill> SkillsOf(std::span<const v1::Validation> validations,
                                           const matcher::Taxonomy& taxonomy) {
  std::map<matcher::ConceptIndex, std::vector<matcher::Validation>> by_skill;
  for (const v1::Validation& validation : validations) {
    const auto skill = taxonomy.Find(validation.skill());
    const auto read = ValidationOf(FactsOf(validation));
    if (skill && read) by_skill[*skill].push_back(*read);
  }
  std::vector<matcher::PersonSkill> skills;
  skills.reserve(by_skill.size());
  for (auto& [skill, read] : by_skill) skills.push_back({skill, std::move(read)});
  return skills;
}

matcher::Person PersonOf(const v1::Passport& passport, std::vector<matcher::PersonSkill> skills,
                         uint64_t last_shown) {
  matcher::Person person;
  person.name = passport.name();
  person.skills = std::move(skills);
  person.wishes = WishesOf(passport.wishes());
  for (const v1::Pace& pace : passport.paces()) {
    person.paces.push_back({KindOf(pace.kind()), AmountsOf(pace),
                            pace.basis() == v1::PACE_BASIS_MEASURED,
                            pace.has_observe_time() ? DayOf(pace.observe_time()) : kLongAgo});
  }
  const v1::SupportProfile& support = passport.support();
  person.support_known = support.nothing_needed() || !support.needs().empty();
  for (const v1::SupportNeed& need : support.needs()) {
    if (!v1::SupportSolution_IsValid(need.solution())) continue;
    person.needs.push_back({static_cast<matcher::SupportSolution>(need.solution()),
                            need.amount_percent(), need.brought_along_percent(), need.essential()});
  }
  person.region = passport.region();
  person.last_shown = last_shown;
  return person;
}

matcher::Work WorkOf(const v1::Task& task, const matcher::Taxonomy& taxonomy) {
  matcher::Work work;
  work.name = task.name();
  for (const v1::RequiredSkill& required : task.required_skills()) {
    const auto skill = taxonomy.Find(required.skill());
    if (!skill) continue;
    work.requirements.push_back(
        {*skill, required.level(), required.importance(), required.learnable()});
  }
  for (int feature : task.features()) work.features |= Bit(feature, 64);
  work.kind = KindOf(task.kind());
  work.pace = AmountsOf(task.pace());
  for (const v1::SupportOffer& offer : task.support_offers()) {
    if (!v1::SupportSolution_IsValid(offer.solution())) continue;
    work.offers.push_back({static_cast<matcher::SupportSolution>(offer.solution()),
                           offer.amount_percent(), std::max(1, offer.shared_by_people())});
  }
  if (v1::ParticipationForm_IsValid(task.participation_form())) {
    work.form = static_cast<uint8_t>(task.participation_form());
  }
  work.start_weekly_hours = std::max(1, task.hours().start_weekly_hours());
  work.growth_weekly_hours = task.hours().growth_weekly_hours();
  work.shared_weekly_hours_min = task.hours().shared_weekly_hours_min();
  work.schedule = WeekOf(task.schedule());
  if (task.place().has_point()) work.place = PlaceOf(task.place().point());
  work.remote = task.place().remote();
  work.region = task.place().region();
  return work;
}

}  // namespace passend::service
