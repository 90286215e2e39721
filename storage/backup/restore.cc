#include "storage/backup/restore.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "storage/anchor.h"
#include "storage/backup/backup_engine.h"
#include "storage/backup/backup_folder.h"
#include "storage/backup/file_digest.h"
#include "storage/database_opening.h"
#include "storage/files.h"
#include "storage/meta_codec.h"
#include "storage/open_errors.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

absl::Status NotEmpty(const std::string& target, const std::string& entry) {
  return absl::FailedPreconditionError(
      absl::StrCat(target, " is not empty (", entry,
                   "): a backup is restored into an empty folder only; move "
                   "what is there aside"));
}

// OK for a folder with nothing in it but what an interrupted restore left.
absl::Status CheckTarget(const std::string& target) {
  std::error_code error;
  const fs::path restoring = RestoringPath(target);
  const bool resumed = fs::exists(restoring, error);
  for (const auto& entry : fs::directory_iterator(target, error)) {
    const std::string name = entry.path().filename().string();
    if (name == restoring.filename() || name == "lock" || name == "lost+found") continue;
    if (resumed && name == "anchor") continue;
    return NotEmpty(target, name);
  }
  if (error) return FileFailed(target, "cannot read", error.value());
  return absl::OkStatus();
}

// As many as are read by somebody; verify tells more.
constexpr size_t kProblemsToldMax = 10;

std::string ProblemLines(const CheckedContents& checked) {
  std::string lines;
  const size_t told = std::min(checked.problems.size(), kProblemsToldMax);
  for (size_t i = 0; i < told; ++i) absl::StrAppend(&lines, "\n  ", checked.problems[i]);
  if (checked.problem_count > told) {
    absl::StrAppend(&lines, "\n  and ", checked.problem_count - told, " more");
  }
  return lines;
}

class Restoration {
 public:
  Restoration(const RestoreSettings& settings, DirectoryLock lock)
      : settings_(settings),
        lock_(std::move(lock)),
        making_(RestoringPath(settings.target)),
        work_(settings.work) {}

  absl::StatusOr<RestoredBackup> Run() {
    for (const auto step :
         {&Restoration::Choose, &Restoration::CheckKeys, &Restoration::Clear, &Restoration::Copy,
          &Restoration::CheckCopy, &Restoration::Erase, &Restoration::PutInPlace}) {
      if (absl::Status status = work_.Check(); !status.ok()) return status;
      if (absl::Status status = (this->*step)(); !status.ok()) return status;
    }
    return std::move(restored_);
  }

 private:
  absl::Status Choose() {
    const auto numbers = SealedNumbers(settings_.folder);
    if (!numbers.ok()) return numbers.status();
    numbers_ = *numbers;
    if (numbers_.empty()) {
      return absl::NotFoundError(absl::StrCat("there is no backup in ", settings_.folder));
    }
    const uint32_t number = settings_.number.value_or(numbers_.back());
    if (std::ranges::find(numbers_, number) == numbers_.end()) {
      return absl::NotFoundError(absl::StrCat("there is no backup ", number, " in ",
                                              settings_.folder, "; it has ",
                                              absl::StrJoin(numbers_, ", ")));
    }
    absl::StatusOr<BackupSeal> seal = ReadSeal(settings_.folder, number);
    if (!seal.ok()) return seal.status();
    seal_ = *std::move(seal);
    if (seal_.database_format > kDatabaseFormat) {
      return WrittenByNewerPassend(settings_.folder, seal_.database_format, kDatabaseFormat);
    }
    restored_.number = number;
    restored_.made_at = seal_.made_at;
    restored_.head = seal_.head;
    restored_.bytes = seal_.bytes();
    return absl::OkStatus();
  }

  absl::Status CheckKeys() {
    if (seal_.keys.empty()) return absl::OkStatus();
    if (settings_.keys == nullptr) {
      return absl::FailedPreconditionError(
          absl::StrCat("backup ", seal_.number,
                       " is encrypted: restoring it takes the master key and people's "
                       "keys, which know who was erased since"));
    }
    if (!settings_.keys->exists()) {
      return absl::FailedPreconditionError(absl::StrCat(
          settings_.keys->directory(), " has no people's keys; restore a copy of them first"));
    }
    const KeyStoreId& id = settings_.keys->id();
    if (ToHex({reinterpret_cast<const char*>(id.data()), id.size()}) == seal_.keys) {
      return absl::OkStatus();
    }
    return absl::FailedPreconditionError(absl::StrCat("the keys in ", settings_.keys->directory(),
                                                      " are of another database than "
                                                      "backup ",
                                                      seal_.number));
  }

