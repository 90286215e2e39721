#include "service/taxonomy/taxonomy_errors.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/errors/error_status.h"
#include "service/text.h"

namespace passend::service {
namespace {

// Of a longer circle an error tells so many concepts: names are long, and an error has to fit in a
// trailer.
constexpr size_t kCircleConceptsTold = 4;

absl::Status NotFound(v1::ErrorReason reason, std::string_view kind, std::string_view name) {
  return MakeError(absl::StatusCode::kNotFound, reason,
                   absl::StrCat("there is no ", ToAbsl(kind), " ", ToAbsl(name)),
                   {{"resource", std::string(name)}});
}

absl::Status WrongImport(v1::ErrorReason reason, const std::string& message,
                         const ErrorMetadata& metadata) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, message, metadata);
}

}  // namespace

absl::Status TaxonomyNotFound(std::string_view name) {
  return NotFound(v1::ERROR_REASON_TAXONOMY_NOT_FOUND, "taxonomy", name);
}

absl::Status ConceptNotFound(std::string_view name) {
  return NotFound(v1::ERROR_REASON_CONCEPT_NOT_FOUND, "concept", name);
}

absl::Status ImportHeaderError(std::string_view what) {
  return WrongImport(v1::ERROR_REASON_IMPORT_HEADER,
                     absl::StrCat("an import begins with one header: ", ToAbsl(what)), {});
}

absl::Status ImportEndError(std::string_view what, size_t received) {
  return WrongImport(
      v1::ERROR_REASON_IMPORT_END,
      absl::StrCat("an import ends with one end, after ", received, " concepts: ", ToAbsl(what)),
      {{"received", absl::StrCat(received)}});
}

absl::Status DuplicateConcept(std::string_view name) {
  return WrongImport(v1::ERROR_REASON_DUPLICATE_CONCEPT,
                     absl::StrCat(ToAbsl(name), " came twice; a concept comes once in an import"),
                     {{"concept", std::string(name)}});
}

absl::Status DanglingConcept(std::string_view name, std::string_view field, std::string_view target,
                             std::string_view why_not) {
  return WrongImport(v1::ERROR_REASON_DANGLING_CONCEPT,
                     absl::StrCat(ToAbsl(field), " of ", ToAbsl(name), " has ", ToAbsl(target),
                                  ", which ", ToAbsl(why_not)),
                     {{"concept", std::string(name)}, {"target", std::string(target)}});
}

absl::Status ConceptCycle(const std::vector<std::string>& circle) {
  const size_t told = std::min(circle.size(), kCircleConceptsTold);
  std::string way =
      absl::StrJoin(circle.begin(), circle.begin() + static_cast<ptrdiff_t>(told), " > ");
  if (told < circle.size()) absl::StrAppend(&way, " > ", circle.size() - told, " more");
  absl::StrAppend(&way, " > ", circle.front());
  return WrongImport(v1::ERROR_REASON_CONCEPT_CYCLE,
                     absl::StrCat("broader concepts go round in a circle: ", way),
                     {{"concept", circle.front()}, {"circle", way}});
}

}  // namespace passend::service
