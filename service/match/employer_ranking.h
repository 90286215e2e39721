// How an employer's list is ranked: by ability and wishes. Pace and support of people are laid
// aside, and so are the conditions that they never want, so that neither who is in the list nor in
// what order depends on them. Why: README.md, "What an employer can find out".
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_RANKING_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_RANKING_H_

#include <span>
#include <string>
#include <vector>

#include "matcher/reference_scorer.h"
#include "passend/store/v1/employer_list.pb.h"
#include "service/match/candidate_reference.h"

namespace passend::service {

// The work as it would be for whoever needs nothing: it asks no pace, gives every support in full,
// and its conditions close it to nobody. Distance counts as in `work`.
matcher::Work NeedsAside(matcher::Work work);

// The same, for a list that was made: lists from before conditions were laid aside have those that
// close.
matcher::Work NeedsAsideFor(const store::v1::EmployerList& made, matcher::Work work);

// The weights of ability and wishes, in the same proportion, share the whole (half each where both
// are 0). Support that is not known costs nothing, whatever the policy.
matcher::ScoringBasis NeedsAside(matcher::ScoringBasis basis);

// The ids of the passports of `people` in the order of a list: bands from the best, then those to
// be asked; within a band nobody comes before another for a reason. The scorer has needs aside.
std::vector<std::string> EmployerOrder(const CandidateReferences& references,
                                       const std::string& list_id,
                                       const matcher::ReferenceScorer& scorer,
                                       std::span<const matcher::Person> people);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_RANKING_H_
