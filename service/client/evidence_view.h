// What is due, and who was proposed, on a screen.
#ifndef PASSEND_SERVICE_CLIENT_EVIDENCE_VIEW_H_
#define PASSEND_SERVICE_CLIENT_EVIDENCE_VIEW_H_

#include <string>

#include "passend/v1/proposal_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/client/style.h"

namespace passend::client {

// Pure; an empty list is a line that says so.
std::string DueText(const Style& style, const passend::v1::ListDueResponse& due);
std::string ProposalsText(const Style& style, const passend::v1::ListProposalsResponse& proposals);
std::string ProposedText(const Style& style,
                         const passend::v1::ListProposedCandidatesResponse& proposed);

// "moet nog geleerd worden: soep koken, betwist: wieden" of what is flagged; skills by their names.
std::string FlagsText(Language language,
                      const google::protobuf::RepeatedPtrField<passend::v1::FlaggedItem>& flags);

}  // namespace passend::client

#endif  // PASSEND_SERVICE_CLIENT_EVIDENCE_VIEW_H_
