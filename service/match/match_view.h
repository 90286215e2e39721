// What matching questions are answered with.
#ifndef PASSEND_SERVICE_MATCH_MATCH_VIEW_H_
#define PASSEND_SERVICE_MATCH_MATCH_VIEW_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "matcher/index_snapshot.h"
#include "matcher/policy.h"
#include "service/taxonomy/catalog_snapshot.h"
#include "storage/store.h"

namespace passend::service {

// All published policies by version. Never empty: before the first is published the shipped one is
// version 1.
using PolicyBook = std::map<uint32_t, matcher::Policy>;

// The store at one sequence, ready to be matched with. Nothing in it ever changes; copies share
// what they point to.
//
//   V1  People, work, policies and records are those of the store at `sequence`, no newer and no
//       older. Records may be of a snapshot before it, where nothing but looks and decisions were
//       committed since.
//   V2  The vocabulary is that of the store at `sequence` as well, but for imports that an index is
//       still being built for: then it is as it was before the first of these, `taxonomies` says
//       so, and `complete_sequence` is below `sequence`. Nobody in `index` has or asks for a skill
//       that it lacks.
//
// A view must not outlive its store.
struct MatchView {
  std::shared_ptr<const CatalogSnapshot> catalog;
  std::vector<std::string> taxonomies;  // `taxonomies/esco@12`, in the order of their names
  std::shared_ptr<const matcher::IndexSnapshot> index;  // over the catalog's vocabulary
  std::shared_ptr<const PolicyBook> policies;
  std::shared_ptr<const storage::Snapshot> records;
  storage::Sequence sequence = 0;
  // Every commit up to this one is in the view, imports of taxonomies too.
  storage::Sequence complete_sequence = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_VIEW_H_
