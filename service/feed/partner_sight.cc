#include "service/feed/partner_sight.h"

#include <algorithm>

#include "service/disclosure/disclosure_plan.h"
#include "service/disclosure/disclosure_table.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

const DisclosurePlan& ChangePlan() {
  static const DisclosurePlan plan(*v1::WatchChange::descriptor());
  return plan;
}

}  // namespace

GroupSet GroupsSeen(const PersonAt& person, std::string_view partner, absl::Time now) {
  GroupSet groups = SharedWith(person.consents, partner, v1::PURPOSE_SYNC, now);
  const auto& partners = person.passport->partners();
  if (std::find(partners.begin(), partners.end(), partner) != partners.end()) {
    groups.Add(OwnGroups(Role::kPartner, v1::PURPOSE_SYNC));
  }
  if (!groups.Has(v1::FIELD_GROUP_IDENTITY)) return {};
  groups.Add({v1::FIELD_GROUP_OPEN});
  return groups;
}

bool IsOfRegions(const PersonAt& person, GroupSet groups, const std::vector<std::string>& regions) {
  if (regions.empty()) return true;
  // Otherwise whoever asks by region would learn it from who is told.
  if (!groups.Has(v1::FIELD_GROUP_BASIC)) return false;
  return std::ranges::find(regions, person.passport->region()) != regions.end();
}

storage::Version VersionOf(const PersonAt& person, GroupSet groups, std::string_view partner) {
  storage::Version version = std::max(person.passport_version, person.consents.VersionFor(partner));
  if (const store::v1::PartnerSide* const side = person.partners.Find(partner)) {
    version = std::max(version, static_cast<storage::Version>(side->id_version()));
  }
  if (groups.Has(v1::FIELD_GROUP_SKILLS)) version = std::max(version, person.validations.version);
  return version;
}

v1::WatchChange TellOf(const PersonAt& person, GroupSet groups, const WatchedBy& by,
                       storage::Sequence sequence) {
  v1::WatchChange change;
  change.set_passport_name(person.passport->name());
  change.set_external_id(ExternalIdOf(person, by.partner));
  change.set_sequence(static_cast<int64_t>(sequence));
  *change.mutable_passport() = *person.passport;
  if (by.with_validations) {
    change.mutable_validations()->Add(person.validations.validations.begin(),
                                      person.validations.validations.end());
  }
  ChangePlan().Keep(groups, change);
  return change;
}

v1::WatchChange TellRemoval(const std::string& passport_id, v1::WatchRemoval removal,
                            storage::Sequence sequence) {
  v1::WatchChange change;
  change.set_passport_name(MakeName(PassportName{passport_id}));
  change.set_sequence(static_cast<int64_t>(sequence));
  change.set_removal(removal);
  return change;
}

std::string ExternalIdOf(const PersonAt& person, std::string_view partner) {
  const store::v1::PartnerSide* side = person.partners.Find(partner);
  return side == nullptr ? "" : side->external_id();
}

}  // namespace passend::service
