// Which role may call which method: the whole of it, and nothing else allows anything.
#ifndef PASSEND_SERVICE_CALL_PERMISSION_TABLE_H_
#define PASSEND_SERVICE_CALL_PERMISSION_TABLE_H_

#include <array>
#include <span>
#include <string_view>

#include "service/call/caller.h"

namespace passend::service {

enum class Permission {
  kNo,
  kShared,  // only what a person shares with the caller by a consent; the rest is not there for it
  kOwn,     // what belongs to the caller; the rest is not there for it (access/access.h)
  kAll,
};

struct PermissionRow {
  std::string_view method;                        // `passend.v1.PassportService.GetPassport`
  std::array<Permission, kRoles.size()> by_role;  // in the order of kRoles
};

std::span<const PermissionRow> PermissionTable();

// kNo for a role or a method that is not in the table.
Permission PermissionOf(Role role, std::string_view method);

// As the table says of the caller's role; kAll where Proof is kLocal, for every method of the
// table: where no identity is configured, whoever reaches the server could read its files as well.
Permission PermissionOf(const Caller& caller, std::string_view method);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_PERMISSION_TABLE_H_
