// Changing one validation that is on record, in one repeatable commit of its passport's book.
#ifndef PASSEND_SERVICE_VALIDATIONS_BOOK_CHANGE_H_
#define PASSEND_SERVICE_VALIDATIONS_BOOK_CHANGE_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/validation.pb.h"
#include "service/call/call_context.h"
#include "service/handler_tools.h"
#include "service/names/resource_names.h"
#include "service/records/repeatable_write.h"
#include "service/records/validation_book.h"

namespace passend::service {

// The book with what `changed` of it is new, in one commit.
storage::Batch BatchOf(const PassportName& passport, const ValidationBook& book,
                       std::span<const std::string> changed);

// What a change did to a book.
struct BookChange {
  v1::Validation answer;
  std::vector<std::string> changed;  // names
};

// Changes the named validation, which is in the book, or something beside it. Pointers into the
// book do not outlive ValidationBook::Add.
using ChangeBook =
    std::function<absl::StatusOr<BookChange>(ValidationBook& book, v1::Validation& named)>;

// Under the lock of the passport: what `change` makes of the book is committed, and answered; a
// repeated request is answered with the validation as it is by now. With `validate_only` nothing is
// written.
//   VALIDATION_NOT_FOUND, REQUEST_ID_REUSED, LIMIT_EXCEEDED above kRevokedValidationBytesMax,
//   whatever `change` gives
absl::StatusOr<v1::Validation> ChangeOne(const HandlerTools& tools, const CallContext& context,
                                         const std::string& name,
                                         const RepeatableRequest& repeatable, bool validate_only,
                                         const ChangeBook& change);

// Revokes: no longer counts, with the reason; an open objection is upheld by `resolver`.
void RevokeNow(v1::Validation& validation, const std::string& reason, const std::string& resolver,
               absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_VALIDATIONS_BOOK_CHANGE_H_
