#include "service/call/message_intake.h"

#include <iterator>
#include <utility>

namespace passend::service {

MessageIntake::Ticket MessageIntake::Enter(const std::string& sharer,
                                           std::function<void()> gives_way) {
  std::function<void()> told;
  Ticket ticket = 0;
  {
    absl::MutexLock lock(&mutex_);
    if (places_.size() >= places_max_) told = Remove(WhoGivesWay());
    ticket = next_++;
    places_.emplace(ticket, Place{sharer, std::move(gives_way)});
    ++held_[sharer];
  }
  // Without the lock: it may end a call, and another may begin then.
  if (told != nullptr) told();
  return ticket;
}

bool MessageIntake::Leave(Ticket ticket) {
  absl::MutexLock lock(&mutex_);
  const auto place = places_.find(ticket);
  if (place == places_.end()) return false;
  Remove(place);
  return true;
}

std::function<void()> MessageIntake::Remove(Places::iterator place) {
  const auto held = held_.find(place->second.sharer);
  if (--held->second == 0) held_.erase(held);
  std::function<void()> gives_way = std::move(place->second.gives_way);
  places_.erase(place);
  return gives_way;
}

MessageIntake::Places::iterator MessageIntake::WhoGivesWay() {
  auto found = places_.begin();
  size_t most = held_[found->second.sharer];
  for (auto place = std::next(found); place != places_.end(); ++place) {
    const size_t held = held_[place->second.sharer];
    if (held > most) {
      most = held;
      found = place;
    }
  }
  return found;
}

}  // namespace passend::service
