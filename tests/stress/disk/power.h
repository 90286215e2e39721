// A disk whose power is cut: it knows what was synced and what was not, and says what a machine
// would find after a cut.
//
// The model, as strict as POSIX lets a file system be:
//   - A file has the bytes that it had when it was last synced. What came after may be there, all,
//     a part or nothing of it, up to the sector in which it ends (Loss says how).
//   - A name (made, renamed, removed) counts once its directory was synced. Of names that were not,
//     the first so many may count all the same: file systems keep their order.
//   - A sector of 512 bytes that was there before is written whole or not at all.
//   - Syncing a file does not sync its name, nor the other way round.
// After the cut calls go on, and count for nothing: the engine of Debian ends the process where a
// call fails at the wrong moment. So what is answered after the cut is no answer either.
#ifndef PASSEND_TESTS_STRESS_DISK_POWER_H_
#define PASSEND_TESTS_STRESS_DISK_POWER_H_

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/stress/disk/calls.h"

namespace passend::storage {

// What becomes of bytes and names that were not synced.
enum class Loss {
  kAll,      // gone
  kTail,     // those up to somewhere stay, in the order of their writing
  kSectors,  // any of the sectors stay; where others are gone, there are zeros
  kGarbled,  // all stay, and one sector of what was added has anything in it
};
inline constexpr int kLosses = 4;
std::string_view NameOf(Loss loss);

// Disks that are worse than the model, for canaries.
enum class Lie { kNone, kSync, kSyncDirectory };

class PowerDisk final : public DiskWatcher {
 public:
  // Starts with what is below `root`, all of it durable. The power is cut before the call of that
  // number among those that change something, counted from 1.
  PowerDisk(std::string root, uint64_t cut_at, Lie lie);

  bool cut() const { return cut_; }
  uint64_t changes() const { return changes_; }  // so far

  // What is there after the cut, written to the folder `to`. Not while the disk is watched.
  void Leave(const std::string& to, Loss loss, std::mt19937_64& random) const;

  int Before(DiskCall call, const std::string& path) override;
  void Opened(int file, const std::string& path, bool created, bool emptied) override;
  void Closed(int file) override;
  void Wrote(int file, off_t offset, std::string_view bytes) override;
  void Resized(int file, off_t size) override;
  void Synced(int file) override;
  void SyncedDirectory(const std::string& path) override;
  void Renamed(const std::string& from, const std::string& to) override;
  void Linked(const std::string& from, const std::string& to) override;
  void Removed(const std::string& path) override;
  void MadeDirectory(const std::string& path) override;

 private:
  struct Node;
  using NodePtr = std::shared_ptr<Node>;
  using Names = std::map<std::string, NodePtr>;
  // A write of bytes, or a new size.
  struct Change {
    off_t offset;
    std::string bytes;
    bool resizes;
  };
  struct Node {
    bool directory = false;
    std::string synced;           // of a file
    std::vector<Change> changes;  // of a file, since it was synced
    Names names;                  // of a directory
    Names synced_names;
  };
  // A name is given to a node, or taken away where it is null.
  struct Naming {
    NodePtr directory;
    std::string name;
    NodePtr node;
  };
  using Step = std::vector<Naming>;  // a rename is two of them, all or nothing

  static NodePtr Scan(const std::string& path);
  static void Apply(const Change& change, std::string& bytes);
  static std::string BytesAfter(const Node& file, Loss loss, std::mt19937_64& random);
  static void WriteOut(const Node& node, const std::map<const Node*, Names>& left,
                       const std::string& to, Loss loss, std::mt19937_64& random);
  NodePtr Find(const std::string& path) const;
  Naming NameFor(const std::string& path, NodePtr node) const;
  void Take(Step step);

  const std::string root_;
  const uint64_t cut_at_;
  const Lie lie_;
  NodePtr top_;
  std::map<int, NodePtr> open_;
  std::vector<Step> unsynced_;
  std::atomic<uint64_t> changes_ = 0;
  std::atomic<bool> cut_ = false;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_DISK_POWER_H_
