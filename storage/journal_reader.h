// Reads the journal in a database: its ends, pages of it, and whether its chain holds.
#ifndef PASSEND_STORAGE_JOURNAL_READER_H_
#define PASSEND_STORAGE_JOURNAL_READER_H_

#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/database.h"
#include "storage/journal_codec.h"
#include "storage/meta_codec.h"

namespace passend::storage {

absl::StatusOr<JournalMark> ReadHead(const Database& database,
                                     const rocksdb::Snapshot* snapshot = nullptr);
absl::StatusOr<JournalFloor> ReadFloor(const Database& database,
                                       const rocksdb::Snapshot* snapshot = nullptr);
absl::StatusOr<uint64_t> ReadEpoch(const Database& database);

// The mark at `sequence`, which must be the floor or a kept entry; DATA_LOSS if it is not there.
absl::StatusOr<JournalMark> ReadMark(const Database& database, const JournalFloor& floor,
                                     Sequence sequence);

// Store::Tail, with `limit` checked.
absl::StatusOr<std::vector<JournalEntry>> ReadTail(const Database& database, Sequence after,
                                                   size_t limit);

// Calls `visit` with the content of each entry from `first` to `last`; DATA_LOSS if one is missing.
absl::Status VisitEntries(
    const Database& database, Sequence first, Sequence last, const rocksdb::Snapshot* snapshot,
    const std::function<absl::StatusOr<bool>(Sequence, const SealedView&)>& visit);

// DATA_LOSS unless the entries after `from` lead, link by link, to `head`.
absl::Status CheckChain(const Database& database, const JournalMark& from, const JournalMark& head,
                        const rocksdb::Snapshot* snapshot = nullptr);

// The same over all entries that are kept, as of one moment: Store::CheckJournal.
absl::StatusOr<JournalSpan> CheckKeptChain(const Database& database);

// Store::ChainAt.
absl::StatusOr<ChainPoint> ReadChainPoint(const Database& database, Sequence sequence);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_JOURNAL_READER_H_
