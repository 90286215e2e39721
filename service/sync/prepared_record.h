// What can be said of a record before anything that is stored is looked at.
#ifndef PASSEND_SERVICE_SYNC_PREPARED_RECORD_H_
#define PASSEND_SERVICE_SYNC_PREPARED_RECORD_H_

#include <optional>
#include <string>
#include <vector>

#include "passend/v1/sync.pb.h"
#include "service/names/resource_names.h"
#include "service/sync/field_merge.h"
#include "service/sync/push_tools.h"

namespace passend::service {

// A validation that is brought, or taken back.
struct PreparedValidation {
  const v1::PushValidation* asked;
  std::string digest;  // of what it says; empty: it is taken back
};

struct PreparedRecord {
  const v1::PushRecord* record;
  std::string place;  // of the external id
  std::string mark;
  PushFaults faults;  // where there are any, the rest counts for nothing

  // Of an upsert:
  v1::Passport said;  // as it would be stored
  std::vector<SaidValue> values;
  std::vector<PreparedValidation> validations;

  // The passport to go on with, or to erase.
  std::optional<PassportName> named;

  bool erases() const { return record->has_erase(); }
};

// `record` outlives it.
PreparedRecord Prepare(const PushTools& tools, const v1::PushRecord& record);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PREPARED_RECORD_H_
