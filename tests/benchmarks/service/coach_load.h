// What a coach asks of a server while it is flooded: changes and validations, consents that people
// withdraw, and passports that they have erased.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_COACH_LOAD_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_COACH_LOAD_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tests/benchmarks/service/open_load.h"

namespace passend::service {

// One kind of calls that give way last.
struct CoachCalls {
  std::string method;
  double calls_a_second;
  std::function<std::string()> next;  // as long as the CoachLoad lives
};

class CoachLoad {
 public:
  // Creates the people that the calls of so many seconds are about. `skill`: one that the server
  // knows.
  CoachLoad(OpenLoad& load, const std::string& skill, double seconds);

  // Sources point into this one.
  CoachLoad(const CoachLoad&) = delete;
  CoachLoad& operator=(const CoachLoad&) = delete;

  std::vector<CoachCalls> Calls();

 private:
  // Goes round where there are no more: what was withdrawn can be withdrawn again, and who was
  // erased be erased again.
  struct Round {
    std::vector<std::string> requests;
    size_t next = 0;

    const std::string& Next() { return requests[next++ % requests.size()]; }
  };

  std::string NextUpdate();
  std::string NextValidation();

  std::string person_;
  std::string skill_;
  Round revocations_;
  Round erasures_;
  int updates_ = 0;
  int validations_ = 0;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_COACH_LOAD_H_
