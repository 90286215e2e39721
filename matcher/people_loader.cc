#include "matcher/people_loader.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "matcher/name_table.h"

namespace passend::matcher {

void PeopleTray::Add(const Person& person, std::span<const SkillValidation> skills) {
  if (PeopleBlock::Holds(person, skills)) {
    auto region = by_region_.find(person.region);
    if (region == by_region_.end()) {
      region = by_region_.try_emplace(person.region).first;
    }
    region->second.Add(person, skills);
    return;
  }
  Person& odd = odd_.emplace_back(person);
  odd.skills.clear();
  for (const SkillValidation& one : skills) {
    if (odd.skills.empty() || odd.skills.back().skill != one.skill) {
      odd.skills.push_back({one.skill, {}});
    }
    odd.skills.back().validations.push_back(one.validation);
  }
}

PeopleLoader::Region& PeopleLoader::RegionNamed(const std::string& name) {
  const std::lock_guard lock(mutex_);
  std::unique_ptr<Region>& region = regions_[name];
  if (region == nullptr) region = std::make_unique<Region>();
  return *region;
}

void PeopleLoader::Take(PeopleTray& tray) {
  for (auto& [name, staged] : tray.by_region_) {
    if (staged.empty()) continue;
    Region& region = RegionNamed(name);
    for (size_t taken = 0; taken < staged.size();) {
      StagedPeople full;
      {
        const std::lock_guard lock(region.mutex);
        const size_t end =
            std::min(staged.size(), taken + layout_.block_rows - region.people.size());
        region.people.Append(staged, taken, end);
        taken = end;
        if (region.people.size() < layout_.block_rows) continue;
        std::swap(full, region.people);
      }
      LayOut(name, full);
    }
    staged.Clear();
  }
  const std::lock_guard lock(mutex_);
  std::move(tray.odd_.begin(), tray.odd_.end(), std::back_inserter(loaded_.odd));
  tray.odd_.clear();
}

void PeopleLoader::LayOutRest() {
  while (true) {
    std::pair<std::string, std::unique_ptr<Region>> next;
    {
      const std::lock_guard lock(mutex_);
      if (regions_.empty()) return;
      auto region = regions_.extract(regions_.begin());
      next = {std::move(region.key()), std::move(region.mapped())};
    }
    if (!next.second->people.empty()) LayOut(next.first, next.second->people);
  }
}

void PeopleLoader::LayOut(const std::string& region, const StagedPeople& people) {
  std::vector<StagedPerson> rows;
  rows.reserve(people.size());
  for (size_t place = 0; place < people.size(); ++place) rows.push_back(people[place]);
  std::stable_sort(rows.begin(), rows.end(), [](const StagedPerson& a, const StagedPerson& b) {
    return PeopleBlock::ComesBefore(*a.wishes, *b.wishes);
  });
  LoadedPeople::Block done{std::make_shared<const PeopleBlock>(region, rows), {}};
  done.name_hashes.reserve(rows.size());
  for (const StagedPerson& person : rows) {
    done.name_hashes.push_back(NameTable::HashOf(person.name));
  }
  const std::lock_guard lock(mutex_);
  loaded_.blocks.push_back(std::move(done));
}

LoadedPeople PeopleLoader::Finish() {
  const std::lock_guard lock(mutex_);
  return std::exchange(loaded_, {});
}

}  // namespace passend::matcher
