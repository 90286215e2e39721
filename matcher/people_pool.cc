#include "matcher/people_pool.h"

#include <algorithm>
#include <deque>
#include <numeric>
#include <type_traits>
#include <utility>

namespace passend::matcher {
namespace {

// People who are kept as they came while the pool is filled: some 200 MB.
constexpr size_t kRecentWhileLoadingMax = 65'536;
// A block joins those who are laid out anew when it has no more than so many times their number.
constexpr size_t kJoinFactor = 3;

void SortForBlocks(std::vector<const Person*>& people,
                   std::vector<std::optional<BlockRow>>& before) {
  std::vector<uint32_t> order(people.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return PeopleBlock::ComesBefore(people[a]->wishes, people[b]->wishes);
  });
  const auto sorted = [&](const auto& things) {
    std::remove_cvref_t<decltype(things)> in_order;
    in_order.reserve(things.size());
    for (uint32_t place : order) in_order.push_back(things[place]);
    return in_order;
  };
  people = sorted(people);
  before = sorted(before);
}

}  // namespace

PeoplePool::PeoplePool(PoolLayout layout)
    : layout_(layout),
      names_(
          [this](BlockRow at, std::string_view name) {
            return numbered_[at.block].block->IsNamed(at.row, name);
          },
          [this](BlockRow at) { return numbered_[at.block].block->NameOf(at.row); }) {}

std::shared_ptr<const PeopleSnapshot> PeoplePool::GetSnapshot() {
  {
    const std::lock_guard lock(snapshot_mutex_);
    if (snapshot_ != nullptr) return snapshot_;
  }
  const std::lock_guard lock(mutex_);
  if (snapshot_ == nullptr) {
    SettleAfterLoading();
    Publish();
  }
  const std::lock_guard snapshot_lock(snapshot_mutex_);
  return snapshot_;
}

void PeoplePool::Publish() {
  auto snapshot = std::make_shared<PeopleSnapshot>();
  snapshot->regions.assign(regions_.begin(), regions_.end());
  snapshot->people = names_.size() + apart_.size();
  shown_.assign(regions_.size(), true);
  // What it replaces is freed after the lock: that may take a while.
  std::shared_ptr<const PeopleSnapshot> replaced = std::move(snapshot);
  const std::lock_guard lock(snapshot_mutex_);
  snapshot_.swap(replaced);
}

std::optional<Person> PeoplePool::Find(std::string_view name) const {
  const std::lock_guard lock(mutex_);
  if (const auto apart = apart_.find(std::string(name)); apart != apart_.end()) {
    return *apart->second.person;
  }
  const auto row = names_.Find(name);
  if (!row) return std::nullopt;
  return numbered_[row->block].block->At(row->row);
}

size_t PeoplePool::size() const {
  const std::lock_guard lock(mutex_);
  return names_.size() + apart_.size();
}

size_t PeoplePool::RegionOf(const std::string& name) {
  const auto [entry, added] = region_numbers_.emplace(name, regions_.size());
  if (added) {
    regions_.push_back(std::make_shared<RegionPeople>());
    regions_.back()->region = name;
    shown_.push_back(false);
  }
  return entry->second;
}

RegionPeople& PeoplePool::Changing(size_t region) {
  if (shown_[region]) {
    regions_[region] = std::make_shared<RegionPeople>(*regions_[region]);
    shown_[region] = false;
  }
  return *regions_[region];
}

void PeoplePool::Apply(std::vector<Person> put, std::span<const std::string> removed) {
  const std::lock_guard lock(mutex_);
  for (const std::string& name : removed) RemoveNow(name);
  for (Person& person : put) PutNow(std::move(person));
  if (snapshot_ != nullptr) Publish();
}

void PeoplePool::Load(LoadedPeople loaded) {
  const std::lock_guard lock(mutex_);
  size_t people = 0;
  for (const LoadedPeople::Block& one : loaded.blocks) people += one.block->rows();
  names_.Reserve(people);
  for (LoadedPeople::Block& one : loaded.blocks) {
    if (NumbersLeft() == 0) {
      for (uint32_t row = 0; row < one.block->rows(); ++row)
        loaded.odd.push_back(one.block->At(row));
      continue;
    }
    const size_t region = RegionOf(one.block->region());
    const uint32_t number = NumberFor(region, one.block);
    for (uint32_t row = 0; row < one.block->rows(); ++row) {
      names_.AddHashed(one.name_hashes[row], {number, row});
    }
    Changing(region).parts.push_back({number, one.block, nullptr, one.block->rows()});
  }
  for (Person& person : loaded.odd) PutNow(std::move(person));
  if (snapshot_ != nullptr) Publish();
}

void PeoplePool::Put(Person person) {
  const std::lock_guard lock(mutex_);
  PutNow(std::move(person));
  if (snapshot_ != nullptr) Publish();
}

void PeoplePool::PutNow(Person person) {
  RemoveNow(person.name);
  const size_t region = RegionOf(person.region);
  const bool holds = PeopleBlock::Holds(person);
  auto kept = std::make_shared<const Person>(std::move(person));
  apart_.emplace(kept->name, Apart{region, kept});
  RegionPeople& changing = Changing(region);
  (holds ? changing.recent : changing.odd).push_back(std::move(kept));
  recent_ += holds;
  if (snapshot_ == nullptr) {
    SettleWhileLoading();
    return;
  }
  if (changing.recent.size() >= layout_.recent_max) Settle(region, PartsToJoin(changing));
}

void PeoplePool::Remove(std::string_view name) {
  const std::lock_guard lock(mutex_);
  RemoveNow(name);
  if (snapshot_ != nullptr) Publish();
}

