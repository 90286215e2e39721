// What partners call, over the store and beside the other handlers of a ServiceWorld.
#ifndef PASSEND_TESTS_SERVICE_SYNC_SYNC_WORLD_H_
#define PASSEND_TESTS_SERVICE_SYNC_SYNC_WORLD_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/sync_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/audit/answer_ledger.h"
#include "service/call/method_bindings.h"
#include "service/sync/sync_handlers.h"
#include "tests/service/service_world.h"

namespace passend::service {

inline constexpr char kMain[] = "gemeente";  // the tenant of the partner that is tested
inline constexpr char kMainPartner[] = "partners/gemeente";

// Records, as partners say them.
v1::PushRecord Says(const std::string& external_id, const v1::Passport& passport,
                    const std::string& revision = "1");
v1::PushRecord SaysRegion(const std::string& external_id, const std::string& region,
                          const std::string& revision = "1");
v1::PushRecord Erases(const std::string& external_id);
// Adds a validation of level `level` to an upsert.
v1::PushValidation& Brings(v1::PushRecord& record, const std::string& external_id, int level,
                           const std::string& skill = kSweeping);

class SyncWorld : public ServiceWorld {
 public:
  SyncWorld() : SyncWorld(nullptr) {}
  // Over a store of the caller's; null: one in memory.
  explicit SyncWorld(std::unique_ptr<storage::Store> store);

  // From now on looks are written down.
  void KeepLooks() { sync_bindings_.KeepLooks(ledger_); }

  CallContext As(Role role, const std::string& tenant, std::string_view method) const;
  absl::StatusOr<v1::PushResponse> Push(const v1::PushRequest& request,
                                        const std::string& tenant = kMain) const;
  // A batch with an id of its own; fails the test where it is not answered.
  v1::PushResponse PushAll(const std::vector<v1::PushRecord>& records,
                           const std::string& tenant = kMain);
  v1::PushResult PushOne(const v1::PushRecord& record, const std::string& tenant = kMain);
  v1::PushRequest Batch(const std::vector<v1::PushRecord>& records);
  absl::StatusOr<v1::ReconcileResponse> Reconcile(const v1::ReconcileRequest& request,
                                                  const std::string& tenant = kMain) const;

  // As the operator: how things are now.
  absl::StatusOr<v1::Passport> Get(const std::string& name) const;
  std::vector<v1::Validation> ValidationsOf(const std::string& name) const;
  // A coach changes something.
  void Update(const v1::Passport& passport);
  void EraseByHand(const std::string& name);
  size_t PassportCount() const;

  const MethodBindings& sync_bindings() const { return sync_bindings_; }

 private:
  FixedCatalog skills_;
  std::unique_ptr<SyncHandlers> sync_;
  AnswerLedger ledger_;
  MethodBindings sync_bindings_;
  int batch_count_ = 0;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_SYNC_SYNC_WORLD_H_
