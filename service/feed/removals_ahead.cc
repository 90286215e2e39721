#include "service/feed/removals_ahead.h"

#include <algorithm>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace passend::service {
namespace {

constexpr size_t kRememberedMax = 50'000;
// There are thousands of feeds.
constexpr size_t kRememberedByAllMax = 2'000'000;
// Of a commit there may be hundreds of people.
constexpr size_t kEntriesRead = 256;

// How many people all readers of this process remember, by partner.
class Remembered {
 public:
  // A reader of the partner remembers so many now. True where that is too many: the partner has
  // more than an even share of what there is, and there is none left.
  bool Change(const std::string& partner, size_t before, size_t now) {
    const absl::MutexLock lock(&mutex_);
    all_ += now - before;
    size_t& own = by_partner_[partner];
    own += now - before;
    const bool too_many =
        all_ > kRememberedByAllMax && own > kRememberedByAllMax / by_partner_.size();
    if (own == 0) by_partner_.erase(partner);
    return too_many;
  }

 private:
  absl::Mutex mutex_;
  size_t all_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, size_t> by_partner_ ABSL_GUARDED_BY(mutex_);
};

Remembered& RememberedByAll() {
  static Remembered all;
  return all;
}

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
  const size_t before = std::exchange(counted_, last_.size());
  const bool too_many_of_all = RememberedByAll().Change(partner_, before, counted_);
  return too_many_of_all || counted_ > kRememberedMax;
}

void RemovalsAhead::Forget() {
  last_.clear();
  if (counted_ > 0) RememberedByAll().Change(partner_, std::exchange(counted_, 0), 0);
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
