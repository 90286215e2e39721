#include "tests/stress/disk/power.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

constexpr size_t kSectorBytes = 512;

}  // namespace

std::string_view NameOf(Loss loss) {
  constexpr std::array<std::string_view, kLosses> kNames = {
      "everything that was not synced is gone", "a part of it stays", "some sectors of it stay",
      "a sector of it is garbled"};
  return kNames[static_cast<size_t>(loss)];
}

PowerDisk::PowerDisk(std::string root, uint64_t cut_at, Lie lie)
    : root_(std::move(root)), cut_at_(cut_at), lie_(lie), top_(Scan(root_)) {}

PowerDisk::NodePtr PowerDisk::Scan(const std::string& path) {
  auto node = std::make_shared<Node>();
  node->directory = fs::is_directory(path);
  if (node->directory) {
    for (const auto& entry : fs::directory_iterator(path)) {
      node->names[entry.path().filename().string()] = Scan(entry.path().string());
    }
    node->synced_names = node->names;
  } else {
    std::ifstream stream(path, std::ios::binary);
    node->synced.assign(std::istreambuf_iterator<char>(stream), {});
  }
  return node;
}

int PowerDisk::Before(DiskCall call, const std::string& /*path*/) {
  if (IsChange(call) && ++changes_ >= cut_at_) cut_ = true;
  return 0;
}

PowerDisk::NodePtr PowerDisk::Find(const std::string& path) const {
  NodePtr node = top_;
  for (const fs::path& part : fs::path(path).lexically_relative(root_)) {
    if (part == ".") continue;
    const auto at = node->names.find(part.string());
    if (at == node->names.end()) return nullptr;
    node = at->second;
  }
  return node;
}

PowerDisk::Naming PowerDisk::NameFor(const std::string& path, NodePtr node) const {
  const fs::path whole(path);
  return {Find(whole.parent_path().string()), whole.filename().string(), std::move(node)};
}

void PowerDisk::Take(Step step) {
  for (const Naming& naming : step) {
    if (naming.directory == nullptr) return;  // of the engine's LOG, which is not seen
    if (naming.node == nullptr) {
      naming.directory->names.erase(naming.name);
    } else {
      naming.directory->names[naming.name] = naming.node;
    }
  }
  unsynced_.push_back(std::move(step));
}

void PowerDisk::Opened(int file, const std::string& path, bool created, bool emptied) {
  if (cut_) return;
  if (created) Take({NameFor(path, std::make_shared<Node>())});
  const NodePtr node = Find(path);
  open_[file] = node;
  if (node != nullptr && emptied && !created) node->changes.push_back({0, "", true});
}

void PowerDisk::Closed(int file) { open_.erase(file); }

void PowerDisk::Wrote(int file, off_t offset, std::string_view bytes) {
  if (cut_) return;
  if (const NodePtr& node = open_[file]; node != nullptr) {
    node->changes.push_back({offset, std::string(bytes), false});
  }
}

void PowerDisk::Resized(int file, off_t size) {
  if (cut_) return;
  if (const NodePtr& node = open_[file]; node != nullptr) {
    node->changes.push_back({size, "", true});
  }
}

void PowerDisk::Synced(int file) {
  if (cut_) return;
  const NodePtr& node = open_[file];
  if (node == nullptr || lie_ == Lie::kSync) return;
  for (const Change& change : node->changes) Apply(change, node->synced);
  node->changes.clear();
}

void PowerDisk::SyncedDirectory(const std::string& path) {
  if (cut_) return;
  const NodePtr directory = Find(path);
  if (directory == nullptr || lie_ == Lie::kSyncDirectory) return;
  // Steps of the directory, and earlier ones that those build on.
  std::set<std::pair<const Node*, std::string>> needed;
  std::vector<Step> rest;
  std::vector<Step> synced;
  for (auto step = unsynced_.rbegin(); step != unsynced_.rend(); ++step) {
    const bool take = std::any_of(step->begin(), step->end(), [&](const Naming& naming) {
      return naming.directory == directory ||
             needed.contains({naming.directory.get(), naming.name});
    });
    if (take) {
      for (const Naming& naming : *step) needed.emplace(naming.directory.get(), naming.name);
    }
    (take ? synced : rest).push_back(std::move(*step));
  }
  for (auto step = synced.rbegin(); step != synced.rend(); ++step) {
    for (const Naming& naming : *step) {
      if (naming.node == nullptr) {
        naming.directory->synced_names.erase(naming.name);
      } else {
        naming.directory->synced_names[naming.name] = naming.node;
      }
    }
  }
  std::reverse(rest.begin(), rest.end());
  unsynced_ = std::move(rest);
}

