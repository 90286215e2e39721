// Sees to it that no answer shows people before it is written down that it does.
#ifndef PASSEND_SERVICE_AUDIT_ANSWER_LEDGER_H_
#define PASSEND_SERVICE_AUDIT_ANSWER_LEDGER_H_

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "service/audit/looks.h"
#include "service/call/call_context.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class AnswerLedger {
 public:
  // Both must outlive it.
  AnswerLedger(storage::Store& store, const Surroundings& surroundings)
      : store_(store), surroundings_(surroundings), writer_(store) {}

  // What the handler of the call tells its looks to.
  std::shared_ptr<Looks> Open(const CallContext& context, const MethodRow& method) const;

  // Commits the lines that are in no commit yet, all in one, before the answer is given. The store
  // syncs the lines of many answers together. INTERNAL where the method shows people
  // (call/method_table.h) and nothing was said of whom; UNAVAILABLE where one of them was erased
  // meanwhile; errors of the store.
  absl::Status Close(const CallContext& context, Looks& looks) const;

 private:
  absl::Status DropErased(Looks& looks) const;

  storage::Store& store_;
  const Surroundings& surroundings_;
  mutable LineWriter writer_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_ANSWER_LEDGER_H_
