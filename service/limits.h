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

// Messages of prompt calls and feeds of which a part has come. Each holds up to --message-bytes-max
// and that slack; nearly all are there with the first packet, so many are on a slow way at a time.
inline constexpr size_t kMessagesReceivedMax = 64;
// Of those that have just begun, as of many who ask at once.
inline constexpr size_t kMessagesAtOnceMax = 512;

// Imports: threads of their own, so that nobody waits behind one; how many may be open side by
// side, apart from all other calls, so that idle ones keep nobody out and what they have collected
// stays small; and how long one may take, however patient its caller is.
inline constexpr size_t kBulkThreads = 1;
inline constexpr size_t kBulkCallsMax = 4;
inline constexpr absl::Duration kBulkCallDurationMax = absl::Minutes(15);

// Streams on which request and answer take turns: threads of their own, how many may be open side
// by side, apart from all other calls, and how long one may wait for its next request. An open
// stream holds some 20 KB and no thread; one that answers holds a message of --message-bytes-max at
// most.
inline constexpr size_t kExchangeThreads = 4;
inline constexpr size_t kExchangesMax = 256;
inline constexpr absl::Duration kExchangeIdleMax = absl::Minutes(10);

// Feeds: threads of their own, so that those who catch up keep nobody waiting who asks; how many
// may be open side by side, most of them idle (some 20 KB each); and how long one goes on, after
// which who calls is asked for anew and the feed goes on from its cursor.
inline constexpr size_t kFeedThreads = 4;
inline constexpr size_t kFeedsMax = 4'096;
inline constexpr absl::Duration kFeedDurationMax = absl::Hours(1);
// What a feed takes that is stuck in an answer which nobody reads, beyond that.
inline constexpr absl::Duration kFeedEndsWithin = absl::Seconds(10);

// An answer of a feed has so many people at most, and ends with the one who fills so many bytes:
// one answer is held for each reader, however slow it is.
inline constexpr int kFeedChangesMax = 200;
inline constexpr size_t kFeedAnswerBytesMax = size_t{256} << 10;
// How many commits a reader may be behind: some weeks of a busy server, which are read in seconds.
// Beyond it a new snapshot is less work for both.
inline constexpr uint64_t kFeedLagMax = 2'000'000;
// How long nothing may come of a feed.
inline constexpr absl::Duration kHeartbeatMin = absl::Seconds(1);
inline constexpr absl::Duration kHeartbeatMax = absl::Minutes(5);
inline constexpr absl::Duration kHeartbeatDefault = absl::Seconds(30);

// When to try again, as told in RetryInfo.
inline constexpr absl::Duration kRetryWhenOverloaded = absl::Seconds(1);
inline constexpr absl::Duration kRetryWhenNotServing = absl::Seconds(2);
inline constexpr absl::Duration kRetryWhenStoreUnavailable = absl::Seconds(5);
inline constexpr absl::Duration kRetryWhenIndexBehind = absl::Seconds(1);

// An error has to fit in the trailer of its call, which ends at 8 KiB in most clients; the message
// goes in twice, once percent-encoded and once in base64. So it names at most so many wrong fields,
// as far as they fit into so many bytes (the first always does), and its texts are cut.
inline constexpr size_t kFieldViolationsMax = 20;
inline constexpr size_t kFieldViolationsBytesMax = 2'000;
inline constexpr size_t kErrorMessageBytesMax = 600;
inline constexpr size_t kErrorMetadataBytesMax = 800;
// A text of a request is cut to so many bytes where an error repeats it.
inline constexpr size_t kEchoedBytesMax = 120;

// Paths of one update_mask: more than any resource has fields. Each costs a walk over the resource.
inline constexpr int kUpdateMaskPathsMax = 100;

// Clients of gRPC take answers of so many bytes unless they are told otherwise.
inline constexpr size_t kAnswerBytesMax = size_t{4} << 20;

// Pages of lists: see the fields page_size. A page ends before kPageBytesMax, with one resource at
// least; none comes near half of what clients take.
inline constexpr int32_t kPageSizeDefault = 50;
inline constexpr int32_t kPageSizeMax = 1000;
inline constexpr size_t kPageBytesMax = kAnswerBytesMax / 2;

// Validations of one passport, revoked ones included: several a week for twenty years. They are
// read together to say what somebody can, and erased together.
inline constexpr size_t kPassportValidationsMax = 2'000;

// Bytes of them as stored. A passport is answered with all of them, and its names, skills and own
// fields have to fit beside them. What is above the first is not recorded. The second leaves room
// for the reasons of revocations in a passport that is full: 260 bytes for each of 2,000.
inline constexpr size_t kPassportValidationBytesMax = size_t{3} << 20;
inline constexpr size_t kRevokedValidationBytesMax =
    kPassportValidationBytesMax + (size_t{1} << 19);

// Consents of one passport: so many that stand, and so many that are kept, of which those that
// ended first are forgotten first. They are read together in each call that may be allowed by one.
inline constexpr size_t kStandingConsentsMax = 100;
inline constexpr size_t kKeptConsentsMax = 300;
// How far ahead the end of a consent may be: two years, so that it is asked again.
inline constexpr absl::Duration kConsentDurationMax = absl::Hours(24 * 731);

// Employers and tasks that one person was revealed to; above it nobody else is told.
inline constexpr size_t kRevealsMax = 4'096;

// Objections to one validation: each was looked at and ended before the next.
inline constexpr int kDisputesMax = 5;

static_assert(kRevokedValidationBytesMax <= storage::kValueBytesMax,
              "a passport's validations are one record");

}  // namespace passend::service

#endif  // PASSEND_SERVICE_LIMITS_H_
