// The sockets on which the server listens, bound by ourselves.
#ifndef PASSEND_SERVICE_PASSENDD_LISTENING_SOCKETS_H_
#define PASSEND_SERVICE_PASSENDD_LISTENING_SOCKETS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace passend::service {

// Closes them at the end, and removes the file of a unix socket.
//
// Thread safety: immutable after Open.
class ListeningSockets {
 public:
  // `listen` has passed CheckListenAddress: `unix:/path`, or a host with a port. A name may stand
  // for several addresses; the server listens on all of them, on one port where 0 was asked for.
  // UNAVAILABLE where an address is taken, or is none of this machine's.
  static absl::StatusOr<ListeningSockets> Open(const std::string& listen);

  ListeningSockets(ListeningSockets&& other) noexcept;
  ListeningSockets& operator=(ListeningSockets&&) = delete;
  ~ListeningSockets();

  // They do not block.
  const std::vector<int>& sockets() const { return sockets_; }
  // What was asked for, with the port that was chosen where that was 0.
  const std::string& address() const { return address_; }

 private:
  ListeningSockets() = default;
  absl::Status OpenPath(const std::string& path);
  absl::Status OpenHost(const std::string& host, const std::string& port);

  std::vector<int> sockets_;
  std::string address_;
  std::string path_;  // of a unix socket; empty: none
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_LISTENING_SOCKETS_H_
