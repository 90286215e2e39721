// What has to be so about encryption before a database is served: it has its own keys, all of
// people's records are encrypted, and nobody who was erased has a key.
#ifndef PASSEND_STORAGE_ENCRYPTION_OPENING_H_
#define PASSEND_STORAGE_ENCRYPTION_OPENING_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/database.h"
#include "storage/journal_codec.h"
#include "storage/record_cipher.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {

// Checks that `options.keys` are the database's, makes them if it never had any, and encrypts what
// is not: each record under the version that it has, so that nothing changes for anybody. Then the
// database is compacted, so that no file has what was there before.
//
// Steps, each durable before the next; a crash in between goes on at the next open:
//   1. the keys exist   2. the format says "encrypted", the note says with which keys
//   3. a thousand records at a time   4. flush, compaction   5. the note says "complete"
// FAILED_PRECONDITION as OpenRocksDbStore; errors of keys and files; DATA_LOSS on damage.
absl::Status OpenEncryption(const OpenOptions& options, const Database& database,
                            const JournalMark& head);

// Destroys the keys that people with a tombstone still have: a crash came between. Gives back who
// has a passport and no tombstone although the key was destroyed: in a restored database.
absl::StatusOr<std::vector<std::string>> SettleErasures(const Database& database,
                                                        const RecordCipher* cipher);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_ENCRYPTION_OPENING_H_
