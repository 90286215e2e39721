// A mistake that a fuzzer has to find, behind three bytes: whoever runs the others knows by this
// one that they would be told.
#include <cstdint>
#include <cstring>

#include "tests/fuzz/fuzz_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const bool reached = size >= 4 && data[0] == 'p' && data[1] == 'a' && data[2] == 's';
  passend::fuzz::Promise(!reached || data[3] != 's', "this one is planted");
  return 0;
}
