#include "service/call/caller.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/names/string_form.h"
#include "service/text.h"

namespace passend::service {
namespace {

std::string_view CollectionOf(Role role) {
  switch (role) {
    case Role::kEmployer:
      return "employers/";
    case Role::kCoach:
      return "coaches/";
    case Role::kPartner:
      return "partners/";
    case Role::kPerson:
      return "passports/";
    default:
      return "";
  }
}

}  // namespace

std::string_view NameOf(Role role) {
  switch (role) {
    case Role::kEmployer:
      return "employer";
    case Role::kCoach:
      return "coach";
    case Role::kPartner:
      return "partner";
    case Role::kPerson:
      return "person";
    case Role::kOperator:
      return "operator";
    case Role::kAuditor:
      return "auditor";
    case Role::kNone:
      break;
  }
  return "none";
}

std::optional<Role> RoleNamed(std::string_view name) {
  for (const Role role : kRoles) {
    if (NameOf(role) == name) return role;
  }
  return std::nullopt;
}

std::string OwnerName(const Caller& caller) {
  const std::string_view collection = CollectionOf(caller.role);
  if (collection.empty() || caller.tenant.empty()) return "";
  return absl::StrCat(ToAbsl(collection), caller.tenant);
}

std::string SignatureOf(const Caller& caller) {
  std::string owner = OwnerName(caller);
  if (owner.empty() || caller.role == Role::kPerson) return owner;
  return absl::StrCat(owner, "/", caller.subject);
}

std::string ScopedMethod(std::string_view method, const Caller& caller) {
  if (caller.proof == Proof::kLocal) return std::string(method);
  return absl::StrCat(ToAbsl(method), "/", ToAbsl(NameOf(caller.role)), "/", caller.tenant);
}

bool IsTenant(std::string_view text) { return IsResourceId(text); }

bool IsSubject(std::string_view text) {
  return !text.empty() && text.size() <= kSubjectBytesMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace passend::service
