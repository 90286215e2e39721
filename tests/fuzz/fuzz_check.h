// What fuzz targets say where a promise is broken: libFuzzer keeps the input of a process that
// aborts.
#ifndef PASSEND_TESTS_FUZZ_FUZZ_CHECK_H_
#define PASSEND_TESTS_FUZZ_FUZZ_CHECK_H_

#include <cstdio>
#include <cstdlib>

namespace passend::fuzz {

inline void Promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

}  // namespace passend::fuzz

#endif  // PASSEND_TESTS_FUZZ_FUZZ_CHECK_H_
