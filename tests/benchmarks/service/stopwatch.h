// What a stretch of work took: on the clock on the wall, and of all processors together.
#ifndef PASSEND_TESTS_BENCHMARKS_SERVICE_STOPWATCH_H_
#define PASSEND_TESTS_BENCHMARKS_SERVICE_STOPWATCH_H_

#include <algorithm>
#include <ctime>
#include <vector>

namespace passend::service {

class Stopwatch {
 public:
  double wall_microseconds() const { return Now(CLOCK_MONOTONIC) - wall_start_; }
  // Of every thread of this process.
  double cpu_microseconds() const { return Now(CLOCK_PROCESS_CPUTIME_ID) - cpu_start_; }

 private:
  static double Now(clockid_t clock) {
    timespec time;
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
  }

  double wall_start_ = Now(CLOCK_MONOTONIC);
  double cpu_start_ = Now(CLOCK_PROCESS_CPUTIME_ID);
};

// `values` is not empty.
inline double Percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(part * static_cast<double>(values.size() - 1) + 0.5)];
}

}  // namespace passend::service

#endif  // PASSEND_TESTS_BENCHMARKS_SERVICE_STOPWATCH_H_
