#include "service/passendd/address_shares.h"

#include <netinet/in.h>
#include <sys/stat.h>

#include <cstring>
#include <vector>

namespace passend::service {
namespace {

constexpr size_t kNetworkBytes = 8;  // of an IPv6 address
constexpr size_t kMappedAt = 12;     // an IPv4 address within an IPv6 one

template <typename Address>
std::string Bytes(const Address& address, size_t begin, size_t count) {
  std::string bytes(count, '\0');
  std::memcpy(bytes.data(), reinterpret_cast<const char*>(&address) + begin, count);
  return bytes;
}

}  // namespace

std::string AddressShares::AddressOf(const sockaddr_storage& from) {
  if (from.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &from, sizeof(v4));
    return Bytes(v4.sin_addr, 0, sizeof(v4.sin_addr));
  }
  if (from.ss_family != AF_INET6) return "";
  sockaddr_in6 v6{};
  std::memcpy(&v6, &from, sizeof(v6));
  return IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) ? Bytes(v6.sin6_addr, kMappedAt, sizeof(in_addr))
                                             : Bytes(v6.sin6_addr, 0, kNetworkBytes);
}

bool AddressShares::Take(int connection, const std::string& address, size_t share_max) {
  Forget(connection);  // who had the number has ended
  struct stat now {};
  if (address.empty() || fstat(connection, &now) != 0) return true;
  Held& held = held_[address];
  if (held.connections.size() >= share_max) ForgetEnded(held);
  if (held.connections.size() >= share_max) return false;
  held.connections.insert(connection);
  known_[connection] = {address, now.st_dev, now.st_ino};
  return true;
}

void AddressShares::Forget(int connection) {
  const auto found = known_.find(connection);
  if (found == known_.end()) return;
  const auto held = held_.find(found->second.address);
  held->second.connections.erase(connection);
  if (held->second.connections.empty()) held_.erase(held);
  known_.erase(found);
}

void AddressShares::ForgetEnded(Held& held) {
  const absl::Time now = steady_now_();
  if (now < held.looked_at + kLookedAtFor) return;
  held.looked_at = now;
  for (auto connection = held.connections.begin(); connection != held.connections.end();) {
    const Known& known = known_.at(*connection);
    struct stat file {};
    if (fstat(*connection, &file) == 0 && file.st_dev == known.device &&
        file.st_ino == known.file) {
      ++connection;
      continue;
    }
    known_.erase(*connection);
    connection = held.connections.erase(connection);
  }
}

}  // namespace passend::service
