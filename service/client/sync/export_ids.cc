#include "service/client/sync/export_ids.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace passend::client {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kSnapshot[] = "snapshot";
constexpr char kPassport[] = "passport";
constexpr char kId[] = "external_id";
constexpr char kGone[] = "gone";

std::string Line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

absl::Status Damaged(const std::string& path) {
  return absl::DataLossError(path +
                             ": not what the last run wrote, and without it nobody knows whom the "
                             "copy has to erase; begin anew with --again");
}

}  // namespace

std::string ExportIdsPath(const std::string& path) { return path + ".export.ids"; }

absl::StatusOr<ExportIds> ExportIds::Read(std::string path, std::int64_t bytes) {
  ExportIds ids(std::move(path), bytes);
  if (bytes < 0) return Damaged(ids.path_);
  std::ifstream file(ids.path_, std::ios::binary);
  std::string line;
  for (std::int64_t read = 0; read < bytes;) {
    if (!std::getline(file, line)) return Damaged(ids.path_);
    read += static_cast<std::int64_t>(line.size()) + 1;
    if (read > bytes || !ids.TakeLine(line)) return Damaged(ids.path_);
  }
  return ids;
}

bool ExportIds::TakeLine(const std::string& line) {
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return false;
  if (json.contains(kSnapshot)) {
    TakeBegin();
    return true;
  }
  const auto passport = json.find(kPassport);
  if (passport == json.end() || !passport->is_string()) return false;
  if (const auto id = json.find(kId); id != json.end() && id->is_string()) {
    TakeId(passport->get<std::string>(), id->get<std::string>());
    return true;
  }
  const auto at = people_.find(passport->get<std::string>());
  if (!json.contains(kGone) || at == people_.end()) return false;
  TakeGone(at->second);
  return true;
}

void ExportIds::TakeBegin() {
  for (auto& [passport, person] : people_) person.told = false;
}

void ExportIds::TakeId(const std::string& passport, const std::string& id) {
  Person& person = people_[passport];
  if (!person.there) ++person.ids;
  person.id = id;
  person.there = true;
  person.told = true;
}

void ExportIds::TakeGone(Person& person) {
  person.there = false;
  erased_.push_back(person.id);
}

absl::Status ExportIds::Open() {
  if (file_) return absl::OkStatus();
  auto file = GrowingFile::Open(path_);
  if (!file.ok()) return file.status();
  file_.emplace(*std::move(file));
  return file_->CutTo(bytes_);
}

absl::Status ExportIds::BeginSnapshot() {
  TakeBegin();
  return file_->Append(Line({{kSnapshot, "begins"}}));
}

absl::StatusOr<std::string> ExportIds::IdOf(const std::string& passport,
                                            const std::string& external_id) {
  const Person known = people_[passport];
  std::string id = known.id;
  if (known.ids == 0) id = external_id.empty() ? passport : external_id;
  // No partner's own id: passports' are random.
  if (known.ids > 0 && !known.there) id = passport + "." + std::to_string(known.ids + 1);
  if (known.there && known.told) return id;
  TakeId(passport, id);
  absl::Status kept = file_->Append(Line({{kPassport, passport}, {kId, id}}));
  if (!kept.ok()) return kept;
  return id;
}

absl::StatusOr<std::optional<std::string>> ExportIds::Remove(const std::string& passport) {
  const auto at = people_.find(passport);
  if (at == people_.end() || !at->second.there) return std::nullopt;
  TakeGone(at->second);
  absl::Status kept = file_->Append(Line({{kPassport, passport}, {kGone, true}}));
  if (!kept.ok()) return kept;
  return at->second.id;
}

absl::StatusOr<ExportIds::Missing> ExportIds::EndSnapshot() {
  Missing missing;
  for (auto& [passport, person] : people_) {
    if (!person.there || person.told) continue;
    TakeGone(person);
    ++missing.newly_gone;
    absl::Status kept = file_->Append(Line({{kPassport, passport}, {kGone, true}}));
    if (!kept.ok()) return kept;
  }
  missing.ids = erased_;
  std::ranges::sort(missing.ids);
  return missing;
}

absl::Status ExportIds::Flush() { return file_->Flush(); }

}  // namespace passend::client
