#include "service/call/unread_answers.h"

#include <algorithm>
#include <utility>

namespace passend::service {

UnreadAnswers::Ticket UnreadAnswers::Enter(const std::string& sharer, size_t bytes,
                                           std::function<void()> cut_off) {
  bytes += kUnreadCallBytes;
  const absl::Time now = now_();
  absl::MutexLock lock(&mutex_);
  while (!answers_.empty() && bytes_ + bytes > bytes_max_) {
    CutOff(answers_.find(OldestOfWhoHasMost()));
  }
  const Ticket ticket = next_++;
  answers_.emplace(ticket, Answer{sharer, bytes, std::move(cut_off), now});
  Held& held = held_[sharer];
  held.bytes += bytes;
  held.tickets.insert(ticket);
  bytes_ += bytes;
  return ticket;
}

void UnreadAnswers::Leave(Ticket ticket) {
  absl::MutexLock lock(&mutex_);
  const auto answer = answers_.find(ticket);
  if (answer != answers_.end()) Remove(answer);
}

void UnreadAnswers::EndOverdue() {
  const absl::Time begun_before = now_() - read_within_;
  absl::MutexLock lock(&mutex_);
  while (!answers_.empty() && answers_.begin()->second.since < begun_before) {
    CutOff(answers_.begin());
  }
}

size_t UnreadAnswers::bytes() const {
  absl::MutexLock lock(&mutex_);
  return bytes_;
}

uint64_t UnreadAnswers::cut_off() const {
  absl::MutexLock lock(&mutex_);
  return cut_off_;
}

UnreadAnswers::Ticket UnreadAnswers::OldestOfWhoHasMost() const {
  const auto most = std::max_element(
      held_.begin(), held_.end(),
      [](const auto& one, const auto& other) { return one.second.bytes < other.second.bytes; });
  return *most->second.tickets.begin();
}

// With the lock: whom it ends must not be gone meanwhile.
void UnreadAnswers::CutOff(Answers::iterator answer) {
  ++cut_off_;
  answer->second.cut_off();
  Remove(answer);
}

void UnreadAnswers::Remove(Answers::iterator answer) {
  const auto& [ticket, gone] = *answer;
  const auto held = held_.find(gone.sharer);
  held->second.bytes -= gone.bytes;
  held->second.tickets.erase(ticket);
  if (held->second.tickets.empty()) held_.erase(held);
  bytes_ -= gone.bytes;
  answers_.erase(answer);
}

}  // namespace passend::service
