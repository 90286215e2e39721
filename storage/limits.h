// What one call to a Store may ask. Each limit is checked in storage/batch_check.h and named in
// the error. Sizes are in bytes.
#ifndef PASSEND_STORAGE_LIMITS_H_
#define PASSEND_STORAGE_LIMITS_H_

#include <cstddef>
#include <cstdint>
#include <limits>

namespace passend::storage {

// Ids are random (36 characters) or a taxonomy's own (an ESCO URI has some 75); two of them joined
// by '/' have to fit. Longer keys would cost every block of the index.
inline constexpr size_t kIdBytesMax = 256;

// A record is one message; 4 MiB is what gRPC takes as one message by default. Whatever is larger
// is many records.
inline constexpr size_t kValueBytesMax = size_t{4} << 20;

// What an event tells is at most what the record says.
inline constexpr size_t kEventPayloadBytesMax = kValueBytesMax;

// The largest single commit is the import of a taxonomy: ESCO with its 20,000 concepts, and
// others up to twice as large. Its events come on top, one for each concept if need be.
inline constexpr size_t kBatchMutationsMax = 65'536;
inline constexpr size_t kBatchEventsMax = 65'536;
inline constexpr size_t kBatchExpectationsMax = 65'536;

// All ids, values, payloads and the receipt of one commit. 64 MiB of values must pass, with room
// for ids and events; more would be held in memory three times over (request, write-ahead log,
// memory table).
inline constexpr size_t kImportValueBytes = size_t{64} << 20;
inline constexpr size_t kBatchBytesMax = size_t{112} << 20;

// "<caller>/<request id>": a client certificate's name and a UUID.
inline constexpr size_t kRequestBytesMax = 512;
// A digest; 64 bytes is SHA-512.
inline constexpr size_t kFingerprintBytesMax = 64;
// A receipt keeps a resource's answer, not a bulk answer.
inline constexpr size_t kResponseBytesMax = kValueBytesMax;

// One page of the journal. Tail gives fewer entries than asked once they hold kTailBytesTarget,
// but always one: a page is at most the target plus one commit.
inline constexpr size_t kTailEntriesMax = 1'000;
inline constexpr size_t kTailBytesTarget = size_t{8} << 20;

// How many waiting commits share one synced write. More than the threads of a large server; the
// bytes are bounded so that small commits do not wait behind two imports.
inline constexpr size_t kGroupCommitsMax = 128;
inline constexpr size_t kGroupBytesMax = kBatchBytesMax;

// Journal entries dropped under one hold of the write lock: a few milliseconds.
inline constexpr size_t kCompactionChunkEntries = 1'000;

// People who have, or had, a key of their own: nearly as many as live in the Netherlands. Their
// file has 2 GiB then, and its table 256 MiB of memory.
inline constexpr size_t kPersonKeysMax = size_t{1} << 24;

static_assert(kIdBytesMax <= std::numeric_limits<uint16_t>::max(), "id lengths are two bytes");
static_assert(kRequestBytesMax <= std::numeric_limits<uint16_t>::max(),
              "request lengths are two bytes");
static_assert(kBatchBytesMax <= std::numeric_limits<uint32_t>::max() / 4,
              "value lengths are four bytes, and an envelope adds to them");
static_assert(kValueBytesMax <= kBatchBytesMax && kEventPayloadBytesMax <= kBatchBytesMax &&
                  kResponseBytesMax <= kBatchBytesMax,
              "what is allowed alone is allowed in a batch");
static_assert(kBatchMutationsMax >= 2 * 20'000 && kBatchEventsMax >= 2 * 20'000,
              "an import of ESCO passes, and one of twice its size");
static_assert(kImportValueBytes + kBatchMutationsMax * 2 * kIdBytesMax <= kBatchBytesMax,
              "an import's values leave room for the ids of its records and of its events");
static_assert(kGroupBytesMax >= kBatchBytesMax, "the largest commit fits in a group");

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_LIMITS_H_
