#include "service/client/load_source.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace passend::client {

namespace fs = std::filesystem;

absl::StatusOr<LoadSource> LoadSource::Open(const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return absl::NotFoundError(folder + ": no such folder");
  LoadSource source(folder);
  source.List("tasks", ".json", LoadKind::kTask);
  source.List("people", ".json", LoadKind::kPerson);
  source.List("people", ".jsonl", LoadKind::kPerson);
  return source;
}

void LoadSource::List(const std::string& subfolder, const std::string& ending, LoadKind kind) {
  std::vector<File> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(folder_) / subfolder, error)) {
    if (!entry.is_regular_file(error) || entry.path().extension() != ending) continue;
    const auto bytes = static_cast<std::int64_t>(entry.file_size(error));
    found.push_back({kind, subfolder + "/" + entry.path().filename().string(),
                     entry.path().stem().string(), ending == ".jsonl", bytes});
    total_bytes_ += bytes;
  }
  std::sort(found.begin(), found.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  files_.insert(files_.end(), std::make_move_iterator(found.begin()),
                std::make_move_iterator(found.end()));
}

void LoadSource::Finish(const File& file) {
  open_.reset();
  line_ = 0;
  bytes_before_ += file.bytes;
  ++next_file_;
}

// The next record of this file; none at its end.
absl::StatusOr<std::optional<LoadRecord>> LoadSource::NextOf(const File& file) {
  const std::string path = (fs::path(folder_) / file.path).string();
  if (!file.lines) {
    if (line_ > 0) return std::nullopt;
    line_ = 1;
    auto text = ReadWholeFile(path);
    if (!text.ok()) return text.status();
    return LoadRecord{file.kind, file.path, 0, file.stem, std::move(*text), bytes_before_};
  }
  if (!open_.has_value()) {
    auto opened = ByteSource::Open(path);
    if (!opened.ok()) return opened.status();
    open_.emplace(std::move(*opened));
  }
  while (true) {
    auto line = NextLine(*open_);
    if (!line.ok()) return line.status();
    if (!line->has_value()) return std::nullopt;
    ++line_;
    if ((*line)->find_first_not_of(" \t") == std::string::npos) continue;
    return LoadRecord{file.kind,
                      file.path,
                      line_,
                      file.stem + ":" + std::to_string(line_),
                      std::move(**line),
                      bytes_before_ + open_->consumed_bytes()};
  }
}

absl::StatusOr<std::optional<LoadRecord>> LoadSource::Next() {
  while (next_file_ < files_.size()) {
    const File& file = files_[next_file_];
    auto record = NextOf(file);
    if (record.ok() && record->has_value()) return record;
    failed_path_ = file.path;
    Finish(file);
    if (!record.ok()) return record;
  }
  return std::nullopt;
}

}  // namespace passend::client
