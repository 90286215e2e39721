#include "service/client/esco_reader.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "service/client/csv_reader.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr char kTaxonomyName[] = "taxonomies/esco";

std::string ConceptNameOf(const std::string& uri) {
  return std::string(kTaxonomyName) + "/concepts/" + uri.substr(uri.rfind('/') + 1);
}

bool IsIscoGroup(const std::string& uri) { return uri.find("/esco/isco/") != std::string::npos; }

std::string PathOf(const std::string& folder, const std::string& name) {
  std::error_code error;
  const std::string plain = folder + "/" + name;
  return std::filesystem::exists(plain, error) ? plain : plain + ".gz";
}

// Different texts other than the preferred one, in their order.
void AddAlternatives(const std::string& lines, v1::ConceptLabel& label) {
  std::unordered_set<std::string> seen = {label.preferred(), ""};
  std::size_t start = 0;
  while (start <= lines.size()) {
    const std::size_t end = std::min(lines.find('\n', start), lines.size());
    std::string text = lines.substr(start, end - start);
    text.erase(0, std::min(text.find_first_not_of(" \t\r"), text.size()));
    text.erase(text.find_last_not_of(" \t\r") + 1);
    if (seen.insert(text).second) label.add_alternatives(std::move(text));
    start = end + 1;
  }
}

class EscoAssembly {
 public:
  explicit EscoAssembly(std::string folder) : folder_(std::move(folder)) {}
  absl::StatusOr<EscoTaxonomy> Read();

 private:
  using Visit = std::function<absl::Status(const CsvRecord&)>;
  absl::Status ForEach(const std::string& file, const std::vector<std::string>& columns,
                       const Visit& visit, char delimiter = ',');
  absl::Status ReadConcepts();
  absl::Status ReadDutchLabels();
  absl::Status ReadRelations();
  absl::Status Add(const CsvRecord& record, v1::ConceptKind kind);
  void AddDutch(const std::string& uri, const std::string& preferred,
                const std::string& alternatives);
  void AddBroader(const CsvRecord& record);
  void AddRelated(const std::string& uri, const std::string& related_uri);
  v1::Concept* Find(const std::string& uri);

  std::string folder_;
  EscoTaxonomy esco_;
  std::unordered_map<std::string, std::size_t> by_uri_;
  std::unordered_set<std::string> names_;
};

absl::Status EscoAssembly::ForEach(const std::string& file, const std::vector<std::string>& columns,
                                   const Visit& visit, char delimiter) {
  const std::string path = PathOf(folder_, file);
  auto reader = CsvReader::Open(path, delimiter);
  if (!reader.ok()) return reader.status();
  if (absl::Status required = reader->Require(columns); !required.ok()) return required;
  while (true) {
    auto record = reader->Next();
    if (!record.ok()) return record.status();
    if (!record->has_value()) return absl::OkStatus();
    if (absl::Status visited = visit(**record); !visited.ok()) {
      return absl::InvalidArgumentError(path + ":" + std::to_string((*record)->line()) + ": " +
                                        std::string(visited.message()));
    }
  }
}

v1::Concept* EscoAssembly::Find(const std::string& uri) {
  const auto found = by_uri_.find(uri);
  return found == by_uri_.end() ? nullptr : &esco_.concepts[found->second];
}

absl::Status EscoAssembly::Add(const CsvRecord& record, v1::ConceptKind kind) {
  const std::string& uri = record["conceptUri"];
  v1::Concept added;
  added.set_name(ConceptNameOf(uri));
  added.set_uri(uri);
  added.set_kind(kind);
  v1::ConceptLabel& label = *added.add_labels();
  label.set_language_code("en");
  label.set_preferred(record["preferredLabel"]);
  AddAlternatives(record["altLabels"], label);
  if (!names_.insert(added.name()).second) {
    return absl::InvalidArgumentError("two concepts have the id of " + uri);
  }
  by_uri_.emplace(uri, esco_.concepts.size());
  esco_.concepts.push_back(std::move(added));
  return absl::OkStatus();
}

absl::Status EscoAssembly::ReadConcepts() {
  const std::vector<std::string> columns = {"conceptUri", "preferredLabel", "altLabels"};
  absl::Status read = ForEach("skillGroups_en.csv", columns, [&](const CsvRecord& record) {
    return Add(record, v1::CONCEPT_KIND_SKILL_GROUP);
  });
  if (!read.ok()) return read;
  std::vector<std::string> skill_columns = columns;
  skill_columns.push_back("skillType");
  read = ForEach("skills_en.csv", skill_columns, [&](const CsvRecord& record) {
    const bool knowledge = record["skillType"] == "knowledge";
    return Add(record, knowledge ? v1::CONCEPT_KIND_KNOWLEDGE : v1::CONCEPT_KIND_SKILL);
  });
  if (!read.ok()) return read;
  return ForEach("occupations_en.csv", columns,
                 [&](const CsvRecord& record) { return Add(record, v1::CONCEPT_KIND_OCCUPATION); });
}

