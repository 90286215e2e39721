#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rocksdb/utilities/backup_engine.h"
#include "storage/backup/backup_engine.h"
#include "storage/backup/backup_folder.h"
#include "storage/backup/backups.h"
#include "storage/backup/file_digest.h"
#include "storage/database_opening.h"
#include "storage/embedded_store.h"
#include "storage/files.h"
#include "storage/open_errors.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

absl::Status DamagedFolder(const std::string& folder, uint32_t number, absl::string_view how) {
  return absl::DataLossError(absl::StrCat(
      "backup ", number, " in ", folder, " is damaged (", how,
      "): verify says what is left; keep the folder as it is, and make backups into another one"));
}

class BackupWriter {
 public:
  BackupWriter(const EmbeddedStore& store, const BackupSettings& settings, DirectoryLock lock)
      : store_(store), settings_(settings), lock_(std::move(lock)), work_(settings.work) {}

  absl::StatusOr<MadeBackup> Run() {
    for (const auto step :
         {&BackupWriter::ReadSeals, &BackupWriter::CheckHistory, &BackupWriter::CheckLists,
          &BackupWriter::OpenEngine, &BackupWriter::ClearUnfinished, &BackupWriter::Copy,
          &BackupWriter::ReadFacts, &BackupWriter::SealIt, &BackupWriter::DropOld}) {
      if (absl::Status status = work_.Check(); !status.ok()) return status;
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    return MadeBackup{seal_.number, seal_.head, seal_.bytes(), new_bytes_,
                      static_cast<uint32_t>(seals_.size())};
  }

 private:
  absl::Status ReadSeals() {
    const auto numbers = SealedNumbers(settings_.folder);
    if (!numbers.ok()) return numbers.status();
    for (const uint32_t number : *numbers) {
      absl::StatusOr<BackupSeal> seal = ReadSeal(settings_.folder, number);
      if (absl::IsDataLoss(seal.status())) {
        return DamagedFolder(settings_.folder, number, seal.status().message());
      }
      if (!seal.ok()) return seal.status();
      seals_[number] = *std::move(seal);
    }
    return absl::OkStatus();
  }

  absl::Status CheckHistory() {
    const rocksdb::Status named = store_.database().engine().GetDbIdentity(engine_);
    if (!named.ok()) return FromRocksDb(named);
    while (!engine_.empty() && std::isspace(static_cast<unsigned char>(engine_.back()))) {
      engine_.pop_back();
    }
    if (seals_.empty()) return absl::OkStatus();
    const BackupSeal& newest = seals_.rbegin()->second;
    const absl::StatusOr<ChainPoint> here = store_.ChainAt(newest.head.sequence);
    const bool behind = newest.head.sequence > store_.LastSequence();
    if (here.ok() ? *here == newest.head
                  : absl::IsOutOfRange(here.status()) && !behind && newest.engine == engine_) {
      return absl::OkStatus();
    }
    if (!here.ok() && !absl::IsOutOfRange(here.status())) return here.status();
    return absl::FailedPreconditionError(absl::StrCat(
        "the backups in ", settings_.folder, " are of another history than this database: number ",
        newest.number, " has commit ", newest.head.sequence, " as this database ",
        behind ? "does not have it yet" : "does not know it",
        "; after a restore, backups go into a folder of their own"));
  }

  // The engine aborts on lists that do not agree: only those are left to it that are as they were
  // sealed. A list without a seal is of a backup that was never finished.
  absl::Status CheckLists() {
    const auto listed = ListedNumbers(settings_.folder);
    if (!listed.ok()) return listed.status();
    for (const uint32_t number : *listed) {
      const std::string list = absl::StrCat(settings_.folder, "/", MetaPath(number));
      const auto seal = seals_.find(number);
      if (seal == seals_.end()) {
        std::error_code failed;
        std::filesystem::remove(list, failed);
        if (failed) return absl::UnavailableError(absl::StrCat("cannot remove ", list));
        continue;
      }
      const auto& files = seal->second.files;
      const auto sealed = std::ranges::find(files, MetaPath(number), &SealedFile::path);
      const auto read = DigestFile(list, work_);
      if (absl::IsCancelled(read.status())) return read.status();
      if (sealed == files.end() || !read.ok() || read->digest != sealed->digest) {
        return DamagedFolder(settings_.folder, number, "its list of files is not as it was sealed");
      }
    }
    return absl::OkStatus();
  }

  absl::Status OpenEngine() {
    auto engine = OpenBackupEngine(settings_.folder, settings_.bytes_a_second,
                                   store_.database().engine().GetEnv());
    if (!engine.ok()) return engine.status();
    engine_of_backups_ = *std::move(engine);
    std::vector<rocksdb::BackupInfo> infos;
    engine_of_backups_->GetBackupInfo(&infos);
    std::set<uint32_t> good;
    for (const rocksdb::BackupInfo& info : infos) good.insert(info.backup_id);
    for (const auto& [number, seal] : seals_) {
      if (!good.contains(number)) {
        return DamagedFolder(settings_.folder, number, "a file is missing or of another size");
      }
    }
    return absl::OkStatus();
  }

  // Files that no list names any more.
  absl::Status ClearUnfinished() { return FromRocksDb(engine_of_backups_->GarbageCollect()); }

  absl::Status Copy() {
    std::vector<rocksdb::LiveFileMetaData> files;
    store_.database().engine().GetLiveFilesMetaData(&files);
    uint64_t bytes = 0;
    for (const auto& file : files) bytes += file.size;
    work_.Expect(2 * bytes);  // copied, and read back
    rocksdb::CreateBackupOptions create;
    create.flush_before_backup = true;
    create.progress_callback = [this] {
      work_.Add(kCopyStepBytes);
      if (!work_.Check().ok()) engine_of_backups_->StopBackup();
    };
    const rocksdb::Status made =
        engine_of_backups_->CreateNewBackup(create, &store_.database().engine(), &seal_.number);
    if (made.IsNoSpace()) {
      return absl::ResourceExhaustedError(
          absl::StrCat("the disk of ", settings_.folder, " is full; earlier backups are whole"));
    }
    if (absl::Status status = work_.Check(); !status.ok()) return status;
    return FromRocksDb(made);
  }

  // Opens what was copied: a backup that does not open gets no seal.
  absl::Status ReadFacts() {
    rocksdb::BackupInfo info;
    const rocksdb::Status found =
        engine_of_backups_->GetBackupInfo(seal_.number, &info, /*include_file_details=*/true);
    if (!found.ok()) return FromRocksDb(found);
    OpenOptions options;
    options.directory = settings_.folder;
    options.env = info.env_for_open.get();
    {
      const auto database = OpenDatabaseReadOnly(options, info.name_for_open);
      if (!database.ok()) return database.status();
      const absl::StatusOr<CheckedContents> facts = ReadOwnFacts(**database);
      if (!facts.ok()) return facts.status();
      seal_.head = facts->head;
      seal_.database_format = facts->format;
      seal_.keys = facts->keys;
    }
    seal_.engine = engine_;
    seal_.made_at = absl::FromUnixSeconds(absl::ToUnixSeconds(settings_.clock()));
    for (const auto& file : info.file_details) {
      seal_.files.push_back({file.relative_filename, file.size, ""});
    }
    seal_.files.push_back({MetaPath(seal_.number), 0, ""});
    std::ranges::sort(seal_.files, {}, &SealedFile::path);
    return absl::OkStatus();
  }

  absl::Status SealIt() {
    std::map<std::string, SealedFile> known;
    for (const auto& [number, seal] : seals_) {
      for (const SealedFile& file : seal.files) known[file.path] = file;
    }
    for (SealedFile& file : seal_.files) {
      if (const auto at = known.find(file.path); at != known.end()) {
        file = at->second;  // it was read when it was new; verify reads it again
        continue;
      }
      const auto digest = DigestFile(absl::StrCat(settings_.folder, "/", file.path), work_);
      if (!digest.ok()) return digest.status();
      if (file.bytes != digest->bytes && file.path != MetaPath(seal_.number)) {
        return absl::DataLossError(absl::StrCat(file.path, " has ", digest->bytes,
                                                " bytes; the engine wrote ", file.bytes));
      }
      file.bytes = digest->bytes;
      file.digest = digest->digest;
      new_bytes_ += file.bytes;
    }
    if (absl::Status made = MakeDirectories(settings_.folder + "/seals"); !made.ok()) return made;
    if (absl::Status made = SyncDirectory(settings_.folder); !made.ok()) return made;
    if (absl::Status written =
            WriteWhole(SealPath(settings_.folder, seal_.number), EncodeSeal(seal_));
        !written.ok()) {
      return written;
    }
    seals_[seal_.number] = seal_;
    return absl::OkStatus();
  }

  absl::Status DropOld() {
    while (seals_.size() > std::max<uint32_t>(settings_.kept, 1)) {
      const uint32_t oldest = seals_.begin()->first;
      const std::string path = SealPath(settings_.folder, oldest);
      std::error_code error;
      std::filesystem::remove(path, error);
      if (error) return FileFailed(path, "cannot remove", error.value());
      if (absl::Status synced = SyncDirectory(settings_.folder + "/seals"); !synced.ok()) {
        return synced;
      }
      seals_.erase(oldest);
      const rocksdb::Status deleted = engine_of_backups_->DeleteBackup(oldest);
      if (!deleted.ok()) return FromRocksDb(deleted);
    }
    return absl::OkStatus();
  }

  const EmbeddedStore& store_;
  const BackupSettings& settings_;
  const DirectoryLock lock_;
  WorkDone work_;
  std::map<uint32_t, BackupSeal> seals_;
  std::string engine_;
  std::unique_ptr<rocksdb::BackupEngine> engine_of_backups_;
  BackupSeal seal_;
  uint64_t new_bytes_ = 0;
};

}  // namespace

absl::StatusOr<MadeBackup> MakeBackup(Store& store, const BackupSettings& settings) {
  auto* const embedded = dynamic_cast<EmbeddedStore*>(&store);
  if (embedded == nullptr) {
    return absl::FailedPreconditionError("only a store on a disk can be backed up");
  }
  if (settings.folder.empty()) return absl::InvalidArgumentError("a backup needs a folder");
  if (absl::Status made = MakeDirectories(settings.folder); !made.ok()) return made;
  absl::StatusOr<DirectoryLock> lock = DirectoryLock::Take(settings.folder);
  if (absl::IsFailedPrecondition(lock.status())) {
    return absl::FailedPreconditionError(
        absl::StrCat("another backup is being made into ", settings.folder));
  }
  if (!lock.ok()) return lock.status();
  // A backup writes what is in memory to files first.
  if (absl::Status status = embedded->GoOn(); !status.ok()) return status;
  absl::StatusOr<MadeBackup> made = BackupWriter(*embedded, settings, *std::move(lock)).Run();
  if (made.ok() && embedded->options().backed_up) embedded->options().backed_up();
  return made;
}

}  // namespace passend::storage
