#include "storage/rocksdb_options.h"

#include <algorithm>

#include "rocksdb/cache.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "rocksdb/write_buffer_manager.h"
#include "storage/database.h"
#include "storage/engine_log.h"
#include "storage/record_kind.h"

namespace passend::storage {
namespace {

// A passport's validations are some 3 KB: smaller blocks would hold one or two records each, and a
// read of everything would pay for each block more than for its records.
constexpr size_t kTableBlockBytes = size_t{16} << 10;
// Of a write buffer: some ten bits for each of its records.
constexpr double kMemtableFilterShare = 0.01;
constexpr size_t kSmallWriteBufferBytes = size_t{8} << 20;
constexpr size_t kArenaBlockBytesMax = size_t{1} << 20;
// Of each file of each range that is read at once: a few dozen of them at most.
constexpr size_t kReadaheadBytes = size_t{1} << 20;

// Lines about looks at the same person come just before the person's last one: the memtable
// remembers where that is. Who is shown often is found without going through its list each time.
// Ranges are not deleted in such a family: RocksDB 7.8 would take these hints for its list of
// ranges.
class LooksAtOnePerson final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "passend.LooksAtOnePerson"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return ToSlice(ToView(key).substr(0, ToView(key).find('/')));
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    return ToView(key).starts_with(kLooks) && ToView(key).find('/') != std::string_view::npos;
  }

 private:
  static constexpr char kKind = static_cast<char>(RecordKind::kLook);
  static constexpr std::string_view kLooks{&kKind, 1};
};

rocksdb::BlockBasedTableOptions MakeTableOptions(std::shared_ptr<rocksdb::Cache> cache,
                                                 bool point_reads) {
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;         // pinned
  table.checksum = rocksdb::kXXH3;  // pinned; crc32c runs in software in Debian's build
  table.block_size = kTableBlockBytes;
  table.block_cache = std::move(cache);
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  if (point_reads) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  return table;
}

}  // namespace

rocksdb::DBOptions MakeDbOptions(const OpenOptions& options,
                                 std::shared_ptr<rocksdb::EventListener> listener) {
  rocksdb::DBOptions db;
  if (options.env != nullptr) db.env = options.env;
  db.create_if_missing = false;  // creation is a step of its own, see database_creation.cc
  if (listener != nullptr) db.listeners = {std::move(listener)};

  // Damage is refused. The default recovery mode opens without a word after one flipped bit, with
  // everything behind it gone; this one only forgives an unfinished last write.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  db.track_and_verify_wals_in_manifest = true;  // notices a log that is missing between others
  db.paranoid_checks = true;
  db.verify_sst_unique_id_in_manifest = true;
  db.flush_verify_memtable_count = true;
  db.best_efforts_recovery = false;
  db.skip_checking_sst_file_sizes_on_db_open = false;

  // All column families reach the files together: what the files hold is always one state of the
  // journal, so a lost log can only take the newest commits, and that the anchor notices.
  db.atomic_flush = true;

  db.write_buffer_manager =
      std::make_shared<rocksdb::WriteBufferManager>(options.memory_bytes / 2);  // of all families

  // What the logs hold at open is flushed by OpenDatabase, of all families together as well: the
  // engine's own flush at open lists each family's file by itself, and a list that then lost its
  // last line would be a database without its newest receipts.
  db.avoid_flush_during_recovery = true;
  // All that counts is in the logs (Database::Write has written the only thing that is not).
  db.avoid_flush_during_shutdown = true;

  db.manual_wal_flush = false;
  db.recycle_log_file_num = 0;  // a recycled log and the recovery mode above exclude each other
  db.max_total_wal_size = uint64_t{512} << 20;
  db.bytes_per_sync = uint64_t{1} << 20;  // files; logs are synced with each commit
  db.max_background_jobs = 4;
  db.max_open_files = -1;  // opens every file at the start: a missing one is noticed then

  db.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  db.info_log = std::make_shared<EngineLog>("", *db.env);  // a running store's: see OpenDatabase
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  return db;
}

size_t LargestWriteBufferBytes(const OpenOptions& options) { return options.memory_bytes / 4; }

size_t SmallestWriteBufferBytes(const OpenOptions& options) {
  return std::min(LargestWriteBufferBytes(options), kSmallWriteBufferBytes);
}

size_t WriteBufferBytes(const OpenOptions& options, Family family) {
  const bool large = family == Family::kRecord || family == Family::kJournal;
  return large ? LargestWriteBufferBytes(options) : SmallestWriteBufferBytes(options);
}

std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const OpenOptions& options) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(options.memory_bytes / 2);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    const bool point_reads = family == Family::kRecord || family == Family::kReceipt;
    rocksdb::ColumnFamilyOptions column;
    column.table_factory.reset(
        rocksdb::NewBlockBasedTableFactory(MakeTableOptions(cache, point_reads)));
    column.compression = rocksdb::kLZ4Compression;             // pinned
    column.bottommost_compression = rocksdb::kLZ4Compression;  // pinned
    column.write_buffer_size = WriteBufferBytes(options, family);
    // Also where the buffers are larger for a while, when logs are read at open.
    column.arena_block_size = std::min(column.write_buffer_size / 8, kArenaBlockBytesMax);
    column.max_write_buffer_number = 4;
    if (point_reads) {
      // Most of what a commit looks up is not there, and has to be known not to be.
      column.memtable_prefix_bloom_size_ratio = kMemtableFilterShare;
      column.memtable_whole_key_filtering = true;
    }
    if (family == Family::kRecord) {
      column.memtable_insert_with_hint_prefix_extractor = std::make_shared<LooksAtOnePerson>();
    }
    column.level_compaction_dynamic_level_bytes = true;
    column.force_consistency_checks = true;
    column.paranoid_file_checks = true;  // reads back each file that it wrote
    families.emplace_back(std::string(kFamilyNames[i]), column);
  }
  return families;
}

rocksdb::ReadOptions MakeReadOptions(const rocksdb::Snapshot* snapshot) {
  rocksdb::ReadOptions read;
  read.verify_checksums = true;
  read.snapshot = snapshot;
  return read;
}

rocksdb::ReadOptions MakeWideReadOptions(const rocksdb::Snapshot* snapshot) {
  rocksdb::ReadOptions read = MakeReadOptions(snapshot);
  read.fill_cache = false;  // each block is needed once; the cache is others'
  read.readahead_size = kReadaheadBytes;
  return read;
}

rocksdb::WriteOptions MakeWriteOptions() {
  rocksdb::WriteOptions write;
  write.sync = true;         // a commit is acknowledged when it is on disk
  write.no_slowdown = true;  // shed rather than stall: Status::Incomplete
  write.protection_bytes_per_key = 8;
  return write;
}

}  // namespace passend::storage
