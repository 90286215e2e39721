// The plain algorithm over a snapshot of an index: what each of its rankings must equal.
#ifndef PASSEND_MATCHER_PLAIN_CHECK_H_
#define PASSEND_MATCHER_PLAIN_CHECK_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "matcher/index_snapshot.h"
#include "matcher/ranking.h"

namespace passend::matcher {

// RankPlainly over the people of the asked regions, and RankWorkPlainly over the work in them, some
// thousand at a time: seconds for a million people, and memory for a few thousand. Nothing of the
// index but what is in it plays a part. CANCELLED.
absl::StatusOr<Ranking> RankPeoplePlainly(const ScoringBasis& basis, const Work& work,
                                          const RankOptions& options,
                                          const IndexSnapshot& snapshot);
absl::StatusOr<Ranking> RankWorksPlainly(const ScoringBasis& basis, const Person& person,
                                         const RankOptions& options, const IndexSnapshot& snapshot);

// What differs between two answers to one question, in words that name nobody; empty where nothing
// does:
//   considered        how many were looked at, were ranked, are to be asked
//   exclusion counts  how many were excluded by a cause
//   list              who is in it
//   order             who comes before whom, though the same are in it
//   scores            of those who are in both lists
//   outcomes          of those who are in both lists
std::vector<std::string> DifferencesOf(const Ranking& answered, const Ranking& plain);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PLAIN_CHECK_H_
