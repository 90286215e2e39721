// A client that sends calls at a pace of its own, whatever becomes of them, on one thread: it
// shares the processors with the server that it measures.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_OPEN_LOAD_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_OPEN_LOAD_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace passend::service {

// What became of a kind of calls.
struct Outcome {
  std::vector<double> answered_millis;
  std::vector<double> turned_away_millis;  // RESOURCE_EXHAUSTED
  size_t failed = 0;                       // anything else
  std::string last_failure;

  size_t sent() const { return answered_millis.size() + turned_away_millis.size() + failed; }
};

// One kind of calls. Who has a connection of its own is a caller of its own where the server does
// not ask who calls.
struct CallSource {
  size_t kind = 0;     // where its outcome is counted
  std::string method;  // `/package.Service/Method`
  // The next request's bytes; called on the thread of Run.
  std::function<std::string()> next;
  double calls_a_second = 0;  // sent at that pace; 0: as soon as the one before is done
  size_t in_flight_max = 1;   // more are not sent; where there is no pace: so many at a time
  size_t connection = 0;      // its number; the same is the same one in each run
  // What nobody waits for any more is not what a portal asks: its pages are shown within seconds.
  absl::Duration deadline = absl::Seconds(5);
};

// Ends the program where the server cannot be reached.
class OpenLoad {
 public:
  explicit OpenLoad(const std::string& address);
  ~OpenLoad();

  // The answer's bytes. Ends the program where there is none.
  std::string Call(const std::string& method, const std::string& request);

  // The same with messages of protobuf.
  template <typename Answer, typename Request>
  Answer Ask(const std::string& method, const Request& request) {
    Answer answer;
    answer.ParseFromString(Call(method, request.SerializeAsString()));
    return answer;
  }

  // Sends for so long, and then waits for what is not answered yet. The outcome of each kind.
  std::vector<Outcome> Run(const std::vector<CallSource>& sources, absl::Duration time);

 private:
  class Sender;
  struct Connection;

  Connection& ConnectionOf(size_t number);

  const std::string address_;
  std::vector<std::unique_ptr<Connection>> connections_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_OPEN_LOAD_H_
