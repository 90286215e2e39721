// A line a minute on stderr, for whoever waits.
#ifndef PASSEND_TESTS_STRESS_MINUTES_H_
#define PASSEND_TESTS_STRESS_MINUTES_H_

#include <chrono>
#include <cstdint>
#include <iostream>
#include <string_view>

namespace passend::storage {

class Minutes {
 public:
  // Says how many were done, where a minute has gone by since it last said so.
  void Say(uint64_t done, std::string_view of_what) {
    const auto now = std::chrono::steady_clock::now();
    if (now - said_ < std::chrono::minutes(1)) return;
    said_ = now;
    const auto so_far = std::chrono::duration_cast<std::chrono::minutes>(now - start_).count();
    std::cerr << "  after " << so_far << " min: " << done << " " << of_what << std::endl;
  }

 private:
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point said_ = start_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_MINUTES_H_
