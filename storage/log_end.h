// Reads a log of RocksDB's, a write-ahead log or a list of its files (MANIFEST), as far as is
// needed to tell a write that a power cut tore from damage to what was written long before.
//
// Such a log is blocks of 32 KiB, each of records: u32 masked CRC-32C of type and bytes, u16 size
// (both little-endian), u8 type (1 whole, 2 first, 3 middle, 4 last part), bytes. A block's last
// few bytes may be zero.
#ifndef PASSEND_STORAGE_LOG_END_H_
#define PASSEND_STORAGE_LOG_END_H_

#include <cstdint>
#include <string_view>

namespace passend::storage {

struct LogEnd {
  bool has_entry = false;  // a whole one
  bool torn = false;       // behind `end` is something else than zeros
  uint64_t end = 0;        // where the last entry ends before which all can be read
  uint64_t behind = 0;     // entries that begin behind it and can be read, at least in part
};

LogEnd FindLogEnd(std::string_view log);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_LOG_END_H_
