#include "storage/journal_reader.h"

#include "storage/batch_check.h"
#include "storage/key_codec.h"
#include "storage/limits.h"
#include "storage/store_errors.h"

namespace passend::storage {
namespace {

ChainPoint PointOf(const JournalMark& mark) {
  return {mark.sequence, std::string(mark.chain.data(), mark.chain.size())};
}

}  // namespace

absl::StatusOr<JournalMark> ReadHead(const Database& database, const rocksdb::Snapshot* snapshot) {
  const absl::StatusOr<Sealed> sealed = database.GetOwn(kHeadKey, snapshot);
  if (!sealed.ok()) return sealed.status();
  return DecodeMark(sealed->content);
}

absl::StatusOr<JournalFloor> ReadFloor(const Database& database,
                                       const rocksdb::Snapshot* snapshot) {
  const absl::StatusOr<Sealed> sealed = database.GetOwn(kFloorKey, snapshot);
  if (!sealed.ok()) return sealed.status();
  return DecodeFloor(sealed->content);
}

absl::StatusOr<uint64_t> ReadEpoch(const Database& database) {
  const absl::StatusOr<Sealed> sealed = database.GetOwn(kEpochKey);
  if (!sealed.ok()) return sealed.status();
  return DecodeEpoch(sealed->content);
}

absl::StatusOr<JournalMark> ReadMark(const Database& database, const JournalFloor& floor,
                                     Sequence sequence) {
  if (sequence == floor.compacted.sequence) return floor.compacted;
  const absl::StatusOr<std::optional<Sealed>> sealed =
      database.Get(Family::kJournal, EncodeJournalKey(sequence));
  if (!sealed.ok()) return sealed.status();
  if (!*sealed) return Damaged("the journal", "an entry is missing");
  const absl::StatusOr<EntryParts> parts = SplitEntry((*sealed)->content);
  if (!parts.ok()) return parts.status();
  return JournalMark{sequence, parts->chain};
}

absl::StatusOr<std::vector<JournalEntry>> ReadTail(const Database& database, Sequence after,
                                                   size_t limit) {
  const DatabaseSnapshot snapshot(database);
  const absl::StatusOr<JournalMark> head = ReadHead(database, snapshot.get());
  if (!head.ok()) return head.status();
  const absl::StatusOr<JournalFloor> floor = ReadFloor(database, snapshot.get());
  if (!floor.ok()) return floor.status();
  if (after > head->sequence) return BeyondLastCommit(after, head->sequence);
  if (after < floor->compacted.sequence) return JournalCompacted(after, floor->compacted.sequence);

  std::vector<JournalEntry> entries;
  size_t bytes = 0;
  const Sequence last = std::min<Sequence>(head->sequence, after + limit);
  const auto add = [&](Sequence sequence, const SealedView& sealed) -> absl::StatusOr<bool> {
    absl::StatusOr<KeptEntry> kept = DecodeEntry(sequence, sealed.content);
    if (!kept.ok()) return kept.status();
    bytes += EntryBytes(kept->entry);
    entries.push_back(std::move(kept->entry));
    return bytes < kTailBytesTarget;
  };
  if (absl::Status status = VisitEntries(database, after + 1, last, snapshot.get(), add);
      !status.ok()) {
    return status;
  }
  return entries;
}

absl::Status VisitEntries(
    const Database& database, Sequence first, Sequence last, const rocksdb::Snapshot* snapshot,
    const std::function<absl::StatusOr<bool>(Sequence, const SealedView&)>& visit) {
  if (first > last) return absl::OkStatus();
  Sequence expected = first;
  bool stopped = false;
  const KeyRange range{EncodeJournalKey(first), EncodeJournalKey(last + 1)};
  const absl::Status status =
      database.Scan(Family::kJournal, range, snapshot,
                    [&](std::string_view key, const SealedView& sealed) -> absl::StatusOr<bool> {
                      if (DecodeJournalKey(key) != expected || sealed.version != expected) {
                        return Damaged("the journal", "an entry is missing");
                      }
                      absl::StatusOr<bool> more = visit(expected, sealed);
                      ++expected;
                      stopped = more.ok() && !*more;
                      return more;
                    });
  if (!status.ok()) return status;
  if (!stopped && expected != last + 1) return Damaged("the journal", "an entry is missing");
  return absl::OkStatus();
}

absl::Status CheckChain(const Database& database, const JournalMark& from, const JournalMark& head,
                        const rocksdb::Snapshot* snapshot) {
  JournalMark reached = from;
  const auto follow = [&](Sequence, const SealedView& sealed) -> absl::StatusOr<bool> {
    const absl::StatusOr<EntryParts> parts = SplitEntry(sealed.content);
    if (!parts.ok()) return parts.status();
    reached = Follow(reached, parts->body);
    if (reached.chain != parts->chain) return Damaged("the journal", "its chain is broken");
    return true;
  };
  if (absl::Status status =
          VisitEntries(database, from.sequence + 1, head.sequence, snapshot, follow);
      !status.ok()) {
    return status;
  }
  if (reached != head) return Damaged("the journal", "its chain does not reach its head");
  return absl::OkStatus();
}

absl::StatusOr<JournalSpan> CheckKeptChain(const Database& database) {
  const DatabaseSnapshot snapshot(database);
  const absl::StatusOr<JournalMark> head = ReadHead(database, snapshot.get());
  if (!head.ok()) return head.status();
  const absl::StatusOr<JournalFloor> floor = ReadFloor(database, snapshot.get());
  if (!floor.ok()) return floor.status();
  if (absl::Status held = CheckChain(database, floor->compacted, *head, snapshot.get());
      !held.ok()) {
    return held;
  }
  return JournalSpan{PointOf(floor->compacted), PointOf(*head)};
}

absl::StatusOr<ChainPoint> ReadChainPoint(const Database& database, Sequence sequence) {
  const DatabaseSnapshot snapshot(database);
  const absl::StatusOr<JournalMark> head = ReadHead(database, snapshot.get());
  if (!head.ok()) return head.status();
  const absl::StatusOr<JournalFloor> floor = ReadFloor(database, snapshot.get());
  if (!floor.ok()) return floor.status();
  if (sequence > head->sequence) return BeyondLastCommit(sequence, head->sequence);
  if (sequence < floor->compacted.sequence) {
    return JournalCompacted(sequence, floor->compacted.sequence);
  }
  const absl::StatusOr<JournalMark> mark = ReadMark(database, *floor, sequence);
  if (mark.ok()) return PointOf(*mark);
  // It may have been compacted away since.
  const absl::StatusOr<JournalFloor> now = ReadFloor(database);
  if (now.ok() && sequence < now->compacted.sequence) {
    return JournalCompacted(sequence, now->compacted.sequence);
  }
  return mark.status();
}

}  // namespace passend::storage
