// A Store in memory: complete, and gone with the process (S2 holds as long as it lives). For tests,
// demonstrations and as the plain truth that other stores are compared with.
#ifndef PASSEND_STORAGE_MEMORY_STORE_H_
#define PASSEND_STORAGE_MEMORY_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/time/clock.h"
#include "storage/person_keys.h"
#include "storage/store.h"

namespace passend::storage {

struct MemoryStoreOptions {
  // Gives `committed_at`. Called by one thread at a time.
  std::function<absl::Time()> clock = absl::Now;
  // This writer's epoch, see Store::Fence.
  uint64_t epoch = 0;
  // People's keys, which exist. With them, people's records are encrypted, as in every other store.
  std::shared_ptr<PersonKeys> keys = nullptr;
};

// A snapshot copies the index of the records, not the records: cheap up to some 100,000 of them.
std::unique_ptr<Store> NewMemoryStore(MemoryStoreOptions options = {});

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_MEMORY_STORE_H_
