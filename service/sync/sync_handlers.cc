#include "service/sync/sync_handlers.h"

#include "service/access/calling_partner.h"
#include "service/sync/push_batch.h"
#include "service/sync/push_tools.h"
#include "service/sync/reconciler.h"

namespace passend::service {

absl::StatusOr<std::unique_ptr<SyncHandlers>> SyncHandlers::Start(const HandlerTools& tools,
                                                                  const SkillCatalog& catalog) {
  absl::StatusOr<PartnerKeys> keys = PartnerKeys::Load(tools.store, tools.surroundings);
  if (!keys.ok()) return keys.status();
  return std::make_unique<SyncHandlers>(tools, catalog, *std::move(keys));
}

absl::StatusOr<v1::PushResponse> SyncHandlers::Push(const CallContext& context,
                                                    const v1::PushRequest& request) {
  const absl::StatusOr<CallingPartner> partner = PartnerOf(context, request.partner());
  if (!partner.ok()) return partner.status();
  const PartnerKey key = keys_.For(partner->name);
  const PushTools tools{tools_, catalog_, context, *partner, key, tools_.surroundings.now()};
  return PushBatch(tools, request).CarryOut();
}

absl::StatusOr<v1::ReconcileResponse> SyncHandlers::Reconcile(
    const CallContext& context, const v1::ReconcileRequest& request) const {
  const absl::StatusOr<CallingPartner> partner = PartnerOf(context, request.partner());
  if (!partner.ok()) return partner.status();
  return service::Reconcile(tools_.store, context, *partner, keys_.For(partner->name), request);
}

void SyncHandlers::BindTo(MethodBindings& bindings) {
  bindings.BindExchange<v1::PushRequest, v1::PushResponse>(
      "passend.v1.SyncService.Push",
      [this](const auto& context, const auto& request) { return Push(context, request); });
  bindings.Bind<v1::ReconcileRequest, v1::ReconcileResponse>(
      "passend.v1.SyncService.Reconcile",
      [this](const auto& context, const auto& request) { return Reconcile(context, request); });
}

}  // namespace passend::service
