// What recording and correcting validations takes, whoever asks for it.
#ifndef PASSEND_SERVICE_VALIDATIONS_VALIDATION_WRITE_H_
#define PASSEND_SERVICE_VALIDATIONS_VALIDATION_WRITE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/validation.pb.h"
#include "service/call/caller.h"
#include "service/names/resource_names.h"
#include "service/records/validation_book.h"
#include "service/rules/field_violation.h"
#include "service/skill_catalog.h"
#include "service/surroundings.h"
#include "service/validations/book_change.h"

namespace passend::service {

// A validation that somebody wants recorded, and where it stands in the request.
struct AskedValidation {
  FieldPath path;
  const v1::Validation& validation;
};

// What one field cannot say alone, who says so, and the skill. INVALID_FIELD; UNKNOWN_SKILL.
absl::Status CheckValidations(const SkillCatalog& catalog, const Caller& caller,
                              const std::vector<AskedValidation>& all, absl::Time now);

// Fills in what the server says of a validation that `caller` brings.
void CompleteValidation(const Surroundings& surroundings, const Caller& caller,
                        const PassportName& parent, absl::Time now, v1::Validation& validation);

// LIMIT_EXCEEDED where the book has no room for so many more.
absl::Status CheckRoom(const ValidationBook& book, size_t more);

// Revokes the one of that name, which is in the book and stands, and records `right`, which was
// checked, in its place. `right` is when the wrong one was established, unless it says when. As
// CheckRoom.
absl::StatusOr<BookChange> CorrectIn(const Surroundings& surroundings, const Caller& caller,
                                     ValidationBook& book, const std::string& wrong,
                                     v1::Validation right, const std::string& reason,
                                     absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_VALIDATION_WRITE_H_