  absl::Status Clear() {
    std::error_code error;
    fs::remove_all(making_, error);
    if (!error) fs::remove(settings_.target + "/anchor", error);
    if (error) return FileFailed(making_, "cannot remove", error.value());
    if (absl::Status made = MakeDirectories(making_ + "/db"); !made.ok()) return made;
    return SyncDirectory(settings_.target);
  }

  absl::Status Copy() {
    for (const SealedFile& file : seal_.files) work_.Expect(file.bytes);
    work_.Expect(seal_.bytes());  // to check what was written
    for (const SealedFile& file : seal_.files) {
      const std::string from = absl::StrCat(settings_.folder, "/", file.path);
      const bool listing = file.path == MetaPath(seal_.number);
      const std::string to = absl::StrCat(making_, "/db/", DatabaseNameOf(file.path));
      const auto read = listing ? DigestFile(from, work_) : CopyWithDigest(from, to, work_);
      if (absl::IsNotFound(read.status())) {
        return absl::DataLossError(
            absl::StrCat("backup ", seal_.number, " is damaged: file ", file.path, " is missing"));
      }
      if (!read.ok()) return read.status();
      if (read->bytes != file.bytes || read->digest != file.digest) {
        return absl::DataLossError(absl::StrCat(
            "backup ", seal_.number, " is damaged, or has a file of another one: the bytes of ",
            file.path, " are not those of the seal"));
      }
    }
    if (absl::Status synced = SyncDirectory(making_ + "/db"); !synced.ok()) return synced;
    return SyncDirectory(making_);
  }

  OpenOptions OptionsOfCopy() const {
    OpenOptions options;
    options.directory = making_;
    options.clock = settings_.clock;
    if (!seal_.keys.empty()) options.keys = settings_.keys;
    return options;
  }

  // What was written is read from where it was written.
  absl::Status CheckCopy() {
    const uint64_t before = work_.done();
    CheckSettings check;
    check.keys = OptionsOfCopy().keys;
    check.rules = settings_.rules;
    check.work.stopped = settings_.work.stopped;
    check.work.progress = [&](uint64_t done, uint64_t total) {
      const double share =
          static_cast<double>(done) / static_cast<double>(std::max(total, done) + 1);
      work_.Reach(before + static_cast<uint64_t>(share * static_cast<double>(seal_.bytes())));
    };
    const auto checked = CheckContentsAt(OptionsOfCopy(), making_ + "/db", check);
    if (!checked.ok()) return checked.status();
    if (checked->people_without_key > 0) {
      return absl::DataLossError(absl::StrCat(
          "the keys in ", settings_.keys->directory(), " are older than backup ", seal_.number,
          ": ", checked->people_without_key,
          " people have no key in them; take a later copy of the keys, or an earlier backup",
          ProblemLines(*checked)));
    }
    if (!checked->whole()) {
      return absl::DataLossError(absl::StrCat("backup ", seal_.number, " is damaged in ",
                                              checked->problem_count, " places",
                                              ProblemLines(*checked)));
    }
    if (checked->head != seal_.head) {
      return absl::DataLossError(absl::StrCat("backup ", seal_.number, " ends at commit ",
                                              checked->head.sequence, "; its seal says ",
                                              seal_.head.sequence));
    }
    JournalMark mark{seal_.head.sequence, {}};
    std::ranges::copy(seal_.head.chain, mark.chain.begin());
    return Anchor::Open(making_ + "/anchor", mark).status();
  }

