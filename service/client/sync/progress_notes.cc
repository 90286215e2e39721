#include "service/client/sync/progress_notes.h"

#include <nlohmann/json.hpp>

#include "service/client/byte_source.h"
#include "service/client/whole_file.h"

namespace passend::client {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kImport[] = "passend import";
constexpr char kExport[] = "passend export";

// The notes of this kind; none where there is no file.
absl::StatusOr<std::optional<Json>> ReadNotes(const std::string& path, const std::string& kind) {
  auto text = ReadWholeFile(path);
  if (absl::IsNotFound(text.status())) return std::nullopt;
  if (!text.ok()) return text.status();
  Json json = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || json.value("of", Json()) != kind) {
    return absl::InvalidArgumentError(path + ": not the progress of `" + kind + "`");
  }
  return json;
}

std::int64_t NumberIn(const Json& json, const std::string& key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string TextIn(const Json& json, const std::string& key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

bool FlagIn(const Json& json, const std::string& key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

absl::Status WriteNotes(const std::string& path, const Json& json) {
  return WriteWholeFile(path, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace

std::string ImportNotesPath(const std::string& path) { return path + ".import.progress"; }
std::string ExportNotesPath(const std::string& path) { return path + ".export.progress"; }

absl::StatusOr<std::optional<ImportNotes>> ReadImportNotes(const std::string& path) {
  auto json = ReadNotes(path, kImport);
  if (!json.ok()) return json.status();
  if (!json->has_value()) return std::nullopt;
  ImportNotes notes;
  notes.run = TextIn(**json, "run");
  notes.file_digest = TextIn(**json, "file_digest");
  notes.target = TextIn(**json, "target");
  notes.records = NumberIn(**json, "records");
  notes.refused_bytes = NumberIn(**json, "refused_bytes");
  notes.finished = FlagIn(**json, "finished");
  notes.counts = {.accepted = NumberIn(**json, "accepted"),
                  .unchanged = NumberIn(**json, "unchanged"),
                  .rejected = NumberIn(**json, "rejected"),
                  .conflicts = NumberIn(**json, "conflicts"),
                  .erased = NumberIn(**json, "erased"),
                  .unreadable = NumberIn(**json, "unreadable")};
  return notes;
}

absl::StatusOr<std::optional<ExportNotes>> ReadExportNotes(const std::string& path) {
  auto json = ReadNotes(path, kExport);
  if (!json.ok()) return json.status();
  if (!json->has_value()) return std::nullopt;
  ExportNotes notes;
  notes.question = TextIn(**json, "question");
  notes.cursor = TextIn(**json, "cursor");
  notes.bytes = NumberIn(**json, "bytes");
  notes.changes = NumberIn(**json, "changes");
  notes.erased = NumberIn(**json, "erased");
  notes.withdrawn = NumberIn(**json, "withdrawn");
  notes.other_region = NumberIn(**json, "other_region");
  notes.not_told = NumberIn(**json, "not_told");
  notes.snapshot_complete = FlagIn(**json, "snapshot_complete");
  notes.ids_bytes = (*json)->contains("ids_bytes") ? NumberIn(**json, "ids_bytes") : -1;
  return notes;
}

absl::Status Write(const std::string& path, const ImportNotes& notes) {
  return WriteNotes(path, {{"of", kImport},
                           {"run", notes.run},
                           {"file_digest", notes.file_digest},
                           {"target", notes.target},
                           {"records", notes.records},
                           {"refused_bytes", notes.refused_bytes},
                           {"finished", notes.finished},
                           {"accepted", notes.counts.accepted},
                           {"unchanged", notes.counts.unchanged},
                           {"rejected", notes.counts.rejected},
                           {"conflicts", notes.counts.conflicts},
                           {"erased", notes.counts.erased},
                           {"unreadable", notes.counts.unreadable}});
}

absl::Status Write(const std::string& path, const ExportNotes& notes) {
  return WriteNotes(path, {{"of", kExport},
                           {"question", notes.question},
                           {"cursor", notes.cursor},
                           {"bytes", notes.bytes},
                           {"changes", notes.changes},
                           {"erased", notes.erased},
                           {"withdrawn", notes.withdrawn},
                           {"other_region", notes.other_region},
                           {"not_told", notes.not_told},
                           {"snapshot_complete", notes.snapshot_complete},
                           {"ids_bytes", notes.ids_bytes}});
}

}  // namespace passend::client
