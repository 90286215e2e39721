// What AuditService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_AUDIT_AUDIT_HANDLERS_H_
#define PASSEND_SERVICE_AUDIT_AUDIT_HANDLERS_H_

#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/audit_service.pb.h"
#include "service/audit/replayer.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"
#include "service/regular_call.h"

namespace passend::service {

// Six months have 184 days at most.
inline constexpr absl::Duration kAuditKeptForMin = absl::Hours(24 * 184);

struct AuditSettings {
  // Whether looks, decisions and earlier versions are kept. Otherwise AuditService answers
  // AUDIT_LOG_OFF.
  bool keep = false;
  // For how long at least.
  absl::Duration kept_for = absl::Hours(24 * 200);
};

// Thread safety: all methods may be called from any thread. Errors as in audit_service.proto.
class AuditHandlers {
 public:
  // Removes what was kept for long enough now and then, from its own thread. `log` takes lines.
  // `references` must outlive it.
  AuditHandlers(const HandlerTools& tools, const CandidateReferences& references,
                const AuditSettings& settings, std::function<void(std::string_view line)> log);

  absl::StatusOr<v1::ListAccessLogResponse> ListAccessLog(
      const CallContext& context, const v1::ListAccessLogRequest& request) const;
  absl::StatusOr<v1::ListDecisionsResponse> ListDecisions(
      const CallContext& context, const v1::ListDecisionsRequest& request) const;
  absl::StatusOr<v1::ReplayResponse> Replay(const CallContext& context,
                                            const v1::ReplayRequest& request);
  absl::StatusOr<v1::CheckAccessLogResponse> CheckAccessLog(
      const CallContext& context, const v1::CheckAccessLogRequest& request) const;

  void BindTo(MethodBindings& bindings);

 private:
  void Sweep();

  const HandlerTools tools_;
  const AuditSettings settings_;
  const std::function<void(std::string_view line)> log_;
  Replayer replayer_;
  std::unique_ptr<RegularCall> sweeping_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_AUDIT_AUDIT_HANDLERS_H_
