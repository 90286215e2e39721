// Lets connections in, as long as there is room for them.
#ifndef PASSEND_SERVICE_PASSENDD_CONNECTION_ACCEPTOR_H_
#define PASSEND_SERVICE_PASSENDD_CONNECTION_ACCEPTOR_H_

#include <cstddef>
#include <functional>
#include <thread>

#include "service/passendd/address_shares.h"
#include "service/passendd/listening_sockets.h"

namespace passend::service {

// Of so many files that the process may have open, connections take all but a quarter, or all but
// 1,024 where that is less: the rest is for the store, which stops where it cannot open a file, and
// for whoever asks for figures. One address has half of them at most (address_shares.h). Who comes
// when there is no room is turned away at once, and let in when there is room again.
//
// Thread safety: one thread at a time.
class ConnectionAcceptor {
 public:
  static constexpr size_t kFilesKeptMax = 1'024;

  // `take` gets the socket of each connection, which is its own from then on, and does not block;
  // and the one that it came by. `turned_away` is told of each that is. Both are called from a
  // thread of the acceptor, and must outlive it.
  ConnectionAcceptor(ListeningSockets sockets,
                     std::function<void(int listening, int connection)> take,
                     std::function<void()> turned_away);
  // Lets nobody in any more.
  ~ConnectionAcceptor();
  ConnectionAcceptor(const ConnectionAcceptor&) = delete;
  ConnectionAcceptor& operator=(const ConnectionAcceptor&) = delete;

 private:
  void Run();
  // One that waits there; false where none does, or none can be had.
  bool AcceptOne(int listening);

  const ListeningSockets sockets_;
  const std::function<void(int, int)> take_;
  const std::function<void()> turned_away_;
  const int ending_;  // readable at the end
  bool no_room_ = false;
  AddressShares shares_;  // of the thread
  std::thread thread_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_CONNECTION_ACCEPTOR_H_
