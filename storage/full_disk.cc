#include "storage/full_disk.h"

#include <cstdlib>
#include <memory>

#include "storage/store_errors.h"

namespace passend::storage {
namespace {

using std::chrono::seconds;

constexpr seconds kLookInterval{1};

// What the engine needs besides what it has in memory: a new log, a new list of files.
constexpr uint64_t kOtherBytes = uint64_t{64} << 20;

constexpr std::chrono::milliseconds kLookForFlushInterval{500};
// More than there can be forgotten flushes, of which each leaves memory to be written.
constexpr int kAskedFlushes = 8;

// It writes what it has in memory, some hundred megabytes at most. Whoever asks waits for the first
// of these; after the second it does not come back.
constexpr seconds kResumesWithin{2};
constexpr seconds kResumesAtLast{60};

}  // namespace

FullDisk::~FullDisk() {
  health_.merge_pause().EndForGood();
  if (!resuming()) return;
  if (!IsResumed(kResumesAtLast)) {
    health_
        .Stop(absl::UnavailableError("the database does not go on after its disk was full, and "
                                     "cannot be closed: the process ends, and nothing is lost"))
        .IgnoreError();  // said, where the store had not stopped yet
    std::abort();
  }
  thread_.join();
}

absl::Status FullDisk::GoOn() {
  const auto now = std::chrono::steady_clock::now();
  if (resuming()) return AwaitResumed(now);
  if (!health_.full()) {
    if (health_.merge_pause().is_on()) MergeAgain(now);
    return absl::OkStatus();
  }
  if (now < next_look_) return DiskFull();
  next_look_ = now + kLookInterval;
  // A merge that found no room while the engine goes on would have it wait for ever
  // (merge_pause.h). It begins none meanwhile.
  if (database_.Merges()) {
    health_.merge_pause().End();
    return DiskFull();
  }
  if (absl::Status full = LookForRoom(); !full.ok()) return full;
  if (!log_is_new_ && database_.NothingInMemory()) {
    return health_.Stop(absl::UnavailableError(
        "the disk was full, and has room again; the database has to be opened anew"));
  }
  BeginToResume(now);
  return AwaitResumed(now);
}

// Writes that wait for merges do not wait for the end of the pause where there is room again.
void FullDisk::MergeAgain(Time now) {
  if (now < next_look_) return;
  next_look_ = now + kLookInterval;
  if (database_.HoldsWritesBack() && LookForRoom().ok()) health_.merge_pause().End();
}

// Takes the room for a moment, in a file without a name, so that nothing is left of it.
absl::Status FullDisk::LookForRoom() const {
  const std::string name = directory_ + "/room";
  std::unique_ptr<rocksdb::WritableFile> file;
  rocksdb::Status status = env_.NewWritableFile(name, &file, rocksdb::EnvOptions());
  if (status.ok()) status = env_.DeleteFile(name);
  if (status.ok()) status = file->Append(rocksdb::Slice("room?"));
  if (status.ok()) status = file->Allocate(0, database_.BytesInMemory() + kOtherBytes);
  if (status.ok()) status = file->Sync();
  if (status.IsNoSpace()) return DiskFull();
  // Where room cannot be asked for (not every file system knows how to), trying tells.
  return absl::OkStatus();
}

void FullDisk::BeginToResume(Time now) {
  health_.SetFull(false);  // what fails from here on counts anew
  log_is_new_ = true;
  resuming_since_ = now;
  std::packaged_task<rocksdb::Status()> resume([this] { return database_.engine().Resume(); });
  resumed_ = resume.get_future();
  thread_ = std::thread(std::move(resume));
}

// A flush that was to begin when the disk was found to be full is forgotten: the engine counts one
// less to begin than it has to, and waits for the last until it is asked for another. So it would
// stay, were it asked once: asked while one is being written, it comes to those that are left too.
// While memory that can be written to has anything in it, it has not come to its flush yet.
bool FullDisk::IsResumed(std::chrono::milliseconds within) const {
  const Time deadline = std::chrono::steady_clock::now() + within;
  do {
    if (resumed_.wait_for(kLookForFlushInterval) == std::future_status::ready) return true;
    if (!database_.NothingInMemory() || !database_.FlushIsDue()) continue;
    for (int i = 0; i < kAskedFlushes; ++i) database_.BeginFlush().PermitUncheckedError();
  } while (std::chrono::steady_clock::now() < deadline);
  return false;
}

absl::Status FullDisk::AwaitResumed(Time now) {
  if (!IsResumed(kResumesWithin)) {
    if (now - resuming_since_ < kResumesAtLast) return DiskFull();
    return health_.Stop(
        absl::UnavailableError("the database does not go on after its disk was full"));
  }
  thread_.join();
  const rocksdb::Status resumed = resumed_.get();
  if (resumed.ok()) {
    log_is_new_ = false;
    health_.merge_pause().End();
    return absl::OkStatus();
  }
  if (!resumed.IsNoSpace()) return health_.Stop(FromRocksDb(resumed));
  health_.SetFull(true);
  return DiskFull();
}

}  // namespace passend::storage