void EscoAssembly::AddDutch(const std::string& uri, const std::string& preferred,
                            const std::string& alternatives) {
  v1::Concept* found = Find(uri);
  if (found == nullptr || preferred.empty() || found->labels_size() > 1) {
    ++esco_.skipped_dutch_labels;
    return;
  }
  v1::ConceptLabel& label = *found->add_labels();
  label.set_language_code("nl");
  label.set_preferred(preferred);
  AddAlternatives(alternatives, label);
}

absl::Status EscoAssembly::ReadDutchLabels() {
  const absl::Status read =
      ForEach("occupations_nl.csv", {"conceptUri", "preferredLabel", "altLabels"},
              [&](const CsvRecord& record) {
                AddDutch(record["conceptUri"], record["preferredLabel"], record["altLabels"]);
                return absl::OkStatus();
              });
  std::error_code error;
  const std::string skill_labels = "skill_labels_nl_partial.tsv";
  if (!read.ok() || !std::filesystem::exists(PathOf(folder_, skill_labels), error)) return read;
  return ForEach(
      skill_labels, {"esco_skill_uri", "nl_label"},
      [&](const CsvRecord& record) {
        AddDutch(record["esco_skill_uri"], record["nl_label"], "");
        return absl::OkStatus();
      },
      '\t');
}

void EscoAssembly::AddBroader(const CsvRecord& record) {
  const std::string& uri = record["conceptUri"];
  const std::string& broader_uri = record["broaderUri"];
  v1::Concept* narrower = Find(uri);
  if (narrower != nullptr && Find(broader_uri) != nullptr) {
    narrower->add_broader(ConceptNameOf(broader_uri));
  } else if (IsIscoGroup(uri) || IsIscoGroup(broader_uri)) {
    ++esco_.skipped_isco_relations;
  } else {
    ++esco_.skipped_relations;
  }
}

void EscoAssembly::AddRelated(const std::string& uri, const std::string& related_uri) {
  v1::Concept* found = Find(uri);
  const std::string name = ConceptNameOf(related_uri);
  const auto& related = found->related();
  if (std::find(related.begin(), related.end(), name) == related.end()) found->add_related(name);
}

absl::Status EscoAssembly::ReadRelations() {
  for (const char* file : {"broaderRelationsSkillPillar.csv", "broaderRelationsOccPillar.csv"}) {
    const absl::Status read =
        ForEach(file, {"conceptUri", "broaderUri"}, [&](const CsvRecord& record) {
          AddBroader(record);
          return absl::OkStatus();
        });
    if (!read.ok()) return read;
  }
  absl::Status read =
      ForEach("skillSkillRelations.csv", {"originalSkillUri", "relatedSkillUri"},
              [&](const CsvRecord& record) {
                const std::string& original = record["originalSkillUri"];
                const std::string& related = record["relatedSkillUri"];
                if (original == related || Find(original) == nullptr || Find(related) == nullptr) {
                  ++esco_.skipped_relations;
                  return absl::OkStatus();
                }
                AddRelated(original, related);
                AddRelated(related, original);
                return absl::OkStatus();
              });
  if (!read.ok()) return read;
  return ForEach("occupationSkillRelations.csv", {"occupationUri", "relationType", "skillUri"},
                 [&](const CsvRecord& record) {
                   v1::Concept* occupation = Find(record["occupationUri"]);
                   if (occupation == nullptr || Find(record["skillUri"]) == nullptr) {
                     ++esco_.skipped_relations;
                     return absl::OkStatus();
                   }
                   const bool essential = record["relationType"] == "essential";
                   auto& skills = essential ? *occupation->mutable_essential_skills()
                                            : *occupation->mutable_optional_skills();
                   *skills.Add() = ConceptNameOf(record["skillUri"]);
                   return absl::OkStatus();
                 });
}

absl::StatusOr<EscoTaxonomy> EscoAssembly::Read() {
  esco_.taxonomy.set_name(kTaxonomyName);
  esco_.taxonomy.set_display_name("ESCO");
  esco_.taxonomy.set_version_label("1.1.1");
  esco_.taxonomy.set_licence("© European Union, reuse under Commission Decision 2011/833/EU");
  for (const auto step : {&EscoAssembly::ReadConcepts, &EscoAssembly::ReadDutchLabels,
                          &EscoAssembly::ReadRelations}) {
    if (absl::Status read = (this->*step)(); !read.ok()) return read;
  }
  return std::move(esco_);
}

}  // namespace

absl::StatusOr<EscoTaxonomy> ReadEsco(const std::string& folder) {
  return EscoAssembly(folder).Read();
}

}  // namespace passend::client
