// A batch of records, carried out once.
#ifndef PASSEND_SERVICE_SYNC_PUSH_BATCH_H_
#define PASSEND_SERVICE_SYNC_PUSH_BATCH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/sync/prepared_record.h"
#include "service/sync/push_tools.h"

namespace passend::service {

// One for each batch. Thread safety: one thread.
class PushBatch {
 public:
  // All must outlive it. The request passed the rules of its fields, but for those of its records.
  PushBatch(const PushTools& tools, const v1::PushRequest& request);

  // Carries it out in one commit, or finds that it was. Where somebody else has written in between,
  // it is made anew, some times.
  //   INVALID_FIELD      an external id twice
  //   REQUEST_ID_REUSED  the batch id was of another content
  //   STORE_UNAVAILABLE  others went on writing the same; CANCELLED, DEADLINE_EXCEEDED
  //   DAMAGED_DATA, errors of the store
  absl::StatusOr<v1::PushResponse> CarryOut();

 private:
  absl::Status CheckIds() const;
  absl::StatusOr<std::optional<v1::PushResponse>> FindRepeated() const;
  // What the receipt says, of people as they are now.
  absl::StatusOr<v1::PushResponse> Repeated(const std::string& receipt, uint64_t sequence) const;

  const PushTools& tools_;
  const v1::PushRequest& request_;
  const std::string receipt_key_;
  const std::string fingerprint_;
  std::vector<PreparedRecord> records_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PUSH_BATCH_H_
