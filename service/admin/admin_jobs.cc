#include "service/admin/admin_jobs.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr absl::Duration kStep = absl::Microseconds(1);

std::string NameOf(v1::JobKind kind) { return kind == v1::JOB_KIND_BACKUP ? "backup" : "scrub"; }

}  // namespace

AdminJobRunner::~AdminJobRunner() {
  stopped_ = true;
  std::thread last;
  {
    absl::MutexLock lock(&mutex_);
    last = std::move(thread_);
  }
  if (last.joinable()) last.join();
}

v1::AdminJob AdminJobRunner::Start() {
  absl::MutexLock lock(&mutex_);
  if (job_.state() == v1::JOB_STATE_RUNNING || stopped_) return Seen();
  if (thread_.joinable()) thread_.join();  // it has said what came of it, and is about to end
  job_.Clear();
  job_.set_kind(kind_);
  job_.set_state(v1::JOB_STATE_RUNNING);
  last_start_ = std::max(now_(), last_start_ + kStep);
  *job_.mutable_start_time() = ToTimestamp(last_start_);
  done_bytes_ = 0;
  total_bytes_ = 0;
  thread_ = std::thread([this] { Run(); });
  return Seen();
}

v1::AdminJob AdminJobRunner::Get() const {
  absl::MutexLock lock(&mutex_);
  return Seen();
}

v1::AdminJob AdminJobRunner::Seen() const {
  v1::AdminJob seen = job_;
  seen.set_kind(kind_);
  if (seen.state() == v1::JOB_STATE_UNSPECIFIED) return seen;
  seen.set_done_bytes(static_cast<int64_t>(done_bytes_));
  seen.set_total_bytes(static_cast<int64_t>(total_bytes_));
  return seen;
}

void AdminJobRunner::Run() {
  const storage::LongWork work{[this](uint64_t done, uint64_t total) {
                                 done_bytes_ = done;
                                 total_bytes_ = total;
                               },
                               [this] { return stopped_.load(); }};
  v1::AdminJob outcome;
  work_(work, outcome);
  const bool well = outcome.problems().empty();
  log_(well ? absl::StrCat(NameOf(kind_), ": done, up to commit ", outcome.sequence())
            : absl::StrCat(stopped_ ? "" : "ERROR: ", NameOf(kind_),
                           ": failed: ", outcome.problems(0)));
  if (!stopped_) ended_(well);
  absl::MutexLock lock(&mutex_);
  outcome.set_kind(kind_);
  outcome.set_state(well ? v1::JOB_STATE_SUCCEEDED : v1::JOB_STATE_FAILED);
  *outcome.mutable_start_time() = job_.start_time();
  *outcome.mutable_end_time() = ToTimestamp(std::max(now_(), last_start_));
  if (well) done_bytes_ = total_bytes_.load();
  job_ = std::move(outcome);
}

}  // namespace passend::service
