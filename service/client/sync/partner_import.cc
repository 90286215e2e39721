#include "service/client/sync/partner_import.h"

#include <sodium.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "service/client/byte_source.h"
#include "service/client/progress.h"
#include "service/client/request_id.h"
#include "service/client/sync/growing_file.h"
#include "service/client/sync/progress_notes.h"
#include "service/client/sync/refused_report.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

std::string RefusedPath(const PartnerImport& import) { return import.path + ".refused.jsonl"; }

// For whom the records are, and how they are read. The key that Reconcile gives is of one partner
// of one database, whatever its server is called and whoever calls; it is not to be written down.
absl::StatusOr<std::string> TargetOf(CommandContext& context, const PartnerImport& import) {
  v1::ReconcileRequest request;
  request.set_partner(import.partner);
  std::string key;
  Connection& connection = context.connection();
  const absl::Status asked = RunThroughBreaks(EnduranceOf(context), [&](const auto&) {
    auto answer = connection.Call(connection.sync(), &v1::SyncService::Stub::Reconcile, request);
    if (answer.ok()) key = answer->key();
    return answer.status();
  });
  if (!asked.ok()) return asked;
  return RequestIdOf("target", {key, import.format});
}

// The notes to go on from: those of an unfinished run that was the same, else fresh ones.
absl::StatusOr<ImportNotes> NotesFor(CommandContext& context, const PartnerImport& import,
                                     const std::string& digest, const std::string& target) {
  ImportNotes fresh;
  fresh.run = RandomRun();
  fresh.file_digest = digest;
  fresh.target = target;
  if (import.again) return fresh;
  auto notes = ReadImportNotes(ImportNotesPath(import.path));
  if (!notes.ok()) return notes.status();
  if (!notes->has_value() || (*notes)->finished) return fresh;
  std::ostream& err = context.surroundings().err;
  if ((*notes)->file_digest != digest || (*notes)->target != target) {
    const bool changed = (*notes)->file_digest != digest;
    err << context.Said(changed ? Word::kImportChanged : Word::kImportElsewhere, {import.path})
        << "\n";
    return fresh;
  }
  if ((*notes)->records > 0) {
    err << context.Said(Word::kImportGoesOn, {import.path, std::to_string((*notes)->records)})
        << "\n";
  }
  return **notes;
}

// Passes over what has its answer already.
absl::Status Skip(const NextPushItem& next, std::int64_t records) {
  for (std::int64_t i = 0; i < records; ++i) {
    auto item = next();
    if (!item.ok()) return item.status();
    if (!item->has_value()) break;
  }
  return absl::OkStatus();
}

// Which ids a source erases, and where it does so last. Reads it once, when somebody asks.
class Erasures {
 public:
  explicit Erasures(const PartnerImport& import) : import_(import) {}

  // False as well where it cannot be read, which whoever pushes it says.
  bool ComeLater(const std::string& external_id, std::int64_t number) {
    if (!last_) Read();
    const auto at = last_->find(external_id);
    return at != last_->end() && at->second > number;
  }

 private:
  void Read() {
    last_.emplace();
    const auto next = import_.open();
    if (!next.ok()) return;
    while (true) {
      const auto item = (*next)();
      if (!item.ok() || !item->has_value()) return;
      const auto& record = (*item)->record;
      if (record && record->has_erase()) (*last_)[record->external_id()] = (*item)->number;
    }
  }

  const PartnerImport& import_;
  std::optional<std::map<std::string, std::int64_t>> last_;
};

// Of a run that did not come to its end.
int Stopped(CommandContext& context, const absl::Status& status) {
  int code = kExitUnreachable;
  if (!absl::IsCancelled(status)) code = context.Fail(status);
  if (MayBeGoneOnWith(status)) {
    context.surroundings().err << context.Said(Word::kLoadStopped) << "\n";
  }
  return code;
}

