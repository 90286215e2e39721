#include "service/match/index_builder.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "matcher/people_loader.h"
#include "passend/v1/task.pb.h"
#include "service/errors/call_errors.h"
#include "service/match/chunk_reader.h"
#include "service/match/passport_chunks.h"
#include "service/match/projection.h"
#include "service/match/skill_numbers.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

size_t ThreadsFor(const BuildOptions& options) {
  if (options.threads != 0) return options.threads;
  return std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kBuildThreadsMax);
}

// Calls `work` on so many threads, this one among them, and waits for all.
template <typename Work>
void OnThreads(size_t count, const Work& work) {
  std::vector<std::thread> threads;
  for (size_t other = 1; other < count; ++other) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
}

// One build. What is not guarded is thread-safe itself.
class Build {
 public:
  Build(const storage::Snapshot& snapshot, std::shared_ptr<const matcher::Taxonomy> taxonomy,
        const std::function<bool(size_t)>& progress, const BuildOptions& options)
      : snapshot_(snapshot),
        taxonomy_(std::move(taxonomy)),
        progress_(progress),
        threads_(ThreadsFor(options)),
        numbers_(taxonomy_),
        chunks_(snapshot, options.chunk_passports),
        loader_(options.layout),
        index_(std::make_shared<matcher::MatchIndex>(taxonomy_, options.layout)) {}

  absl::StatusOr<std::shared_ptr<matcher::MatchIndex>> Run() {
    OnThreads(threads_, [this] { Fail(ReadChunks()); });
    {
      absl::MutexLock lock(&mutex_);
      if (!status_.ok()) return status_;
    }
    OnThreads(threads_, [this] { loader_.LayOutRest(); });
    index_->LoadPeople(loader_.Finish());
    index_->Settle();
    return index_;
  }

 private:
  absl::Status ReadChunks() {
    if (FirstToAskForTasks()) {
      if (absl::Status read = ReadTasks(); !read.ok()) return read;
    }
    ChunkReader reader(snapshot_, numbers_);
    matcher::PeopleTray tray;
    PassportChunk used;
    while (!failed()) {
      absl::StatusOr<std::optional<PassportChunk>> chunk = chunks_.Next(std::move(used));
      if (!chunk.ok()) return chunk.status();
      if (!*chunk) return absl::OkStatus();
      if (absl::Status read = reader.Read(**chunk, tray); !read.ok()) return read;
      loader_.Take(tray);
      if (absl::Status told = Tell((*chunk)->count); !told.ok()) return told;
      used = **std::move(chunk);
    }
    return absl::OkStatus();
  }

  absl::Status ReadTasks() {
    v1::Task task;
    absl::Status parsed;
    const absl::Status scanned = snapshot_.ScanViews(
        {storage::RecordKind::kTask, "", ""}, [&](const storage::RecordView& record) {
          if (!task.ParseFromArray(record.value.data(), static_cast<int>(record.value.size()))) {
            parsed = DamagedData("a stored record");
            return false;
          }
          task.set_name(MakeName(TaskName{std::string(record.id)}));
          if (task.state() == v1::TASK_STATE_OPEN) index_->PutWork(WorkOf(task, *taxonomy_));
          return true;
        });
    return parsed.ok() ? scanned : parsed;
  }

  bool FirstToAskForTasks() {
    absl::MutexLock lock(&mutex_);
    return !std::exchange(tasks_taken_, true);
  }

  absl::Status Tell(size_t more_passports) {
    absl::MutexLock lock(&mutex_);
    passports_ += more_passports;
    return progress_(passports_) ? absl::OkStatus() : Cancelled();
  }

  bool failed() {
    absl::MutexLock lock(&mutex_);
    return !status_.ok();
  }

  void Fail(const absl::Status& status) {
    absl::MutexLock lock(&mutex_);
    if (status_.ok()) status_ = status;
  }

  const storage::Snapshot& snapshot_;
  const std::shared_ptr<const matcher::Taxonomy> taxonomy_;
  const std::function<bool(size_t)>& progress_;
  const size_t threads_;
  const SkillNumbers numbers_;
  PassportChunks chunks_;
  matcher::PeopleLoader loader_;
  const std::shared_ptr<matcher::MatchIndex> index_;

  absl::Mutex mutex_;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);  // the first error
  size_t passports_ ABSL_GUARDED_BY(mutex_) = 0;
  bool tasks_taken_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

absl::StatusOr<std::shared_ptr<matcher::MatchIndex>> BuildIndex(
    const storage::Snapshot& snapshot, std::shared_ptr<const matcher::Taxonomy> taxonomy,
    const std::function<bool(size_t)>& progress, const BuildOptions& options) {
  return Build(snapshot, std::move(taxonomy), progress, options).Run();
}

}  // namespace passend::service
