// What it takes to erase a person: one commit.
#ifndef PASSEND_SERVICE_RECORDS_ERASURE_BATCH_H_
#define PASSEND_SERVICE_RECORDS_ERASURE_BATCH_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "service/names/resource_names.h"
#include "storage/store.h"

namespace passend::service {

// Deletes all that there is of the person, leaves the tombstone, and tells whoever follows the
// journal, with the partners that could see the person until now: they are told (feed/). Nullopt:
// that is not known, as where only the person's key is gone already; then all of them begin again.
// It expects nothing: the caller adds what has to hold, and AddErasedLinks where partners said
// something of the person (sync/partner_records.h).
storage::Batch ErasureBatch(const PassportName& name, absl::Time now,
                            std::optional<std::vector<std::string>> partners = std::nullopt);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_RECORDS_ERASURE_BATCH_H_
