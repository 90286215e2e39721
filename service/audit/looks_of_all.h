// The access log of everybody, newest first, as the journal tells it.
#ifndef PASSEND_SERVICE_AUDIT_LOOKS_OF_ALL_H_
#define PASSEND_SERVICE_AUDIT_LOOKS_OF_ALL_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/audit_service.pb.h"
#include "service/call/call_context.h"
#include "storage/store.h"

namespace passend::service {

struct LooksPage {
  v1::ListAccessLogResponse response;  // without next_page_token
  std::string cursor;                  // empty: nothing comes after it
};

// The `size` newest entries before `cursor` (empty: from the newest); fewer where many commits have
// none. Of who was erased only when, and that they were. DAMAGED_DATA; CANCELLED,
// DEADLINE_EXCEEDED; errors of the store.
absl::StatusOr<LooksPage> ReadLooksOfAll(const CallContext& context, const storage::Store& store,
                                         const std::string& cursor, size_t size);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_LOOKS_OF_ALL_H_
