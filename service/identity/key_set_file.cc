#include "service/identity/key_set_file.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/identity/limits.h"

namespace passend::service {
namespace {

// One byte more than is allowed at most, so that too much is seen.
std::optional<std::string> TextOfFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kKeySetBytesMax + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (!file.eof() && file.fail()) || !file.is_open()) return std::nullopt;
  text.resize(static_cast<size_t>(file.gcount()));
  return text;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KeySetFile>> KeySetFile::Open(
    std::string path, std::function<void(std::string_view line)> log) {
  auto file = std::make_unique<KeySetFile>(OnlyOpen(), std::move(path), std::move(log));
  auto text = TextOfFile(file->path_);
  if (!text) {
    return absl::InvalidArgumentError(absl::StrCat(file->path_, " cannot be read"));
  }
  absl::StatusOr<KeySet> keys = KeySet::Parse(*text);
  if (!keys.ok()) {
    return absl::InvalidArgumentError(absl::StrCat(file->path_, ": ", keys.status().message()));
  }
  file->last_text_ = *std::move(text);
  absl::MutexLock lock(&file->mutex_);
  file->keys_ = std::make_shared<const KeySet>(*std::move(keys));
  return file;
}

std::shared_ptr<const KeySet> KeySetFile::Get() const {
  absl::MutexLock lock(&mutex_);
  return keys_;
}

void KeySetFile::Refresh() {
  auto text = TextOfFile(path_);
  if (!text) {
    if (was_readable_)
      log_("WARNING: token keys: the file cannot be read; the old keys stay in force");
    was_readable_ = false;
    return;
  }
  was_readable_ = true;
  if (*text == last_text_) return;
  last_text_ = *std::move(text);
  absl::StatusOr<KeySet> keys = KeySet::Parse(last_text_);
  if (!keys.ok()) {
    const std::string line = absl::StrCat("WARNING: token keys: the new file ",
                                          keys.status().message(), "; the old keys stay in force");
    log_(line);
    return;
  }
  const std::string line = absl::StrCat("token keys: ", keys->size(), " are in force now");
  {
    absl::MutexLock lock(&mutex_);
    keys_ = std::make_shared<const KeySet>(*std::move(keys));
  }
  log_(line);
}

}  // namespace passend::service
