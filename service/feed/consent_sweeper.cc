#include "service/feed/consent_sweeper.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

#include "service/consent/partner_audience.h"
#include "service/names/resource_names.h"
#include "storage/limits.h"

namespace passend::service {

using storage::RecordKind;

void ConsentSweeper::Forget(const std::string& passport_id) {
  const auto at = next_ends_.find(passport_id);
  if (at == next_ends_.end()) return;
  in_order_.erase({at->second, passport_id});
  next_ends_.erase(at);
}

bool ConsentSweeper::LeavesOut(const std::string& passport_id, const absl::Status& status) {
  if (!absl::IsDataLoss(status)) return false;
  Forget(passport_id);
  log_(
      absl::StrCat("WARNING: feed: ends of consents of somebody are not told: ", status.message()));
  return true;
}

void ConsentSweeper::Note(const std::string& passport_id, const ConsentBook& book) {
  Forget(passport_id);
  const absl::Time next = NextUntoldEnd(book, tools_.surroundings.now());
  if (next == absl::InfiniteFuture()) return;
  next_ends_.emplace(passport_id, next);
  in_order_.emplace(next, passport_id);
}

absl::Status ConsentSweeper::ReadAll() {
  next_ends_.clear();
  in_order_.clear();
  const auto snapshot = tools_.store.GetSnapshot();
  if (!snapshot.ok()) return snapshot.status();
  const absl::Status scanned =
      (*snapshot)->Scan({RecordKind::kConsentBook, "", ""}, [&](const storage::Record& record) {
        const auto book = ParseConsents(record);
        if (book.ok()) {
          Note(record.key.id, *book);
        } else {
          LeavesOut(record.key.id, book.status());
        }
        return true;
      });
  if (!scanned.ok()) return scanned;
  followed_ = (*snapshot)->sequence();
  return absl::OkStatus();
}

absl::Status ConsentSweeper::Follow() {
  std::set<std::string> changed;
  storage::Sequence after = *followed_;
  while (true) {
    const auto entries = tools_.store.Tail(after, storage::kTailEntriesMax);
    if (!entries.ok()) return entries.status();
    if (entries->empty()) break;
    for (const storage::JournalEntry& entry : *entries) {
      for (const storage::Event& event : entry.events) {
        if (event.key.kind == RecordKind::kConsentBook) changed.insert(event.key.id);
      }
    }
    after = entries->back().sequence;
  }
  for (const std::string& passport_id : changed) {
    const auto book = ReadConsents(tools_.store, PassportName{passport_id});
    if (book.ok()) {
      Note(passport_id, *book);
    } else if (!LeavesOut(passport_id, book.status())) {
      return book.status();
    }
  }
  followed_ = after;
  return absl::OkStatus();
}

absl::StatusOr<bool> ConsentSweeper::TellEnds(const std::string& passport_id, absl::Time now) {
  const PassportName name{passport_id};
  absl::MutexLock lock(&tools_.locks.For(passport_id));
  auto book = ReadConsents(tools_.store, name);
  if (!book.ok()) return book.status();
  const std::set<std::string> told_before = book->ends_told;
  std::vector<std::string> partners = TakeUntoldEnds(*book, now);
  const bool any = !std::ranges::includes(told_before, book->ends_told);
  if (book->ends_told != told_before) {
    const auto committed = tools_.store.Commit(ConsentBatch(name, *book, std::move(partners)));
    if (!committed.ok()) return committed.status();
  }
  Note(passport_id, *book);
  return any;
}

absl::StatusOr<size_t> ConsentSweeper::Sweep() {
  const absl::Time now = tools_.surroundings.now();
  // What ended by a clock that is set right now may stand again.
  if (now < last_sweep_) followed_.reset();
  last_sweep_ = now;
  absl::Status known = followed_ ? Follow() : ReadAll();
  if (absl::IsOutOfRange(known)) known = ReadAll();  // the journal no longer reaches back so far
  if (!known.ok()) return known;
  std::vector<std::string> due;
  for (const auto& [end, passport_id] : in_order_) {
    if (end > now) break;
    due.push_back(passport_id);
  }
  size_t told = 0;
  for (const std::string& passport_id : due) {
    const auto any = TellEnds(passport_id, now);
    if (!any.ok() && !LeavesOut(passport_id, any.status())) return any.status();
    told += any.ok() && *any ? 1 : 0;
  }
  return told;
}

}  // namespace passend::service
