// What changes in an index at one moment.
#ifndef PASSEND_MATCHER_INDEX_CHANGES_H_
#define PASSEND_MATCHER_INDEX_CHANGES_H_

#include <string>
#include <vector>

#include "matcher/person.h"
#include "matcher/work.h"

namespace passend::matcher {

// A name is in one of the lists of its kind at most, and once. Who is gone need not have been
// there.
struct IndexChanges {
  std::vector<Person> people;  // added, or replaced by name
  std::vector<std::string> people_gone;
  std::vector<Work> works;  // added, or replaced by name
  std::vector<std::string> works_gone;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_INDEX_CHANGES_H_
