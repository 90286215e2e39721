// RocksDB's settings, each with its reason. Changing one that is marked "pinned" changes what is on
// disk: raise kDatabaseFormat with it.
#ifndef PASSEND_STORAGE_ROCKSDB_OPTIONS_H_
#define PASSEND_STORAGE_ROCKSDB_OPTIONS_H_

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "rocksdb/db.h"
#include "rocksdb/listener.h"
#include "rocksdb/options.h"
#include "storage/envelope.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {

// Names of the column families, by Family. Pinned.
inline constexpr std::array<std::string_view, kFamilyCount> kFamilyNames = {"default", "record",
                                                                            "journal", "receipt"};

// `listener` may be null.
rocksdb::DBOptions MakeDbOptions(const OpenOptions& options,
                                 std::shared_ptr<rocksdb::EventListener> listener);

// Bytes of recent writes in memory, of a family; of the one that has least.
size_t SmallestWriteBufferBytes(const OpenOptions& options);
size_t WriteBufferBytes(const OpenOptions& options, Family family);

// In the order of Family.
std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const OpenOptions& options);

rocksdb::ReadOptions MakeReadOptions(const rocksdb::Snapshot* snapshot = nullptr);
// For reading much in order, once.
rocksdb::ReadOptions MakeWideReadOptions(const rocksdb::Snapshot* snapshot);
rocksdb::WriteOptions MakeWriteOptions();

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_ROCKSDB_OPTIONS_H_
