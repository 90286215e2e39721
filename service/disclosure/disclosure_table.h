// Which groups of what is its own, or may be asked by all, a role sees for which purpose. What
// people share comes on top of it (consent/).
#ifndef PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_TABLE_H_
#define PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_TABLE_H_

#include <array>
#include <span>

#include "service/call/caller.h"
#include "service/disclosure/group_set.h"

namespace passend::service {

struct DisclosureRow {
  v1::Purpose purpose;
  std::array<GroupSet, kRoles.size()> by_role;  // in the order of kRoles
};

// A row for each purpose.
std::span<const DisclosureRow> DisclosureTable();

// As the table says. Empty for a role or purpose that it does not have.
GroupSet OwnGroups(Role role, v1::Purpose purpose);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_TABLE_H_
