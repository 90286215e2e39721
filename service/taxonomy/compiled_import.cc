#include "service/taxonomy/compiled_import.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/broader_circle.h"
#include "matcher/taxonomy.h"
#include "service/errors/request_errors.h"
#include "service/taxonomy/taxonomy_errors.h"

namespace passend::service {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;
using Concepts = std::vector<v1::Concept>;

bool IsSkill(const v1::Concept& entry) {
  return entry.kind() == v1::CONCEPT_KIND_SKILL || entry.kind() == v1::CONCEPT_KIND_KNOWLEDGE;
}

// The number of a concept among those sorted by name.
std::optional<uint32_t> Find(const Concepts& concepts, const std::string& name) {
  const auto found = std::lower_bound(
      concepts.begin(), concepts.end(), name,
      [](const v1::Concept& entry, const std::string& wanted) { return entry.name() < wanted; });
  if (found == concepts.end() || found->name() != name) return std::nullopt;
  return static_cast<uint32_t>(found - concepts.begin());
}

absl::Status SortByName(Concepts& concepts) {
  std::sort(concepts.begin(), concepts.end(),
            [](const v1::Concept& a, const v1::Concept& b) { return a.name() < b.name(); });
  const auto twice = std::adjacent_find(
      concepts.begin(), concepts.end(),
      [](const v1::Concept& a, const v1::Concept& b) { return a.name() == b.name(); });
  return twice == concepts.end() ? absl::OkStatus() : DuplicateConcept(twice->name());
}

absl::Status CheckLabels(const v1::Concept& entry) {
  std::set<std::string> languages;
  for (const v1::ConceptLabel& label : entry.labels()) {
    if (languages.insert(label.language_code()).second) continue;
    return InvalidField(
        "labels", absl::StrCat(entry.name(), " has two entries of language \"",
                               label.language_code(), "\"; at most one a language is allowed"));
  }
  return absl::OkStatus();
}

absl::Status CheckUse(const v1::Concept& entry) {
  if (entry.kind() == v1::CONCEPT_KIND_OCCUPATION) return absl::OkStatus();
  if (entry.essential_skills().empty() && entry.optional_skills().empty()) return absl::OkStatus();
  return InvalidField(entry.essential_skills().empty() ? "optional_skills" : "essential_skills",
                      absl::StrCat("only a concept of kind OCCUPATION may have skills; ",
                                   entry.name(), " is ", v1::ConceptKind_Name(entry.kind())));
}

// The numbers of the concepts that `entry` names in `field`.
absl::StatusOr<std::vector<uint32_t>> Resolve(const Concepts& concepts, const v1::Concept& entry,
                                              const char* field, const Names& names,
                                              bool skills_only = false) {
  std::vector<uint32_t> numbers;
  numbers.reserve(static_cast<size_t>(names.size()));
  for (const std::string& name : names) {
    const std::optional<uint32_t> number = Find(concepts, name);
    if (!number.has_value()) {
      return DanglingConcept(entry.name(), field, name, "is not in this import");
    }
    if (skills_only && !IsSkill(concepts[*number])) {
      return DanglingConcept(entry.name(), field, name, "is neither SKILL nor KNOWLEDGE");
    }
    numbers.push_back(*number);
  }
  return numbers;
}

// Skills are below skills and their groups, occupations below occupations: what somebody can do is
// passed on along broader concepts, and a job is nothing that somebody can do.
absl::Status CheckSides(const Concepts& concepts, const v1::Concept& entry,
                        const std::vector<uint32_t>& broader) {
  const bool occupation = entry.kind() == v1::CONCEPT_KIND_OCCUPATION;
  for (uint32_t above : broader) {
    if ((concepts[above].kind() == v1::CONCEPT_KIND_OCCUPATION) == occupation) continue;
    return DanglingConcept(entry.name(), "broader", concepts[above].name(),
                           occupation ? "is no OCCUPATION, as what is broader than one must be"
                                      : "is an OCCUPATION, and only occupations are below one");
  }
  return absl::OkStatus();
}

// A concept that is related to itself says nothing by it; published vocabularies have some.
absl::Status CheckRelated(const Concepts& concepts, const v1::Concept& entry) {
  return Resolve(concepts, entry, "related", entry.related()).status();
}

absl::Status CheckBroader(const Concepts& concepts) {
  std::vector<std::vector<uint32_t>> broader;
  broader.reserve(concepts.size());
  for (const v1::Concept& entry : concepts) {
    auto above = Resolve(concepts, entry, "broader", entry.broader());
    if (!above.ok()) return above.status();
    if (absl::Status sides = CheckSides(concepts, entry, *above); !sides.ok()) return sides;
    broader.push_back(*std::move(above));
    if (absl::Status related = CheckRelated(concepts, entry); !related.ok()) return related;
  }
  const std::vector<uint32_t> circle = matcher::FindBroaderCircle(broader);
  if (circle.empty()) return absl::OkStatus();
  std::vector<std::string> names;
  for (uint32_t number : circle) names.push_back(concepts[number].name());
  return ConceptCycle(names);
}

// How many occupations use each concept, and how many use anything.
struct Uses {
  std::vector<int32_t> of_concept;
  int32_t occupations = 0;
};

absl::StatusOr<Uses> CountUses(const Concepts& concepts) {
  Uses uses = {std::vector<int32_t>(concepts.size(), 0)};
  for (const v1::Concept& entry : concepts) {
    const auto essential =
        Resolve(concepts, entry, "essential_skills", entry.essential_skills(), true);
    if (!essential.ok()) return essential.status();
    const auto optional =
        Resolve(concepts, entry, "optional_skills", entry.optional_skills(), true);
    if (!optional.ok()) return optional.status();
    std::set<uint32_t> used(essential->begin(), essential->end());
    used.insert(optional->begin(), optional->end());
    for (uint32_t skill : used) ++uses.of_concept[skill];
    if (!used.empty()) ++uses.occupations;
  }
  return uses;
}

}  // namespace

absl::Status CompileImport(ReceivedImport& import) {
  Concepts& concepts = import.concepts;
  // What is left out becomes DEPRECATED: nobody means everything by sending nothing.
  if (concepts.empty()) return InvalidField("concepts", "at least one");
  if (absl::Status sorted = SortByName(concepts); !sorted.ok()) return sorted;
  for (const v1::Concept& entry : concepts) {
    if (absl::Status labels = CheckLabels(entry); !labels.ok()) return labels;
    if (absl::Status use = CheckUse(entry); !use.ok()) return use;
  }
  if (absl::Status broader = CheckBroader(concepts); !broader.ok()) return broader;
  const absl::StatusOr<Uses> uses = CountUses(concepts);
  if (!uses.ok()) return uses.status();
  for (size_t number = 0; number < concepts.size(); ++number) {
    v1::Concept& entry = concepts[number];
    entry.set_state(v1::CONCEPT_STATE_ACTIVE);
    if (!IsSkill(entry)) continue;
    entry.set_used_by_occupations(uses->of_concept[number]);
    entry.set_specificity_basis_points(
        matcher::Specificity(uses->of_concept[number], uses->occupations));
  }
  return absl::OkStatus();
}

}  // namespace passend::service