void PowerDisk::Renamed(const std::string& from, const std::string& to) {
  if (cut_) return;
  const NodePtr node = Find(from);
  if (node != nullptr) Take({NameFor(from, nullptr), NameFor(to, node)});
}

void PowerDisk::Linked(const std::string& from, const std::string& to) {
  if (cut_) return;
  if (NodePtr node = Find(from); node != nullptr) Take({NameFor(to, std::move(node))});
}

void PowerDisk::Removed(const std::string& path) {
  if (cut_) return;
  if (Find(path) != nullptr) Take({NameFor(path, nullptr)});
}

void PowerDisk::MadeDirectory(const std::string& path) {
  if (cut_) return;
  auto node = std::make_shared<Node>();
  node->directory = true;
  Take({NameFor(path, std::move(node))});
}

void PowerDisk::Apply(const Change& change, std::string& bytes) {
  const auto offset = static_cast<size_t>(change.offset);
  if (change.resizes) {
    bytes.resize(offset, '\0');
    return;
  }
  if (bytes.size() < offset + change.bytes.size()) bytes.resize(offset + change.bytes.size(), '\0');
  bytes.replace(offset, change.bytes.size(), change.bytes);
}

std::string PowerDisk::BytesAfter(const Node& file, Loss loss, std::mt19937_64& random) {
  std::string bytes = file.synced;
  if (loss == Loss::kAll || file.changes.empty()) return bytes;
  size_t kept = file.changes.size();
  if (loss == Loss::kTail) kept = random() % (kept + 1);
  for (size_t i = 0; i < kept; ++i) Apply(file.changes[i], bytes);
  if (loss == Loss::kTail && kept < file.changes.size() && !file.changes[kept].resizes) {
    Change part = file.changes[kept];
    size_t size = random() % (part.bytes.size() + 1);
    const auto offset = static_cast<size_t>(part.offset);
    // Within what was there before, up to the end of a sector.
    if (offset + size < file.synced.size()) {
      const size_t end = (offset + size) / kSectorBytes * kSectorBytes;
      size = end > offset ? end - offset : 0;
    }
    part.bytes.resize(size);
    if (size > 0) Apply(part, bytes);
  }
  if (loss == Loss::kSectors && bytes.size() >= file.synced.size()) {
    for (size_t at = 0; at < bytes.size(); at += kSectorBytes) {
      if (random() % 2 == 0) continue;
      std::string before = at < file.synced.size() ? file.synced.substr(at, kSectorBytes) : "";
      const size_t size = std::min(kSectorBytes, bytes.size() - at);
      before.resize(size, '\0');
      bytes.replace(at, size, before);
    }
  }
  if (loss == Loss::kGarbled && bytes.size() > file.synced.size()) {
    const size_t at = file.synced.size() + random() % (bytes.size() - file.synced.size());
    const size_t end = std::min(bytes.size(), (at / kSectorBytes + 1) * kSectorBytes);
    for (size_t i = at; i < end; ++i) bytes[i] = static_cast<char>(random());
  }
  return bytes;
}

void PowerDisk::WriteOut(const Node& node, const std::map<const Node*, Names>& left,
                         const std::string& to, Loss loss, std::mt19937_64& random) {
  if (!node.directory) {
    std::ofstream(to, std::ios::binary | std::ios::trunc) << BytesAfter(node, loss, random);
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
    return;
  }
  fs::create_directories(to);
  const auto at = left.find(&node);
  const Names& names = at == left.end() ? node.synced_names : at->second;
  for (const auto& [name, child] : names) {
    WriteOut(*child, left, to + "/" + name, loss, random);
  }
}

void PowerDisk::Leave(const std::string& to, Loss loss, std::mt19937_64& random) const {
  std::map<const Node*, Names> left;  // of directories whose names are not just the synced ones
  const size_t kept = loss == Loss::kAll ? 0 : random() % (unsynced_.size() + 1);
  for (size_t i = 0; i < kept; ++i) {
    for (const Naming& naming : unsynced_[i]) {
      Names& names =
          left.try_emplace(naming.directory.get(), naming.directory->synced_names).first->second;
      if (naming.node == nullptr) {
        names.erase(naming.name);
      } else {
        names[naming.name] = naming.node;
      }
    }
  }
  WriteOut(*top_, left, to, loss, random);
}

}  // namespace passend::storage
