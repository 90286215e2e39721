// What SyncService answers to Push and Reconcile, without gRPC.
#ifndef PASSEND_SERVICE_SYNC_SYNC_HANDLERS_H_
#define PASSEND_SERVICE_SYNC_SYNC_HANDLERS_H_

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "passend/v1/sync_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"
#include "service/skill_catalog.h"
#include "service/sync/partner_keys.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread. Errors as in sync_service.proto.
class SyncHandlers {
 public:
  // With the secret of the database. `catalog` must outlive the handlers. Errors as
  // PartnerKeys::Load.
  static absl::StatusOr<std::unique_ptr<SyncHandlers>> Start(const HandlerTools& tools,
                                                             const SkillCatalog& catalog);
  SyncHandlers(const HandlerTools& tools, const SkillCatalog& catalog, PartnerKeys keys)
      : tools_(tools), catalog_(catalog), keys_(std::move(keys)) {}

  absl::StatusOr<v1::PushResponse> Push(const CallContext& context, const v1::PushRequest& request);
  absl::StatusOr<v1::ReconcileResponse> Reconcile(const CallContext& context,
                                                  const v1::ReconcileRequest& request) const;

  void BindTo(MethodBindings& bindings);

 private:
  HandlerTools tools_;
  const SkillCatalog& catalog_;
  const PartnerKeys keys_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_SYNC_SYNC_HANDLERS_H_
