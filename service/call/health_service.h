// grpc.health.v1, whose streams and messages are bounded as all others are. gRPC's own has no
// bound.
#ifndef PASSEND_SERVICE_CALL_HEALTH_SERVICE_H_
#define PASSEND_SERVICE_CALL_HEALTH_SERVICE_H_

#include <grpcpp/impl/service_type.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "service/call/admission.h"
#include "service/call/message_intake.h"

namespace passend::service {

// Streams that are told when health changes; nobody has to be known for one. One address has half
// of them at most, but for whoever comes by a unix socket, where all share one. Whoever gets none
// asks by Check, which waits in no queue and needs no place.
inline constexpr size_t kHealthWatchesMax = 256;

// Which services are served, and who is to be told when that changes.
//
// Thread safety: all methods may be called from any thread.
class Health {
 public:
  // As grpc.health.v1 numbers them.
  enum class Status { kServing = 1, kNotServing = 2, kServiceUnknown = 3 };

  // The server as a whole is the empty name. Nobody is served at first.
  explicit Health(const std::vector<std::string>& services);

  // Of all of them.
  void SetServing(bool serving);
  // Nobody is served any more, and nobody waits for news: streams end once they were told so.
  void End();

  Status Of(const std::string& service) const;
  bool ended() const;

  // `news` is called at each change until `who` is forgotten, and not after that. It may be called
  // while Watch has not returned yet, and must not call back.
  void Watch(const void* who, std::function<void()> news);
  void Forget(const void* who);

  Admission& watches() { return watches_; }

 private:
  // A change, and telling it.
  void Set(bool serving, bool ended);

  mutable absl::Mutex mutex_;
  std::map<std::string, Status> services_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  // Held while they are told, so that nobody is who was forgotten. Before mutex_.
  absl::Mutex watchers_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  std::map<const void*, std::function<void()>> watchers_ ABSL_GUARDED_BY(watchers_mutex_);
  Admission watches_{kHealthWatchesMax};
};

// Whose share of the streams a peer of gRPC takes: its address without the port. Empty for a unix
// socket.
std::string AddressOf(std::string_view peer);

// `health` must outlive it.
std::unique_ptr<grpc::Service> MakeHealthService(Health& health,
                                                 std::shared_ptr<MessageIntake> intake);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_HEALTH_SERVICE_H_
