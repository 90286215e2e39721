// What one call may ask of the service. Each limit is checked, and named in the error. Limits of
// single fields stand beside the fields in the proto; those of the store in storage/limits.h.
#ifndef PASSEND_SERVICE_LIMITS_H_
#define PASSEND_SERVICE_LIMITS_H_

#include <cstddef>
#include <cstdint>

#include "absl/time/time.h"
#include "storage/limits.h"

namespace passend::service {

// gRPC lets through this much more than --message-bytes-max, so that a message that is a little too
// large gets an error with a reason. Above it gRPC itself refuses: the same code without a reason.
inline constexpr size_t kMessageBytesSlack = size_t{1} << 20;

// Threads of their own for imports, so that nobody waits behind one; and the parts of imports that
// wait for one. An import sends its next part when the last one was taken, so this is how many
// imports can run side by side.
inline constexpr size_t kBulkThreads = 1;
inline constexpr size_t kQueuedBulkPartsMax = 16;

// When to try again, as told in RetryInfo.
inline constexpr absl::Duration kRetryWhenOverloaded = absl::Seconds(1);
inline constexpr absl::Duration kRetryWhenNotServing = absl::Seconds(2);
inline constexpr absl::Duration kRetryWhenStoreUnavailable = absl::Seconds(5);

// An error names at most so many wrong fields: enough for a form, little enough for a trailer
// (gRPC's headers end at 8 KiB).
inline constexpr size_t kFieldViolationsMax = 20;
// A text of a request is cut to so many bytes where an error repeats it.
inline constexpr size_t kEchoedBytesMax = 120;

// Pages of lists: see the fields page_size.
inline constexpr int32_t kPageSizeDefault = 50;
inline constexpr int32_t kPageSizeMax = 1000;

// Validations of one passport, revoked ones included: several a week for twenty years. They are
// read together to say what somebody can, and erased together.
inline constexpr size_t kPassportValidationsMax = 2'000;
static_assert(kPassportValidationsMax + 2 <= storage::kBatchMutationsMax,
              "a passport is erased in one commit");

}  // namespace passend::service

#endif  // PASSEND_SERVICE_LIMITS_H_
