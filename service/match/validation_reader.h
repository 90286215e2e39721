// What matching needs of a stored validation, without making a message of it.
#ifndef PASSEND_SERVICE_MATCH_VALIDATION_READER_H_
#define PASSEND_SERVICE_MATCH_VALIDATION_READER_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "matcher/certainty.h"
#include "passend/v1/validation.pb.h"

namespace passend::service {

// What the scoring core reads of a validation. Times are whole seconds since 1970.
struct ValidationFacts {
  std::string_view skill;
  int32_t level = 0;
  int32_t method = 0;
  std::optional<int64_t> validate_seconds;
  std::optional<int64_t> expire_seconds;
  int64_t create_seconds = 0;
  std::optional<int64_t> revoke_seconds;
  friend bool operator==(const ValidationFacts&, const ValidationFacts&) = default;
};

// Views into `validation`.
ValidationFacts FactsOf(const v1::Validation& validation);

// Nullopt for a method or a level that this version does not know.
std::optional<matcher::Validation> ValidationOf(const ValidationFacts& facts);

// Reads stored values, one after another. Not thread-safe.
class ValidationReader {
 public:
  // DAMAGED_DATA exactly where `value` does not parse as a v1::Validation.
  absl::Status Read(std::string_view value);

  // FactsOf the message that was read last: views into its value, or into the reader, until the
  // next Read.
  const ValidationFacts& facts() const { return facts_; }

 private:
  bool ReadPlainly(std::string_view value);

  ValidationFacts facts_;
  v1::Validation message_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_VALIDATION_READER_H_
