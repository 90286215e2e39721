// What one import and one search may ask. Each limit is checked where its comment says and named
// in the error (LIMIT_EXCEEDED).
#ifndef PASSEND_SERVICE_TAXONOMY_LIMITS_H_
#define PASSEND_SERVICE_TAXONOMY_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "storage/limits.h"

namespace passend::service {

// Concepts of one import. ESCO has 18,200 with its groups and occupations, CompetentNL fewer; the
// store takes an import as one commit of so many records. Checked as they come in.
inline constexpr size_t kImportConceptsMax = 65'000;

// Bytes of all parts of one import, as sent: ESCO with labels in two languages has 12 MiB. They
// are held in memory until the last has come. Checked as they come in.
inline constexpr size_t kImportBytesMax = size_t{64} << 20;

// Broader, related, mapped, essential and optional relations of one import together: ESCO has
// 155,000. Bounds what is computed from them. Checked as they come in.
inline constexpr size_t kImportRelationsMax = 1'000'000;

// Records that one import changes: what is new, what is different and what is deprecated.
inline constexpr size_t kImportChangesMax = storage::kBatchMutationsMax - 1;

// Hits of one search.
inline constexpr int32_t kSearchHitsDefault = 10;
inline constexpr int32_t kSearchHitsMax = 100;

static_assert(kImportConceptsMax <= kImportChangesMax,
              "a first import of as many concepts as are allowed is one commit, with its taxonomy");
static_assert(kImportBytesMax <= storage::kImportValueBytes, "what may be sent may be stored");

}  // namespace passend::service

#endif  // PASSEND_SERVICE_TAXONOMY_LIMITS_H_
