#include "service/feed/removals_ahead.h"

#include <algorithm>

namespace passend::service {
namespace {

constexpr size_t kRememberedMax = 50'000;
// Of some hundred bytes each. There are thousands of feeds.
constexpr size_t kRememberedByAllMax = 2'000'000;
// Of a commit there may be hundreds of people.
constexpr size_t kEntriesRead = 256;

}  // namespace

absl::StatusOr<storage::Sequence> RemovalsAhead::LastOf(const std::string& passport_id,
                                                        Counted counted, storage::Sequence after,
                                                        storage::Sequence through) {
  if (after < after_ || after > through_) {
    Forget();
    through_ = after;
  }
  after_ = after;
  if (absl::Status read = Read(through); !read.ok()) return read;
  const auto at = last_.find(passport_id);
  if (at == last_.end()) return 0;
  const storage::Sequence last =
      counted == Counted::kNamed ? at->second.named : std::max(at->second.named, at->second.moved);
  return last > after ? last : 0;
}

absl::Status RemovalsAhead::Read(storage::Sequence through) {
  while (through_ < through) {
    const auto entries = store_.Tail(through_, kEntriesRead);
    if (!entries.ok()) return entries.status();
    if (entries->empty()) return absl::OkStatus();
    for (const storage::JournalEntry& entry : *entries) {
      if (entry.sequence > through) return absl::OkStatus();
      for (const PersonEvents& events : PeopleOf(entry)) Note(events, entry.sequence);
      through_ = entry.sequence;
    }
    if (!RemembersTooMany()) continue;
    absl::erase_if(last_, [&](const auto& one) {
      return std::max(one.second.named, one.second.moved) <= after_;
    });
    if (!RemembersTooMany()) continue;
    Forget();
    return absl::OutOfRangeError("too many removals ahead");
  }
  return absl::OkStatus();
}

bool RemovalsAhead::RemembersTooMany() {
  remembered_by_all_ += last_.size() - counted_;
  counted_ = last_.size();
  return last_.size() > kRememberedMax || remembered_by_all_ > kRememberedByAllMax;
}

void RemovalsAhead::Forget() {
  last_.clear();
  remembered_by_all_ -= counted_;
  counted_ = 0;
  through_ = after_;
}

void RemovalsAhead::Note(const PersonEvents& events, storage::Sequence sequence) {
  const auto& partners = events.change.partners;
  const bool named = std::ranges::find(partners, partner_) != partners.end();
  const bool moved = with_moves_ && events.change.moved;
  if (!named && !moved) return;
  Last& last = last_[events.passport];
  if (named) last.named = sequence;
  if (moved) last.moved = sequence;
}

}  // namespace passend::service
