// Validations that a partner brings, under its own ids.
#ifndef PASSEND_SERVICE_SYNC_BROUGHT_VALIDATIONS_H_
#define PASSEND_SERVICE_SYNC_BROUGHT_VALIDATIONS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/store/v1/partner_book.pb.h"
#include "service/names/resource_names.h"
#include "service/records/validation_book.h"
#include "service/sync/prepared_record.h"
#include "service/sync/push_tools.h"

namespace passend::service {

struct Brought {
  bool conflict = false;             // what others have revoked is said otherwise
  bool noted = false;                // the side is another one
  bool kept = false;                 // what the partner says again stays revoked by others
  std::vector<std::string> changed;  // names of the validations that were recorded or revoked
};

// Where `side` is what the partner brought before, each of the validations:
//
//   id is        says            becomes
//   new          something       recorded
//   known        the same        nothing
//   known        otherwise       corrected: the one before is revoked, with why
//   known        taken back      revoked, with why
//   taken back   something       recorded
//   otherwise    taken back      nothing
//
// One that others have revoked stays so: then the same becomes nothing, and otherwise a conflict.
// No validation that the partner did not bring is touched. `book` and `side` are of no use after an
// error or a conflict. LIMIT_EXCEEDED.
absl::StatusOr<Brought> BringValidations(const PushTools& tools, const PassportName& person,
                                         const std::vector<PreparedValidation>& validations,
                                         ValidationBook& book, store::v1::PartnerSide& side);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_BROUGHT_VALIDATIONS_H_
