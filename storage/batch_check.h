// What every Store refuses before it looks at its data: keys and batches outside limits.h.
#ifndef PASSEND_STORAGE_BATCH_CHECK_H_
#define PASSEND_STORAGE_BATCH_CHECK_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::storage {

// INVALID_ARGUMENT for record kind 0, and for an id that is empty or above kIdBytesMax.
absl::Status CheckKey(const Key& key);

// INVALID_ARGUMENT for a limit outside 1 to kTailEntriesMax.
absl::Status CheckTailLimit(size_t limit);

// The bytes of a batch as kBatchBytesMax counts them, or INVALID_ARGUMENT: see Store::Commit.
absl::StatusOr<size_t> CheckBatch(const Batch& batch);

// The bytes of a journal entry as kTailBytesTarget counts them.
size_t EntryBytes(const JournalEntry& entry);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BATCH_CHECK_H_
