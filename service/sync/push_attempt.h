// One attempt to take over the records of a batch.
#ifndef PASSEND_SERVICE_SYNC_PUSH_ATTEMPT_H_
#define PASSEND_SERVICE_SYNC_PUSH_ATTEMPT_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/sync/prepared_record.h"
#include "service/sync/push_tools.h"
#include "service/sync/pushed_person.h"
#include "service/sync/record_push.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: one thread.
class PushAttempt {
 public:
  // Both must outlive it.
  PushAttempt(const PushTools& tools, const std::vector<PreparedRecord>& records)
      : tools_(tools), records_(records) {}

  // Reads whom the records are about, under their locks, takes each record over as far as it can
  // be, and commits all of it with the looks of the answer and a receipt. Nullopt where the request
  // was committed by somebody else meanwhile. ABORTED where anything that was read is another one
  // by now, as when the same external id was brought by two at once; ALREADY_EXISTS for a receipt
  // with another fingerprint; DAMAGED_DATA; errors of the store.
  absl::StatusOr<std::optional<v1::PushResponse>> Commit(storage::Idempotency receipt);

 private:
  absl::Status ReadLinks();
  std::vector<PersonToRead> Linked() const;
  PushedPerson* Find(const std::string& passport_id);
  RecordOutcome Decide(const PreparedRecord& prepared, const PartnerLink& link,
                       std::string& passport_id);
  RecordOutcome DecideErasure(const PreparedRecord& prepared, const PartnerLink& link,
                              PushedPerson* person, std::string& passport_id);
  // Whom a record names whose external id means nobody yet. Null, and why, where it may not.
  PushedPerson* FindNamed(const PreparedRecord& prepared, const char* field,
                          RecordOutcome& refused);
  RecordOutcome DecideNew(const PreparedRecord& prepared, std::string& passport_id);
  void DecideAll();
  absl::StatusOr<storage::Batch> MakeBatch() const;
  void TellPeople();
  absl::StatusOr<storage::CommitResult> CommitWithLooks(storage::Batch batch);

  const PushTools& tools_;
  const std::vector<PreparedRecord>& records_;
  std::vector<PartnerLink> links_;  // one a record
  std::map<std::string, PushedPerson> people_;
  std::vector<RecordOutcome> outcomes_;    // one a record
  std::vector<std::string> passport_ids_;  // one a record; empty: none to tell
  std::vector<std::string> told_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PUSH_ATTEMPT_H_
