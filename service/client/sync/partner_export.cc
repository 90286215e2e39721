#include "service/client/sync/partner_export.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "service/client/progress.h"
#include "service/client/request_id.h"
#include "service/client/sync/export_ids.h"
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
  // `ids`: of records.
  Exporting(const PartnerExport& asked, GrowingFile& file, ExportNotes& notes,
            std::optional<ExportIds>& ids, Progress& progress)
      : asked_(asked),
        file_(file),
        notes_(notes),
        ids_(ids),
        progress_(progress),
        was_complete_(notes_.snapshot_complete) {}

  absl::StatusOr<bool> Take(const v1::WatchResponse& part) {
    if (!begun_) {
      if (absl::Status begun = Begin(); !begun.ok()) return begun;
    }
    for (const v1::WatchChange& change : part.changes()) {
      if (absl::Status kept = Keep(change); !kept.ok()) return kept;
      if (!notes_.snapshot_complete) progress_.Reach(SnapshotBasisPoints(change.passport_name()));
    }
    if (part.snapshot_complete() && !notes_.snapshot_complete) {
      if (absl::Status kept = EraseMissing(); !kept.ok()) return kept;
      notes_.snapshot_complete = true;
    }
    if (absl::Status kept = file_.Flush(); !kept.ok()) return kept;
    if (ids_) {
      if (absl::Status kept = ids_->Flush(); !kept.ok()) return kept;
      notes_.ids_bytes = ids_->bytes();
    }
    notes_.cursor = part.cursor().empty() ? notes_.cursor : part.cursor();
    notes_.bytes = file_.bytes();
    if (absl::Status kept = Write(ExportNotesPath(asked_.path), notes_); !kept.ok()) return kept;
    return asked_.follow || !HasEnough(part);
  }

 private:
  // With the first part, not before: of a server that cannot be reached a file is not emptied.
  absl::Status Begin() {
    begun_ = true;
    // Before anything is in the file: one without notes is taken for somebody else's.
    if (absl::Status noted = Write(ExportNotesPath(asked_.path), notes_); !noted.ok()) return noted;
    if (absl::Status cut = file_.CutTo(notes_.bytes); !cut.ok() || !ids_) return cut;
    if (absl::Status opened = ids_->Open(); !opened.ok()) return opened;
    return notes_.cursor.empty() ? ids_->BeginSnapshot() : absl::OkStatus();
  }

  absl::Status Append(const google::protobuf::Message& message) {
    ++notes_.changes;
    return file_.Append(SetBytes(asked_.format, message));
  }

  absl::Status Keep(const v1::WatchChange& change) {
    if (!ids_) {
      CountRemoval(change);
      return Append(change);
    }
    const std::string passport = LastPart(change.passport_name());
    if (change.has_passport()) {
      const auto id = ids_->IdOf(passport, change.external_id());
      return id.ok() ? Append(RecordFrom(change, *id)) : id.status();
    }
    const auto id = ids_->Remove(passport);
    if (!id.ok()) return id.status();
    if (!id->has_value()) return absl::OkStatus();  // the copy was never told of them
    CountRemoval(change);
    return Append(EraseRecord(**id));
  }

  void CountRemoval(const v1::WatchChange& change) {
    if (change.removal() == v1::WATCH_REMOVAL_ERASED) ++notes_.erased;
    if (change.removal() == v1::WATCH_REMOVAL_WITHDRAWN) ++notes_.withdrawn;
    if (change.removal() == v1::WATCH_REMOVAL_OTHER_REGION) ++notes_.other_region;
  }

  // Of a file that is written anew: whom it told of before, and who is not told any more.
  absl::Status EraseMissing() {
    if (!ids_) return absl::OkStatus();
    const auto missing = ids_->EndSnapshot();
    if (!missing.ok()) return missing.status();
    for (const std::string& id : missing->ids) {
      if (absl::Status kept = Append(EraseRecord(id)); !kept.ok()) return kept;
    }
    notes_.not_told += missing->newly_gone;
    return absl::OkStatus();
  }

  // A new file: the snapshot. One that was complete: all that there is to tell of one commit.
  bool HasEnough(const v1::WatchResponse& part) const {
    if (!was_complete_) return notes_.snapshot_complete;
    return part.data_sequence() > 0;
  }

  const PartnerExport& asked_;
  GrowingFile& file_;
  ExportNotes& notes_;
  std::optional<ExportIds>& ids_;
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
  if (file.bytes() < (*notes)->bytes) {
    return absl::InvalidArgumentError(context.Said(Word::kExportShorter, {asked.path}));
  }
  if (!(*notes)->cursor.empty()) {
    context.surroundings().err << context.Said(Word::kExportGoesOn,
                                               {asked.path, std::to_string((*notes)->changes)})
                               << "\n";
  }
  return **notes;
}

