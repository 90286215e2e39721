// What ProposalService answers, without gRPC. Requests have passed the rules of their fields.
#ifndef PASSEND_SERVICE_EVIDENCE_PROPOSAL_HANDLERS_H_
#define PASSEND_SERVICE_EVIDENCE_PROPOSAL_HANDLERS_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "passend/v1/proposal_service.pb.h"
#include "service/call/call_context.h"
#include "service/call/method_bindings.h"
#include "service/evidence/given_references.h"
#include "service/evidence/proposed_people.h"
#include "service/handler_tools.h"
#include "service/match/match_parts.h"
#include "service/records/repeatable_write.h"

namespace passend::service {

// Proposals of one person, and people for one task: many more than anybody can follow up.
inline constexpr size_t kPersonProposalsMax = 500;
inline constexpr size_t kTaskProposalsMax = 1'000;

// Thread safety: all methods may be called from any thread. Errors as in proposal_service.proto.
class ProposalHandlers {
 public:
  // `parts` must outlive the handlers. DAMAGED_DATA; errors of the store.
  static absl::StatusOr<std::unique_ptr<ProposalHandlers>> Start(const HandlerTools& tools,
                                                                 const MatchParts& parts);
  ProposalHandlers(const HandlerTools& tools, const MatchParts& parts,
                   std::unique_ptr<ProposedPeople> people)
      : tools_(tools), parts_(parts), people_(std::move(people)), references_(parts_, *people_) {}

  absl::StatusOr<v1::Proposal> Propose(const CallContext& context,
                                       const v1::ProposeCandidateRequest& request);
  absl::StatusOr<v1::ListProposalsResponse> List(const CallContext& context,
                                                 const v1::ListProposalsRequest& request) const;
  absl::StatusOr<v1::ListProposedCandidatesResponse> ListCandidates(
      const CallContext& context, const v1::ListProposedCandidatesRequest& request) const;

  void BindTo(MethodBindings& bindings);

  // Whom RevealCandidate tells of; lives as long as the handlers.
  const GivenReferences& references() const { return references_; }

 private:
  absl::StatusOr<v1::Proposal> Weigh(const CallContext& context,
                                     const v1::ProposeCandidateRequest& request) const;
  absl::StatusOr<v1::Proposal> Keep(const v1::ProposeCandidateRequest& request,
                                    const RepeatableRequest& repeatable, v1::Proposal proposal);
  absl::StatusOr<v1::Proposal> Kept(const std::string& receipt,
                                    const v1::ProposeCandidateRequest& request) const;

  const HandlerTools tools_;
  const MatchParts& parts_;
  const std::unique_ptr<ProposedPeople> people_;
  const GivenReferences references_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_EVIDENCE_PROPOSAL_HANDLERS_H_
