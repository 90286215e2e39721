#include "matcher/work_shelf.h"

#include <algorithm>
#include <utility>

namespace passend::matcher {

void Shelf::Append(std::shared_ptr<const ShelvedWork> shelved) {
  const Work& work = shelved->work;
  uint64_t offered_lines = 0;
  for (SupportLine line = 0; line < kSupportLines; ++line) {
    offered_lines |= uint64_t{shelved->offered_hundredths[line] != 0} << line;
  }
  const auto begin = static_cast<uint32_t>(requirements.size());
  requirements.insert(requirements.end(), work.requirements.begin(), work.requirements.end());
  std::partition(requirements.begin() + begin, requirements.end(),
                 [](const Requirement& one) { return !one.learnable; });
  gates.Set(works.size(), work);
  facts.push_back(
      {work.pace, offered_lines, begin, static_cast<uint32_t>(requirements.size()), work.kind});
  works.push_back(std::move(shelved));
}

void Shelf::Replace(size_t place, std::shared_ptr<const ShelvedWork> work) {
  auto all = std::exchange(works, {});
  facts.clear();
  requirements.clear();
  all[place] = std::move(work);
  for (auto& one : all) {
    if (one != nullptr) Append(std::move(one));
  }
}

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
    Changing(shelves_.size() - 1).Append(std::move(shelved));
    return;
  }
  Changing(place->second / kShelfWorks).Replace(place->second % kShelfWorks, std::move(shelved));
}

void WorkShelves::Remove(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = places_.find(std::string(name));
  if (found == places_.end()) return;
  const size_t gap = found->second;
  places_.erase(found);
  // The last one takes the place, so that every shelf but the last is full.
  Shelf& last = Changing(shelves_.size() - 1);
  const auto moved = last.works.back();
  last.Replace(last.works.size() - 1, nullptr);
  if (gap != places_.size()) {
    Changing(gap / kShelfWorks).Replace(gap % kShelfWorks, moved);
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
