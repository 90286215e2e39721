#include "service/feed/commit_ringer.h"

#include "service/feed/person_events.h"

namespace passend::service {
namespace {

// How long it waits before it looks whether it is still wanted.
constexpr absl::Duration kWaitSlice = absl::Milliseconds(100);
constexpr size_t kEntriesRead = 256;

}  // namespace

CommitRinger::CommitRinger(const storage::Store& store, FeedBell& bell)
    : store_(store), bell_(bell), thread_([this] { Run(); }) {}

CommitRinger::~CommitRinger() {
  ending_.End();
  thread_.join();
}

void CommitRinger::Run() {
  storage::Sequence seen = store_.LastSequence();
  bell_.Ring(seen);  // what was committed until now is what feeds begin with
  while (true) {
    const storage::Sequence last = store_.AwaitCommit(seen, kWaitSlice);
    if (last > seen) {
      if (AnybodyChanged(seen, last)) bell_.Ring(last);
      seen = last;
    }
    if (ending_.WaitFor(kRingInterval)) return;
  }
}

// Yes, where it cannot be read: feeds find out what is the matter.
bool CommitRinger::AnybodyChanged(storage::Sequence after, storage::Sequence through) const {
  while (after < through) {
    const auto entries = store_.Tail(after, kEntriesRead);
    if (!entries.ok() || entries->empty()) return true;
    for (const storage::JournalEntry& entry : *entries) {
      if (IsAboutPeople(entry)) return true;
    }
    after = entries->back().sequence;
  }
  return false;
}

}  // namespace passend::service
