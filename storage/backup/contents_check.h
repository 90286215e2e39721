// Reads everything that a database has, from its files, and says all that is wrong with it.
#ifndef PASSEND_STORAGE_BACKUP_CONTENTS_CHECK_H_
#define PASSEND_STORAGE_BACKUP_CONTENTS_CHECK_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/backup/long_work.h"
#include "storage/person_keys.h"
#include "storage/store.h"

namespace passend::storage {

class Database;
struct OpenOptions;

// What whoever knows the meaning of records finds wrong with them.
class RecordRules {
 public:
  virtual ~RecordRules() = default;
  // Each record once, in the order of kinds and ids; of people's records only where there are keys.
  // Empty: all is well.
  virtual std::string Look(const RecordView& record) = 0;
  // After the last one: what is wrong between records.
  virtual std::vector<std::string> Conclude() { return {}; }
};

struct CheckSettings {
  // Without them an encrypted record is checked as far as its envelope goes.
  std::shared_ptr<PersonKeys> keys = nullptr;
  // Made anew for each database. May be empty.
  std::function<std::unique_ptr<RecordRules>()> rules = nullptr;
  LongWork work = {};
};

inline constexpr size_t kProblemsMax = 100;

// Problems name files, families, sequences, kinds and ids (which are random), never a value.
struct CheckedContents {
  ChainPoint head;
  uint32_t format = 0;
  std::string keys;  // hexadecimal: with which people's keys records are encrypted; empty: not
  uint64_t files = 0;
  uint64_t records = 0;
  uint64_t journal_entries = 0;
  uint64_t receipts = 0;
  uint64_t people_unread = 0;  // encrypted records that were not read, for want of keys
  uint64_t people_without_key =
      0;  // who have records, and no key in a store that is of an older day
  std::vector<std::string> problems;  // the first kProblemsMax
  uint64_t problem_count = 0;
  bool whole() const { return problem_count == 0; }
};

// Checks, of the database at `path`, which is opened for reading only: every block of every file;
// that the journal's entries from the oldest kept on lead to the head; every value's envelope;
// that no version is later than the head; that nobody who was erased has a record left; with keys,
// that every record can be decrypted (who has no key is one problem, however many records they
// have); the rules. Damage that it can get past is a problem of the
// contents. Errors:
//   DATA_LOSS, FAILED_PRECONDITION  the database cannot be opened: as OpenRocksDbStore says
//   UNAVAILABLE, CANCELLED
absl::StatusOr<CheckedContents> CheckContentsAt(const OpenOptions& options, const std::string& path,
                                                const CheckSettings& settings);

// Calls `visit` with the id of each record of a kind, those of erased people too. DATA_LOSS on
// damage.
absl::Status VisitIds(const Database& database, RecordKind kind,
                      const std::function<void(std::string_view id)>& visit);

// The same for the tombstones: everybody who was erased.
absl::Status VisitTombstones(const Database& database,
                             const std::function<void(std::string_view person)>& visit);

// Only what the database says of itself: head, format, keys.
absl::StatusOr<CheckedContents> ReadOwnFacts(const Database& database);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_BACKUP_CONTENTS_CHECK_H_
