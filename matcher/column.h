// Arrays that a block keeps as long as it lives.
#ifndef PASSEND_MATCHER_COLUMN_H_
#define PASSEND_MATCHER_COLUMN_H_

#include <atomic>
#include <cstddef>
#include <new>
#include <vector>

namespace passend::matcher {

// Whole pages for what is large: allocators round it up by as much as a fifth to their next size,
// and keep it when it is given back. Pages are the system's again at once.
//
// Thread safety: any number of threads may allocate.
class Pages {
 public:
  static constexpr size_t kBytesMin = 32 * 1024;

  // At least kBytesMin. Throws std::bad_alloc where there is no memory.
  static void* Take(size_t bytes);
  static void GiveBack(void* memory, size_t bytes);
  // All that are taken now.
  static size_t bytes_in_use();

 private:
  static std::atomic<size_t> bytes_in_use_;
};

template <typename T>
struct PageAllocator {
  using value_type = T;

  PageAllocator() = default;
  template <typename U>
  PageAllocator(const PageAllocator<U>&) {
  }  // NOLINT(google-explicit-constructor): as the standard asks

  T* allocate(size_t count) {
    const size_t bytes = count * sizeof(T);
    return static_cast<T*>(bytes < Pages::kBytesMin ? ::operator new(bytes) : Pages::Take(bytes));
  }
  void deallocate(T* memory, size_t count) {
    const size_t bytes = count * sizeof(T);
    if (bytes < Pages::kBytesMin) {
      ::operator delete(memory);
    } else {
      Pages::GiveBack(memory, bytes);
    }
  }
  template <typename U>
  bool operator==(const PageAllocator<U>&) const {
    return true;
  }
};

// To be filled at once: growing step by step takes and gives back pages each time.
template <typename T>
using Column = std::vector<T, PageAllocator<T>>;

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_COLUMN_H_
