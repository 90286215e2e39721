// A compiled vocabulary: which skills count for which, and how much a skill says about a fit.
#ifndef PASSEND_MATCHER_TAXONOMY_H_
#define PASSEND_MATCHER_TAXONOMY_H_

#include <cstdint>
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
enum class SkillRelation : uint8_t { kNone, kSame, kNarrower, kMapped, kRelated };

struct ConceptMapping {
  std::string target;  // name of a concept, of another vocabulary as a rule
  MappingRelation relation;
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

  // Everything that counts for `required`: itself first, then in order of index. Each held skill
  // once, at its best factor, and of equal factors in the relation that SkillRelation names first.
  //   kSame       itself: kWhole
  //   kNarrower   whatever is narrower, however far down: kWhole
  //   kMapped     read in both directions: policy.mapping_exact, mapping_close, and
  //   mapping_narrower
  //               where the held one is the narrower; a broader one does not count
  //   kRelated    stated by either of the two: policy.related
  // Relations with a factor of 0 are left out. Relations are not chained, other than kNarrower.
  std::vector<Expansion> Expand(ConceptIndex required, const AbilityPolicy& policy) const;

 private:
  // How an edge's skill is seen from the required one.
  enum class EdgeKind : uint8_t { kMappedExact, kMappedClose, kMappedNarrower, kRelated };
  struct Edge {
    ConceptIndex held;
    EdgeKind kind;
  };

  void AddEdges(ConceptIndex index, const Concept& entry);
  void AddMapping(ConceptIndex stating, ConceptIndex target, MappingRelation relation);
  static Expansion Follow(const Edge& edge, const AbilityPolicy& policy);
  std::vector<ConceptIndex> Descendants(ConceptIndex top) const;

  std::vector<std::string> names_;  // in byte order
  std::vector<ConceptKind> kinds_;
  std::vector<BasisPoints> specificities_;
  std::vector<std::vector<ConceptIndex>> narrower_;  // one step down
  std::vector<std::vector<Edge>> edges_;             // of the required skill
};

// kWhole * log(occupations / used_by) / log(occupations), at least 1. A skill that no occupation
// uses tells nothing about itself: it gets kWhole / 2; so does everything where there are fewer
// than two occupations.
BasisPoints Specificity(int32_t used_by_occupations, int32_t occupations);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_TAXONOMY_H_
