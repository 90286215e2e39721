// What a power cut may leave of the one write that was under way: a last entry of a log of which
// some sectors reached the disk and others did not. RocksDB forgives a last entry that is cut
// short, and takes one with holes for damage. Here it is cut short.
#ifndef PASSEND_STORAGE_TORN_WRITE_H_
#define PASSEND_STORAGE_TORN_WRITE_H_

#include <optional>

#include "absl/status/statusor.h"
#include "storage/journal_codec.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {

// For a database that does not open for damage. Where the last entry of its newest log is torn, or
// one of those of its list of files that were written together last, that end is cut off, if the
// database can then be read and has all that the anchor knows of: true. Otherwise false, and every
// file is as it was.
// Each commit is synced before the next is written, so an entry with nothing behind it is the only
// one that was not; of one that was answered, and rotted since, the anchor knows. What the list of
// files loses was either not synced, or its files are missed, or the anchor's commit is.
//   UNAVAILABLE, RESOURCE_EXHAUSTED  of files
absl::StatusOr<bool> CutOffTornWrite(const OpenOptions& options,
                                     const std::optional<JournalMark>& anchor);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_TORN_WRITE_H_
