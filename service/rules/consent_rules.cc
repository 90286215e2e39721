#include "service/rules/consent_rules.h"

#include <cstdint>

#include "service/disclosure/shareable.h"
#include "service/rules/shared_rules.h"

namespace passend::service {
namespace {

constexpr GroupSet kToldInWords = {v1::FIELD_GROUP_SKILLS, v1::FIELD_GROUP_WISHES,
                                   v1::FIELD_GROUP_PACE, v1::FIELD_GROUP_SUPPORT};

struct SharingRow {
  const char* audience;  // what its name begins with
  v1::Purpose purpose;   // besides GUIDANCE
  const char* allowed;
};

// A partner finds no work for anybody (call/permission_table): to share MATCHING with one would
// open nothing.
constexpr SharingRow kSharing[] = {
    {"employers/", v1::PURPOSE_INTRODUCTION,
     "must be PURPOSE_GUIDANCE or PURPOSE_INTRODUCTION for an employer"},
    {"coaches/", v1::PURPOSE_MATCHING, "must be PURPOSE_GUIDANCE or PURPOSE_MATCHING for a coach"},
    {"partners/", v1::PURPOSE_SYNC,
     "must be PURPOSE_GUIDANCE or PURPOSE_SYNC for a partner, which does not match anybody"},
};

void CheckPurpose(const v1::Consent& consent, const FieldPath& path, FieldViolations& violations) {
  for (const SharingRow& row : kSharing) {
    if (!consent.audience().starts_with(row.audience)) continue;
    if (consent.purpose() == v1::PURPOSE_GUIDANCE || consent.purpose() == row.purpose) return;
    violations.push_back({(path / "purpose").text(), row.allowed});
    return;
  }
}

void CheckGroups(const v1::Consent& consent, const FieldPath& path, FieldViolations& violations) {
  const FieldPath groups = path / "groups";
  GroupSet shared;
  for (int i = 0; i < consent.groups_size(); ++i) {
    shared.Add({consent.groups(i)});
    if (consent.groups(i) == v1::FIELD_GROUP_UNSPECIFIED ||
        !kShareableGroups.Has(consent.groups(i))) {
      violations.push_back({groups[i].text(), "must be a group that can be shared"});
    }
  }
  const auto needs = [&](v1::FieldGroup group, GroupSet others, const char* allowed) {
    if (shared.Has(group) && !shared.Covers(others)) violations.push_back({groups.text(), allowed});
  };
  needs(v1::FIELD_GROUP_EVIDENCE, {v1::FIELD_GROUP_SKILLS},
        "must have FIELD_GROUP_SKILLS where it has FIELD_GROUP_EVIDENCE");
  needs(v1::FIELD_GROUP_SCORES, {v1::FIELD_GROUP_FIT},
        "must have FIELD_GROUP_FIT where it has FIELD_GROUP_SCORES");
  needs(v1::FIELD_GROUP_FIT, kToldInWords,
        "must have SKILLS, WISHES, PACE and SUPPORT where it has FIELD_GROUP_FIT, whose words tell "
        "of them");
  if (consent.purpose() == v1::PURPOSE_SYNC && !shared.Has(v1::FIELD_GROUP_IDENTITY)) {
    violations.push_back({groups.text(),
                          "must have FIELD_GROUP_IDENTITY for PURPOSE_SYNC: the partner keeps the "
                          "person under the name of the passport"});
  }
  if (consent.purpose() == v1::PURPOSE_INTRODUCTION &&
      !(shared == GroupSet{v1::FIELD_GROUP_IDENTITY})) {
    violations.push_back(
        {groups.text(), "must be FIELD_GROUP_IDENTITY alone for PURPOSE_INTRODUCTION"});
  }
}

void CheckTasks(const v1::Consent& consent, const FieldPath& path, FieldViolations& violations) {
  if (consent.purpose() == v1::PURPOSE_INTRODUCTION) {
    if ((consent.tasks_size() > 0) == consent.any_task()) {
      violations.push_back(
          {(path / "tasks").text(), "must name tasks, or be left empty where any_task is set"});
    }
  } else if (consent.tasks_size() > 0 || consent.any_task()) {
    violations.push_back(
        {(path / "tasks").text(), "must be left empty but for PURPOSE_INTRODUCTION"});
  }
}

}  // namespace

FieldViolations CheckConsent(const v1::Consent& consent, const FieldPath& path, absl::Time now,
                             absl::Duration duration_max) {
  FieldViolations violations;
  CheckPurpose(consent, path, violations);
  CheckGroups(consent, path, violations);
  CheckTasks(consent, path, violations);
  const FieldPath end = path / "expire_time";
  if (CheckTime(consent.expire_time(), end, violations)) {
    const absl::Time expires = absl::FromUnixSeconds(consent.expire_time().seconds()) +
                               absl::Nanoseconds(consent.expire_time().nanos());
    if (expires <= now || expires > now + duration_max) {
      violations.push_back({end.text(), "must be later than now, by " +
                                            std::to_string(duration_max / absl::Hours(24)) +
                                            " days at most"});
    }
  }
  return violations;
}

}  // namespace passend::service
