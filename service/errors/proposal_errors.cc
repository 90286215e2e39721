#include "service/errors/proposal_errors.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/errors/error_status.h"

namespace passend::service {
namespace {

void AddOnce(std::string text, std::vector<std::string>& texts) {
  if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end()) return;
  texts.push_back(std::move(text));
}

}  // namespace

absl::Status MotivationNeeded(const google::protobuf::RepeatedPtrField<v1::FlaggedItem>& flags) {
  std::vector<std::string> names;
  std::vector<std::string> skills;
  for (const v1::FlaggedItem& item : flags) {
    AddOnce(v1::FitFlag_Name(item.flag()), names);
    AddOnce(item.skill(), skills);
  }
  const std::string flagged = absl::StrJoin(names, ",");
  ErrorMetadata metadata = {{"flags", flagged}};
  if (!skills.empty()) metadata["skills"] = absl::StrJoin(skills, ",");
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_MOTIVATION_NEEDED,
                   absl::StrCat("this match is flagged: ", flagged,
                                ". Please say in `motivation` why you propose this person for this "
                                "task all the same"),
                   metadata);
}

absl::Status PersonExcluded(const std::vector<v1::GateCause>& causes) {
  std::vector<std::string> names;
  for (const v1::GateCause cause : causes) AddOnce(v1::GateCause_Name(cause), names);
  const std::string all = absl::StrJoin(names, ",");
  return MakeError(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_PERSON_EXCLUDED,
                   absl::StrCat("this task is closed to this person: ", all,
                                ". ExplainMatch says what would open it"),
                   {{"cause", all}});
}

absl::Status ProposalExists(std::string_view name) {
  return MakeError(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_PROPOSAL_EXISTS,
                   "this person was proposed for this task before",
                   {{"resource", std::string(name)}});
}

}  // namespace passend::service
