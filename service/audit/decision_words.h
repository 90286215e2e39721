// Decisions and looks as the API shows them.
#ifndef PASSEND_SERVICE_AUDIT_DECISION_WORDS_H_
#define PASSEND_SERVICE_AUDIT_DECISION_WORDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/store/v1/audit.pb.h"
#include "passend/v1/audit_service.pb.h"
#include "storage/store.h"

namespace passend::service {

// What a decision's record and the looks of the people in it say together.
struct StoredDecision {
  std::string answer_id;
  store::v1::Decision decision;
  // By place in decision.people; nullopt: erased since.
  std::vector<std::optional<store::v1::Look>> looks;
  // Of decision.passport; nullopt: erased since, or there is none.
  std::optional<store::v1::Look> of_person;

  bool anybody_erased() const;
  // The look of decision.passport, with what it says of the decision; nullopt: erased since.
  void AddPerson(std::optional<store::v1::Look> look);
};

// Nullopt where there is none. DAMAGED_DATA; errors of the store.
absl::StatusOr<std::optional<StoredDecision>> ReadDecision(const storage::Snapshot& snapshot,
                                                           const std::string& answer_id);

// Adds to each decision about one person what is in that person's look. DAMAGED_DATA; errors of the
// store.
absl::Status AddPeople(const storage::Store& store, std::vector<StoredDecision>& decisions);

v1::AccessLogEntry EntryOf(std::string_view passport_id, std::string_view answer_id,
                           const store::v1::Look& look);

// Without places and counts. Of a decision about somebody who was erased: when, how and for whom.
v1::Decision OutlineOf(const StoredDecision& stored);
v1::Decision ToProto(const StoredDecision& stored);

v1::DecidedPlace ToProto(const store::v1::Place& place, std::string_view passport_id);
v1::DecidedPlace ErasedPlace(int32_t rank);
v1::DecidedPlace LeftOutPlace(int32_t rank);
v1::PoolSummary ToProto(const store::v1::Counts& counts);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_DECISION_WORDS_H_
