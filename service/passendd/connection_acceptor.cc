#include "service/passendd/connection_acceptor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <utility>
#include <vector>

#include "service/watch/process_figures.h"

namespace passend::service {
namespace {

// How soon it is tried again after the system had no room for a connection.
constexpr int kNoRoomMilliseconds = 100;

// The system gives the lowest number that is free: a connection with this number, or a higher one,
// means that so many files are open.
size_t FilesForConnections() {
  const size_t all = OpenFilesMax();
  return all - std::min(all / 4, ConnectionAcceptor::kFilesKeptMax);
}

}  // namespace

ConnectionAcceptor::ConnectionAcceptor(ListeningSockets sockets, std::function<void(int, int)> take,
                                       std::function<void()> turned_away)
    : sockets_(std::move(sockets)),
      take_(std::move(take)),
      turned_away_(std::move(turned_away)),
      ending_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { Run(); }) {}

ConnectionAcceptor::~ConnectionAcceptor() {
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(ending_, &one, sizeof(one));
  thread_.join();
  close(ending_);
}

void ConnectionAcceptor::Run() {
  std::vector<pollfd> watched = {{ending_, POLLIN, 0}};
  for (const int listening : sockets_.sockets()) watched.push_back({listening, POLLIN, 0});
  while (true) {
    // Where there is no room, whoever waits would wake it again at once.
    const nfds_t count = no_room_ ? 1 : watched.size();
    const int ready = poll(watched.data(), count, no_room_ ? kNoRoomMilliseconds : -1);
    if (ready < 0 && errno != EINTR) return;
    if ((watched[0].revents & POLLIN) != 0) return;
    no_room_ = false;
    for (size_t i = 1; i < watched.size(); ++i) {
      while (AcceptOne(watched[i].fd)) {
      }
    }
  }
}

bool ConnectionAcceptor::AcceptOne(int listening) {
  sockaddr_storage from{};
  socklen_t length = sizeof(from);
  const int connection =
      accept4(listening, reinterpret_cast<sockaddr*>(&from), &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (connection < 0) {
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      no_room_ = true;
      turned_away_();
      return false;
    }
    return errno == EINTR || errno == ECONNABORTED;
  }
  const size_t files = FilesForConnections();
  if (static_cast<size_t>(connection) >= files ||
      !shares_.Take(connection, AddressShares::AddressOf(from), std::max<size_t>(files / 2, 1))) {
    close(connection);
    turned_away_();
    return true;
  }
  const int on = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));  // no-op for unix sockets
  take_(listening, connection);
  return true;
}

}  // namespace passend::service
