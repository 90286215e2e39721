#include "service/client/sync/partner_export.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "service/client/progress.h"
#include "service/client/request_id.h"
#include "service/client/sync/growing_file.h"
#include "service/client/sync/partner_import.h"
#include "service/client/sync/progress_notes.h"
#include "service/client/sync/watch_run.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr int kWhole = 10000;

// What a cursor and a file are for.
std::string QuestionOf(const PartnerExport& asked) {
  v1::WatchRequest question = asked.question;
  question.clear_heartbeat_interval();
  return RequestIdOf("export", {question.SerializeAsString(), asked.as_records ? "records" : "",
                                std::to_string(static_cast<int>(asked.format))});
}

// One run: the file, its notes, and when it has enough.
class Exporting {
 public:
  Exporting(const PartnerExport& asked, GrowingFile& file, ExportNotes& notes, Progress& progress)
      : asked_(asked),
        file_(file),
        notes_(notes),
        progress_(progress),
        was_complete_(notes_.snapshot_complete) {}

  absl::StatusOr<bool> Take(const v1::WatchResponse& part) {
    if (!begun_) {
      if (absl::Status begun = Begin(); !begun.ok()) return begun;
    }
    for (const v1::WatchChange& change : part.changes()) {
      if (absl::Status kept = file_.Append(BytesOf(change)); !kept.ok()) return kept;
      if (!notes_.snapshot_complete) progress_.Reach(SnapshotBasisPoints(change.passport_name()));
    }
    if (absl::Status kept = file_.Flush(); !kept.ok()) return kept;
    notes_.cursor = part.cursor().empty() ? notes_.cursor : part.cursor();
    notes_.bytes = file_.bytes();
    notes_.changes += part.changes_size();
    notes_.snapshot_complete = notes_.snapshot_complete || part.snapshot_complete();
    if (absl::Status kept = Write(ExportNotesPath(asked_.path), notes_); !kept.ok()) return kept;
    return asked_.follow || !HasEnough(part);
  }

 private:
  // With the first part, not before: of a server that cannot be reached a file is not emptied.
  absl::Status Begin() {
    begun_ = true;
    // Before anything is in the file: one without notes is taken for somebody else's.
    if (absl::Status noted = Write(ExportNotesPath(asked_.path), notes_); !noted.ok()) return noted;
    return file_.CutTo(notes_.bytes);
  }

  std::string BytesOf(const v1::WatchChange& change) const {
    if (!asked_.as_records) return SetBytes(asked_.format, change);
    const auto record = RecordFrom(change);
    return record.has_value() ? SetBytes(asked_.format, *record) : "";
  }

  // A new file: the snapshot. One that was complete: all that there is to tell of one commit.
  bool HasEnough(const v1::WatchResponse& part) const {
    if (!was_complete_) return notes_.snapshot_complete;
    return part.data_sequence() > 0;
  }

  const PartnerExport& asked_;
  GrowingFile& file_;
  ExportNotes& notes_;
  Progress& progress_;
  bool begun_ = false;
  const bool was_complete_;
};

// The notes to go on from; fresh ones where there are none. INVALID_ARGUMENT where the file is of
// another question.
absl::StatusOr<ExportNotes> NotesFor(CommandContext& context, const PartnerExport& asked,
                                     const GrowingFile& file) {
  ExportNotes fresh;
  fresh.question = QuestionOf(asked);
  if (asked.again) return fresh;
  auto notes = ReadExportNotes(ExportNotesPath(asked.path));
  if (!notes.ok()) return notes.status();
  if (!notes->has_value()) {
    // Somebody's file is not to be emptied.
    if (file.bytes() > 0) {
      return absl::InvalidArgumentError(context.Said(Word::kExportOverwrites, {asked.path}));
    }
    return fresh;
  }
  if ((*notes)->question != fresh.question) {
    return absl::InvalidArgumentError(context.Said(Word::kExportDiffers, {asked.path}));
  }
  if (!(*notes)->cursor.empty()) {
    context.surroundings().err << context.Said(Word::kExportGoesOn,
                                               {asked.path, std::to_string((*notes)->changes)})
                               << "\n";
  }
  return **notes;
}

int ShowSummary(CommandContext& context, const PartnerExport& asked, const ExportNotes& notes,
                const absl::Status& status) {
  if (context.settings().json) {
    const nlohmann::ordered_json json = {{"changes", notes.changes},
                                         {"bytes", notes.bytes},
                                         {"snapshot_complete", notes.snapshot_complete}};
    context.surroundings().out << json.dump() << "\n" << std::flush;
  } else {
    context.surroundings().out << context.Said(Word::kExportDone,
                                               {std::to_string(notes.changes), asked.path})
                               << "\n"
                               << std::flush;
  }
  const bool followed = asked.follow && notes.snapshot_complete && absl::IsCancelled(status);
  if (status.ok() || followed) return kExitOk;
  int code = kExitUnreachable;
  if (!absl::IsCancelled(status)) code = context.Fail(status);
  context.surroundings().err << context.Said(Word::kLoadStopped) << "\n";
  return code;
}

}  // namespace

int RunPartnerExport(CommandContext& context, const PartnerExport& asked) {
  auto file = GrowingFile::Open(asked.path);
  if (!file.ok()) return context.Fail(file.status());
  auto notes = NotesFor(context, asked, *file);
  if (!notes.ok()) return context.Fail(notes.status());
  Surroundings& surroundings = context.surroundings();
  while (true) {
    v1::WatchRequest request = asked.question;
    request.set_cursor(notes->cursor);
    absl::Status status;
    {
      Progress progress(surroundings.err, surroundings.err_is_terminal, context.error_style(),
                        context.Said(Word::kExporting), notes->snapshot_complete ? 0 : kWhole);
      Exporting exporting(asked, *file, *notes, progress);
      status = RunWatch(context.connection(), EnduranceOf(context), request,
                        [&](const v1::WatchResponse& part) { return exporting.Take(part); });
    }
    if (!absl::IsOutOfRange(status) || notes->cursor.empty()) {
      return ShowSummary(context, asked, *notes, status);
    }
    surroundings.err << context.Said(Word::kExportTooOld, {asked.path}) << "\n";
    const std::string question = notes->question;
    *notes = ExportNotes();
    notes->question = question;
  }
}

}  // namespace passend::client
