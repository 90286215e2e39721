#include "service/watch/commit_figures.h"

#include <chrono>
#include <utility>

#include "storage/store_errors.h"

namespace passend::service {
namespace {

constexpr char kBusy[] = "busy";
constexpr char kNoRoom[] = "no_room";
constexpr char kOther[] = "other";

const char* WhyOf(const absl::Status& status) {
  if (!absl::IsResourceExhausted(status)) return kOther;
  return status == storage::StoreBusy() ? kBusy : kNoRoom;
}

}  // namespace

CommitFigures::CommitFigures(storage::Store& inner, prometheus::Registry& registry)
    : ForwardingStore(inner),
      seconds_(prometheus::BuildHistogram()
                   .Name("passend_commit_seconds")
                   .Help("How long commits took that were made")
                   .Register(registry)
                   .Add({}, prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.0025, 0.005,
                                                                    0.01, 0.025, 0.05, 0.1, 0.25,
                                                                    0.5, 1, 2.5, 5, 10, 30})),
      failed_(prometheus::BuildCounter()
                  .Name("passend_commits_failed_total")
                  .Help("Commits that were not made, by code and by why")
                  .Register(registry)) {
  // At 0 from the start: a counter that is born at 1 has not increased.
  FailedWith(absl::StatusCode::kResourceExhausted, kBusy);
  FailedWith(absl::StatusCode::kResourceExhausted, kNoRoom);
  for (const auto code :
       {absl::StatusCode::kUnavailable, absl::StatusCode::kDataLoss, absl::StatusCode::kAborted}) {
    FailedWith(code, kOther);
  }
}

prometheus::Counter& CommitFigures::FailedWith(absl::StatusCode code, const char* why) {
  return failed_.Add({{"code", absl::StatusCodeToString(code)}, {"why", why}});
}

absl::StatusOr<storage::CommitResult> CommitFigures::Commit(storage::Batch batch) {
  const auto began = std::chrono::steady_clock::now();
  auto result = ForwardingStore::Commit(std::move(batch));
  if (result.ok()) {
    disk_full_.store(false);
    seconds_.Observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  } else {
    if (result.status() == storage::DiskFull()) disk_full_.store(true);
    FailedWith(result.status().code(), WhyOf(result.status())).Increment();
  }
  return result;
}

}  // namespace passend::service
