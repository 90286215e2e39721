// What ranks the snapshots of one index. Of the matcher alone: callers use IndexSnapshot.
#ifndef PASSEND_MATCHER_INDEX_RANKERS_H_
#define PASSEND_MATCHER_INDEX_RANKERS_H_

#include <memory>
#include <utility>

#include "matcher/people_ranker.h"
#include "matcher/work_ranker.h"

namespace passend::matcher {

// Thread safety: any number of threads may use it.
struct IndexRankers {
  explicit IndexRankers(std::shared_ptr<const Taxonomy> taxonomy)
      : expansions(std::move(taxonomy)), people(expansions), works(expansions) {}
  IndexRankers(const IndexRankers&) = delete;
  IndexRankers& operator=(const IndexRankers&) = delete;

  const ExpansionTables expansions;
  const PeopleRanker people;
  const WorkRanker works;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_INDEX_RANKERS_H_
