// Errors about a request itself: its fields, page token, request id, size.
#ifndef PASSEND_SERVICE_ERRORS_REQUEST_ERRORS_H_
#define PASSEND_SERVICE_ERRORS_REQUEST_ERRORS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "passend/v1/field_rules.pb.h"
#include "service/errors/error_status.h"

namespace passend::service {

// INVALID_ARGUMENT, ERROR_REASON_INVALID_FIELD.
absl::Status InvalidField(std::string_view field, std::string_view allowed);
absl::Status InvalidFieldForm(std::string_view field, v1::StringForm form);
absl::Status InvalidFields(const std::vector<FieldViolation>& violations);  // at least one

// INVALID_ARGUMENT, ERROR_REASON_MALFORMED_MESSAGE. `field` is the path of the text that is not
// UTF-8, and empty where the bytes as a whole are no `message_type`.
absl::Status MalformedMessage(std::string_view message_type, std::string_view field);

// INVALID_ARGUMENT, ERROR_REASON_UNKNOWN_SKILL. `allowed` says what would do.
absl::Status UnknownSkill(std::string_view field, std::string_view skill,
                          std::string_view allowed = "a skill that an imported taxonomy has");

// INVALID_ARGUMENT, ERROR_REASON_INVALID_PAGE_TOKEN.
absl::Status InvalidPageToken(std::string_view field);
// INVALID_ARGUMENT, ERROR_REASON_PAGE_TOKEN_ARGUMENTS.
absl::Status PageTokenArguments(std::string_view field);
// ABORTED, ERROR_REASON_PAGE_EXPIRED. `data_sequence`: of the list that was kept.
absl::Status PageExpired(uint64_t data_sequence);

// OUT_OF_RANGE, ERROR_REASON_FUTURE_SEQUENCE. `last`: the store's last commit.
absl::Status FutureSequence(std::string_view field, uint64_t last);

// OUT_OF_RANGE, ERROR_REASON_CURSOR_TOO_OLD.
absl::Status CursorTooOld(std::string_view field);

// INVALID_ARGUMENT, ERROR_REASON_WEIGHT_BOUNDS. `bound` says the bound: `at least 1500`.
absl::Status WeightBounds(std::string_view field, std::string_view bound);

// ALREADY_EXISTS, ERROR_REASON_REQUEST_ID_REUSED. `field` is what the request calls the id.
absl::Status RequestIdReused(std::string_view request_id, std::string_view field = "request_id");

// RESOURCE_EXHAUSTED, ERROR_REASON_LIMIT_EXCEEDED. `limit` names what there is too much of, with
// its unit: `message bytes`.
absl::Status LimitExceeded(std::string_view limit, uint64_t allowed);

// What employers' lists are counted by.
struct BudgetedField {
  std::string_view name;  // `task.place.point`; `task`: what kind of work it is
  std::string_view what;  // `places`
};

// RESOURCE_EXHAUSTED, ERROR_REASON_LIST_BUDGET, RetryInfo. The employer has lists of `allowed`
// different ones in force, the first of them until `renew_time`, which is after `now`.
absl::Status ListBudget(const BudgetedField& field, uint64_t allowed, absl::Time renew_time,
                        absl::Time now);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_ERRORS_REQUEST_ERRORS_H_
