#include "service/passendd/connection_acceptor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "service/passendd/address_shares.h"
#include "service/watch/process_figures.h"
#include "tests/service/folder.h"

namespace passend::service {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

// Keeps what it is given, until it is closed.
class Taker {
 public:
  ~Taker() { CloseAll(); }
  void Take(int connection) {
    absl::MutexLock lock(&mutex_);
    taken_.push_back(connection);
  }
  size_t count() {
    absl::MutexLock lock(&mutex_);
    return taken_.size();
  }
  void CloseAll() {
    absl::MutexLock lock(&mutex_);
    for (const int connection : taken_) close(connection);
    taken_.clear();
  }

 private:
  absl::Mutex mutex_;
  std::vector<int> taken_ ABSL_GUARDED_BY(mutex_);
};

template <typename Condition>
bool ComesTrue(Condition condition) {
  for (int i = 0; i < 500 && !condition(); ++i) absl::SleepFor(absl::Milliseconds(10));
  return condition();
}

sockaddr_in OfPort(const char* host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  EXPECT_EQ(inet_pton(AF_INET, host, &address.sin_addr), 1);
  return address;
}

// With a socket for TCP, from an address of this machine's.
void ConnectFrom(const char* from, int connection, const std::string& address) {
  int port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(address.substr(address.rfind(':') + 1), &port));
  const sockaddr_in own = OfPort(from, 0);
  EXPECT_EQ(bind(connection, reinterpret_cast<const sockaddr*>(&own), sizeof(own)), 0);
  const sockaddr_in to = OfPort("127.0.0.1", port);
  EXPECT_EQ(connect(connection, reinterpret_cast<const sockaddr*>(&to), sizeof(to)), 0);
}

int Connect(const std::string& address) {
  if (address.starts_with("unix:")) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, address.data() + 5, address.size() - 5);
    const int connection = socket(AF_UNIX, SOCK_STREAM, 0);
    EXPECT_EQ(connect(connection, reinterpret_cast<sockaddr*>(&to), sizeof(to)), 0);
    return connection;
  }
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  ConnectFrom("127.0.0.1", connection, address);
  return connection;
}

// The limit as it was comes back at the end.
class FilesMax {
 public:
  explicit FilesMax(size_t files) {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit now = before_;
    now.rlim_cur = files;
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &now), 0);
  }
  ~FilesMax() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

TEST(ConnectionAcceptorTest, LeavesFilesToOthersAndLetsInAgain) {
  const FilesMax limit(OpenFiles() + 100);
  const size_t all = OpenFilesMax();
  Taker taker;
  std::atomic<size_t> turned_away = 0;
  const Folder folder;
  auto sockets = ListeningSockets::Open(absl::StrCat("unix:", folder.File("socket"))).value();
  const std::string address = sockets.address();
  ConnectionAcceptor acceptor(
      std::move(sockets), [&](int, int connection) { taker.Take(connection); },
      [&] { ++turned_away; });
  std::vector<int> connections;
  while (turned_away == 0 && connections.size() < all) {
    connections.push_back(Connect(address));
    EXPECT_TRUE(
        ComesTrue([&] { return taker.count() + turned_away.load() == connections.size(); }));
  }
  EXPECT_EQ(turned_away, 1u);
  EXPECT_GE(taker.count(), 10u);
  EXPECT_LE(OpenFiles(), all - all / 4 + 2) << "the rest is for others";
  char byte = 0;
  EXPECT_EQ(read(connections.back(), &byte, 1), 0) << "whoever is turned away is told at once";
  for (const int connection : connections) close(connection);
  taker.CloseAll();
  const int later = Connect(address);
  EXPECT_TRUE(ComesTrue([&] { return taker.count() == 1; }));
  EXPECT_EQ(turned_away, 1u);
  close(later);
}

// Sockets of callers, with numbers that a server with `files_max` does not have.
std::vector<int> SocketsBeyond(size_t files_max, size_t count) {
  std::vector<int> sockets;
  while (sockets.size() < count) {
    const int low = socket(AF_INET, SOCK_STREAM, 0);
    sockets.push_back(fcntl(low, F_DUPFD_CLOEXEC, static_cast<int>(files_max)));
    EXPECT_GE(sockets.back(), 0);
    close(low);
  }
  return sockets;
}

