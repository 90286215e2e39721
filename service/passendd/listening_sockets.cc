#include "service/passendd/listening_sockets.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kUnix = "unix:";

absl::Status CannotListen(const std::string& listen, std::string_view why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", listen, ": ", ToAbsl(why)));
}

// Of the last call of the system.
absl::Status Failed(const std::string& listen) {
  if (errno == EADDRINUSE) return CannotListen(listen, "the address is taken");
  if (errno == EADDRNOTAVAIL) return CannotListen(listen, "the address is none of this machine's");
  return CannotListen(listen, std::strerror(errno));
}

int NewSocket(int family) { return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0); }

bool SomebodyListens(const sockaddr_un& address) {
  const int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection < 0) return false;
  const bool connected =
      connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  close(connection);
  return connected;
}

uint16_t PortOf(int listening) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  if (getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  if (address.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port);
  }
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

void SetPort(sockaddr* address, uint16_t port) {
  if (address->sa_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(address)->sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in*>(address)->sin_port = htons(port);
  }
}

}  // namespace

absl::StatusOr<ListeningSockets> ListeningSockets::Open(const std::string& listen) {
  ListeningSockets made;
  if (ToStd(listen).starts_with(kUnix)) {
    made.address_ = listen;
    if (absl::Status opened = made.OpenPath(listen.substr(kUnix.size())); !opened.ok()) {
      return opened;
    }
    return made;
  }
  const size_t colon = listen.rfind(':');
  const std::string port = listen.substr(colon + 1);
  std::string host = listen.substr(0, colon);
  if (absl::Status opened = made.OpenHost(host, port); !opened.ok()) return opened;
  made.address_ = absl::StrCat(host, ":", PortOf(made.sockets_.front()));
  return made;
}

absl::Status ListeningSockets::OpenPath(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) {
    return CannotListen(
        address_, absl::StrCat("a path has ", sizeof(address.sun_path) - 1, " bytes at most"));
  }
  std::memcpy(address.sun_path, path.data(), path.size());
  // A file that a server left behind is in the way; one on which somebody listens is theirs.
  if (SomebodyListens(address)) {
    return CannotListen(address_, "somebody else listens there already");
  }
  unlink(path.c_str());
  const int listening = NewSocket(AF_UNIX);
  if (listening < 0) return Failed(address_);
  sockets_.push_back(listening);
  if (bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    return Failed(address_);
  }
  path_ = path;
  return ::listen(listening, SOMAXCONN) == 0 ? absl::OkStatus() : Failed(address_);
}

absl::Status ListeningSockets::OpenHost(const std::string& host, const std::string& port) {
  const std::string said = absl::StrCat(host, ":", port);
  const bool in_brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const std::string name = in_brackets ? host.substr(1, host.size() - 2) : host;
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(name.c_str(), port.c_str(), &hints, &found); error != 0) {
    return CannotListen(said, gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
  absl::Status failed = CannotListen(said, "it stands for no address");
  for (addrinfo* at = found; at != nullptr; at = at->ai_next) {
    const int listening = NewSocket(at->ai_family);
    // A machine without IPv6 has names with addresses of it all the same.
    if (listening < 0 && errno == EAFNOSUPPORT) continue;
    if (listening < 0) return Failed(said);
    const int on = 1;
    const int off = 0;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    // `[::]` is everybody, whichever way they come.
    if (at->ai_family == AF_INET6) {
      setsockopt(listening, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    }
    if (!sockets_.empty()) SetPort(at->ai_addr, PortOf(sockets_.front()));
    if (bind(listening, at->ai_addr, at->ai_addrlen) != 0 || ::listen(listening, SOMAXCONN) != 0) {
      failed = Failed(said);
      const bool none_of_ours = errno == EADDRNOTAVAIL;
      close(listening);
      if (none_of_ours) continue;
      return failed;
    }
    sockets_.push_back(listening);
  }
  return sockets_.empty() ? failed : absl::OkStatus();
}

ListeningSockets::ListeningSockets(ListeningSockets&& other) noexcept
    : sockets_(std::exchange(other.sockets_, {})),
      address_(std::move(other.address_)),
      path_(std::exchange(other.path_, "")) {}

ListeningSockets::~ListeningSockets() {
  for (const int listening : sockets_) close(listening);
  if (!path_.empty()) unlink(path_.c_str());
}

}  // namespace passend::service
