#include "service/taxonomy/received_import.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/taxonomy/limits.h"
#include "service/taxonomy/taxonomy_errors.h"
#include "service/taxonomy/taxonomy_names.h"

namespace passend::service {
namespace {

// What a client sends in output-only fields is ignored, as AIP-203 has it.
void ClearOutputOnly(v1::Taxonomy& taxonomy) {
  taxonomy.clear_etag();
  taxonomy.clear_import_time();
  taxonomy.clear_concept_count();
  taxonomy.clear_occupation_count();
  taxonomy.clear_relation_count();
}

void ClearOutputOnly(v1::Concept& received) {
  received.clear_state();
  received.clear_used_by_occupations();
  received.clear_specificity_basis_points();
}

}  // namespace

size_t RelationsOf(const v1::Concept& received) {
  return static_cast<size_t>(received.broader_size()) +
         static_cast<size_t>(received.related_size()) +
         static_cast<size_t>(received.mappings_size()) +
         static_cast<size_t>(received.essential_skills_size()) +
         static_cast<size_t>(received.optional_skills_size());
}

absl::Status ImportReceiver::Add(v1::ImportTaxonomyRequest part) {
  bytes_ += part.ByteSizeLong();
  if (bytes_ > kImportBytesMax) {
    return ImportLimitExceeded("bytes in one import", kImportBytesMax);
  }
  switch (part.part_case()) {
    case v1::ImportTaxonomyRequest::kHeader:
      if (import_.has_value()) return ImportHeaderError("another one came later");
      return AddHeader(std::move(*part.mutable_header()));
    case v1::ImportTaxonomyRequest::kConcepts:
      if (!import_.has_value()) return ImportHeaderError("concepts came before it");
      for (v1::Concept& received : *part.mutable_concepts()->mutable_concepts()) {
        if (absl::Status ok = AddConcept(std::move(received)); !ok.ok()) return ok;
      }
      return absl::OkStatus();
    case v1::ImportTaxonomyRequest::PART_NOT_SET:
      break;
  }
  return ImportFieldError("part", "must be a header or concepts");
}

absl::Status ImportReceiver::AddHeader(v1::ImportHeader header) {
  std::optional<std::string> id = TaxonomyIdOf(header.taxonomy().name());
  if (!id.has_value()) {
    return ImportFieldError("header.taxonomy.name",
                            "must be taxonomies/ and an id that starts with a-z, then a-z, 0-9 and "
                            "hyphens, 1 to 63 characters");
  }
  import_.emplace();
  import_->taxonomy = std::move(*header.mutable_taxonomy());
  ClearOutputOnly(import_->taxonomy);
  import_->taxonomy_id = *std::move(id);
  import_->validate_only = header.validate_only();
  return absl::OkStatus();
}

absl::Status ImportReceiver::AddConcept(v1::Concept received) {
  const std::optional<ConceptId> id = ConceptIdOf(received.name());
  if (!id.has_value() || id->taxonomy != import_->taxonomy_id) {
    return ImportFieldError(
        absl::StrCat("concepts.concepts[", import_->concepts.size(), "].name"),
        absl::StrCat("\"", received.name(), "\" must be ", import_->taxonomy.name(),
                     "/concepts/ and an id of 1 to 63 of A-Z a-z 0-9 . _ -"));
  }
  if (import_->concepts.size() == kImportConceptsMax) {
    return ImportLimitExceeded("concepts in one import", kImportConceptsMax);
  }
  relations_ += RelationsOf(received);
  if (relations_ > kImportRelationsMax) {
    return ImportLimitExceeded("relations in one import", kImportRelationsMax);
  }
  ClearOutputOnly(received);
  import_->concepts.push_back(std::move(received));
  return absl::OkStatus();
}

absl::StatusOr<ReceivedImport> ImportReceiver::Finish() && {
  if (!import_.has_value()) return ImportHeaderError("it never came");
  return *std::move(import_);
}

}  // namespace passend::service
