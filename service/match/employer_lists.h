// What MatchService.FindCandidates answers employers, without gRPC: lists that are made once, by
// ability and wishes, and told in words. Why so: README.md, "What an employer can find out".
#ifndef PASSEND_SERVICE_MATCH_EMPLOYER_LISTS_H_
#define PASSEND_SERVICE_MATCH_EMPLOYER_LISTS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/call_context.h"
#include "service/match/employer_book.h"
#include "service/match/employer_limits.h"
#include "service/match/match_parts.h"
#include "service/match/offer_reach.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class EmployerLists {
 public:
  // `store` is that of `parts`, and outlives the lists.
  EmployerLists(storage::Store& store, const MatchParts& parts, EmployerLimits limits = {})
      : parts_(parts), book_(store, parts_.references, limits), limits_(limits) {}

  struct Answer {
    v1::FindCandidatesResponse response;
    std::vector<std::string> passports;  // `passports/{passport}`, one a candidate
  };

  // `request` has passed the rules of its fields, and its task is the employer's own. A list that
  // is in force is given again: the same people in the same places. Places of those who were
  // erased, are not ACTIVE, or whose wishes exclude the work by now stay empty. What is told of
  // somebody is as it is known now. Pages may be asked for as long as the list is in force.
  //   INVALID_FIELD  an option other than language_code; more than features_max features
  //   LIST_BUDGET    the employer asks about too much different work, in too many places or at too
  //                  many times
  //   otherwise as CandidateFinder::Find
  absl::StatusOr<Answer> Find(const CallContext& context, const v1::FindCandidatesRequest& request);

  // Whose reference the employer of a stored task was given for it: `passports/{passport}`, for as
  // long as the list is in force; nullopt for any other text. Of the task only name and employer
  // count. The passport may be gone, or no longer ACTIVE: whoever asks reads it next.
  // DAMAGED_DATA; errors of the store.
  absl::StatusOr<std::optional<std::string>> FindReference(const v1::Task& task,
                                                           const std::string& reference) const;

  // What the employer of a stored task calls people for it, by `passports/{passport}`: everybody in
  // the list that Find gives again for the task as it is, without regions; where that was not made,
  // in the newest in force that was made for the task. Empty where there is none. Errors as for
  // FindReference.
  using References = absl::flat_hash_map<std::string, std::string>;
  absl::StatusOr<References> ReferencesFor(const v1::Task& task) const;

  // Removes lists that are no longer in force. DAMAGED_DATA; errors of the store.
  absl::Status DropEnded() { return book_.RemoveEnded(parts_.surroundings.now()); }

 private:
  struct Question;

  absl::StatusOr<Question> Ask(const CallContext& context,
                               const v1::FindCandidatesRequest& request) const;
  absl::StatusOr<store::v1::EmployerList> MakeList(const CallContext& context,
                                                   const Question& question,
                                                   const std::string& list_id) const;
  absl::StatusOr<Answer> PageOf(const Question& question, const OpenedEmployerList& opened,
                                size_t begin, size_t end) const;
  v1::EmployerList Describe(const Question& question, const OpenedEmployerList& opened);
  std::string ReferenceOf(const std::string& asked, const FrozenList& frozen,
                          const std::string& passport) const;

  const MatchParts parts_;
  EmployerBook book_;
  const EmployerLimits limits_;
  OfferReaches reaches_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_EMPLOYER_LISTS_H_
