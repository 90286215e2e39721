// One record, taken over as far as it can be.
#ifndef PASSEND_SERVICE_SYNC_RECORD_PUSH_H_
#define PASSEND_SERVICE_SYNC_RECORD_PUSH_H_

#include <optional>
#include <string>
#include <vector>

#include "passend/store/v1/partner_book.pb.h"
#include "passend/v1/sync.pb.h"
#include "service/sync/partner_records.h"
#include "service/sync/passport_fields.h"
#include "service/sync/prepared_record.h"
#include "service/sync/push_tools.h"
#include "service/sync/pushed_person.h"

namespace passend::service {

// What becomes of a record.
struct RecordOutcome {
  v1::PushOutcome outcome = v1::PUSH_OUTCOME_REJECTED;
  std::vector<std::string> fields;
  PushFaults faults;
  // What the link is from now on; nullopt: as it was.
  std::optional<store::v1::PartnerLink> link;
};

// A record that erases. `person`: whom the link means; null where it means nobody, or nobody who is
// there.
RecordOutcome Erase(const PushTools& tools, const PartnerLink& link, PushedPerson* person);

// A record that erases, of an external id that never meant anybody. From now on it never will.
RecordOutcome EraseNobody(const PartnerLink& link);

// A record that says something of somebody who is there. `linked`: whether it is known by then that
// the external id means them. Nothing of `person` changes unless the outcome is ACCEPTED or
// UNCHANGED.
RecordOutcome TakeOver(const PushTools& tools, const PreparedRecord& prepared, bool linked,
                       PushedPerson& person);

// A record that is the first of somebody: who they are by it.
PushedPerson MakePerson(const PushTools& tools, const PreparedRecord& prepared,
                        RecordOutcome& outcome);

// A record that cannot be taken over.
RecordOutcome Rejected(PushFaults faults);
// The person is not there for the partner.
RecordOutcome NotThere(std::string_view field);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_RECORD_PUSH_H_
