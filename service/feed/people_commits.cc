#include "service/feed/people_commits.h"

#include <algorithm>

#include "service/feed/person_events.h"

namespace passend::service {
namespace {

constexpr size_t kEntriesRead = 256;
// Who is farther behind reads by itself until it is nearer.
constexpr storage::Sequence kReadOnMax = 100'000;

}  // namespace

storage::Sequence PeopleCommits::QuietUntil(storage::Sequence after, storage::Sequence through) {
  absl::MutexLock lock(&mutex_);
  if (after < after_ || after >= through) return after;
  if (after > through_ && after - through_ > kReadOnMax) BeginAt(after);
  if (through - std::max(through_, after) <= kReadOnMax && !ReadUntil(through)) {
    // Part of the stretch is not kept any more; what is asked for may be.
    BeginAt(after);
    ReadUntil(through);
  }
  const auto next = std::upper_bound(about_people_.begin(), about_people_.end(), after);
  const storage::Sequence known = std::max(after, std::min(through, through_));
  return next == about_people_.end() ? known : std::min(known, *next - 1);
}

void PeopleCommits::BeginAt(storage::Sequence after) {
  about_people_.clear();
  after_ = through_ = after;
}

bool PeopleCommits::ReadUntil(storage::Sequence through) {
  while (through_ < through) {
    const auto entries = store_.Tail(through_, kEntriesRead);
    if (!entries.ok() || entries->empty()) return false;
    for (const storage::JournalEntry& entry : *entries) {
      if (IsAboutPeople(entry)) about_people_.push_back(entry.sequence);
      through_ = entry.sequence;
    }
  }
  while (about_people_.size() > kRememberedMax) {
    after_ = about_people_.front();
    about_people_.pop_front();
  }
  if (through_ - after_ > kStretchMax) {
    after_ = through_ - kStretchMax;
    while (!about_people_.empty() && about_people_.front() <= after_) about_people_.pop_front();
  }
  return true;
}

}  // namespace passend::service
