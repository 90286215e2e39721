#include "tests/fuzz/esco_folders.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "service/client/esco_reader.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/input_parts.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::fuzz {
namespace {

using client::EscoTaxonomy;

struct File {
  const char* name;
  const char* columns;
};
constexpr std::array<File, 9> kFiles = {{
    {"skillGroups_en.csv", "conceptUri,preferredLabel,altLabels"},
    {"skills_en.csv", "conceptUri,preferredLabel,altLabels,skillType"},
    {"occupations_en.csv", "conceptUri,preferredLabel,altLabels"},
    {"occupations_nl.csv", "conceptUri,preferredLabel,altLabels"},
    {"broaderRelationsSkillPillar.csv", "conceptUri,broaderUri"},
    {"broaderRelationsOccPillar.csv", "conceptUri,broaderUri"},
    {"skillSkillRelations.csv", "originalSkillUri,relatedSkillUri"},
    {"occupationSkillRelations.csv", "occupationUri,relationType,skillUri"},
    {"skill_labels_nl_partial.tsv", "esco_skill_uri\tnl_label"},
}};

absl::StatusOr<EscoTaxonomy> ReadParts(std::string_view bytes) {
  const client::TemporaryFolder folder;
  for (const File& file : kFiles) {
    const std::string_view part = TakePart(bytes);
    if (part == "-") continue;
    folder.Write(file.name, part.starts_with("!")
                                ? std::string(part.substr(1))
                                : absl::StrCat(file.columns, "\n", std::string(part)));
  }
  return client::ReadEsco(folder.path());
}

std::string Row(const std::vector<std::string>& fields) {
  std::vector<std::string> quoted;
  for (const std::string& field : fields) {
    quoted.push_back(absl::StrCat("\"", absl::StrReplaceAll(field, {{"\"", "\"\""}}), "\""));
  }
  return absl::StrJoin(quoted, ",") + "\n";
}

std::string LabelRow(const v1::Concept& entry, const v1::ConceptLabel& label, bool typed) {
  std::vector<std::string> fields = {entry.uri(), label.preferred(),
                                     absl::StrJoin(label.alternatives(), "\n")};
  const bool knowledge = entry.kind() == v1::CONCEPT_KIND_KNOWLEDGE;
  if (typed) fields.push_back(knowledge ? "knowledge" : "skill/competence");
  return Row(fields);
}

size_t FileOf(v1::ConceptKind kind) {
  if (kind == v1::CONCEPT_KIND_SKILL_GROUP) return 0;
  return kind == v1::CONCEPT_KIND_OCCUPATION ? 2 : 1;
}

// As the publisher would write what was read.
std::string Written(const EscoTaxonomy& esco) {
  std::map<std::string, std::string> uris;
  for (const v1::Concept& entry : esco.concepts) {
    Promise(uris.emplace(entry.name(), entry.uri()).second, "a concept has a name of its own");
  }
  const auto uri = [&](const std::string& name) {
    Promise(uris.contains(name), "what a concept refers to is there");
    return uris[name];
  };
  std::set<std::pair<std::string, std::string>> relations;
  for (const v1::Concept& entry : esco.concepts) {
    for (const auto& related : entry.related()) relations.emplace(entry.name(), related);
  }
  std::array<std::string, kFiles.size()> rows;
  for (const v1::Concept& entry : esco.concepts) {
    const size_t file = FileOf(entry.kind());
    rows[file] += LabelRow(entry, entry.labels(0), file == 1);
    if (entry.labels_size() > 1) rows[3] += LabelRow(entry, entry.labels(1), false);
    for (const auto& broader : entry.broader()) rows[4] += Row({entry.uri(), uri(broader)});
    for (const auto& related : entry.related()) {
      Promise(related != entry.name(), "nothing is related to itself");
      Promise(relations.contains({related, entry.name()}), "and what is related is so both ways");
      rows[6] += Row({entry.uri(), uri(related)});
    }
    for (const auto& skill : entry.essential_skills()) {
      rows[7] += Row({entry.uri(), "essential", uri(skill)});
    }
    for (const auto& skill : entry.optional_skills()) {
      rows[7] += Row({entry.uri(), "optional", uri(skill)});
    }
  }
  return absl::StrJoin(rows, std::string(1, '\0'));
}

std::vector<std::string> Sorted(const EscoTaxonomy& esco) {
  std::vector<std::string> concepts;
  for (v1::Concept entry : esco.concepts) {
    std::sort(entry.mutable_related()->begin(), entry.mutable_related()->end());
    concepts.push_back(entry.SerializeAsString());
  }
  return concepts;
}

}  // namespace

void EscoFolder(std::string_view bytes) {
  const auto esco = ReadParts(bytes);
  if (!esco.ok()) {
    const auto names_it = [&](const File& file) {
      return absl::StrContains(esco.status().message(), file.name);
    };
    Promise(std::any_of(kFiles.begin(), kFiles.end(), names_it),
            "what is refused is refused with the name of its file");
    const bool has_line = !absl::IsInvalidArgument(esco.status()) ||
                          absl::StrContains(esco.status().message(), "sv:");
    Promise(has_line, "and with its line");
    return;
  }
  const auto again = ReadParts(Written(*esco));
  Promise(again.ok(), "what was read can be written and read");
  Promise(Sorted(*again) == Sorted(*esco), "and is the same");
  Promise(again->skipped_relations == 0 && again->skipped_isco_relations == 0 &&
              again->skipped_dutch_labels == 0,
          "with nothing left out");
}

}  // namespace passend::fuzz
