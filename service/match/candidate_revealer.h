// Who a candidate is: MatchService.RevealCandidate, without gRPC.
#ifndef PASSEND_SERVICE_MATCH_CANDIDATE_REVEALER_H_
#define PASSEND_SERVICE_MATCH_CANDIDATE_REVEALER_H_

#include "absl/status/statusor.h"
#include "passend/v1/match_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/handler_tools.h"
#include "service/match/candidate_reference.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class CandidateRevealer {
 public:
  // `references` must outlive it, and so must what `tools` is of.
  CandidateRevealer(const HandlerTools& tools, const CandidateReferences& references)
      : tools_(tools), references_(references) {}

  // The task may be closed by now: who was proposed for it can still be asked to come. The consent
  // is looked for in the latest state, and the telling is in the same commit as the note of it; a
  // consent that is revoked in between makes the commit fail.
  //   TASK_NOT_FOUND       not there, or another employer's
  //   CANDIDATE_NOT_FOUND  nobody of the passports, or somebody erased
  //   CONSENT_MISSING      the same whether there was never one, it ended, or is for another
  //   LIMIT_EXCEEDED       the person was revealed to kRevealsMax employers and tasks
  absl::StatusOr<v1::RevealCandidateResponse> Reveal(const CallContext& context,
                                                     const v1::RevealCandidateRequest& request);

  void BindTo(MethodBindings& bindings);

 private:
  HandlerTools tools_;
  const CandidateReferences& references_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_CANDIDATE_REVEALER_H_
