// What all handlers work with.
#ifndef PASSEND_SERVICE_HANDLER_TOOLS_H_
#define PASSEND_SERVICE_HANDLER_TOOLS_H_

#include "service/paging/page_tokens.h"
#include "service/records/repeatable_write.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// All of it must outlive the handlers.
struct HandlerTools {
  storage::Store& store;
  const Surroundings& surroundings;
  const PageTokens& page_tokens;
  // By the id of the passport, task or policy that is changed; a validation is changed under the
  // lock of its passport, so that none is recorded while the passport is being erased.
  KeyedLocks& locks;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_HANDLER_TOOLS_H_