int ShowSummary(CommandContext& context, const PartnerImport& import, const ImportNotes& notes,
                const absl::Status& status) {
  const PushCounts& counts = notes.counts;
  const bool refused = notes.refused_bytes > 0;
  if (context.settings().json) {
    const nlohmann::ordered_json json = {{"records", notes.records},
                                         {"accepted", counts.accepted},
                                         {"unchanged", counts.unchanged},
                                         {"rejected", counts.rejected},
                                         {"conflicts", counts.conflicts},
                                         {"erased", counts.erased},
                                         {"unreadable", counts.unreadable},
                                         {"finished", notes.finished},
                                         {"refused_file", refused ? RefusedPath(import) : ""}};
    context.surroundings().out << json.dump(-1, ' ', false,
                                            nlohmann::ordered_json::error_handler_t::replace)
                               << "\n";
  } else {
    const auto text = [](std::int64_t count) { return std::to_string(count); };
    context.surroundings().out << context.Said(Word::kPushDone,
                                               {text(counts.all()), text(counts.accepted),
                                                text(counts.unchanged), text(counts.rejected),
                                                text(counts.conflicts), text(counts.erased),
                                                text(counts.unreadable)})
                               << "\n";
    if (refused) {
      context.surroundings().out << context.Said(Word::kPushRefusedFile, {RefusedPath(import)})
                                 << "\n";
    }
  }
  context.surroundings().out << std::flush;
  if (!status.ok()) return Stopped(context, status);
  return refused ? kExitRefused : kExitOk;
}

// With a report that nobody else has.
int RunAlone(CommandContext& context, const PartnerImport& import, const std::string& digest,
             GrowingFile& report) {
  auto next = import.open();
  if (!next.ok()) return context.Fail(next.status());
  auto target = TargetOf(context, import);
  if (!target.ok()) return Stopped(context, target.status());
  auto notes = NotesFor(context, import, digest, *target);
  if (!notes.ok()) return context.Fail(notes.status());
  if (absl::Status skipped = Skip(*next, notes->records); !skipped.ok()) {
    return context.Fail(skipped);
  }
  if (absl::Status cut = report.CutTo(notes->refused_bytes); !cut.ok()) return context.Fail(cut);
  const std::string notes_path = ImportNotesPath(import.path);
  if (absl::Status noted = Write(notes_path, *notes); !noted.ok()) return context.Fail(noted);

  Surroundings& surroundings = context.surroundings();
  absl::Status status;
  Erasures erasures(import);
  const ErasesLater erases_later = [&](const std::string& external_id, std::int64_t number) {
    return erasures.ComeLater(external_id, number);
  };
  {
    Progress progress(surroundings.err, surroundings.err_is_terminal, context.error_style(),
                      context.Said(Word::kSending), import.size_bytes);
    PushBatcher batcher(*next, import.partner, notes->run + notes->file_digest,
                        import.batch_records);
    status = RunPush(
        context.connection(), EnduranceOf(context), [&] { return batcher.Next(); },
        [&](const PushBatch& batch, const v1::PushResponse& answer) {
          const std::string lines =
              RefusedLines(context.language(), batch, answer, notes->counts, erases_later);
          if (!lines.empty()) {
            if (absl::Status kept = report.Append(lines); !kept.ok()) return kept;
            if (absl::Status kept = report.Flush(); !kept.ok()) return kept;
          }
          notes->records += static_cast<std::int64_t>(batch.items.size());
          notes->refused_bytes = report.bytes();
          progress.Reach(batch.items.back().reached_bytes);
          return Write(notes_path, *notes);
        });
    if (status.ok()) {
      progress.Reach(import.size_bytes);
      notes->finished = true;
      status = Write(notes_path, *notes);
    }
  }
  return ShowSummary(context, import, *notes, status);
}

}  // namespace

std::string RandomRun() {
  std::string bytes(16, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return Hexadecimal(bytes);
}

absl::StatusOr<std::string> FileDigest(const std::string& path) {
  auto opened = ByteSource::Open(path);  // for its errors
  if (!opened.ok()) return opened.status();
  std::ifstream file(path, std::ios::binary);
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, 32);
  std::vector<char> block(1 << 20);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(block.data()),
                              static_cast<unsigned long long>(file.gcount()));
  }
  std::string digest(32, '\0');
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
  return Hexadecimal(digest);
}

Endurance EnduranceOf(CommandContext& context) {
  Surroundings& surroundings = context.surroundings();
  return {.wait_seconds = surroundings.wait_seconds,
          .stop_asked = surroundings.stop_asked,
          .silent_seconds_max = context.connection().CallSeconds()};
}

int RunPartnerImport(CommandContext& context, const PartnerImport& import) {
  auto digest = FileDigest(import.path);
  if (!digest.ok()) return context.Fail(digest.status());
  auto report = GrowingFile::Open(RefusedPath(import));
  if (!report.ok()) return context.Fail(report.status());
  const int code = RunAlone(context, import, *digest, *report);
  if (report->bytes() == 0) {
    std::error_code error;
    std::filesystem::remove(RefusedPath(import), error);
  }
  return code;
}

}  // namespace passend::client
