// A whole set, pushed so that it can be broken off and repeated.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_PARTNER_IMPORT_H_
#define PASSEND_SERVICE_CLIENT_SYNC_PARTNER_IMPORT_H_

#include <functional>
#include <string>

#include "service/client/command_context.h"
#include "service/client/sync/push_run.h"

namespace passend::client {

// A set that is pushed: where it comes from and where notes of it are kept.
struct PartnerImport {
  std::string path;     // notes in PATH.import.progress, the report in PATH.refused.jsonl
  std::string partner;  // empty: known from who calls
  std::string format;   // how it is read: in another one the same bytes are something else
  int batch_records = 100;
  bool again = false;  // forget an earlier run
  // Opens the source, each time from its start. Its items come in the same order, with the same
  // numbers, however often it is opened. And how many bytes it has, for progress.
  std::function<absl::StatusOr<NextPushItem>()> open;
  std::int64_t size_bytes = 0;
};

// Pushes it, with a bar, goes on where an earlier run over the same bytes for the same partner of
// the same database was broken off, and says what became of it. One at a time over one file. Gives
// the exit code: 0 all was taken over, 1 something was refused, 3 no server could be reached, and
// the same command goes on.
int RunPartnerImport(CommandContext& context, const PartnerImport& import);

// BLAKE2b of a file's bytes, in hexadecimal digits. NOT_FOUND or PERMISSION_DENIED, with the path.
absl::StatusOr<std::string> FileDigest(const std::string& path);

// A fresh name for a run, 32 hexadecimal digits.
std::string RandomRun();

// How the client goes on after breaks.
Endurance EnduranceOf(CommandContext& context);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_PARTNER_IMPORT_H_
