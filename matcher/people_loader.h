// Lays out a whole population at once, on as many threads as want to: what a pool would otherwise
// do for one person after another, and several times.
//
//   each thread, as long as there are people:   tray.Add(...) some times; loader.Take(tray);
//   once all of them are done, each again:      loader.LayOutRest();
//   then, one of them:                          pool.Load(loader.Finish());
//
// Memory: beside the blocks that are done, up to PoolLayout::block_rows people of each region, in
// some 400 bytes each, and what is in the trays.
#ifndef PASSEND_MATCHER_PEOPLE_LOADER_H_
#define PASSEND_MATCHER_PEOPLE_LOADER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "matcher/people_block.h"
#include "matcher/pool_layout.h"
#include "matcher/staged_people.h"

namespace passend::matcher {

// Everybody, laid out. No name is there twice.
struct LoadedPeople {
  struct Block {
    std::shared_ptr<const PeopleBlock> block;
    std::vector<uint64_t> name_hashes;  // NameTable::HashOf each row's name
  };
  std::vector<Block> blocks;
  std::vector<Person> odd;  // whom no block holds
};

// People of any region whom one thread has read, and not handed over yet. Not thread-safe.
class PeopleTray {
 public:
  // Adds a person whose skills are `skills`, in order of skill; `person.skills` plays no part.
  void Add(const Person& person, std::span<const SkillValidation> skills);

 private:
  friend class PeopleLoader;
  std::map<std::string, StagedPeople, std::less<>> by_region_;  // emptied, kept for their memory
  std::vector<Person> odd_;
};

// Thread safety: all methods may be called from any thread; LayOutRest and Finish once no Take is
// at work, Finish once no LayOutRest is. A name may be added once.
class PeopleLoader {
 public:
  explicit PeopleLoader(PoolLayout layout = {}) : layout_(layout) {}

  // Everybody on the tray, which is empty then. Lays out the regions that have become a block.
  void Take(PeopleTray& tray);
  // Lays out who is left, a region at a time, until there is none.
  void LayOutRest();
  // Leaves nothing behind.
  LoadedPeople Finish();

 private:
  struct Region {
    std::mutex mutex;
    StagedPeople people;  // fewer than block_rows between two calls
  };

  Region& RegionNamed(const std::string& name);
  void LayOut(const std::string& region, const StagedPeople& people);

  const PoolLayout layout_;
  std::mutex mutex_;  // of the members below; may be locked while a region's is
  std::map<std::string, std::unique_ptr<Region>> regions_;
  LoadedPeople loaded_;
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_PEOPLE_LOADER_H_
