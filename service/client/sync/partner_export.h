// A whole set, read from the feed into a file that can be gone on with.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_PARTNER_EXPORT_H_
#define PASSEND_SERVICE_CLIENT_SYNC_PARTNER_EXPORT_H_

#include <string>

#include "passend/v1/sync_service.pb.h"
#include "service/client/command_context.h"
#include "service/client/sync/set_file.h"

namespace passend::client {

// A set that is read.
struct PartnerExport {
  std::string path;  // notes in PATH.export.progress, of records also PATH.export.ids
  SetFormat format = SetFormat::kJsonLines;
  bool as_records = false;             // PushRecord, to be imported elsewhere; else WatchChange
  bool follow = false;                 // go on with changes after the snapshot
  bool again = false;                  // begin anew
  passend::v1::WatchRequest question;  // without cursor
};

// Reads the feed into the file, with a bar, from where the file stopped: each part is flushed to
// disk before its cursor is noted, and what a killed run wrote without noting it is cut off first,
// so that nothing is in the file twice. Begins anew, with a line that says so, where the server no
// longer keeps the changes after the cursor. On a file that is complete, adds what has changed
// since. The file stays as it was until the first part has come, and only one run at a time works
// on it. Gives the exit code.
//
// Records are for a copy elsewhere, which may keep nobody longer than the partner itself may. So
// each removal is a record that erases, under the id that the file told the person under
// (export_ids.h), and a file that is written anew also erases whom it told of before and does not
// any more. To a file whose ids are not known nothing is added.
int RunPartnerExport(CommandContext& context, const PartnerExport& asked);

// What another server is to be pushed to have the same: the person of a change that tells one,
// under `external_id`; the validations, if they were asked for, under their own. Of the partner's
// own people also which fields are empty; of others what is shared, and no more.
passend::v1::PushRecord RecordFrom(const passend::v1::WatchChange& change,
                                   const std::string& external_id);

// What it is to be pushed to have them no longer.
passend::v1::PushRecord EraseRecord(const std::string& external_id);

// The id in a name.
std::string LastPart(const std::string& name);

// How far a snapshot is, in basis points: it is told in the order of the passports' names, which
// are random, so that the first letters of a name say it. 26 characters of 2-7 and a-z.
int SnapshotBasisPoints(const std::string& passport_name);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_PARTNER_EXPORT_H_