void PeoplePool::RemoveNow(std::string_view name) {
  if (const auto apart = apart_.find(std::string(name)); apart != apart_.end()) {
    RegionPeople& region = Changing(apart->second.region);
    const size_t before = region.recent.size();
    std::erase(region.recent, apart->second.person);
    std::erase(region.odd, apart->second.person);
    recent_ -= before - region.recent.size();
    apart_.erase(apart);
  } else if (const auto row = names_.Find(name)) {
    RemoveRow(name, *row);
  }
}

void PeoplePool::RemoveRow(std::string_view name, BlockRow at) {
  names_.Remove(name, at);
  const size_t region_number = numbered_[at.block].region;
  RegionPeople& region = Changing(region_number);
  const auto part = std::find_if(region.parts.begin(), region.parts.end(),
                                 [&](const auto& one) { return one.number == at.block; });
  auto gone = part->gone == nullptr ? std::make_shared<GoneRows>(WordsFor(part->block->rows()))
                                    : std::make_shared<GoneRows>(*part->gone);
  (*gone)[at.row / kWordRows] |= uint64_t{1} << at.row % kWordRows;
  part->gone = std::move(gone);
  --part->people;
  if (part->people * 4 > part->block->rows() * 3) return;
  std::vector<bool> take(region.parts.size(), false);
  take[static_cast<size_t>(part - region.parts.begin())] = true;
  Settle(region_number, take);
}

std::vector<bool> PeoplePool::PartsToJoin(const RegionPeople& region) const {
  std::vector<size_t> order(region.parts.size());
  for (size_t part = 0; part < order.size(); ++part) order[part] = part;
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return region.parts[a].people < region.parts[b].people; });
  std::vector<bool> take(order.size(), false);
  size_t people = region.recent.size();
  for (size_t part : order) {
    const size_t more = region.parts[part].people;
    if (more > people * kJoinFactor || people + more > layout_.block_rows) break;
    take[part] = true;
    people += more;
  }
  return take;
}

void PeoplePool::SettleWhileLoading() {
  if (recent_ < kRecentWhileLoadingMax) return;
  size_t largest = 0;
  for (size_t region = 1; region < regions_.size(); ++region) {
    if (regions_[region]->recent.size() > regions_[largest]->recent.size()) largest = region;
  }
  Settle(largest, PartsToJoin(*regions_[largest]));
}

void PeoplePool::SettleAfterLoading() {
  for (size_t region = 0; region < regions_.size(); ++region) {
    const RegionPeople& loaded = *regions_[region];
    std::vector<bool> take;
    for (const RegionPeople::Part& part : loaded.parts) {
      take.push_back(part.people < layout_.block_rows / 2);
    }
    const auto small = std::count(take.begin(), take.end(), true);
    if (loaded.recent.size() >= layout_.recent_max || small > 1) Settle(region, take);
  }
  apart_.rehash(0);  // room for far more people was needed while loading
}

void PeoplePool::Settle(size_t region_number, const std::vector<bool>& take) {
  RegionPeople& region = Changing(region_number);
  std::deque<Person> unpacked;
  std::vector<const Person*> people;
  std::vector<std::optional<BlockRow>> before;
  std::vector<RegionPeople::Part> taken;
  std::vector<RegionPeople::Part> left;
  for (size_t place = 0; place < region.parts.size(); ++place) {
    (take[place] ? taken : left).push_back(region.parts[place]);
  }
  for (const RegionPeople::Part& part : taken) {
    for (uint32_t row = 0; row < part.block->rows(); ++row) {
      if (part.gone != nullptr && ((*part.gone)[row / kWordRows] >> row % kWordRows & 1) != 0) {
        continue;
      }
      people.push_back(&unpacked.emplace_back(part.block->At(row)));
      before.push_back(BlockRow{part.number, row});
    }
  }
  for (const auto& person : region.recent) {
    people.push_back(person.get());
    before.push_back(std::nullopt);
  }
  SortForBlocks(people, before);
  const size_t blocks = (people.size() + layout_.block_rows - 1) / layout_.block_rows;
  if (blocks > NumbersLeft()) return;  // stay apart
  region.parts = std::move(left);
  const auto recent = std::exchange(region.recent, {});
  recent_ -= recent.size();
  for (size_t block = 0; block < blocks; ++block) {
    const size_t begin = people.size() * block / blocks;
    const size_t end = people.size() * (block + 1) / blocks;
    AddBlock(region_number, std::span(people).subspan(begin, end - begin),
             std::span(before).subspan(begin, end - begin));
  }
  for (const RegionPeople::Part& part : taken) {
    numbered_[part.number].block = nullptr;
    free_numbers_.push_back(part.number);
  }
}

uint32_t PeoplePool::NumberFor(size_t region, std::shared_ptr<const PeopleBlock> block) {
  uint32_t number = static_cast<uint32_t>(numbered_.size());
  if (free_numbers_.empty()) {
    numbered_.emplace_back();
  } else {
    number = free_numbers_.back();
    free_numbers_.pop_back();
  }
  numbered_[number] = {std::move(block), region};
  return number;
}

void PeoplePool::AddBlock(size_t region, std::span<const Person* const> people,
                          std::span<const std::optional<BlockRow>> before) {
  auto block = std::make_shared<const PeopleBlock>(people);
  const uint32_t number = NumberFor(region, block);
  for (uint32_t row = 0; row < people.size(); ++row) {
    const std::string& name = people[row]->name;
    if (before[row]) {
      names_.Move(name, *before[row], {number, row});
    } else {
      names_.Add(name, {number, row});
      apart_.erase(name);
    }
  }
  regions_[region]->parts.push_back({number, std::move(block), nullptr, people.size()});
}

}  // namespace passend::matcher
