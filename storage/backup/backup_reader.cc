#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/backup/backup_engine.h"
#include "storage/backup/backup_folder.h"
#include "storage/backup/backups.h"
#include "storage/backup/file_digest.h"
#include "storage/files.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {
namespace {

// Whether a backup without a seal is where one is being made, or removed for being too old.
bool IsAtAnEnd(uint32_t number, const std::vector<uint32_t>& sealed) {
  return sealed.empty() || number < sealed.front() || number > sealed.back();
}

// Each file is read once, however many backups have it.
class FolderReader {
 public:
  FolderReader(const std::string& folder, const CheckSettings& settings)
      : folder_(folder), settings_(settings), work_(settings.work) {}

  absl::StatusOr<VerifiedFolder> Run(std::optional<uint32_t> asked) {
    VerifiedFolder found;
    // In this order: a backup that is listed, and that nobody is making any more, has its seal.
    const auto listed = ListedNumbers(folder_);
    if (!listed.ok()) return listed.status();
    const bool being_made = DirectoryLock::IsTaken(folder_);
    const auto sealed = SealedNumbers(folder_);
    if (!sealed.ok()) return sealed.status();
    std::vector<uint32_t> numbers = *sealed;
    if (asked) std::erase_if(numbers, [&](uint32_t number) { return number != *asked; });
    if (!asked) {
      for (const uint32_t number : *listed) {
        if (std::ranges::find(*sealed, number) != sealed->end()) continue;
        if (being_made && IsAtAnEnd(number, *sealed)) continue;
        found.problems.push_back(absl::StrCat(
            "backup ", number, " has no seal: it is unfinished, or its seal was lost"));
      }
    }
    if (numbers.empty() && found.problems.empty()) {
      return absl::NotFoundError(absl::StrCat(
          "there is no backup ", asked ? absl::StrCat(*asked, " ") : "", "in ", folder_));
    }
    for (const uint32_t number : numbers) ReadOneSeal(number, found);
    for (VerifiedBackup& backup : found.backups) {
      if (absl::Status status = Files(backup); !status.ok()) return status;
    }
    for (VerifiedBackup& backup : found.backups) {
      if (!backup.problems.empty()) continue;  // what does not have its bytes is not opened
      if (absl::Status status = Contents(backup); !status.ok()) return status;
    }
    // Whose seal has gone meanwhile was removed by a backup that was made.
    std::erase_if(found.backups, [&](const VerifiedBackup& backup) {
      std::error_code error;
      return !backup.whole() && !std::filesystem::exists(SealPath(folder_, backup.number), error) &&
             !error;
    });
    return found;
  }

 private:
  void ReadOneSeal(uint32_t number, VerifiedFolder& found) {
    VerifiedBackup& backup = found.backups.emplace_back();
    backup.number = number;
    absl::StatusOr<BackupSeal> seal = ReadSeal(folder_, number);
    if (!seal.ok()) {
      backup.problems.push_back(std::string(seal.status().message()));
      return;
    }
    backup.made_at = seal->made_at;
    backup.files = seal->files.size();
    backup.bytes = seal->bytes();
    backup.contents.head = seal->head;
    work_.Expect(backup.bytes);  // to look into it
    for (const SealedFile& file : seal->files) {
      if (digests_.try_emplace(file.path).second) work_.Expect(file.bytes);
    }
    seals_[number] = *std::move(seal);
  }

  absl::Status Files(VerifiedBackup& backup) {
    for (const SealedFile& file : seals_[backup.number].files) {
      auto& known = digests_[file.path];
      if (!known) {
        const auto read = DigestFile(absl::StrCat(folder_, "/", file.path), work_);
        if (absl::IsCancelled(read.status())) return read.status();
        known = read.ok() ? read : absl::StatusOr<FileDigest>(read.status());
      }
      if (!known->ok()) {
        backup.problems.push_back(
            absl::IsNotFound(known->status())
                ? absl::StrCat("file ", file.path, " is missing")
                : absl::StrCat("file ", file.path, ": ", known->status().message()));
      } else if ((*known)->bytes != file.bytes) {
        backup.problems.push_back(absl::StrCat("file ", file.path, " has ", (*known)->bytes,
                                               " bytes instead of ", file.bytes));
      } else if ((*known)->digest != file.digest) {
        backup.problems.push_back(
            absl::StrCat("file ", file.path, " is damaged: its bytes are not those of the seal"));
      }
    }
    return absl::OkStatus();
  }

  absl::Status Contents(VerifiedBackup& backup) {
    const BackupSeal& seal = seals_[backup.number];
    const auto reader = BackupReader::Open(folder_, backup.number);
    if (!reader.ok()) return reader.status();
    rocksdb::BackupInfo info;
    const rocksdb::Status found = (*reader)->Find(info);
    if (!found.ok()) {
      backup.problems.push_back(absl::StrCat("the engine does not read it: ", found.ToString()));
      return absl::OkStatus();
    }
    OpenOptions options;
    options.directory = folder_;
    options.env = info.env_for_open.get();
    CheckSettings settings = settings_;
    const uint64_t before = work_.done();
    settings.work.progress = [&](uint64_t done, uint64_t total) {
      const double share =
          static_cast<double>(done) / static_cast<double>(std::max(total, done) + 1);
      work_.Reach(before + static_cast<uint64_t>(share * static_cast<double>(backup.bytes)));
    };
    auto checked = CheckContentsAt(options, info.name_for_open, settings);
    if (absl::IsCancelled(checked.status())) return checked.status();
    if (!checked.ok()) {
      backup.problems.push_back(std::string(checked.status().message()));
      return absl::OkStatus();
    }
    work_.Reach(before + backup.bytes);
    backup.contents = *std::move(checked);
    if (backup.contents.head != seal.head || backup.contents.keys != seal.keys ||
        backup.contents.format != seal.database_format) {
      backup.problems.push_back(absl::StrCat("it has commit ", backup.contents.head.sequence,
                                             ", and not what its seal says: ", seal.head.sequence));
    }
    return absl::OkStatus();
  }

  const std::string& folder_;
  const CheckSettings& settings_;
  WorkDone work_;
  std::map<uint32_t, BackupSeal> seals_;
  std::map<std::string, std::optional<absl::StatusOr<FileDigest>>> digests_;
};

}  // namespace

bool VerifiedFolder::whole() const {
  return problems.empty() && std::ranges::all_of(backups, &VerifiedBackup::whole);
}

absl::StatusOr<VerifiedFolder> VerifyBackups(const std::string& folder,
                                             std::optional<uint32_t> number,
                                             const CheckSettings& settings) {
  return FolderReader(folder, settings).Run(number);
}

}  // namespace passend::storage