  // Everybody whom the newest backup that can be read knows as erased.
  absl::StatusOr<std::set<std::string>> ErasedByNewest() {
    std::set<std::string> erased;
    for (auto at = numbers_.rbegin(); at != numbers_.rend() && *at > seal_.number; ++at) {
      const auto reader = BackupReader::Open(settings_.folder, *at);
      if (!reader.ok()) return reader.status();
      rocksdb::BackupInfo info;
      if (!(*reader)->Find(info).ok()) continue;
      OpenOptions options;
      options.directory = settings_.folder;
      options.env = info.env_for_open.get();
      const auto database = OpenDatabaseReadOnly(options, info.name_for_open);
      if (!database.ok()) continue;
      erased.clear();
      const absl::Status read =
          VisitTombstones(**database, [&](std::string_view person) { erased.emplace(person); });
      if (read.ok()) return erased;
      erased.clear();
    }
    return erased;
  }

  absl::Status Erase() {
    const absl::StatusOr<std::set<std::string>> by_newest = ErasedByNewest();
    if (!by_newest.ok()) return by_newest.status();
    restored_.erasures_since_unknown = seal_.keys.empty();
    // With keys: opening brings the tombstones' keys to an end. Erasing is done below, once for
    // both, with all that there is of a person.
    auto store = OpenRocksDbStore(OptionsOfCopy());
    if (!store.ok()) return store.status();
    const absl::StatusOr<std::set<std::string>> people = PeopleToErase(**store, *by_newest);
    if (!people.ok()) return people.status();
    for (const std::string& person : *people) {
      if (absl::Status status = work_.Check(); !status.ok()) return status;
      if (absl::Status erased = settings_.erase(**store, person); !erased.ok()) return erased;
      ++restored_.erased_again;
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::set<std::string>> PeopleToErase(const Store& store,
                                                      std::set<std::string> people) {
    std::set<std::string> known;
    absl::Status scanned = store.Scan({RecordKind::kErasure, "", ""}, [&](const Record& record) {
      known.insert(record.key.id);
      return true;
    });
    if (!scanned.ok()) return scanned;
    if (!seal_.keys.empty()) {
      // A record of somebody whose key was destroyed is passed over by the store's own scans.
      OpenOptions options = OptionsOfCopy();
      const absl::StatusOr<std::vector<std::string>> gone = GonePeople(options);
      if (!gone.ok()) return gone.status();
      people.insert(gone->begin(), gone->end());
    }
    std::erase_if(people, [&](const std::string& person) { return known.contains(person); });
    return people;
  }

  // Who has a passport in the copy and a destroyed key.
  absl::StatusOr<std::vector<std::string>> GonePeople(const OpenOptions& options) {
    const auto database = OpenDatabaseReadOnly(options, making_ + "/db");
    if (!database.ok()) return database.status();
    std::vector<std::string> gone;
    const absl::Status read = VisitIds(**database, RecordKind::kPassport, [&](std::string_view id) {
      if (settings_.keys->IsDestroyed(id)) gone.emplace_back(id);
    });
    if (!read.ok()) return read;
    return gone;
  }

  // The anchor first: a folder with an anchor and no database is opened by nobody.
  absl::Status PutInPlace() {
    const std::string anchor = settings_.target + "/anchor";
    if (absl::Status moved = Rename(making_ + "/anchor", anchor); !moved.ok()) return moved;
    if (absl::Status moved = Rename(making_ + "/db", settings_.target + "/db"); !moved.ok()) {
      return moved;
    }
    std::error_code error;
    fs::remove_all(making_, error);
    if (error) return FileFailed(making_, "cannot remove", error.value());
    return SyncDirectory(settings_.target);
  }

  const RestoreSettings& settings_;
  const DirectoryLock lock_;
  const std::string making_;
  WorkDone work_;
  std::vector<uint32_t> numbers_;
  BackupSeal seal_;
  RestoredBackup restored_;
};

}  // namespace

absl::StatusOr<RestoredBackup> RestoreBackup(const RestoreSettings& settings) {
  if (settings.target.empty()) return absl::InvalidArgumentError("a restore needs a target");
  if (absl::Status made = MakeDirectories(settings.target); !made.ok()) return made;
  if (absl::Status empty = CheckTarget(settings.target); !empty.ok()) return empty;
  absl::StatusOr<DirectoryLock> lock = DirectoryLock::Take(settings.target);
  if (!lock.ok()) return lock.status();
  return Restoration(settings, *std::move(lock)).Run();
}

}  // namespace passend::storage
