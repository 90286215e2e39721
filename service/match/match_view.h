// What matching questions are answered with.
#ifndef PASSEND_SERVICE_MATCH_MATCH_VIEW_H_
#define PASSEND_SERVICE_MATCH_MATCH_VIEW_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "matcher/match_index.h"
#include "matcher/policy.h"
#include "service/taxonomy/catalog_snapshot.h"
#include "storage/store.h"

namespace passend::service {

// All published policies by version. Never empty: before the first is published the shipped one is
// version 1.
using PolicyBook = std::map<uint32_t, matcher::Policy>;

// An index with the vocabulary that its concept indices are of.
struct IndexedCatalog {
  std::shared_ptr<const CatalogSnapshot> catalog;
  std::vector<std::string> taxonomies;  // `taxonomies/esco@12`, in the order of their names
  std::shared_ptr<matcher::MatchIndex> index;
};

// Copies share what they point to. The index goes on changing; the rest does not.
struct MatchView {
  IndexedCatalog indexed;
  std::shared_ptr<const PolicyBook> policies;
  // Every commit up to this one is in the index; a later one may be.
  storage::Sequence sequence = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_VIEW_H_
