#include "service/client/sheet/sheet_passport.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "service/client/dates.h"
#include "service/client/request_id.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;
using google::protobuf::util::MessageDifferencer;

void TakeWishes(const v1::Wishes& filled_in, v1::Wishes& wishes) {
  if (filled_in.features_size() > 0) *wishes.mutable_features() = filled_in.features();
  if (filled_in.has_hours()) *wishes.mutable_hours() = filled_in.hours();
  if (filled_in.participation_forms_size() > 0) {
    *wishes.mutable_participation_forms() = filled_in.participation_forms();
  }
}

void TakePace(const v1::Pace& filled_in, v1::Passport& passport) {
  auto& paces = *passport.mutable_paces();
  const auto known = std::find_if(paces.begin(), paces.end(), [&](const v1::Pace& other) {
    return other.kind() == filled_in.kind() && other.basis() == filled_in.basis();
  });
  v1::Pace& pace = known == paces.end() ? *passport.add_paces() : *known;
  if (filled_in.has_tempo_percent()) pace.set_tempo_percent(filled_in.tempo_percent());
  if (filled_in.has_minutes_at_a_stretch()) {
    pace.set_minutes_at_a_stretch(filled_in.minutes_at_a_stretch());
  }
  if (filled_in.has_hours_per_day()) pace.set_hours_per_day(filled_in.hours_per_day());
  if (filled_in.has_days_per_week()) pace.set_days_per_week(filled_in.days_per_week());
  pace.set_kind(filled_in.kind());
  pace.set_basis(filled_in.basis());
}

v1::SupportProfile Plain(v1::SupportProfile support) {
  for (v1::SupportNeed& need : *support.mutable_needs()) need.clear_kind();
  return support;
}

}  // namespace

v1::Passport WithSheet(const v1::Passport& passport, const v1::Passport& filled_in) {
  v1::Passport result = passport;
  if (!filled_in.region().empty()) result.set_region(filled_in.region());
  if (filled_in.has_wishes()) TakeWishes(filled_in.wishes(), *result.mutable_wishes());
  for (const v1::Pace& pace : filled_in.paces()) TakePace(pace, result);
  if (filled_in.has_support()) {
    const v1::SupportProfile plain = Plain(result.support());
    if (!MessageDifferencer::Equals(plain, filled_in.support())) {
      *result.mutable_support() = filled_in.support();
    }
  }
  return result;
}

bool SaysTheSame(const v1::Passport& a, const v1::Passport& b) {
  return MessageDifferencer::Equals(a, b);
}

KnownValidation FindValidation(const std::vector<v1::Validation>& known,
                               const v1::Validation& validation) {
  KnownValidation found = KnownValidation::kNew;
  for (const v1::Validation& other : known) {
    const bool same_day = !validation.has_validate_time() ||
                          DayText(other.validate_time()) == DayText(validation.validate_time());
    const bool same = other.skill() == validation.skill() && other.level() == validation.level() &&
                      other.method() == validation.method() &&
                      other.place() == validation.place() && same_day;
    if (!same) continue;
    if (!other.has_revoke_time()) return KnownValidation::kStands;
    found = KnownValidation::kRevoked;
  }
  return found;
}

v1::PushRecord RecordOf(const SheetPerson& person) {
  v1::PushRecord record;
  record.set_external_id(person.reference);
  v1::PushUpsert& upsert = *record.mutable_upsert();
  *upsert.mutable_passport() = person.passport;
  for (const SheetSkill& skill : person.skills) {
    v1::PushValidation& pushed = *upsert.add_validations();
    pushed.set_external_id(RequestIdOf(
        "skill", {skill.validation.skill(), DayText(skill.validation.validate_time())}));
    *pushed.mutable_validation() = skill.validation;
  }
  record.set_revision(RequestIdOf("sheet", {upsert.SerializeAsString()}));
  return record;
}

}  // namespace passend::client
