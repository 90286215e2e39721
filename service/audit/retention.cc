#include "service/audit/retention.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/audit/audit_keys.h"
#include "service/audit/looks.h"
#include "service/errors/call_errors.h"
#include "storage/limits.h"

namespace passend::service {
namespace {

using storage::Key;
using storage::RecordKind;
using storage::Sequence;

// In one commit.
constexpr size_t kRemovedMax = 10'000;

// What an event tells was written for the audit.
absl::Status AddKeysOf(const storage::Event& event, std::set<Key>& keys) {
  switch (event.key.kind) {
    case RecordKind::kLook: {
      const auto tally = ParseTally(event.payload);
      if (!tally) return DamagedData("the journal's word about looks");
      for (const TalliedLook& look : *tally) keys.insert(LookKey(look.passport, event.key.id));
      return absl::OkStatus();
    }
    case RecordKind::kDecision:
    case RecordKind::kHistory:
    case RecordKind::kPersonHistory:
      keys.insert(event.key);
      return absl::OkStatus();
    default:
      return absl::OkStatus();
  }
}

absl::Status Remove(storage::Store& store, const std::set<Key>& keys, Sequence through) {
  storage::Batch batch;
  for (const Key& key : keys) batch.mutations.push_back({key, std::nullopt});
  batch.mutations.push_back({SweptKey(), absl::StrCat(through)});
  return store.Commit(std::move(batch)).status();
}

absl::StatusOr<Sequence> SweptThrough(const storage::Store& store) {
  const auto swept = store.Read({SweptKey()});
  if (!swept.ok()) return swept.status();
  Sequence through = 0;
  if (swept->front() && !absl::SimpleAtoi(swept->front()->value, &through)) {
    return DamagedData("a stored note about what was removed");
  }
  return through;
}

// The first entry that is kept comes after this one, or after a later one.
absl::StatusOr<Sequence> CompactedThrough(const storage::Store& store, Sequence at_least) {
  const auto first = store.Tail(at_least, 1);
  if (first.ok()) return at_least;
  if (!absl::IsOutOfRange(first.status())) return first.status();
  const auto journal = store.CheckJournal();
  if (!journal.ok()) return journal.status();
  return journal->first.sequence;
}

}  // namespace

absl::StatusOr<size_t> RemoveOlder(storage::Store& store, absl::Time oldest,
                                   absl::Duration at_most) {
  const absl::StatusOr<Sequence> swept = SweptThrough(store);
  if (!swept.ok()) return swept.status();
  absl::StatusOr<Sequence> after = CompactedThrough(store, *swept);
  if (!after.ok()) return after.status();
  size_t removed = 0;
  Sequence through = *swept;
  const auto remove = [&](std::set<Key>& keys) {
    absl::Status gone = Remove(store, keys, *after);
    if (!gone.ok()) return gone;
    removed += keys.size();
    through = *after;
    keys.clear();
    return gone;
  };
  std::set<Key> keys;
  bool bounded = false;
  bool more = true;
  while (more) {
    const auto entries = store.Tail(*after, storage::kTailEntriesMax);
    if (!entries.ok()) return entries.status();
    if (!bounded && !entries->empty()) {
      oldest = std::min(oldest, entries->front().committed_at + at_most);
      bounded = true;
    }
    more = !entries->empty();
    for (const storage::JournalEntry& entry : *entries) {
      more = entry.committed_at < oldest;
      if (!more) break;
      for (const storage::Event& event : entry.events) {
        if (absl::Status added = AddKeysOf(event, keys); !added.ok()) return added;
      }
      *after = entry.sequence;
      if (keys.size() < kRemovedMax) continue;
      if (absl::Status gone = remove(keys); !gone.ok()) return gone;
    }
  }
  if (*after > through) {
    if (absl::Status gone = remove(keys); !gone.ok()) return gone;
  }
  if (through == 0) return removed;
  if (absl::Status compacted = store.CompactJournal(through); !compacted.ok()) return compacted;
  return removed;
}

}  // namespace passend::service
