// The errors of a Store, one helper for each, so that every implementation says the same. They
// name kinds, counts and limits, never an id or a value.
#ifndef PASSEND_STORAGE_STORE_ERRORS_H_
#define PASSEND_STORAGE_STORE_ERRORS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace passend::storage {

// Abseil's own view type and the standard's do not convert in this version of Abseil.
inline absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

// "passport", or "kind 200" for a number without a name.
std::string KindName(RecordKind kind);

// INVALID_ARGUMENT
absl::Status UnknownKind();
absl::Status IdOutOfRange(RecordKind kind, size_t bytes);
absl::Status KeyTwice(RecordKind kind);
absl::Status TooLarge(std::string_view what, size_t bytes, size_t bytes_max);
absl::Status TooMany(std::string_view what, size_t count, size_t count_max);
absl::Status RequestMissing();
absl::Status NothingToDo();
absl::Status TailLimitOutOfRange(size_t limit);
absl::Status EpochNotHigher(uint64_t epoch, uint64_t stored);

// ABORTED
absl::Status ExpectationFailed(RecordKind kind, Version expected, Version found);

// ALREADY_EXISTS
absl::Status RequestReused();

// FAILED_PRECONDITION
absl::Status WriterFenced(uint64_t own, uint64_t stored);

// OUT_OF_RANGE
absl::Status JournalCompacted(Sequence after, Sequence compacted_through);
absl::Status BeyondLastCommit(Sequence asked, Sequence last);

// RESOURCE_EXHAUSTED
absl::Status StoreBusy();
absl::Status DiskFull();

// UNAVAILABLE or DATA_LOSS
absl::Status StoreStopped(const absl::Status& cause);

// DATA_LOSS
absl::Status Damaged(std::string_view what, std::string_view how);

}  // namespace passend::storage

#endif  // PASSEND_STORAGE_STORE_ERRORS_H_
