#include "service/disclosure/disclosure_table.h"

#include <algorithm>
#include <cstddef>

namespace passend::service {
namespace {

using v1::FIELD_GROUP_BASIC;
using v1::FIELD_GROUP_CONSENTS;
using v1::FIELD_GROUP_CUSTODY;
using v1::FIELD_GROUP_EVIDENCE;
using v1::FIELD_GROUP_FIT;
using v1::FIELD_GROUP_IDENTITY;
using v1::FIELD_GROUP_LOOKS;
using v1::FIELD_GROUP_OPEN;
using v1::FIELD_GROUP_PACE;
using v1::FIELD_GROUP_SCORES;
using v1::FIELD_GROUP_SKILLS;
using v1::FIELD_GROUP_SUPPORT;
using v1::FIELD_GROUP_WISHES;

constexpr GroupSet kNothing = {};
constexpr GroupSet kOpen = {FIELD_GROUP_OPEN};
constexpr GroupSet kAll = GroupSet::Named();

// A partner keeps the passport in step. Who saw somebody where is between person and coach.
constexpr GroupSet kKept = {FIELD_GROUP_OPEN,    FIELD_GROUP_IDENTITY, FIELD_GROUP_BASIC,
                            FIELD_GROUP_SKILLS,  FIELD_GROUP_WISHES,   FIELD_GROUP_PACE,
                            FIELD_GROUP_SUPPORT, FIELD_GROUP_CUSTODY};
constexpr GroupSet kGuided = {FIELD_GROUP_OPEN,   FIELD_GROUP_IDENTITY, FIELD_GROUP_BASIC,
                              FIELD_GROUP_SKILLS, FIELD_GROUP_EVIDENCE, FIELD_GROUP_WISHES,
                              FIELD_GROUP_PACE,   FIELD_GROUP_SUPPORT,  FIELD_GROUP_CUSTODY};
constexpr GroupSet kMatched = {FIELD_GROUP_OPEN,   FIELD_GROUP_IDENTITY, FIELD_GROUP_SKILLS,
                               FIELD_GROUP_WISHES, FIELD_GROUP_PACE,     FIELD_GROUP_SUPPORT,
                               FIELD_GROUP_FIT,    FIELD_GROUP_SCORES};
// Of people without a name: how they fit, what of the work they can and want to do.
constexpr GroupSet kCandidates = {FIELD_GROUP_OPEN, FIELD_GROUP_FIT, FIELD_GROUP_SKILLS,
                                  FIELD_GROUP_WISHES};
constexpr GroupSet kOverseen = {FIELD_GROUP_OPEN, FIELD_GROUP_IDENTITY, FIELD_GROUP_CONSENTS,
                                FIELD_GROUP_LOOKS};
constexpr GroupSet kShared = {FIELD_GROUP_OPEN, FIELD_GROUP_IDENTITY, FIELD_GROUP_CONSENTS};
constexpr GroupSet kAudited = {FIELD_GROUP_OPEN, FIELD_GROUP_FIT, FIELD_GROUP_SCORES,
                               FIELD_GROUP_LOOKS};

// clang-format off
constexpr DisclosureRow kDisclosures[] = {
  //                           employer     coach      partner    person operator auditor
  {v1::PURPOSE_GUIDANCE,      {kOpen,       kGuided,   kKept,     kAll,  kNothing, kNothing}},
  {v1::PURPOSE_MATCHING,      {kCandidates, kMatched,  kNothing,  kAll,  kNothing, kNothing}},
  {v1::PURPOSE_INTRODUCTION,  {kOpen,       kNothing,  kNothing,  kAll,  kNothing, kNothing}},
  {v1::PURPOSE_OVERSIGHT,     {kNothing,    kOverseen, kShared,   kAll,  kNothing, kNothing}},
  {v1::PURPOSE_SYNC,          {kNothing,    kNothing,  kKept,     kAll,  kNothing, kNothing}},
  {v1::PURPOSE_AUDIT,         {kNothing,    kNothing,  kNothing,  kAll,  kOpen,    kAudited}},
  {v1::PURPOSE_OPERATION,     {kOpen,       kOpen,     kOpen,     kAll,  kOpen,    kOpen}},
};
// clang-format on

}  // namespace

std::span<const DisclosureRow> DisclosureTable() { return kDisclosures; }

GroupSet OwnGroups(Role role, v1::Purpose purpose) {
  const auto* row = std::ranges::find(kDisclosures, purpose, &DisclosureRow::purpose);
  if (row == std::end(kDisclosures)) return {};
  for (size_t i = 0; i < kRoles.size(); ++i) {
    if (kRoles[i] == role) return row->by_role[i];
  }
  return {};
}

}  // namespace passend::service
