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

// TASK_NOT_FOUND.
absl::StatusOr<v1::Task> StoredTask(const storage::Store& store, const std::string& name);

// The rules of CreateTask for a task in the request's field `inline_task`, apart from the rules of
// single fields, which the request has passed. INVALID_FIELD, UNKNOWN_SKILL.
absl::Status CheckInlineTask(const v1::Task& task, const SkillCatalog& catalog);

// The task that `request` asks about: stored, or inline and checked. INVALID_FIELD where neither is
// given.
template <typename Request>
absl::StatusOr<v1::Task> AskedTask(const Request& request, const MatchParts& parts);

// The person of a passport in any state. PASSPORT_NOT_FOUND.
absl::StatusOr<StoredPerson> AskedPerson(const std::string& name, const MatchParts& parts,
                                         const matcher::Taxonomy& taxonomy);

absl::Status NoSubject();

template <typename Request>
absl::StatusOr<v1::Task> AskedTask(const Request& request, const MatchParts& parts) {
  switch (request.subject_case()) {
    case Request::kTask:
      return StoredTask(parts.store, request.task());
    case Request::kInlineTask:
      if (absl::Status checked = CheckInlineTask(request.inline_task(), parts.catalog);
          !checked.ok()) {
        return checked;
      }
      return request.inline_task();
    default:
      return NoSubject();
  }
}

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_MATCH_SUBJECT_H_
