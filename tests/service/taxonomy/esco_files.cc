#include "tests/service/taxonomy/esco_files.h"

#include <zlib.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace passend::service {
namespace {

std::string Unpacked(const std::string& path) {
  std::string bytes;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  std::vector<char> block(1 << 20);
  for (int got; (got = gzread(file, block.data(), static_cast<unsigned>(block.size()))) > 0;) {
    bytes.append(block.data(), static_cast<size_t>(got));
  }
  gzclose(file);
  return bytes;
}

// One row at a time, by column name.
class Table {
 public:
  Table(const std::string& path, char delimiter) : rows_(ReadTable(path, delimiter)) {
    if (rows_.empty()) return;
    for (size_t i = 0; i < rows_[0].size(); ++i) columns_[rows_[0][i]] = i;
  }

  template <typename Visit>
  void ForEach(Visit visit) const {
    for (size_t row = 1; row < rows_.size(); ++row) {
      visit([&](const char* column) -> const std::string& {
        static const std::string nothing;
        const auto at = columns_.find(column);
        return at == columns_.end() || at->second >= rows_[row].size() ? nothing
                                                                       : rows_[row][at->second];
      });
    }
  }

 private:
  std::vector<std::vector<std::string>> rows_;
  std::map<std::string, size_t> columns_;
};

// "taxonomies/esco/concepts/skill.0005c151" of "http://data.europa.eu/esco/skill/0005c151".
std::string NameOf(std::string_view uri) {
  static constexpr std::string_view kBefore = "/esco/";
  std::string id(uri.substr(uri.find(kBefore) + kBefore.size()));
  std::replace(id.begin(), id.end(), '/', '.');
  return "taxonomies/esco/concepts/" + id;
}

class Reader {
 public:
  void Add(const Table& table, v1::ConceptKind kind) {
    table.ForEach([&](auto field) {
      v1::Concept& entry = concepts_[NameOf(field("conceptUri"))];
      entry.set_name(NameOf(field("conceptUri")));
      entry.set_uri(field("conceptUri"));
      entry.set_kind(field("skillType") == "knowledge" ? v1::CONCEPT_KIND_KNOWLEDGE : kind);
      Label(field("conceptUri"), "en", field("preferredLabel"), field("altLabels"));
    });
  }

  // Nothing for what is not a concept so far.
  void Label(const std::string& uri, const char* language, const std::string& preferred,
             const std::string& alternatives) {
    const auto entry = concepts_.find(NameOf(uri));
    if (entry == concepts_.end() || preferred.empty()) return;
    v1::ConceptLabel* label = entry->second.add_labels();
    label->set_language_code(language);
    label->set_preferred(preferred);
    for (absl::string_view line : absl::StrSplit(alternatives, '\n')) {
      const absl::string_view text = absl::StripAsciiWhitespace(line);
      if (!text.empty()) label->add_alternatives(std::string(text));
    }
  }

  template <typename Apply>
  void Relate(const Table& table, const char* from, const char* to, Apply apply) {
    table.ForEach([&](auto field) {
      const auto at = concepts_.find(NameOf(field(from)));
      const std::string target = NameOf(field(to));
      if (at != concepts_.end() && concepts_.contains(target)) {
        apply(at->second, target, field("relationType"));
      }
    });
  }

  std::vector<v1::Concept> Take() {
    std::vector<v1::Concept> concepts;
    for (auto& [name, entry] : concepts_) concepts.push_back(std::move(entry));
    return concepts;
  }

 private:
  std::map<std::string, v1::Concept> concepts_;
};

}  // namespace

std::vector<std::vector<std::string>> ReadTable(const std::string& path, char delimiter) {
  const std::string bytes = Unpacked(path);
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  for (size_t at = 0; at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (at + 1 < bytes.size() && bytes[at + 1] == '"') {
        field += bytes[++at];
      } else {
        quoted = false;
      }
    } else if (c == '"' && delimiter == ',' && field.empty()) {
      quoted = true;
    } else if (c == delimiter) {
      row.push_back(std::exchange(field, {}));
    } else if (c == '\n') {
      row.push_back(std::exchange(field, {}));
      rows.push_back(std::exchange(row, {}));
    } else if (c != '\r') {
      field += c;
    }
  }
  if (!field.empty() || !row.empty()) {
    row.push_back(std::move(field));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<v1::Concept> ReadEsco(const std::string& folder) {
  Reader reader;
  reader.Add(Table(folder + "/skills_en.csv.gz", ','), v1::CONCEPT_KIND_SKILL);
  reader.Add(Table(folder + "/skillGroups_en.csv.gz", ','), v1::CONCEPT_KIND_SKILL_GROUP);
  reader.Add(Table(folder + "/occupations_en.csv.gz", ','), v1::CONCEPT_KIND_OCCUPATION);
  Table(folder + "/skill_labels_nl_partial.tsv.gz", '\t').ForEach([&](auto field) {
    reader.Label(field("esco_skill_uri"), "nl", field("nl_label"), "");
  });
  Table(folder + "/occupations_nl.csv.gz", ',').ForEach([&](auto field) {
    reader.Label(field("conceptUri"), "nl", field("preferredLabel"), field("altLabels"));
  });
  reader.Relate(Table(folder + "/broaderRelationsSkillPillar.csv.gz", ','), "conceptUri",
                "broaderUri",
                [](v1::Concept& entry, const std::string& target, const std::string&) {
                  entry.add_broader(target);
                });
  reader.Relate(Table(folder + "/skillSkillRelations.csv.gz", ','), "originalSkillUri",
                "relatedSkillUri",
                [](v1::Concept& entry, const std::string& target, const std::string&) {
                  entry.add_related(target);
                });
  reader.Relate(Table(folder + "/occupationSkillRelations.csv.gz", ','), "occupationUri",
                "skillUri",
                [](v1::Concept& entry, const std::string& target, const std::string& type) {
                  (type == "essential" ? entry.add_essential_skills() : entry.add_optional_skills())
                      ->assign(target);
                });
  return reader.Take();
}

}  // namespace passend::service
