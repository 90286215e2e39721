// A field that breaks a rule, and what it may hold.
#ifndef PASSEND_SERVICE_RULES_FIELD_VIOLATION_H_
#define PASSEND_SERVICE_RULES_FIELD_VIOLATION_H_

#include <string>
#include <string_view>
#include <vector>

namespace passend::service {

struct FieldViolation {
  std::string field;    // path from the request: `passport.wishes.features[2].strength`
  std::string allowed;  // what is allowed, as a sentence without a subject: "must be 1 to 5"
  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

using FieldViolations = std::vector<FieldViolation>;

// Where a message stands in a request. Empty for the request itself.
class FieldPath {
 public:
  explicit FieldPath(std::string path) : path_(std::move(path)) {}

  FieldPath operator/(std::string_view field) const {
    return FieldPath(path_.empty() ? std::string(field) : path_ + "." + std::string(field));
  }
  FieldPath operator[](int index) const {
    return FieldPath(path_ + "[" + std::to_string(index) + "]");
  }
  const std::string& text() const { return path_; }

 private:
  std::string path_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RULES_FIELD_VIOLATION_H_
