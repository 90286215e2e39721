#include "service/taxonomy/received_import.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/errors/request_errors.h"
#include "service/names/string_form.h"
#include "service/taxonomy/limits.h"
#include "service/taxonomy/taxonomy_errors.h"
#include "service/taxonomy/taxonomy_names.h"

namespace passend::service {
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
    return LimitExceeded("bytes in one import", kImportBytesMax);
  }
  if (ended_) return ImportEndError("something came after it", import_->concepts.size());
  switch (part.part_case()) {
    case v1::ImportTaxonomyRequest::kHeader:
      if (import_.has_value()) return ImportHeaderError("another one came later");
      return AddHeader(std::move(*part.mutable_header()));
    case v1::ImportTaxonomyRequest::kConcepts:
      if (!import_.has_value()) return ImportHeaderError("concepts came before it");
      return AddConcepts(std::move(*part.mutable_concepts()));
    case v1::ImportTaxonomyRequest::kEnd:
      if (!import_.has_value()) return ImportHeaderError("the end came before it");
      return AddEnd(part.end());
    case v1::ImportTaxonomyRequest::PART_NOT_SET:
      break;
  }
  return InvalidField("part", "a header, concepts or the end");
}

absl::Status ImportReceiver::AddHeader(v1::ImportHeader header) {
  std::optional<std::string> id = TaxonomyIdOf(header.taxonomy().name());
  if (!id.has_value()) {
    return InvalidField("header.taxonomy.name", DescriptionOf(v1::STRING_FORM_TAXONOMY_NAME));
  }
  import_.emplace();
  import_->taxonomy = std::move(*header.mutable_taxonomy());
  import_->taxonomy_id = *std::move(id);
  import_->validate_only = header.validate_only();
  return absl::OkStatus();
}

absl::Status ImportReceiver::AddConcepts(v1::ConceptBatch batch) {
  for (int place = 0; place < batch.concepts_size(); ++place) {
    absl::Status added = AddConcept(std::move(*batch.mutable_concepts(place)), place);
    if (!added.ok()) return added;
  }
  return absl::OkStatus();
}

absl::Status ImportReceiver::AddEnd(const v1::ImportEnd& end) {
  const size_t received = import_->concepts.size();
  if (static_cast<size_t>(end.concept_count()) != received) {
    return ImportEndError(absl::StrCat("it counts ", end.concept_count()), received);
  }
  ended_ = true;
  return absl::OkStatus();
}

absl::Status ImportReceiver::AddConcept(v1::Concept received, int place) {
  const std::optional<ConceptId> id = ConceptIdOf(received.name());
  if (!id.has_value() || id->taxonomy != import_->taxonomy_id) {
    return InvalidField(absl::StrCat("concepts.concepts[", place, "].name"),
                        absl::StrCat(import_->taxonomy.name(),
                                     "/concepts/{concept}, where {concept} is 1 to 63 of A-Z a-z "
                                     "0-9 . _ -; this one is '",
                                     Echoed(received.name()), "'"));
  }
  if (import_->concepts.size() == kImportConceptsMax) {
    return LimitExceeded("concepts in one import", kImportConceptsMax);
  }
  relations_ += RelationsOf(received);
  if (relations_ > kImportRelationsMax) {
    return LimitExceeded("relations in one import", kImportRelationsMax);
  }
  import_->concepts.push_back(std::move(received));
  return absl::OkStatus();
}

absl::StatusOr<ReceivedImport> ImportReceiver::Finish() && {
  if (!import_.has_value()) return ImportHeaderError("it never came");
  if (!ended_) return ImportEndError("it never came", import_->concepts.size());
  return *std::move(import_);
}

}  // namespace passend::service
