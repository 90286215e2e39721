// What of a push was refused, and why, for people and for programs.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_REFUSED_REPORT_H_
#define PASSEND_SERVICE_CLIENT_SYNC_REFUSED_REPORT_H_

#include <cstdint>
#include <functional>
#include <string>

#include "passend/v1/sync_service.pb.h"
#include "service/client/sync/progress_notes.h"
#include "service/client/sync/push_run.h"
#include "service/client/words.h"

namespace passend::client {

// Whether a record after that number says that the person is to be erased.
using ErasesLater = std::function<bool(const std::string& external_id, std::int64_t number)>;

// The lines of the report for a batch, each with its end; empty where all of it was taken over. A
// JSON object a line, one for each field: {"line": 12, "external_id": "c-17", "outcome":
// "rejected", "field": "upsert.passport.paces[0].tempo_percent", "allowed": "...", "why": "..."}.
// Outcomes: unreadable, rejected, conflict, erased. `why` is in the language; `allowed` is the
// server's text. Counts what became of the batch. An erasure that was asked for counts as taken
// over; of whom is erased later in the same source nothing has to be said: when that is pushed once
// more, they are gone from its start. Pure, but for the counts.
std::string RefusedLines(Language language, const PushBatch& batch,
                         const passend::v1::PushResponse& answer, PushCounts& counts,
                         const ErasesLater& erases_later = nullptr);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_REFUSED_REPORT_H_
