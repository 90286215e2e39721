#include "tests/storage/damage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/storage/batches.h"

namespace passend::storage {
namespace fs = std::filesystem;

absl::StatusOr<std::unique_ptr<Store>> OpenAt(const std::string& directory) {
  OpenOptions options;
  options.directory = directory;
  return OpenRocksDbStore(std::move(options));
}

void CommitAt(const std::string& directory, int count) {
  auto store = OpenAt(directory);
  ASSERT_TRUE(store.ok()) << store.status();
  for (int i = 0; i < count; ++i) {
    const std::string number = std::to_string((*store)->LastSequence() + 1);
    const auto result = (*store)->Commit(BatchOf()
                                             .Put(Task("latest"), "value " + number)
                                             .Put(Task(number), std::string(300, 'v') + number)
                                             .Tell(Task(number), "event " + number));
    ASSERT_TRUE(result.ok()) << result.status();
  }
}

absl::StatusOr<Contents> ContentsAt(const std::string& directory) {
  auto store = OpenAt(directory);
  if (!store.ok()) return store.status();
  Contents contents;
  const absl::Status scanned = (*store)->Scan({RecordKind::kTask, "", ""}, [&](Record record) {
    contents.records.push_back(std::move(record));
    return true;
  });
  if (!scanned.ok()) return scanned;
  auto entries = (*store)->Tail(0, 1'000);
  if (!entries.ok()) return entries.status();
  contents.entries = *std::move(entries);
  return contents;
}

void CopyDirectory(const std::string& from, const std::string& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

void FlipBit(const std::string& file, uint64_t offset, int bit) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(offset));
  const int byte = stream.get();
  ASSERT_TRUE(stream.good()) << file;
  stream.seekp(static_cast<std::streamoff>(offset));
  stream.put(static_cast<char>(byte ^ (1 << bit)));
}

int CountFilesWith(const std::string& directory, const std::string& text) {
  int count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find(text) != std::string::npos) ++count;
  }
  return count;
}

uint64_t SizeOf(const std::string& file) { return fs::file_size(file); }

std::vector<std::string> DatabaseFiles(const std::string& directory, const std::string& prefix,
                                       const std::string& suffix) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(directory + "/db")) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(suffix)) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

BareDatabase::BareDatabase(const std::string& directory) {
  const std::string path = directory + "/db";
  std::vector<std::string> names;
  rocksdb::Options options;
  EXPECT_TRUE(rocksdb::DB::ListColumnFamilies(options, path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const std::string& name : names) descriptors.emplace_back(name, options);
  rocksdb::DB* db = nullptr;
  const auto status = rocksdb::DB::Open(options, path, descriptors, &families_, &db);
  EXPECT_TRUE(status.ok()) << status.ToString();
  db_.reset(db);
}

BareDatabase::~BareDatabase() {
  for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
}

rocksdb::ColumnFamilyHandle* BareDatabase::family(const std::string& name) const {
  for (auto* family : families_) {
    if (family->GetName() == name) return family;
  }
  return nullptr;
}

}  // namespace passend::storage
