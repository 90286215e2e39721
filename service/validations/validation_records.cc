#include "service/validations/validation_records.h"

#include <optional>
#include <utility>

#include "service/errors/call_errors.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

storage::ScanRange RangeOf(const PassportName& parent) {
  return {storage::RecordKind::kValidation, ValidationPrefixOf(parent), ""};
}

}  // namespace

absl::StatusOr<v1::Validation> ParseValidation(const storage::Record& record) {
  const std::optional<ValidationName> name = ValidationNameOfId(record.key.id);
  if (!name.has_value()) return DamagedData("a stored validation");
  return ParseStored<v1::Validation>(record, MakeName(*name));
}

absl::StatusOr<std::vector<v1::Validation>> ReadValidations(const storage::Store& store,
                                                            const PassportName& parent) {
  std::vector<v1::Validation> validations;
  absl::Status parsed;
  const absl::Status scanned = store.Scan(RangeOf(parent), [&](const storage::Record& record) {
    absl::StatusOr<v1::Validation> validation = ParseValidation(record);
    parsed = validation.status();
    if (parsed.ok()) validations.push_back(*std::move(validation));
    return parsed.ok();
  });
  if (!parsed.ok()) return parsed;
  if (!scanned.ok()) return scanned;
  return validations;
}

absl::StatusOr<ValidationsHeld> CountValidations(const storage::Store& store,
                                                 const PassportName& parent) {
  ValidationsHeld held;
  const absl::Status scanned = store.Scan(RangeOf(parent), [&](const storage::Record& record) {
    ++held.count;
    held.bytes += record.value.size();
    return true;
  });
  if (!scanned.ok()) return scanned;
  return held;
}

absl::StatusOr<std::vector<storage::Key>> ValidationKeys(const storage::Store& store,
                                                         const PassportName& parent) {
  std::vector<storage::Key> keys;
  const absl::Status scanned = store.Scan(RangeOf(parent), [&](storage::Record record) {
    keys.push_back(std::move(record.key));
    return true;
  });
  if (!scanned.ok()) return scanned;
  return keys;
}

}  // namespace passend::service
