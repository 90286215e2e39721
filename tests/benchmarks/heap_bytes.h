// How much of the memory is in use.
#ifndef PASSEND_TESTS_BENCHMARKS_HEAP_BYTES_H_
#define PASSEND_TESTS_BENCHMARKS_HEAP_BYTES_H_

#include <cstddef>

namespace passend {

// Bytes of all pieces of memory that the program has taken and not given back, each as large as the
// allocator made it, and of the pages of columns. Any thread.
size_t HeapBytes();

}  // namespace passend

#endif  // PASSEND_TESTS_BENCHMARKS_HEAP_BYTES_H_
