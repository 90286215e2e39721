#include "service/client/sync/stream_guard.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace passend::client {

StreamGuard::StreamGuard(grpc::ClientContext& context, double seconds_max,
                         std::function<bool()> stop_asked)
    : context_(context),
      most_(
          std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds_max))),
      stop_asked_(std::move(stop_asked)),
      touched_(Clock::now().time_since_epoch().count()),
      thread_([this](const std::stop_token& ended) { Watch(ended); }) {}

void StreamGuard::Touch() { touched_ = Clock::now().time_since_epoch().count(); }

void StreamGuard::Watch(const std::stop_token& ended) {
  constexpr std::chrono::milliseconds kSlice(100);
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  while (!ended.stop_requested()) {
    const Clock::duration silent = Clock::now().time_since_epoch() - Clock::duration(touched_);
    if (silent > most_ || (stop_asked_ && stop_asked_())) {
      context_.TryCancel();
      return;
    }
    wake.wait_for(lock, ended, kSlice, [] { return false; });
  }
}

}  // namespace passend::client
