// A compiled vocabulary: which skills count for which, and how much a skill says about a fit.
#ifndef PASSEND_MATCHER_TAXONOMY_H_
#define PASSEND_MATCHER_TAXONOMY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/policy.h"
#include "matcher/units.h"

namespace passend::matcher {

// A concept within one Taxonomy; concepts are numbered in byte order of their names from 0.
using ConceptIndex = uint32_t;

enum class ConceptKind : uint8_t { kSkill, kKnowledge, kSkillGroup, kOccupation };

enum class MappingRelation : uint8_t { kExact, kClose, kBroad, kNarrow };

// How a held skill counts for a required one, best first where factors are equal.
enum class SkillRelation : uint8_t { kNone, kSame, kNarrower, kMapped, kRelated, kNeighbour };

struct ConceptMapping {
  std::string target;  // name of a concept, of another vocabulary as a rule
  MappingRelation relation;
};

// A skill used by much the same occupations; computed by FindNeighbours at import.
struct ConceptNeighbour {
  std::string name;
  BasisPoints nearness;  // 1 to kWhole
  friend bool operator==(const ConceptNeighbour&, const ConceptNeighbour&) = default;
};

// What the compiler needs to know of a concept. Names are unique over all vocabularies.
struct Concept {
  std::string name;
  ConceptKind kind;
  std::vector<std::string> broader;
  std::vector<std::string> related;
  std::vector<ConceptMapping> mappings;
  // How many occupations of its vocabulary use it, of how many there are.
  int32_t used_by_occupations = 0;
  int32_t occupations = 0;
  std::vector<ConceptNeighbour> neighbours;
};

// A skill that counts for a required one.
struct Expansion {
  ConceptIndex held;
  SkillRelation relation;
  BasisPoints factor;  // 1 to kWhole
  friend bool operator==(const Expansion&, const Expansion&) = default;
};

// Immutable after Compile; any number of threads may read it.
class Taxonomy {
 public:
  // INVALID_ARGUMENT for a name twice, or a circle of broader concepts, named in the message.
  // References to concepts that are not there are left out: mappings may point to a vocabulary that
  // was never imported.
  static absl::StatusOr<Taxonomy> Compile(std::vector<Concept> concepts);

  size_t size() const { return names_.size(); }
  std::optional<ConceptIndex> Find(std::string_view name) const;
  const std::string& name(ConceptIndex index) const { return names_[index]; }
  ConceptKind kind(ConceptIndex index) const { return kinds_[index]; }

  // How much the skill says about a fit: kWhole for one that a single occupation uses, 1 for one
  // that all use. See Specificity.
  BasisPoints specificity(ConceptIndex index) const { return specificities_[index]; }

  // Everything that counts for `required`, itself first, then in order of index. Each held skill
  // once, in its best relation. Relations with a factor of 0 are left out.
  std::vector<Expansion> Expand(ConceptIndex required, const AbilityPolicy& policy) const;

 private:
  struct Edge {
    ConceptIndex target;
    SkillRelation relation;
    MappingRelation mapping;
    BasisPoints nearness;
  };

  std::vector<std::string> names_;
  std::vector<ConceptKind> kinds_;
  std::vector<BasisPoints> specificities_;
  std::vector<std::vector<ConceptIndex>> narrower_;
  std::vector<std::vector<Edge>> edges_;  // from the required side
};

// kWhole * log(occupations / used_by) / log(occupations), at least 1. A skill that no occupation
// uses tells nothing about itself: it gets kWhole / 2; so does everything where there are fewer
// than two occupations.
BasisPoints Specificity(int32_t used_by_occupations, int32_t occupations);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_TAXONOMY_H_
