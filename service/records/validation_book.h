// All validations of a passport, as the one record that they are stored in: whoever asks about a
// person reads all of them, and to read everybody takes a third of the time that twenty records for
// each took.
#ifndef PASSEND_SERVICE_RECORDS_VALIDATION_BOOK_H_
#define PASSEND_SERVICE_RECORDS_VALIDATION_BOOK_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/validation.pb.h"
#include "service/names/resource_names.h"
#include "storage/store.h"

namespace passend::service {

struct ValidationBook {
  storage::Version version = 0;  // 0: nothing was ever recorded
  // With their names, in the order of these; revoked ones too.
  std::vector<v1::Validation> validations;

  // Null where there is none of that name.
  v1::Validation* Find(std::string_view name);

  // Puts a validation whose name is not in the book at its place.
  void Add(v1::Validation validation);
};

// Whether an objection to the validation is open: it stands, and the last objection has not ended.
bool HasOpenDispute(const v1::Validation& validation);

// The book of a record of kind kValidationBook. DAMAGED_DATA.
absl::StatusOr<ValidationBook> ParseBook(const storage::Record& record);

// The book of `passport`; an empty one where it has none. DAMAGED_DATA; errors of the store.
absl::StatusOr<ValidationBook> ReadBook(const storage::Store& store, const PassportName& passport);

// The value to store. The validations have names and are in their order.
std::string StoredValue(const ValidationBook& book);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_VALIDATION_BOOK_H_
