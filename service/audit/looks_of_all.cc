#include "service/audit/looks_of_all.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/audit/audit_keys.h"
#include "service/audit/decision_words.h"
#include "service/audit/looks.h"
#include "service/errors/call_errors.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

using storage::Sequence;

// Commits that are looked at together, and for one page.
constexpr Sequence kCommitsTogether = 250;
constexpr Sequence kCommitsMax = 20'000;

// The commit to go on with, and how many of its lines were told.
struct Place {
  Sequence commit = 0;
  size_t told = 0;
};

absl::StatusOr<Place> PlaceOf(const std::string& cursor, Sequence last) {
  if (cursor.empty()) return Place{last, 0};
  const std::vector<std::string> parts = absl::StrSplit(cursor, ':');
  Place place;
  uint64_t told = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &place.commit) ||
      !absl::SimpleAtoi(parts[1], &told)) {
    return absl::InternalError("a cursor that was made here has another form");
  }
  place.told = told;
  return place;
}

absl::StatusOr<Sequence> FirstKept(const storage::Store& store) {
  const auto swept = store.Read({SweptKey()});
  if (!swept.ok()) return swept.status();
  Sequence through = 0;
  if (swept->front() && !absl::SimpleAtoi(swept->front()->value, &through)) {
    return DamagedData("a stored note about what was removed");
  }
  return through;
}

// The entries after `after` up to `through`.
absl::StatusOr<std::vector<storage::JournalEntry>> EntriesBetween(const storage::Store& store,
                                                                  Sequence after,
                                                                  Sequence through) {
  std::vector<storage::JournalEntry> all;
  while (after < through) {
    auto some = store.Tail(after, static_cast<size_t>(through - after));
    if (!some.ok()) return some.status();
    if (some->empty()) break;
    after = some->back().sequence;
    std::move(some->begin(), some->end(), std::back_inserter(all));
  }
  return all;
}

absl::StatusOr<std::vector<v1::AccessLogEntry>> EntriesOf(const storage::Store& store,
                                                          const storage::JournalEntry& commit) {
  std::vector<v1::AccessLogEntry> entries;
  for (const storage::Event& event : commit.events) {
    if (event.key.kind != storage::RecordKind::kLook) continue;
    const auto tally = ParseTally(event.payload);
    if (!tally) return DamagedData("the journal's word about looks");
    std::vector<storage::Key> keys;
    for (const TalliedLook& look : *tally) keys.push_back(LookKey(look.passport, event.key.id));
    const auto records = store.Read(keys);
    if (!records.ok()) return records.status();
    for (size_t i = 0; i < keys.size(); ++i) {
      store::v1::Look look;
      const auto& record = (*records)[i];
      if (record && !look.ParseFromString(record->value)) return DamagedData("a stored look");
      v1::AccessLogEntry& entry =
          entries.emplace_back(EntryOf((*tally)[i].passport, event.key.id, look));
      if (record) continue;
      entry.Clear();
      entry.set_name(absl::StrCat("passports/", (*tally)[i].passport, "/looks/", event.key.id));
      *entry.mutable_look_time() = ToTimestamp(commit.committed_at);
      entry.set_erased(true);
    }
  }
  return entries;
}

}  // namespace

absl::StatusOr<LooksPage> ReadLooksOfAll(const CallContext& context, const storage::Store& store,
                                         const std::string& cursor, size_t size) {
  auto place = PlaceOf(cursor, store.LastSequence());
  if (!place.ok()) return place.status();
  const auto first = FirstKept(store);
  if (!first.ok()) return first.status();
  LooksPage page;
  const Sequence enough = place->commit > kCommitsMax ? place->commit - kCommitsMax : 0;
  while (place->commit > std::max(*first, enough)) {
    if (context.pointless()) return context.cancelled() ? Cancelled() : DeadlineExceeded();
    const Sequence through = place->commit;
    const Sequence after =
        std::max(*first, through > kCommitsTogether ? through - kCommitsTogether : Sequence{0});
    const auto commits = EntriesBetween(store, after, through);
    if (absl::IsOutOfRange(commits.status())) return page;  // kept for long enough, meanwhile
    if (!commits.ok()) return commits.status();
    for (auto commit = commits->rbegin(); commit != commits->rend(); ++commit) {
      auto entries = EntriesOf(store, *commit);
      if (!entries.ok()) return entries.status();
      for (; place->told < entries->size(); ++place->told) {
        if (static_cast<size_t>(page.response.entries_size()) == size) {
          page.cursor = absl::StrCat(commit->sequence, ":", place->told);
          return page;
        }
        *page.response.add_entries() = std::move((*entries)[place->told]);
      }
      *place = {commit->sequence - 1, 0};
    }
    place->commit = std::min(place->commit, after);
  }
  if (place->commit > *first) page.cursor = absl::StrCat(place->commit, ":0");
  return page;
}

}  // namespace passend::service
