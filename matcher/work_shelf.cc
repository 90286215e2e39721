#include "matcher/work_shelf.h"

#include <utility>

#include "matcher/wish_fit.h"

namespace passend::matcher {

WorkGates::WorkGates(const Work& work)
    : features(work.features),
      start_weekly_hours(work.start_weekly_hours),
      least_weekly_hours(work.shared_weekly_hours_min == 0 ? work.start_weekly_hours
                                                           : work.shared_weekly_hours_min),
      schedule(work.schedule),
      place(work.place.value_or(Place{0, 0})),
      form(work.form),
      distance_matters(work.place.has_value() && !DistanceIsNoMatter(work)) {}

Shelf& WorkShelves::Changing(size_t shelf) {
  if (shown_[shelf]) {
    shelves_[shelf] = std::make_shared<Shelf>(*shelves_[shelf]);
    shown_[shelf] = false;
  }
  return *shelves_[shelf];
}

void WorkShelves::Put(Work work) {
  auto shelved = std::make_shared<const ShelvedWork>(std::move(work));
  const std::lock_guard lock(mutex_);
  const auto [place, added] = places_.try_emplace(shelved->work.name, places_.size());
  if (added) {
    if (place->second == shelves_.size() * kShelfWorks) {
      shelves_.push_back(std::make_shared<Shelf>());
      shown_.push_back(false);
    }
    Shelf& last = Changing(shelves_.size() - 1);
    last.gates.emplace_back(shelved->work);
    last.works.push_back(std::move(shelved));
    return;
  }
  Shelf& shelf = Changing(place->second / kShelfWorks);
  shelf.gates[place->second % kShelfWorks] = WorkGates(shelved->work);
  shelf.works[place->second % kShelfWorks] = std::move(shelved);
}

void WorkShelves::Remove(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = places_.find(std::string(name));
  if (found == places_.end()) return;
  const size_t gap = found->second;
  places_.erase(found);
  // The last one takes the place, so that every shelf but the last is full.
  Shelf& last = Changing(shelves_.size() - 1);
  const WorkGates gates = last.gates.back();
  const auto moved = last.works.back();
  last.gates.pop_back();
  last.works.pop_back();
  if (gap != places_.size()) {
    Shelf& shelf = Changing(gap / kShelfWorks);
    shelf.gates[gap % kShelfWorks] = gates;
    shelf.works[gap % kShelfWorks] = moved;
    places_[moved->work.name] = gap;
  }
  if (last.works.empty()) {
    shelves_.pop_back();
    shown_.pop_back();
  }
}

std::optional<Work> WorkShelves::Find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  const auto found = places_.find(std::string(name));
  if (found == places_.end()) return std::nullopt;
  return shelves_[found->second / kShelfWorks]->works[found->second % kShelfWorks]->work;
}

size_t WorkShelves::size() const {
  const std::lock_guard lock(mutex_);
  return places_.size();
}

WorkSnapshot WorkShelves::GetSnapshot() const {
  const std::lock_guard lock(mutex_);
  shown_.assign(shelves_.size(), true);
  return {shelves_.begin(), shelves_.end()};
}

}  // namespace passend::matcher
