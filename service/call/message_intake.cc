#include "service/call/message_intake.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace passend::service {

MessageIntake::Ticket MessageIntake::Enter(const std::string& sharer,
                                           std::function<void()> gives_way) {
  const absl::Time now = now_();
  std::vector<std::function<void()>> told;
  Ticket ticket = 0;
  {
    absl::MutexLock lock(&mutex_);
    told = MakeRoom(now);
    ticket = next_++;
    places_.emplace(ticket, Place{sharer, std::move(gives_way), now});
    ++held_[sharer];
  }
  // Without the lock: it may end a call, and another may begin then.
  for (const auto& tell : told) tell();
  return ticket;
}

std::vector<std::function<void()>> MessageIntake::MakeRoom(absl::Time now) {
  std::vector<std::function<void()>> told;
  while (places_.size() >= slow_max_) {
    auto end = std::find_if(places_.begin(), places_.end(), [&](const auto& place) {
      return place.second.since > now - kReceivedSoon;
    });
    if (end == places_.begin()) {
      if (places_.size() < places_max_) break;
      end = places_.end();
    }
    told.push_back(Remove(WhoGivesWay(end)));
  }
  return told;
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

MessageIntake::Places::iterator MessageIntake::WhoGivesWay(Places::iterator end) {
  auto found = places_.begin();
  size_t most = held_[found->second.sharer];
  for (auto place = std::next(found); place != end; ++place) {
    const size_t held = held_[place->second.sharer];
    if (held > most) {
      most = held;
      found = place;
    }
  }
  return found;
}

}  // namespace passend::service
