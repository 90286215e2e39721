#include "service/passendd/key_backups.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/text.h"
#include "storage/files.h"

namespace passend::service {
namespace {

constexpr char kPrefix[] = "keys-";
constexpr char kTimeFormat[] = "%E4Y%m%dT%H%M%SZ";

std::string NameOf(absl::Time made) {
  return absl::StrCat(kPrefix, absl::FormatTime(kTimeFormat, made, absl::UTCTimeZone()));
}

// When a file of that name was made; nullopt for names of other files.
std::optional<absl::Time> TimeOf(const std::string& name) {
  absl::Time made;
  if (!absl::StartsWith(name, kPrefix) ||
      !absl::ParseTime(kTimeFormat, name.substr(sizeof(kPrefix) - 1), &made, nullptr) ||
      NameOf(made) != name || made == absl::InfinitePast() || made == absl::InfiniteFuture()) {
    return std::nullopt;
  }
  return made;
}

struct Copies {
  std::map<absl::Time, std::string> made;  // paths
  std::vector<std::string> unfinished;     // of a server that was stopped meanwhile
};

absl::StatusOr<Copies> CopiesIn(const std::string& folder) {
  Copies copies;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (const auto made = TimeOf(name)) copies.made[*made] = entry.path().string();
    if (entry.path().extension() == ".new" && TimeOf(entry.path().stem().string())) {
      copies.unfinished.push_back(entry.path().string());
    }
  }
  if (error) return absl::UnavailableError(absl::StrCat(folder, ": ", error.message()));
  return copies;
}

}  // namespace

void KeyBackups::Refresh() {
  std::lock_guard lock(mutex_);
  RefreshLocked();
}

void KeyBackups::CopyAfter(absl::Time moment) {
  std::lock_guard lock(mutex_);
  wanted_after_ = std::max(wanted_after_, moment);
  RefreshLocked();
}

absl::Time KeyBackups::Newest() const {
  const auto copies = CopiesIn(folder_);
  return copies.ok() && !copies->made.empty() ? copies->made.rbegin()->first : absl::InfinitePast();
}

bool KeyBackups::IsBehind(absl::Time made, const std::string& path) const {
  if (made <= wanted_after_) return true;
  const absl::StatusOr<std::string> master = storage::PersonKeys::MasterIdOfCopy(path);
  return !master.ok() || *master != keys_->master_id();
}

void KeyBackups::RefreshLocked() {
  const absl::Status status = Bring();
  const std::string mistake(status.ok() ? "" : status.message());
  if (!mistake.empty() && mistake != last_mistake_) {
    log_(absl::StrCat("WARNING: keys: copies are not as they should be: ", mistake));
  }
  last_mistake_ = mistake;
}

absl::Status KeyBackups::Bring() {
  if (!keys_->exists()) return absl::OkStatus();
  if (absl::Status made = storage::MakeDirectories(folder_); !made.ok()) return made;
  auto copies = CopiesIn(folder_);
  if (!copies.ok()) return copies.status();
  const absl::Time now = now_();
  const auto& copied = copies->made;
  // Those later than now were made while the clock was ahead: how old they are cannot be told.
  const auto ahead = copied.upper_bound(now);
  const auto newest = ahead == copied.begin() ? copied.end() : std::prev(ahead);
  const bool due = newest == copied.end() || now - newest->first >= kKeyBackupInterval ||
                   IsBehind(newest->first, newest->second);
  if (due) {
    const std::string path = absl::StrCat(folder_, "/", NameOf(now));
    if (absl::Status status = keys_->CopyTo(path); !status.ok()) return status;
    wanted_after_ = absl::InfinitePast();
    log_(absl::StrCat("keys: copied to ", path));
  }
  for (const std::string& path : copies->unfinished) {
    if (absl::Status removed = keys_->RemoveCopy(path); !removed.ok()) return removed;
  }
  for (const auto& [made, path] : copied) {
    const bool of_the_future = made > now;
    if (!of_the_future && now - made < kept_for_) continue;
    if (absl::Status removed = keys_->RemoveCopy(path); !removed.ok()) return removed;
    log_(absl::StrCat("keys: ", path,
                      of_the_future ? " is of a time that has not come, and is removed"
                                    : " was kept for long enough and is removed"));
  }
  return absl::OkStatus();
}

}  // namespace passend::service
