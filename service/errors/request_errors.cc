#include "service/errors/request_errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "service/names/string_form.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kPageToken = "page_token";

// What a token of the field is called where it is given.
const char* TokenCalled(std::string_view field) {
  return field == kPageToken ? "a next_page_token" : "a cursor";
}

}  // namespace

absl::Status InvalidField(std::string_view field, std::string_view allowed) {
  return InvalidFields({{std::string(field), std::string(allowed)}});
}

absl::Status InvalidFieldForm(std::string_view field, v1::StringForm form) {
  return InvalidField(field, absl::StrCat("must be ", ToAbsl(DescriptionOf(form))));
}

absl::Status InvalidFields(const std::vector<FieldViolation>& violations) {
  return MakeFieldError(v1::ERROR_REASON_INVALID_FIELD, violations);
}

absl::Status MalformedMessage(std::string_view message_type, std::string_view field) {
  if (!field.empty()) {
    return MakeFieldError(v1::ERROR_REASON_MALFORMED_MESSAGE,
                          {{std::string(field), "must be a text in UTF-8"}});
  }
  return MakeError(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_MALFORMED_MESSAGE,
                   absl::StrCat("the bytes are not a message of the type ", ToAbsl(message_type)),
                   {});
}

absl::Status UnknownSkill(std::string_view field, std::string_view skill,
                          std::string_view allowed) {
  return MakeFieldError(v1::ERROR_REASON_UNKNOWN_SKILL,
                        {{std::string(field), absl::StrCat("must be ", ToAbsl(allowed), "; '",
                                                           Echoed(skill), "' is not one")}},
                        {{"skill", Echoed(skill)}});
}

absl::Status InvalidPageToken(std::string_view field) {
  return MakeFieldError(v1::ERROR_REASON_INVALID_PAGE_TOKEN,
                        {{std::string(field), absl::StrCat("must be ", TokenCalled(field),
                                                           " that this method gave, unchanged; or "
                                                           "nothing")}});
}

absl::Status PageTokenArguments(std::string_view field) {
  return MakeFieldError(
      v1::ERROR_REASON_PAGE_TOKEN_ARGUMENTS,
      {{std::string(field),
        absl::StrCat("must be ", TokenCalled(field),
                     " that was given for the same arguments; only ",
                     field == kPageToken ? "page_size may differ from page to page"
                                         : "heartbeat_interval may differ")}});
}

absl::Status PageExpired(uint64_t data_sequence) {
  return MakeError(absl::StatusCode::kAborted, v1::ERROR_REASON_PAGE_EXPIRED,
                   absl::StrCat("the list of this page_token, as of commit ", data_sequence,
                                ", is no longer kept; please ask for the first page again"),
                   {{"data_sequence", absl::StrCat(data_sequence)}});
}

absl::Status FutureSequence(std::string_view field, uint64_t last) {
  return MakeFieldError(
      v1::ERROR_REASON_FUTURE_SEQUENCE,
      {{std::string(field), absl::StrCat("must be at most ", last, ", the last commit there is")}},
      {{"last_sequence", absl::StrCat(last)}}, absl::StatusCode::kOutOfRange);
}

absl::Status CursorTooOld(std::string_view field) {
  return MakeFieldError(v1::ERROR_REASON_CURSOR_TOO_OLD,
                        {{std::string(field), "is too old; begin again without one"}}, {},
                        absl::StatusCode::kOutOfRange);
}

absl::Status WeightBounds(std::string_view field, std::string_view bound) {
  return MakeFieldError(v1::ERROR_REASON_WEIGHT_BOUNDS, {{std::string(field), std::string(bound)}},
                        {{"bound", std::string(bound)}});
}

absl::Status RequestIdReused(std::string_view request_id, std::string_view field) {
  return MakeError(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_REQUEST_ID_REUSED,
                   absl::StrCat(ToAbsl(field), " '", ToAbsl(request_id),
                                "' was used for another content; use a new one"),
                   {{"request_id", std::string(request_id)}});
}

absl::Status LimitExceeded(std::string_view limit, uint64_t allowed) {
  return MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_LIMIT_EXCEEDED,
                   absl::StrCat("too many ", ToAbsl(limit), "; at most ", allowed, " are allowed"),
                   {{"limit", std::string(limit)}, {"allowed", absl::StrCat(allowed)}});
}

absl::Status ListBudget(const BudgetedField& field, uint64_t allowed, absl::Time renew_time,
                        absl::Time now) {
  const std::string renewed =
      absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", renew_time, absl::UTCTimeZone());
  return WithRetryDelay(
      MakeError(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_LIST_BUDGET,
                absl::StrCat(ToAbsl(field.name), " is one too many: you have lists of ", allowed,
                             " ", ToAbsl(field.what),
                             ", and no more at a time; these can be asked for again, and the first "
                             "makes room at ",
                             renewed),
                {{"field", std::string(field.name)},
                 {"allowed", absl::StrCat(allowed)},
                 {"renew_time", renewed}}),
      renew_time - now);
}

}  // namespace passend::service
