// A client that keeps so many calls in flight, and measures each. It looks into no message.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_RAW_CALLS_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_RAW_CALLS_H_

#include <memory>
#include <string>
#include <vector>

namespace passend::service {

// What a number of pieces of work took together.
struct Round {
  std::vector<double> each_microseconds;  // on the wall, in no order
  double wall_microseconds;
  double cpu_microseconds;

  double wall_each() const {
    return wall_microseconds / static_cast<double>(each_microseconds.size());
  }
  double cpu_each() const {
    return cpu_microseconds / static_cast<double>(each_microseconds.size());
  }
};

// One connection to a server on this machine. One thread at a time.
class RawCalls {
 public:
  // `method`: `/package.Service/Method`. `authorization` is sent with each call, unless it is
  // empty.
  RawCalls(const std::string& address, std::string method, std::string authorization = "");
  ~RawCalls();

  // The answer to one request. Ends the program where there is none.
  std::string Call(const std::string& request);

  // Sends `calls` requests, taken from `requests` in turn, with at most `in_flight` of them
  // unanswered. Ends the program where one is not answered.
  Round Run(const std::vector<std::string>& requests, size_t calls, size_t in_flight);

 private:
  struct Connection;
  class Load;
  std::unique_ptr<Connection> connection_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_RAW_CALLS_H_
