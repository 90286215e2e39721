#include "service/client/taxonomy_import.h"

#include <utility>

#include "service/client/esco_reader.h"
#include "service/client/progress.h"
#include "service/client/taxonomy_file.h"
#include "service/client/taxonomy_upload.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

int ShowImport(CommandContext& context, bool validate_only,
               const absl::StatusOr<v1::ImportTaxonomyResponse>& response) {
  if (!response.ok()) return context.Fail(response.status());
  const v1::Taxonomy& taxonomy = response->taxonomy();
  const std::string count = std::to_string(taxonomy.concept_count());
  const std::string text =
      validate_only
          ? context.Said(Word::kImportChecked, {taxonomy.name(), count})
          : context.Said(Word::kImportDone,
                         {taxonomy.name(), count, std::to_string(response->added_concepts()),
                          std::to_string(response->deprecated_concepts())});
  return context.Show(*response, text + "\n");
}

}  // namespace

int ImportTaxonomyFile(CommandContext& context, const std::string& path, bool validate_only) {
  auto file = TaxonomyFile::Open(path);
  if (!file.ok()) return context.Fail(file.status());
  v1::ImportHeader header;
  *header.mutable_taxonomy() = file->taxonomy();
  header.set_validate_only(validate_only);
  Surroundings& surroundings = context.surroundings();
  absl::StatusOr<v1::ImportTaxonomyResponse> response;
  {
    Progress progress(surroundings.err, surroundings.err_is_terminal, context.error_style(),
                      context.Said(Word::kSending), file->source().size_bytes());
    response = UploadTaxonomy(context.connection(), header, [&] {
      progress.Reach(file->source().consumed_bytes());
      return file->Next();
    });
  }
  return ShowImport(context, validate_only, response);
}

int ImportEscoFolder(CommandContext& context, const std::string& folder, bool validate_only) {
  auto esco = ReadEsco(folder);
  if (!esco.ok()) return context.Fail(esco.status());
  Surroundings& surroundings = context.surroundings();
  surroundings.err << context.Said(Word::kEscoSkipped,
                                   {std::to_string(esco->skipped_isco_relations),
                                    std::to_string(esco->skipped_relations),
                                    std::to_string(esco->skipped_dutch_labels)})
                   << "\n";
  v1::ImportHeader header;
  *header.mutable_taxonomy() = esco->taxonomy;
  header.set_validate_only(validate_only);
  absl::StatusOr<v1::ImportTaxonomyResponse> response;
  {
    Progress progress(surroundings.err, surroundings.err_is_terminal, context.error_style(),
                      context.Said(Word::kSending),
                      static_cast<std::int64_t>(esco->concepts.size()));
    std::size_t sent = 0;
    response = UploadTaxonomy(context.connection(), header,
                              [&]() -> absl::StatusOr<std::optional<v1::Concept>> {
                                progress.Reach(static_cast<std::int64_t>(sent));
                                if (sent == esco->concepts.size()) return std::nullopt;
                                return std::move(esco->concepts[sent++]);
                              });
  }
  return ShowImport(context, validate_only, response);
}

}  // namespace passend::client
