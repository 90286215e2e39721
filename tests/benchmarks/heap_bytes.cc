#include "tests/benchmarks/heap_bytes.h"

#include "matcher/column.h"

#ifdef PASSEND_JEMALLOC
#include <jemalloc/jemalloc.h>

#include <cstdint>
#else
#include <malloc.h>
#endif

namespace passend {

#ifdef PASSEND_JEMALLOC

size_t HeapBytes() {
  // What this thread keeps for later counts as taken, and figures are of the last epoch.
  mallctl("thread.tcache.flush", nullptr, nullptr, nullptr, 0);
  uint64_t epoch = 1;
  size_t size = sizeof(epoch);
  mallctl("epoch", &epoch, &size, &epoch, size);
  size_t bytes = 0;
  size = sizeof(bytes);
  mallctl("stats.allocated", &bytes, &size, nullptr, 0);
  return bytes + matcher::Pages::bytes_in_use();
}

#else

size_t HeapBytes() {
  malloc_trim(0);
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd + matcher::Pages::bytes_in_use();
}

#endif

}  // namespace passend
