// What about a match needs a thought before anybody is proposed.
#ifndef PASSEND_SERVICE_MATCH_FIT_FLAGS_H_
#define PASSEND_SERVICE_MATCH_FIT_FLAGS_H_

#include "google/protobuf/repeated_field.h"
#include "passend/v1/fit.pb.h"
#include "service/match/wording.h"

namespace passend::service {

// A required skill of this importance or more is essential.
inline constexpr int32_t kEssentialImportance = 4;

// Adds what is flagged about the pair, in this order: required skills in the order of the task, to
// be learnt before disputed; then support.
//   SKILL_TO_BE_LEARNT         an essential one, learnable, under the level asked or not held at
//   all SKILL_DISPUTED             what is held for it is in dispute, or an objection to it is open
//   ESSENTIAL_SUPPORT_UNKNOWN  an essential need whose amount is not known, one entry each; one
//                              without a solution where nothing is known of support
void AddFlags(const ScoredPair& pair, google::protobuf::RepeatedPtrField<v1::FlaggedItem>& flags);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_FIT_FLAGS_H_
