#include "storage/backup/scrub.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/anchor.h"
#include "storage/database_opening.h"
#include "storage/embedded_store.h"
#include "storage/files.h"
#include "storage/journal_reader.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

// A running engine may be in the middle of a line of its list of files: then it is looked again.
constexpr int kTries = 5;
constexpr absl::Duration kPause = absl::Milliseconds(200);

// As long as it lives, the engine removes no file.
class FilesStay {
 public:
  explicit FilesStay(rocksdb::DB& engine)
      : engine_(engine), status_(engine.DisableFileDeletions()) {}
  ~FilesStay() {
    if (status_.ok()) engine_.EnableFileDeletions(/*force=*/false).PermitUncheckedError();
  }
  FilesStay(const FilesStay&) = delete;
  FilesStay& operator=(const FilesStay&) = delete;
  const rocksdb::Status& status() const { return status_; }

 private:
  rocksdb::DB& engine_;
  const rocksdb::Status status_;
};

}  // namespace

absl::StatusOr<CheckedContents> ScrubStore(Store& store, const CheckSettings& settings) {
  const auto* embedded = dynamic_cast<const EmbeddedStore*>(&store);
  if (embedded == nullptr) {
    return absl::FailedPreconditionError("only a store on a disk can be scrubbed");
  }
  OpenOptions options = embedded->options();
  const FilesStay stay(embedded->database().engine());
  if (!stay.status().ok()) return FromRocksDb(stay.status());
  const ChainPoint before{embedded->LastSequence(), ""};
  CheckSettings with_keys = settings;
  with_keys.keys = options.keys;
  absl::StatusOr<CheckedContents> checked;
  for (int tried = 1;; ++tried) {
    checked = CheckContentsAt(options, DatabasePath(options), with_keys);
    if (checked.ok() || absl::IsCancelled(checked.status()) || tried == kTries) break;
    absl::SleepFor(kPause);
  }
  if (!checked.ok()) return checked;
  if (checked->head.sequence < before.sequence) {
    ++checked->problem_count;
    checked->problems.push_back(absl::StrCat("the files end at commit ", checked->head.sequence,
                                             ", and ", before.sequence, " was answered"));
  }
  return checked;
}

absl::StatusOr<CheckedContents> ScrubDirectory(const std::string& directory,
                                               const CheckSettings& settings) {
  OpenOptions options;
  options.directory = directory;
  std::error_code error;
  if (!std::filesystem::exists(DatabasePath(options), error)) {
    return absl::NotFoundError(absl::StrCat("there is no database in ", directory));
  }
  const absl::StatusOr<DirectoryLock> lock = DirectoryLock::Take(directory);
  if (!lock.ok()) return lock.status();
  absl::StatusOr<CheckedContents> checked =
      CheckContentsAt(options, DatabasePath(options), settings);
  if (!checked.ok()) return checked;
  const absl::StatusOr<std::optional<JournalMark>> anchor = Anchor::Read(AnchorPath(options));
  absl::Status status = anchor.status();
  if (status.ok()) {
    const auto database = OpenDatabaseReadOnly(options, DatabasePath(options));
    if (!database.ok()) return database.status();
    const absl::StatusOr<JournalMark> head = ReadHead(**database);
    if (!head.ok()) return head.status();
    const absl::StatusOr<JournalFloor> floor = ReadFloor(**database);
    if (!floor.ok()) return floor.status();
    options.journal_check_entries = 0;  // all of them have been followed
    status = CheckDatabase(options, **database, *anchor, *head, *floor);
  }
  if (!status.ok()) {
    ++checked->problem_count;
    checked->problems.push_back(std::string(status.message()));
  }
  return checked;
}

}  // namespace passend::storage
