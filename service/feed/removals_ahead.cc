#include "service/feed/removals_ahead.h"

#include <algorithm>

#include "service/feed/person_events.h"
#include "storage/limits.h"

namespace passend::service {
namespace {

// What is remembered; then it is read anew from where the reader is.
constexpr size_t kRememberedMax = 20'000;

}  // namespace

absl::StatusOr<storage::Sequence> RemovalsAhead::LastOf(const std::string& passport_id,
                                                        Counted counted, storage::Sequence after,
                                                        storage::Sequence through) {
  if (after < after_ || after > through_ || last_.size() > kRememberedMax) {
    last_.clear();
    after_ = after;
    through_ = after;
  }
  if (absl::Status read = Read(through); !read.ok()) return read;
  const auto at = last_.find(passport_id);
  if (at == last_.end()) return 0;
  const storage::Sequence last =
      counted == Counted::kNamed ? at->second.named : std::max(at->second.named, at->second.moved);
  return last > after ? last : 0;
}

absl::Status RemovalsAhead::Read(storage::Sequence through) {
  while (through_ < through) {
    const auto entries = store_.Tail(through_, storage::kTailEntriesMax);
    if (!entries.ok()) return entries.status();
    if (entries->empty()) return absl::OkStatus();
    for (const storage::JournalEntry& entry : *entries) {
      if (entry.sequence > through) return absl::OkStatus();
      for (const PersonEvents& events : PeopleOf(entry)) {
        const auto& partners = events.change.partners;
        const bool named = std::ranges::find(partners, partner_) != partners.end();
        if (!named && !events.change.moved) continue;
        Last& last = last_[events.passport];
        if (named) last.named = entry.sequence;
        if (events.change.moved) last.moved = entry.sequence;
      }
      through_ = entry.sequence;
    }
  }
  return absl::OkStatus();
}

}  // namespace passend::service
