#include "matcher/column.h"

#include <sys/mman.h>
#include <unistd.h>

namespace passend::matcher {
namespace {

size_t WholePages(size_t bytes) {
  static const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

}  // namespace

std::atomic<size_t> Pages::bytes_in_use_ = 0;

void* Pages::Take(size_t bytes) {
  const size_t whole = WholePages(bytes);
  void* memory = mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  bytes_in_use_ += whole;
  return memory;
}

void Pages::GiveBack(void* memory, size_t bytes) {
  const size_t whole = WholePages(bytes);
  munmap(memory, whole);
  bytes_in_use_ -= whole;
}

size_t Pages::bytes_in_use() { return bytes_in_use_; }

}  // namespace passend::matcher
