// Which of the open connections come from one address.
#ifndef PASSEND_SERVICE_PASSENDD_ADDRESS_SHARES_H_
#define PASSEND_SERVICE_PASSENDD_ADDRESS_SHARES_H_

#include <sys/socket.h>
#include <sys/types.h>

#include <cstddef>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/time/time.h"
#include "service/steady_now.h"

namespace passend::service {

// Whoever takes connections over does not say when they end. A number that is another file by now,
// or none, is a connection that has ended: that is looked at where an address has its share.
//
// Thread safety: one thread at a time.
class AddressShares {
 public:
  // It is looked again only after so long: that costs a call to the system for each connection.
  static constexpr absl::Duration kLookedAtFor = absl::Milliseconds(100);

  explicit AddressShares(std::function<absl::Time()> steady_now = SteadyNow)
      : steady_now_(std::move(steady_now)) {}

  // The address that a connection comes from: of IPv6 the network of 64 bits, of which one
  // machine has all. Empty for a unix socket.
  static std::string AddressOf(const sockaddr_storage& from);

  // Takes note of an open one, unless `address` is empty or has `share_max` of them already: then
  // false.
  bool Take(int connection, const std::string& address, size_t share_max);

 private:
  struct Known {
    std::string address;
    dev_t device;
    ino_t file;
  };
  struct Held {
    std::unordered_set<int> connections;
    absl::Time looked_at = absl::InfinitePast();
  };

  void Forget(int connection);
  void ForgetEnded(Held& held);

  const std::function<absl::Time()> steady_now_;
  std::unordered_map<int, Known> known_;
  std::unordered_map<std::string, Held> held_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_ADDRESS_SHARES_H_