TEST(ConnectionAcceptorTest, OneAddressLeavesHalfToOthers) {
  const size_t files_max = OpenFiles() + 120;
  const std::vector<int> callers = SocketsBeyond(files_max, files_max);
  const FilesMax limit(files_max);
  const size_t share = (files_max - files_max / 4) / 2;
  Taker taker;
  std::atomic<size_t> turned_away = 0;
  auto sockets = ListeningSockets::Open("127.0.0.1:0").value();
  const std::string address = sockets.address();
  ConnectionAcceptor acceptor(
      std::move(sockets), [&](int, int connection) { taker.Take(connection); },
      [&] { ++turned_away; });
  size_t come = 0;
  const auto comes_from = [&](const char* from) {
    ConnectFrom(from, callers[come++], address);
    EXPECT_TRUE(ComesTrue([&] { return taker.count() + turned_away.load() == come; }));
  };
  while (turned_away == 0 && come <= share) comes_from("127.0.0.2");
  EXPECT_EQ(taker.count(), share);
  EXPECT_EQ(turned_away, 1u);
  char byte = 0;
  EXPECT_EQ(read(callers[come - 1], &byte, 1), 0) << "whoever is turned away is told at once";
  comes_from("127.0.0.3");
  EXPECT_EQ(taker.count(), share + 1) << "others come in";
  for (const int caller : callers) close(caller);
}

