// Whose share of the server a call takes.
#ifndef PASSEND_SERVICE_CALL_SHARER_H_
#define PASSEND_SERVICE_CALL_SHARER_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "service/call/caller.h"
#include "service/text.h"

namespace passend::service {

// A portal or a partner system has one, however many tokens it has been given; others have one
// each. Empty where it is not known who calls.
inline std::string KnownSharerOf(const Caller& caller) {
  if (caller.subject.empty()) return "";
  const bool one_for_all = caller.role == Role::kEmployer || caller.role == Role::kPartner;
  return absl::StrCat(ToAbsl(NameOf(caller.role)), "/", caller.tenant, "/",
                      one_for_all ? "" : caller.subject);
}

// Where it is not known who calls, the connection has one.
inline std::string SharerOf(const Caller& caller) {
  std::string sharer = KnownSharerOf(caller);
  return sharer.empty() ? caller.peer : sharer;
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_SHARER_H_
