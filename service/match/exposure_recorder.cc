#include "service/match/exposure_recorder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/match/match_records.h"
#include "service/names/resource_names.h"
#include "service/records/change_event.h"

namespace passend::service {
namespace {

// A passport that changes between reading and writing has the batch refused: then it is made anew.
constexpr int kAttempts = 5;

}  // namespace

ExposureRecorder::ExposureRecorder(storage::Store& store,
                                   std::function<void(std::string_view line)> log,
                                   absl::Duration interval)
    : store_(store), log_(std::move(log)), interval_(interval), thread_([this] { Run(); }) {}

ExposureRecorder::~ExposureRecorder() {
  ending_.End();
  thread_.join();
}

void ExposureRecorder::Record(const std::vector<std::string>& passport_ids, absl::Time shown) {
  absl::MutexLock lock(&mutex_);
  for (const std::string& id : passport_ids) {
    const auto queued = queue_.find(id);
    if (queued != queue_.end()) {
      queued->second = std::max(queued->second, shown);
    } else if (queue_.size() < kExposuresQueuedMax) {
      queue_.emplace(id, shown);
    }
  }
}

absl::Status ExposureRecorder::Flush() {
  Queue queue;
  {
    absl::MutexLock lock(&mutex_);
    queue.swap(queue_);
  }
  absl::Status written = absl::OkStatus();
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    written = Write(queue);
    if (!absl::IsAborted(written)) break;
  }
  return written;
}

absl::Status ExposureRecorder::Write(const Queue& queue) {
  std::vector<storage::Key> passports;
  for (const auto& [id, shown] : queue) passports.push_back(KeyOf(PassportName{id}));
  if (passports.empty()) return absl::OkStatus();
  const auto records = store_.Read(passports);
  if (!records.ok()) return records.status();
  storage::Batch batch;
  auto record = records->begin();
  for (const auto& [id, shown] : queue) {
    const auto& passport = *record++;
    if (!passport) continue;
    batch.expectations.push_back({passport->key, passport->version});
    const storage::Key key = ExposureKey(id);
    batch.mutations.push_back({key, ExposureValue(shown)});
    batch.events.push_back(ChangeEvent(key, Change::kChanged));
  }
  if (batch.mutations.empty()) return absl::OkStatus();
  return store_.Commit(std::move(batch)).status();
}

void ExposureRecorder::Run() {
  bool ending = false;
  while (!ending) {
    ending = ending_.WaitFor(interval_);
    if (absl::Status flushed = Flush(); !flushed.ok()) {
      log_(absl::StrCat("WARNING: exposures: not written: ", flushed.ToString()));
    }
  }
}

}  // namespace passend::service
