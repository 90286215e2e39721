#include "tests/service/sync/sync_world.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/text.h"

namespace passend::service {

v1::PushRecord Says(const std::string& external_id, const v1::Passport& passport,
                    const std::string& revision) {
  v1::PushRecord record;
  record.set_external_id(external_id);
  record.set_revision(revision);
  *record.mutable_upsert()->mutable_passport() = passport;
  return record;
}

v1::PushRecord SaysRegion(const std::string& external_id, const std::string& region,
                          const std::string& revision) {
  v1::Passport passport;
  passport.set_region(region);
  return Says(external_id, passport, revision);
}

v1::PushRecord Erases(const std::string& external_id) {
  v1::PushRecord record;
  record.set_external_id(external_id);
  record.mutable_erase();
  return record;
}

v1::PushValidation& Brings(v1::PushRecord& record, const std::string& external_id, int level,
                           const std::string& skill) {
  v1::PushValidation& brought = *record.mutable_upsert()->add_validations();
  brought.set_external_id(external_id);
  brought.mutable_validation()->set_skill(skill);
  brought.mutable_validation()->set_level(level);
  brought.mutable_validation()->set_method(v1::VALIDATION_METHOD_FORMAL);
  return brought;
}

SyncWorld::SyncWorld(std::unique_ptr<storage::Store> store)
    : ServiceWorld(std::move(store)), ledger_(tools().store, tools().surroundings) {
  auto sync = SyncHandlers::Start(tools(), skills_);
  EXPECT_TRUE(sync.ok()) << sync.status();
  sync_ = *std::move(sync);
  sync_->BindTo(sync_bindings_);
  EXPECT_TRUE(sync_bindings_.CheckBound().ok()) << sync_bindings_.CheckBound();
}

CallContext SyncWorld::As(Role role, const std::string& tenant, std::string_view method) const {
  CallContext context = ContextFor(method);
  context.caller.role = role;
  context.caller.tenant = tenant;
  context.caller.subject = "sync-1";
  context.caller.proof = Proof::kToken;
  return context;
}

absl::StatusOr<v1::PushResponse> SyncWorld::Push(const v1::PushRequest& request,
                                                 const std::string& tenant) const {
  const auto bytes = sync_bindings_.Answer(As(Role::kPartner, tenant, "SyncService.Push"),
                                           request.SerializeAsString());
  if (!bytes.ok()) return bytes.status();
  v1::PushResponse response;
  response.ParseFromString(*bytes);
  return response;
}

v1::PushRequest SyncWorld::Batch(const std::vector<v1::PushRecord>& records) {
  v1::PushRequest request;
  request.set_batch_id(absl::StrCat("batch-", 1'000'000 + ++batch_count_));
  for (const v1::PushRecord& record : records) *request.add_records() = record;
  return request;
}

v1::PushResponse SyncWorld::PushAll(const std::vector<v1::PushRecord>& records,
                                    const std::string& tenant) {
  auto response = Push(Batch(records), tenant);
  EXPECT_TRUE(response.ok()) << response.status();
  if (!response.ok()) return {};
  EXPECT_EQ(static_cast<size_t>(response->results_size()), records.size());
  return *std::move(response);
}

v1::PushResult SyncWorld::PushOne(const v1::PushRecord& record, const std::string& tenant) {
  const v1::PushResponse response = PushAll({record}, tenant);
  return response.results_size() == 1 ? response.results(0) : v1::PushResult();
}

absl::StatusOr<v1::ReconcileResponse> SyncWorld::Reconcile(const v1::ReconcileRequest& request,
                                                           const std::string& tenant) const {
  const auto bytes = sync_bindings_.Answer(As(Role::kPartner, tenant, "SyncService.Reconcile"),
                                           request.SerializeAsString());
  if (!bytes.ok()) return bytes.status();
  v1::ReconcileResponse response;
  response.ParseFromString(*bytes);
  return response;
}

absl::StatusOr<v1::Passport> SyncWorld::Get(const std::string& name) const {
  v1::GetPassportRequest request;
  request.set_name(name);
  return Call<v1::Passport>("PassportService.GetPassport", request);
}

std::vector<v1::Validation> SyncWorld::ValidationsOf(const std::string& name) const {
  v1::ListValidationsRequest request;
  request.set_parent(name);
  request.set_page_size(1000);
  const auto listed =
      Call<v1::ListValidationsResponse>("ValidationService.ListValidations", request);
  EXPECT_TRUE(listed.ok()) << listed.status();
  if (!listed.ok()) return {};
  return {listed->validations().begin(), listed->validations().end()};
}

void SyncWorld::Update(const v1::Passport& passport) {
  v1::UpdatePassportRequest request;
  *request.mutable_passport() = passport;
  const auto updated = Call<v1::Passport>("PassportService.UpdatePassport", request);
  EXPECT_TRUE(updated.ok()) << updated.status();
}

void SyncWorld::EraseByHand(const std::string& name) {
  v1::ErasePassportRequest request;
  request.set_name(name);
  const auto erased = Call<v1::ErasePassportResponse>("PassportService.ErasePassport", request);
  EXPECT_TRUE(erased.ok()) << erased.status();
}

size_t SyncWorld::PassportCount() const {
  size_t count = 0;
  const absl::Status scanned =
      tools().store.Scan({storage::RecordKind::kPassport, "", ""}, [&](const storage::Record&) {
        ++count;
        return true;
      });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return count;
}

}  // namespace passend::service
