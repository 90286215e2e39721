// Who a candidate is: MatchService.RevealCandidate, without gRPC.
#ifndef PASSEND_SERVICE_MATCH_CANDIDATE_REVEALER_H_
#define PASSEND_SERVICE_MATCH_CANDIDATE_REVEALER_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/task.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class CandidateRevealer {
 public:
  // Whose reference the caller was given for a stored task that is its own, as
  // `passports/{passport}`, which may be gone; nullopt for any other text.
  using FindReference = std::function<absl::StatusOr<std::optional<std::string>>(
      const CallContext& context, const v1::Task& task, const std::string& reference)>;

  // `find` is called from any thread. What `tools` is of must outlive it.
  CandidateRevealer(const HandlerTools& tools, FindReference find)
      : tools_(tools), find_(std::move(find)) {}

  // The task may be closed by now: who was proposed for it can still be asked to come. The consent
  // is looked for in the latest state, and the telling is in the same commit as the note of it; a
  // consent that is revoked in between makes the commit fail.
  //   TASK_NOT_FOUND       not there, or another employer's
  //   CANDIDATE_NOT_FOUND  nobody whom the caller was given for the task, or somebody who is not
  //                        ACTIVE, or erased
  //   CONSENT_MISSING      the same whether there was never one, it ended, or is for another
  //   LIMIT_EXCEEDED       the person was revealed to kRevealsMax employers and tasks
  absl::StatusOr<v1::RevealCandidateResponse> Reveal(const CallContext& context,
                                                     const v1::RevealCandidateRequest& request);

  void BindTo(MethodBindings& bindings);

 private:
  HandlerTools tools_;
  const FindReference find_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_CANDIDATE_REVEALER_H_
