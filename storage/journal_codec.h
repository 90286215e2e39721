// The bytes of a journal entry and the chain that runs through the journal. See FORMAT.md.
//
// Each entry carries the chain hash up to and including itself,
//     chain(n) = BLAKE2b-256(chain(n - 1), n, body of entry n),    chain(0) = 32 zero bytes,
// so two journals with the same chain at n have the same entries up to n.
#ifndef PASSEND_STORAGE_JOURNAL_CODEC_H_
#define PASSEND_STORAGE_JOURNAL_CODEC_H_

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace passend::storage {

using ChainHash = std::array<char, 32>;

// A point in the journal: the last sequence, and the chain up to there.
struct JournalMark {
  Sequence sequence = 0;
  ChainHash chain = {};
  friend bool operator==(const JournalMark&, const JournalMark&) = default;
};

// An entry as it is kept. The request leads compaction to the commit's receipt.
struct KeptEntry {
  JournalEntry entry;
  std::optional<std::string> request;
  ChainHash chain = {};
};

// All of an entry but its sequence (which is its key) and its chain.
std::string EncodeEntryBody(absl::Time committed_at, const std::vector<Event>& events,
                            const std::optional<Idempotency>& idempotency);

// The mark after an entry with this body was added to a journal that ended at `previous`.
JournalMark Follow(const JournalMark& previous, std::string_view body);

// The content of an entry's envelope: chain, then body.
std::string EncodeEntry(const ChainHash& chain, std::string_view body);

// DATA_LOSS if `content` is not what EncodeEntry made.
absl::StatusOr<KeptEntry> DecodeEntry(Sequence sequence, std::string_view content);

// Parts of an entry's content, without decoding its events. DATA_LOSS when it is too short.
struct EntryParts {
  ChainHash chain;
  std::string_view body;  // points into the content
};
absl::StatusOr<EntryParts> SplitEntry(std::string_view content);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_JOURNAL_CODEC_H_