sockaddr_storage From(const char* address) {
  sockaddr_storage from{};
  sockaddr_in6 v6{};
  if (std::strchr(address, '.') != nullptr && std::strchr(address, ':') == nullptr) {
    const sockaddr_in v4 = OfPort(address, 0);
    std::memcpy(&from, &v4, sizeof(v4));
  } else if (inet_pton(AF_INET6, address, &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    std::memcpy(&from, &v6, sizeof(v6));
  } else {
    from.ss_family = AF_UNIX;
  }
  return from;
}

int Open() { return socket(AF_UNIX, SOCK_STREAM, 0); }

TEST(AddressSharesTest, WhatHasEndedMakesRoomOnceItIsLookedAtAgain) {
  absl::Time now = absl::UnixEpoch();
  AddressShares shares([&] { return now; });
  const int first = Open();
  const int second = Open();
  const int third = Open();
  EXPECT_TRUE(shares.Take(first, "a", 2));
  EXPECT_TRUE(shares.Take(second, "a", 2));
  EXPECT_FALSE(shares.Take(third, "a", 2));
  EXPECT_TRUE(shares.Take(third, "b", 2)) << "another one has a share of its own";

  close(first);
  const int later = Open();
  EXPECT_EQ(later, first) << "the number is another file's now";
  const int newcomer = Open();
  EXPECT_FALSE(shares.Take(newcomer, "a", 2)) << "that was looked at just now";
  now += AddressShares::kLookedAtFor;
  EXPECT_TRUE(shares.Take(newcomer, "a", 2));
  now += AddressShares::kLookedAtFor;
  const int one_more = Open();
  EXPECT_FALSE(shares.Take(one_more, "a", 2)) << "both are open";
  close(second);
  now += AddressShares::kLookedAtFor;
  EXPECT_TRUE(shares.Take(one_more, "a", 2)) << "there is no such file";
  for (const int open : {third, later, newcomer, one_more}) close(open);
}

TEST(AddressSharesTest, ANumberThatIsGivenAgainIsOneConnection) {
  AddressShares shares([] { return absl::UnixEpoch(); });
  for (int i = 0; i < 10; ++i) {
    const int connection = Open();
    EXPECT_TRUE(shares.Take(connection, "a", 1));
    close(connection);
  }
}

TEST(AddressSharesTest, AUnixSocketHasNoShare) {
  AddressShares shares;
  EXPECT_TRUE(shares.Take(0, "", 0));
  EXPECT_TRUE(shares.Take(0, "", 0));
}

TEST(AddressSharesTest, AnAddressIsAMachineOrANetwork) {
  const auto one = [](const char* address) { return AddressShares::AddressOf(From(address)); };
  EXPECT_NE(one("192.0.2.1"), one("192.0.2.2"));
  EXPECT_EQ(one("192.0.2.1"), one("::ffff:192.0.2.1"));
  EXPECT_EQ(one("2001:db8:0:1::1"), one("2001:db8:0:1:ffff::2"));
  EXPECT_NE(one("2001:db8:0:1::1"), one("2001:db8:0:2::1"));
  EXPECT_EQ(one("unix"), "");
}

// Others have opened all that there is: then there is not even one to turn somebody away with.
TEST(ConnectionAcceptorTest, LetsInWhoeverWaitsOnceFilesAreFree) {
  Taker taker;
  std::atomic<size_t> turned_away = 0;
  auto sockets = ListeningSockets::Open("127.0.0.1:0").value();
  const std::string address = sockets.address();
  ConnectionAcceptor acceptor(
      std::move(sockets), [&](int, int connection) { taker.Take(connection); },
      [&] { ++turned_away; });
  const FilesMax limit(OpenFiles() + 50);
  std::vector<int> others;
  for (int other; (other = dup(0)) >= 0;) others.push_back(other);
  ASSERT_EQ(errno, EMFILE);
  EXPECT_EQ(OpenFiles(), OpenFilesMax()) << "where nothing can be opened to count them";
  close(others.back());
  others.pop_back();
  const int connection = Connect(address);  // takes the last one
  EXPECT_TRUE(ComesTrue([&] { return turned_away > 0; }));
  EXPECT_EQ(taker.count(), 0u);
  absl::SleepFor(absl::Milliseconds(500));
  EXPECT_LE(turned_away, 20u) << "it does not try without a pause";
  for (const int other : others) close(other);
  EXPECT_TRUE(ComesTrue([&] { return taker.count() == 1; }));
  close(connection);
}

TEST(ListeningSocketsTest, AFileThatAServerLeftBehindIsReplacedAndRemoved) {
  const Folder folder;
  const std::string path = folder.File("socket");
  const int left_behind = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  ASSERT_EQ(bind(left_behind, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  close(left_behind);
  {
    const auto sockets = ListeningSockets::Open(absl::StrCat("unix:", path));
    ASSERT_TRUE(sockets.ok()) << sockets.status();
    const auto second = ListeningSockets::Open(absl::StrCat("unix:", path));
    EXPECT_THAT(std::string(second.status().message()), HasSubstr("listens there already"));
    EXPECT_EQ(access(path.c_str(), F_OK), 0) << "the one that listens is left alone";
  }
  EXPECT_NE(access(path.c_str(), F_OK), 0);
}

TEST(ListeningSocketsTest, SaysWhyNot) {
  const auto taken = ListeningSockets::Open("127.0.0.1:0").value();
  EXPECT_THAT(taken.address(), MatchesRegex("127\\.0\\.0\\.1:[1-9][0-9]*"));
  const absl::Status again = ListeningSockets::Open(taken.address()).status();
  EXPECT_EQ(again.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(again.message()), HasSubstr("the address is taken"));
  EXPECT_THAT(std::string(ListeningSockets::Open("192.0.2.1:0").status().message()),
              HasSubstr("none of this machine's"));
  const std::string long_path = absl::StrCat("unix:/", std::string(200, 'a'));
  EXPECT_THAT(std::string(ListeningSockets::Open(long_path).status().message()),
              HasSubstr("107 bytes at most"));
}

TEST(ListeningSocketsTest, ANameIsAllItsAddressesOnOnePort) {
  const auto sockets = ListeningSockets::Open("localhost:0");
  ASSERT_TRUE(sockets.ok()) << sockets.status();
  EXPECT_THAT(sockets->address(), MatchesRegex("localhost:[1-9][0-9]*"));
  const int connection = Connect(sockets->address());  // by IPv4
  close(connection);
}

}  // namespace
}  // namespace passend::service
