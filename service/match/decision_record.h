// What the decision log keeps of a ranking that was shown: what it was made with, and the places.
#ifndef PASSEND_SERVICE_MATCH_DECISION_RECORD_H_
#define PASSEND_SERVICE_MATCH_DECISION_RECORD_H_

#include <cstddef>
#include <string>
#include <vector>

#include "matcher/ranking.h"
#include "matcher/work.h"
#include "passend/store/v1/audit.pb.h"
#include "passend/store/v1/employer_list.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/task.pb.h"
#include "service/call/call_context.h"
#include "service/match/match_options.h"
#include "storage/store.h"

namespace passend::service {

// A ranking, of which an answer shows a part.
struct DecidedRanking {
  const ResolvedOptions& options;
  const v1::MatchBasis& basis;
  std::vector<std::string> regions;
  const matcher::Ranking& ranking;
};

// Part of a list that an employer is given again.
struct ShownList {
  std::string task;  // `tasks/{task}` that was asked about; empty: one that is not stored
  std::string id;
  storage::Version version;
  const store::v1::EmployerList& list;
  size_t begin;
  size_t end;
};

store::v1::Counts CountsOf(const matcher::PoolCounts& counts);

// The candidates at `places` of the ranking for a task, which is stored or was only asked about.
// Nothing where nobody asks for looks.
void RecordCandidates(const CallContext& context, const DecidedRanking& decided,
                      const v1::Task& task, bool task_is_stored, const std::vector<size_t>& places);

// The tasks from `begin` up to `end` of the ranking for a person, and the closed ones that came
// nearest.
void RecordTasks(const CallContext& context, const DecidedRanking& decided,
                 const std::string& passport, size_t begin, size_t end,
                 const std::vector<matcher::Work>& nearest);

// Whom `page` shows of the places from begin up to end; `passports/{passport}` of each candidate.
void RecordEmployerList(const CallContext& context, const ShownList& shown,
                        const v1::FindCandidatesResponse& page,
                        const std::vector<std::string>& passports);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_DECISION_RECORD_H_
