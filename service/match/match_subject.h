// Who and what a matching question is about.
#ifndef PASSEND_SERVICE_MATCH_MATCH_SUBJECT_H_
#define PASSEND_SERVICE_MATCH_MATCH_SUBJECT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "passend/v1/task.pb.h"
#include "service/match/match_parts.h"
#include "service/match/match_records.h"

namespace passend::service {

// The view that a question is answered with: every commit that was acknowledged before now is in
// it, and, where `min_data_sequence` is not 0, everything up to that one, imports too. It does not
// wait for the index to come to commits that are only about answers (awaited_commits.h).
// FUTURE_SEQUENCE; otherwise as IndexFollower::AwaitComplete.
absl::StatusOr<MatchView> ViewFor(const CallContext& context, int64_t min_data_sequence,
                                  const MatchParts& parts);

// The view once every import that was acknowledged before now is in it. Errors as for ViewFor.
absl::StatusOr<MatchView> ViewWithNewSkills(const CallContext& context, const MatchParts& parts);

// TASK_NOT_FOUND.
absl::StatusOr<v1::Task> StoredTask(const MatchView& view, const std::string& name);

// The rules of CreateTask for a task in the request's field `inline_task`, apart from the rules of
// single fields, which the request has passed. INVALID_FIELD, UNKNOWN_SKILL.
absl::Status CheckInlineTask(const v1::Task& task, const SkillCatalog& catalog);

// The task that `request` asks about: stored, as it is in the view, or inline and checked by
// `catalog`, the one that CreateTask checks skills with. INVALID_FIELD where neither is given.
template <typename Request>
absl::StatusOr<v1::Task> AskedTask(const Request& request, const MatchView& view,
                                   const SkillCatalog& catalog);

// The person of a passport in any state, as it is in the view. PASSPORT_NOT_FOUND.
absl::StatusOr<StoredPerson> AskedPerson(const MatchView& view, const std::string& name);

absl::Status NoSubject();

template <typename Request>
absl::StatusOr<v1::Task> AskedTask(const Request& request, const MatchView& view,
                                   const SkillCatalog& catalog) {
  switch (request.subject_case()) {
    case Request::kTask:
      return StoredTask(view, request.task());
    case Request::kInlineTask:
      if (absl::Status checked = CheckInlineTask(request.inline_task(), catalog); !checked.ok()) {
        return checked;
      }
      return request.inline_task();
    default:
      return NoSubject();
  }
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_SUBJECT_H_
