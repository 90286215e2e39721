// What taking over records works with, and how what is wrong with one is said.
#ifndef PASSEND_SERVICE_SYNC_PUSH_TOOLS_H_
#define PASSEND_SERVICE_SYNC_PUSH_TOOLS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "passend/v1/sync.pb.h"
#include "service/access/calling_partner.h"
#include "service/call/call_context.h"
#include "service/handler_tools.h"
#include "service/rules/field_violation.h"
#include "service/skill_catalog.h"
#include "service/sync/partner_keys.h"

namespace passend::service {

// Of one batch. All of it outlives the batch.
struct PushTools {
  const HandlerTools& tools;
  const SkillCatalog& catalog;
  const CallContext& context;
  const CallingPartner& partner;
  const PartnerKey& key;
  absl::Time now;  // of all of the batch
};

using PushFaults = std::vector<v1::PushFault>;

// INVALID_FIELD.
v1::PushFault FaultOf(std::string_view field, std::string_view allowed);
// Of an error that a handler gives, each wrong field of it; `within`: the path of what its fields
// are of, empty for the record. `otherwise`: the field where the error names none.
PushFaults FaultsOf(const absl::Status& error, std::string_view within,
                    std::string_view otherwise = "");
void AddFaults(const FieldViolations& violations, PushFaults& faults);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_PUSH_TOOLS_H_
