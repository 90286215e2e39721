// Everything that answers, over a store, with looks and decisions kept; without a channel.
#ifndef PASSEND_TESTS_SERVICE_AUDIT_AUDIT_WORLD_H_
#define PASSEND_TESTS_SERVICE_AUDIT_AUDIT_WORLD_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "passend/v1/audit_service.pb.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/passport_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/call/call_context.h"
#include "service/credential/issuer_key.h"
#include "service/passendd/assembly.h"
#include "storage/store.h"

namespace passend::service {

inline constexpr char kTrace[] = "0af7651916cd43dd8448eb211c80319c";

Caller CallerAs(Role role, const std::string& tenant);
// Who may do everything, as on a server without identity.
Caller LocalCaller();

class AuditWorld {
 public:
  // Fails the test where it does not start. `store` must outlive it.
  explicit AuditWorld(storage::Store& store,
                      AuditSettings audit = {.keep = true, .kept_for = absl::Hours(24 * 200)});

  CallContext ContextFor(std::string_view method, const Caller& caller) const;

  // `method`: `PassportService.GetPassport`.
  template <typename Response>
  absl::StatusOr<Response> Call(std::string_view method, const google::protobuf::Message& request,
                                const Caller& caller = LocalCaller()) const {
    auto bytes =
        assembly_.bindings().Answer(ContextFor(method, caller), request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Response response;
    response.ParseFromString(*bytes);
    return response;
  }

  // Fail the test where that does not go.
  void ImportSkills(const std::string& version, const std::vector<std::string>& skills) const;
  std::string CreatePassport(std::mt19937_64& random) const;
  void UpdatePassport(const std::string& name, std::mt19937_64& random) const;
  void Record(const std::string& passport, const std::string& skill, int level) const;
  void Erase(const std::string& passport) const;
  std::string CreateTask(const std::string& skill, std::mt19937_64& random) const;
  void UpdateTask(const std::string& name, std::mt19937_64& random) const;
  v1::FindCandidatesResponse FindCandidates(const v1::FindCandidatesRequest& request) const;

  std::vector<v1::AccessLogEntry> LogOf(const std::string& parent, const Caller& caller) const;
  // Newest first.
  std::vector<std::string> Decisions() const;
  v1::ReplayResponse Replay(const std::string& decision) const;
  v1::CheckAccessLogResponse Check(const v1::CheckAccessLogRequest& request = {}) const;

  const MethodBindings& bindings() const { return assembly_.bindings(); }
  void Advance(absl::Duration by) { advanced_micros_ += absl::ToInt64Microseconds(by); }
  absl::Time now() const { return absl::Now() + absl::Microseconds(advanced_micros_.load()); }

 private:
  std::atomic<int64_t> advanced_micros_ = 0;
  const std::unique_ptr<IssuerKey> key_;
  Assembly assembly_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_AUDIT_AUDIT_WORLD_H_
