// What differs between a partner's people and those here.
#ifndef PASSEND_SERVICE_SYNC_RECONCILER_H_
#define PASSEND_SERVICE_SYNC_RECONCILER_H_

#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/access/calling_partner.h"
#include "service/call/call_context.h"
#include "service/sync/partner_keys.h"
#include "storage/store.h"

namespace passend::service {

// Of one commit. Reads each link of the parts once, and of no part more than kListedMax books. Says
// whom the answer shows. INVALID_FIELD for a prefix or a digest of another form, and for a part
// that lies in another one; CANCELLED, DEADLINE_EXCEEDED; DAMAGED_DATA; errors of the store.
absl::StatusOr<v1::ReconcileResponse> Reconcile(const storage::Store& store,
                                                const CallContext& context,
                                                const CallingPartner& partner,
                                                const PartnerKey& key,
                                                const v1::ReconcileRequest& request);

// Records of a part, above which it is divided.
inline constexpr size_t kListedMax = 64;

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_RECONCILER_H_