// Who is to be forgotten by the file, and why; why is not known of those who were there before it
// was written anew.
std::vector<std::pair<v1::WatchRemoval, std::int64_t>> RemovalsIn(const ExportNotes& notes) {
  return {{v1::WATCH_REMOVAL_ERASED, notes.erased},
          {v1::WATCH_REMOVAL_WITHDRAWN, notes.withdrawn},
          {v1::WATCH_REMOVAL_OTHER_REGION, notes.other_region},
          {v1::WATCH_REMOVAL_UNSPECIFIED, notes.not_told}};
}

int ShowSummary(CommandContext& context, const PartnerExport& asked, const ExportNotes& notes,
                const absl::Status& status) {
  if (context.settings().json) {
    const nlohmann::ordered_json json = {{"changes", notes.changes},
                                         {"bytes", notes.bytes},
                                         {"erased", notes.erased},
                                         {"withdrawn", notes.withdrawn},
                                         {"other_region", notes.other_region},
                                         {"not_told", notes.not_told},
                                         {"snapshot_complete", notes.snapshot_complete}};
    context.surroundings().out << json.dump() << "\n" << std::flush;
  } else {
    std::ostream& out = context.surroundings().out;
    out << context.Said(Word::kExportDone, {std::to_string(notes.changes), asked.path}) << "\n";
    for (const auto& [removal, count] : RemovalsIn(notes)) {
      if (count > 0) out << "  " << NameOf(context.language(), removal) << ": " << count << "\n";
    }
    out << std::flush;
  }
  const bool followed = asked.follow && notes.snapshot_complete && absl::IsCancelled(status);
  if (status.ok() || followed) return kExitOk;
  int code = kExitUnreachable;
  if (!absl::IsCancelled(status)) code = context.Fail(status);
  if (MayBeGoneOnWith(status)) {
    context.surroundings().err << context.Said(Word::kLoadStopped) << "\n";
  }
  return code;
}

}  // namespace

int RunPartnerExport(CommandContext& context, const PartnerExport& asked) {
  auto file = GrowingFile::Open(asked.path);
  if (!file.ok()) return context.Fail(file.status());
  auto notes = NotesFor(context, asked, *file);
  if (!notes.ok()) return context.Fail(notes.status());
  std::optional<ExportIds> ids;
  if (asked.as_records) {
    auto read = ExportIds::Read(ExportIdsPath(asked.path), notes->ids_bytes);
    if (!read.ok()) return context.Fail(read.status());
    ids.emplace(*std::move(read));
  }
  Surroundings& surroundings = context.surroundings();
  while (true) {
    v1::WatchRequest request = asked.question;
    request.set_cursor(notes->cursor);
    absl::Status status;
    {
      Progress progress(surroundings.err, surroundings.err_is_terminal, context.error_style(),
                        context.Said(Word::kExporting), notes->snapshot_complete ? 0 : kWhole);
      Exporting exporting(asked, *file, *notes, ids, progress);
      status = RunWatch(context.connection(), EnduranceOf(context), request,
                        [&](const v1::WatchResponse& part) { return exporting.Take(part); });
    }
    if (!absl::IsOutOfRange(status) || notes->cursor.empty()) {
      return ShowSummary(context, asked, *notes, status);
    }
    surroundings.err << context.Said(Word::kExportTooOld, {asked.path}) << "\n";
    ExportNotes fresh;
    fresh.question = notes->question;
    fresh.ids_bytes = notes->ids_bytes;
    *notes = std::move(fresh);
  }
}

}  // namespace passend::client
