// Everybody who can be ranked: blocks by region, and beside them a few who came last. One change at
// a time; read by any number, who see it as it was when they asked.
//
// Thread safety: all methods may be called from any thread.
//
//   P1  A snapshot never changes. What only it still needs is freed with it.
//   P2  GetSnapshot waits for no change, other than the very first time.
//   P3  A change is in every snapshot that is asked for after it returned.
//
// How changes get into blocks, which cannot be changed: a new version of a person is kept as it is,
// and the row of the old one is marked as gone. Once a region has recent_max of these they become a
// block, together with blocks that are not much larger; so a person is laid out anew some five
// times until the block is full. A block of which a quarter is gone is laid out anew without them.
#ifndef PASSEND_MATCHER_PEOPLE_POOL_H_
#define PASSEND_MATCHER_PEOPLE_POOL_H_

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "matcher/name_table.h"
#include "matcher/people_block.h"
#include "matcher/people_loader.h"
#include "matcher/pool_layout.h"

namespace passend::matcher {

// One bit a row.
using GoneRows = std::vector<uint64_t>;

struct RegionPeople {
  struct Part {
    uint32_t number;  // of the block, within the pool
    std::shared_ptr<const PeopleBlock> block;
    std::shared_ptr<const GoneRows> gone;  // nullptr: nobody
    size_t people;                         // who are not gone
  };
  std::string region;
  std::vector<Part> parts;
  std::vector<std::shared_ptr<const Person>> recent;
  std::vector<std::shared_ptr<const Person>> odd;  // whom no block holds
};

struct PeopleSnapshot {
  std::vector<std::shared_ptr<const RegionPeople>> regions;
  size_t people = 0;
};

class PeoplePool {
 public:
  explicit PeoplePool(PoolLayout layout = {});

  // Everybody at once, into a pool in which nobody is and was.
  void Load(LoadedPeople loaded);
  // All at once: a snapshot has all of it or nothing. `put` adds or replaces by name; a name is in
  // one of the two, and once.
  void Apply(std::vector<Person> put, std::span<const std::string> removed);
  // One alone. Adds or replaces by name.
  void Put(Person person);
  void Remove(std::string_view name);
  std::optional<Person> Find(std::string_view name) const;
  size_t size() const;

  std::shared_ptr<const PeopleSnapshot> GetSnapshot();

 private:
  // Somebody who is in no block.
  struct Apart {
    size_t region;
    std::shared_ptr<const Person> person;
  };
  struct Numbered {
    std::shared_ptr<const PeopleBlock> block;  // nullptr: the number is free
    size_t region = 0;
  };

  // All need mutex_.
  size_t RegionOf(const std::string& name);
  RegionPeople& Changing(size_t region);
  void PutNow(Person person);
  void RemoveNow(std::string_view name);
  void RemoveRow(std::string_view name, BlockRow at);
  // Makes blocks of those who are recent and of the parts for which `take` says so.
  void Settle(size_t region, const std::vector<bool>& take);
  std::vector<bool> PartsToJoin(const RegionPeople& region) const;
  void AddBlock(size_t region, std::span<const Person* const> people,
                std::span<const std::optional<BlockRow>> before);
  uint32_t NumberFor(size_t region, std::shared_ptr<const PeopleBlock> block);
  size_t NumbersLeft() const {
    return kBlockNumbersMax - (numbered_.size() - free_numbers_.size());
  }
  void SettleWhileLoading();
  void SettleAfterLoading();
  void Publish();

  const PoolLayout layout_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, size_t> region_numbers_;
  std::vector<std::shared_ptr<RegionPeople>> regions_;
  std::vector<bool> shown_;  // regions that a snapshot may have: copied before a change
  std::unordered_map<std::string, Apart> apart_;
  std::vector<Numbered> numbered_;
  std::vector<uint32_t> free_numbers_;
  NameTable names_;
  size_t recent_ = 0;  // in all regions

  std::mutex snapshot_mutex_;  // held for as long as a pointer is copied
  // nullptr until somebody asks: while a pool is filled nobody minds how many are recent.
  std::shared_ptr<const PeopleSnapshot> snapshot_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PEOPLE_POOL_H_
