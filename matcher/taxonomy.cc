#include "matcher/taxonomy.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "matcher/broader_circle.h"
#include "matcher/log_table.h"

namespace passend::matcher {
namespace {

absl::Status NameTwice(const std::string& name) {
  return absl::InvalidArgumentError(absl::StrCat("concept ", name, " is there twice"));
}

absl::Status Circle(const std::vector<std::string>& names, const std::vector<uint32_t>& circle) {
  std::string way;
  for (uint32_t index : circle) absl::StrAppend(&way, names[index], " > ");
  return absl::InvalidArgumentError(
      absl::StrCat("broader concepts go round in a circle: ", way, names[circle.front()]));
}

bool BetterThan(const Expansion& a, const Expansion& b) {
  if (a.factor != b.factor) return a.factor > b.factor;
  return a.relation < b.relation;
}

// Sorts by held skill and keeps the best of each.
void KeepBestOfEach(std::vector<Expansion>& expansions) {
  std::sort(expansions.begin(), expansions.end(), [](const Expansion& a, const Expansion& b) {
    if (a.held != b.held) return a.held < b.held;
    return BetterThan(a, b);
  });
  expansions.erase(
      std::unique(expansions.begin(), expansions.end(),
                  [](const Expansion& a, const Expansion& b) { return a.held == b.held; }),
      expansions.end());
}

}  // namespace

absl::StatusOr<Taxonomy> Taxonomy::Compile(std::vector<Concept> concepts) {
  std::sort(concepts.begin(), concepts.end(),
            [](const Concept& a, const Concept& b) { return a.name < b.name; });
  const auto twice =
      std::adjacent_find(concepts.begin(), concepts.end(),
                         [](const Concept& a, const Concept& b) { return a.name == b.name; });
  if (twice != concepts.end()) return NameTwice(twice->name);

  Taxonomy taxonomy;
  const size_t size = concepts.size();
  taxonomy.names_.reserve(size);
  taxonomy.kinds_.reserve(size);
  taxonomy.specificities_.reserve(size);
  for (Concept& entry : concepts) {
    taxonomy.names_.push_back(std::move(entry.name));
    taxonomy.kinds_.push_back(entry.kind);
    taxonomy.specificities_.push_back(Specificity(entry.used_by_occupations, entry.occupations));
  }

  std::vector<std::vector<ConceptIndex>> broader(size);
  taxonomy.narrower_.resize(size);
  taxonomy.edges_.resize(size);
  for (ConceptIndex index = 0; index < size; ++index) {
    for (const std::string& name : concepts[index].broader) {
      const std::optional<ConceptIndex> above = taxonomy.Find(name);
      if (!above.has_value()) continue;
      broader[index].push_back(*above);
      taxonomy.narrower_[*above].push_back(index);
    }
    taxonomy.AddEdges(index, concepts[index]);
  }
  const std::vector<uint32_t> circle = FindBroaderCircle(broader);
  if (!circle.empty()) return Circle(taxonomy.names_, circle);
  return taxonomy;
}

void Taxonomy::AddEdges(ConceptIndex index, const Concept& entry) {
  for (const std::string& name : entry.related) {
    const std::optional<ConceptIndex> other = Find(name);
    if (!other.has_value()) continue;
    edges_[index].push_back({*other, EdgeKind::kRelated});
    edges_[*other].push_back({index, EdgeKind::kRelated});
  }
  for (const ConceptMapping& mapping : entry.mappings) {
    const std::optional<ConceptIndex> other = Find(mapping.target);
    if (other.has_value()) AddMapping(index, *other, mapping.relation);
  }
}

void Taxonomy::AddMapping(ConceptIndex stating, ConceptIndex target, MappingRelation relation) {
  switch (relation) {
    case MappingRelation::kExact:
      edges_[stating].push_back({target, EdgeKind::kMappedExact});
      edges_[target].push_back({stating, EdgeKind::kMappedExact});
      return;
    case MappingRelation::kClose:
      edges_[stating].push_back({target, EdgeKind::kMappedClose});
      edges_[target].push_back({stating, EdgeKind::kMappedClose});
      return;
    case MappingRelation::kBroad:  // the target is broader: whoever holds `stating` has it
      edges_[target].push_back({stating, EdgeKind::kMappedNarrower});
      return;
    case MappingRelation::kNarrow:  // the target is narrower: whoever holds it has `stating`
      edges_[stating].push_back({target, EdgeKind::kMappedNarrower});
      return;
  }
}

std::optional<ConceptIndex> Taxonomy::Find(std::string_view name) const {
  const auto found = std::lower_bound(names_.begin(), names_.end(), name);
  if (found == names_.end() || *found != name) return std::nullopt;
  return static_cast<ConceptIndex>(found - names_.begin());
}

Expansion Taxonomy::Follow(const Edge& edge, const AbilityPolicy& policy) {
  switch (edge.kind) {
    case EdgeKind::kMappedExact:
      return {edge.held, SkillRelation::kMapped, policy.mapping_exact};
    case EdgeKind::kMappedClose:
      return {edge.held, SkillRelation::kMapped, policy.mapping_close};
    case EdgeKind::kMappedNarrower:
      return {edge.held, SkillRelation::kMapped, policy.mapping_narrower};
    case EdgeKind::kRelated:
      return {edge.held, SkillRelation::kRelated, policy.related};
  }
  return {edge.held, SkillRelation::kNone, 0};
}

std::vector<Expansion> Taxonomy::Expand(ConceptIndex required, const AbilityPolicy& policy) const {
  std::vector<Expansion> expansions;
  for (const Edge& edge : edges_[required]) {
    const Expansion expansion = Follow(edge, policy);
    if (expansion.factor > 0 && edge.held != required) expansions.push_back(expansion);
  }
  for (ConceptIndex held : Descendants(required)) {
    expansions.push_back({held, SkillRelation::kNarrower, kWhole});
  }
  KeepBestOfEach(expansions);
  expansions.insert(expansions.begin(), {required, SkillRelation::kSame, kWhole});
  return expansions;
}

std::vector<ConceptIndex> Taxonomy::Descendants(ConceptIndex top) const {
  if (narrower_[top].empty()) return {};
  std::vector<bool> seen(names_.size(), false);
  std::vector<ConceptIndex> found;
  const auto add_narrower = [&](ConceptIndex above) {
    for (ConceptIndex below : narrower_[above]) {
      if (seen[below]) continue;
      seen[below] = true;
      found.push_back(below);
    }
  };
  add_narrower(top);
  for (size_t next = 0; next < found.size(); ++next) add_narrower(found[next]);
  return found;
}

BasisPoints Specificity(int32_t used_by_occupations, int32_t occupations) {
  if (occupations < 2 || used_by_occupations < 1) return kWhole / 2;
  const int32_t used_by = std::min(used_by_occupations, occupations);
  const int64_t specificity = kWhole * Log2Ratio(occupations, used_by) / Log2Ratio(occupations, 1);
  return std::max<BasisPoints>(1, static_cast<BasisPoints>(specificity));
}

}  // namespace passend::matcher
