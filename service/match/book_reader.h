// What matching needs of a stored book of validations, without making messages of it.
#ifndef PASSEND_SERVICE_MATCH_BOOK_READER_H_
#define PASSEND_SERVICE_MATCH_BOOK_READER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "matcher/certainty.h"
#include "passend/store/v1/validation_book.pb.h"
#include "passend/v1/validation.pb.h"

namespace passend::service {

// What the scoring core reads of a validation. Times are whole seconds since 1970.
struct ValidationFacts {
  std::string_view name;
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
class BookReader {
 public:
  // DAMAGED_DATA exactly where ParseBook says so of a record with this value.
  absl::Status Read(std::string_view value);

  // FactsOf each validation of the book that was read last, with the names as stored: views into
  // its value, or into the reader, until the next Read.
  std::span<const ValidationFacts> facts() const { return facts_; }

 private:
  bool ReadPlainly(std::string_view value);

  std::vector<ValidationFacts> facts_;
  store::v1::ValidationBook message_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_BOOK_READER_H_
