// One credential that is brought into a passport: whether it is good, whose it is, what it says.
#ifndef PASSEND_SERVICE_PORTABLE_BROUGHT_CREDENTIAL_H_
#define PASSEND_SERVICE_PORTABLE_BROUGHT_CREDENTIAL_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/portable.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/credential/credential_book.h"
#include "service/credential/credential_checker.h"
#include "service/credential/status_lists.h"
#include "service/handler_tools.h"
#include "service/names/resource_names.h"
#include "service/portable/skill_directory.h"
#include "service/records/validation_book.h"

namespace passend::service {

// What one import works with; the credentials are looked at one after the other.
struct CredentialImport {
  const HandlerTools& tools;
  const KnownIssuers issuers;
  const BroughtLists lists;
  const absl::Time now;
  const PassportName parent;
  const std::string recorder;
  SkillDirectory directory;
  ValidationBook book;
  CredentialBook credentials;
  std::vector<std::string> added;    // names
  std::vector<StatusPlace> adopted;  // they are in `credentials`, and were not
};

// One credential, and what it comes to.
struct BroughtCredential {
  CheckedCredential credential;
  std::optional<StatusPlace> place;  // of the server's own, where there is such a list
  bool status_checked = false;
  v1::Validation validation;
};

// Looks at one credential, and writes nothing. The name of the validation that the passport has of
// it already; "" where it has none. A credential of the server's own is told apart by its place:
// one that is out is of the passport that it was given out for; one whose person was erased may be
// brought into any passport, once, unless that has a validation that says the same and was revoked.
// CREDENTIAL_... of ErrorReason, of this credential; other errors are of the whole import.
absl::StatusOr<std::string> Look(CredentialImport& import, const v1::CredentialToImport& asked,
                                 BroughtCredential& looked);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PORTABLE_BROUGHT_CREDENTIAL_H_
