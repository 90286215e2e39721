// A stream that may last, but not stand still.
#ifndef PASSEND_SERVICE_CLIENT_SYNC_STREAM_GUARD_H_
#define PASSEND_SERVICE_CLIENT_SYNC_STREAM_GUARD_H_

#include <grpcpp/client_context.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <stop_token>
#include <thread>

namespace passend::client {

// Cancels a call on which nothing came for so many seconds, or once the user wants to stop: a cut
// line may leave it open for ever. Thread safety: all members may be called from any thread. The
// context outlives it.
class StreamGuard {
 public:
  // `stop_asked` may be empty.
  StreamGuard(grpc::ClientContext& context, double seconds_max, std::function<bool()> stop_asked);

  // Something came.
  void Touch();

 private:
  using Clock = std::chrono::steady_clock;
  void Watch(const std::stop_token& ended);

  grpc::ClientContext& context_;
  const Clock::duration most_;
  const std::function<bool()> stop_asked_;
  std::atomic<Clock::rep> touched_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_SYNC_STREAM_GUARD_H_
