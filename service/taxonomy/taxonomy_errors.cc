#include "service/taxonomy/taxonomy_errors.h"

#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"
#include "passend/v1/error_reason.pb.h"

namespace passend::service {
namespace {

using Metadata = std::vector<std::pair<std::string, std::string>>;

absl::string_view Text(std::string_view text) { return {text.data(), text.size()}; }

absl::Status Error(absl::StatusCode code, v1::ErrorReason reason, const std::string& message,
                   const Metadata& metadata) {
  google::rpc::ErrorInfo info;
  info.set_reason(v1::ErrorReason_Name(reason));
  info.set_domain("passend");
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  absl::Status status(code, message);
  status.SetPayload("type.googleapis.com/google.rpc.ErrorInfo",
                    absl::Cord(info.SerializeAsString()));
  return status;
}

}  // namespace

absl::Status TaxonomyNotFound(std::string_view name) {
  return Error(absl::StatusCode::kNotFound, v1::ERROR_REASON_TAXONOMY_NOT_FOUND,
               absl::StrCat("there is no taxonomy ", Text(name)),
               {{"resource", std::string(name)}});
}

absl::Status ConceptNotFound(std::string_view name) {
  return Error(absl::StatusCode::kNotFound, v1::ERROR_REASON_CONCEPT_NOT_FOUND,
               absl::StrCat("there is no concept ", Text(name)), {{"resource", std::string(name)}});
}

absl::Status ImportHeaderError(std::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_IMPORT_HEADER,
               absl::StrCat("an import begins with one header: ", Text(what)), {});
}

absl::Status ImportFieldError(std::string_view field, std::string_view allowed) {
  return Error(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_FIELD,
               absl::StrCat(Text(field), ": ", Text(allowed)), {{"field", std::string(field)}});
}

absl::Status DuplicateConcept(std::string_view name) {
  return Error(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_DUPLICATE_CONCEPT,
               absl::StrCat(Text(name), " came twice; a concept comes once in an import"),
               {{"concept", std::string(name)}});
}

absl::Status DanglingConcept(std::string_view name, std::string_view field, std::string_view target,
                             std::string_view why_not) {
  return Error(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_DANGLING_CONCEPT,
               absl::StrCat(Text(field), " of ", Text(name), " has ", Text(target), ", which ",
                            Text(why_not)),
               {{"concept", std::string(name)}, {"target", std::string(target)}});
}

absl::Status ConceptCycle(const std::vector<std::string>& circle) {
  const std::string way = absl::StrCat(absl::StrJoin(circle, " > "), " > ", circle.front());
  return Error(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_CONCEPT_CYCLE,
               absl::StrCat("broader concepts go round in a circle: ", way),
               {{"concept", circle.front()}, {"circle", way}});
}

absl::Status ImportLimitExceeded(std::string_view limit, uint64_t allowed) {
  return Error(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_LIMIT_EXCEEDED,
               absl::StrCat("too many ", Text(limit), "; at most ", allowed, " are allowed"),
               {{"limit", std::string(limit)}, {"allowed", absl::StrCat(allowed)}});
}

absl::Status TaxonomyChanged(std::string_view name, std::string_view etag) {
  return Error(absl::StatusCode::kAborted, v1::ERROR_REASON_ETAG_MISMATCH,
               absl::StrCat(Text(name), " was changed by another import; look at it and try again"),
               {{"resource", std::string(name)}, {"etag", std::string(etag)}});
}

absl::Status DamagedTaxonomyRecord(std::string_view kind) {
  return Error(absl::StatusCode::kDataLoss, v1::ERROR_REASON_DAMAGED_DATA,
               absl::StrCat("a stored ", Text(kind), " is damaged"), {});
}

}  // namespace passend::service
