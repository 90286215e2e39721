// Whom references of candidates stand for, and what a proposed person is called. Why so:
// DECISIONS.md.
#ifndef PASSEND_SERVICE_EVIDENCE_GIVEN_REFERENCES_H_
#define PASSEND_SERVICE_EVIDENCE_GIVEN_REFERENCES_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/task.pb.h"
#include "service/call/call_context.h"
#include "service/evidence/proposed_people.h"
#include "service/match/match_parts.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class GivenReferences {
 public:
  // Both must outlive it.
  GivenReferences(const MatchParts& parts, const ProposedPeople& people)
      : parts_(parts), people_(people) {}

  // What somebody who is proposed for `task`, which is stored, is called where the employer's list
  // does not have them. The same for as long as the proposal is there.
  std::string OfProposed(const v1::Task& task, const std::string& passport) const;

  // Whose reference the employer of `task`, which is stored, was given for it: in a list that is in
  // force, or because they are proposed. A caller who may know passports is given references of
  // everybody by FindCandidates, and finds each of them as well: of anybody in the index, by
  // looking at all of them, a second or two for a million. `passports/{passport}`, which may be
  // gone, or no longer ACTIVE; nullopt for any other text. DAMAGED_DATA; errors of the store, and
  // of the index where everybody is looked at.
  absl::StatusOr<std::optional<std::string>> Find(const CallContext& context, const v1::Task& task,
                                                  const std::string& reference) const;

 private:
  absl::StatusOr<std::optional<std::string>> FindAmongAll(const CallContext& context,
                                                          const v1::Task& task,
                                                          const std::string& reference) const;

  const MatchParts& parts_;
  const ProposedPeople& people_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_GIVEN_REFERENCES_H_
