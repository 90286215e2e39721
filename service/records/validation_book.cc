#include "service/records/validation_book.h"

#include <algorithm>
#include <utility>

#include "passend/store/v1/validation_book.pb.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/names/string_form.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

auto PlaceOf(std::vector<v1::Validation>& validations, std::string_view name) {
  return std::lower_bound(
      validations.begin(), validations.end(), name,
      [](const v1::Validation& one, std::string_view wanted) { return one.name() < wanted; });
}

}  // namespace

v1::Validation* ValidationBook::Find(std::string_view name) {
  const auto at = PlaceOf(validations, name);
  return at == validations.end() || at->name() != name ? nullptr : &*at;
}

void ValidationBook::Add(v1::Validation validation) {
  const auto at = PlaceOf(validations, validation.name());
  validations.insert(at, std::move(validation));
}

bool HasOpenDispute(const v1::Validation& validation) {
  if (validation.has_revoke_time() || validation.disputes().empty()) return false;
  return validation.disputes().rbegin()->resolution() == v1::DISPUTE_RESOLUTION_UNSPECIFIED;
}

absl::StatusOr<ValidationBook> ParseBook(const storage::Record& record) {
  store::v1::ValidationBook stored;
  if (!IsResourceId(record.key.id) || !stored.ParseFromString(record.value)) {
    return DamagedData("a stored book of validations");
  }
  ValidationBook book;
  book.version = record.version;
  book.validations.reserve(static_cast<size_t>(stored.validations_size()));
  for (v1::Validation& validation : *stored.mutable_validations()) {
    if (!IsResourceId(validation.name())) return DamagedData("a stored validation");
    validation.set_name(MakeName(ValidationName{{record.key.id}, validation.name()}));
    const auto& before = book.validations;
    if (!before.empty() && before.back().name() >= validation.name()) {
      return DamagedData("a stored book of validations");
    }
    book.validations.push_back(std::move(validation));
  }
  return book;
}

absl::StatusOr<ValidationBook> ReadBook(const storage::Store& store, const PassportName& passport) {
  const auto record = ReadOne(store, BookKeyOf(passport));
  if (!record.ok()) return record.status();
  if (!record->has_value()) return ValidationBook{};
  return ParseBook(**record);
}

std::string StoredValue(const ValidationBook& book) {
  store::v1::ValidationBook stored;
  stored.mutable_validations()->Reserve(static_cast<int>(book.validations.size()));
  for (const v1::Validation& validation : book.validations) {
    v1::Validation& kept = *stored.add_validations();
    kept = validation;
    kept.set_name(ParseValidationName(validation.name()).value().validation);
  }
  return CanonicalBytes(stored);
}

}  // namespace passend::service
