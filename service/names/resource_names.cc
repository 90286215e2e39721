#include "service/names/resource_names.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/names/string_form.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr std::string_view kPassports = "passports/";
constexpr std::string_view kValidations = "/validations/";
constexpr std::string_view kConsents = "/consents/";
constexpr std::string_view kTasks = "tasks/";
constexpr std::string_view kPolicies = "policies/";

}  // namespace

std::string MakeName(const PassportName& name) {
  return absl::StrCat(ToAbsl(kPassports), name.passport);
}

std::optional<PassportName> ParsePassportName(std::string_view text) {
  if (!HasForm(text, v1::STRING_FORM_PASSPORT_NAME)) return std::nullopt;
  return PassportName{std::string(text.substr(kPassports.size()))};
}

storage::Key KeyOf(const PassportName& name) {
  return {storage::RecordKind::kPassport, name.passport};
}

std::string MakeName(const ValidationName& name) {
  return absl::StrCat(MakeName(name.parent), ToAbsl(kValidations), name.validation);
}

std::optional<ValidationName> ParseValidationName(std::string_view text) {
  if (!HasForm(text, v1::STRING_FORM_VALIDATION_NAME)) return std::nullopt;
  const size_t at = text.find(kValidations);
  return ValidationName{{std::string(text.substr(kPassports.size(), at - kPassports.size()))},
                        std::string(text.substr(at + kValidations.size()))};
}

storage::Key KeyOf(const ValidationName& name) {
  return {storage::RecordKind::kValidation,
          absl::StrCat(name.parent.passport, "/", name.validation)};
}

storage::Key BookKeyOf(const PassportName& parent) {
  return {storage::RecordKind::kValidationBook, parent.passport};
}

storage::Key ProposalBookKeyOf(const PassportName& parent) {
  return {storage::RecordKind::kProposalBook, parent.passport};
}

storage::Key CredentialBookKeyOf(const PassportName& parent) {
  return {storage::RecordKind::kCredentialBook, parent.passport};
}

std::optional<ValidationName> ValidationNameOfId(std::string_view id) {
  const size_t at = id.find('/');
  if (at == std::string_view::npos) return std::nullopt;
  return ParseValidationName(absl::StrCat(ToAbsl(kPassports), ToAbsl(id.substr(0, at)),
                                          ToAbsl(kValidations), ToAbsl(id.substr(at + 1))));
}

std::string MakeName(const ConsentName& name) {
  return absl::StrCat(MakeName(name.parent), ToAbsl(kConsents), name.consent);
}

std::optional<ConsentName> ParseConsentName(std::string_view text) {
  if (!HasForm(text, v1::STRING_FORM_CONSENT_NAME)) return std::nullopt;
  const size_t at = text.find(kConsents);
  return ConsentName{{std::string(text.substr(kPassports.size(), at - kPassports.size()))},
                     std::string(text.substr(at + kConsents.size()))};
}

storage::Key ConsentBookKeyOf(const PassportName& parent) {
  return {storage::RecordKind::kConsentBook, parent.passport};
}

storage::Key RevealBookKeyOf(const PassportName& parent) {
  return {storage::RecordKind::kRevealBook, parent.passport};
}

std::string MakeName(const TaskName& name) { return absl::StrCat(ToAbsl(kTasks), name.task); }

std::optional<TaskName> ParseTaskName(std::string_view text) {
  if (!HasForm(text, v1::STRING_FORM_TASK_NAME)) return std::nullopt;
  return TaskName{std::string(text.substr(kTasks.size()))};
}

storage::Key KeyOf(const TaskName& name) { return {storage::RecordKind::kTask, name.task}; }

std::string MakeName(const PolicyName& name) {
  return absl::StrCat(ToAbsl(kPolicies), name.version);
}

std::optional<PolicyName> ParsePolicyName(std::string_view text) {
  if (!HasForm(text, v1::STRING_FORM_POLICY_NAME)) return std::nullopt;
  PolicyName name{};
  if (!absl::SimpleAtoi(ToAbsl(text.substr(kPolicies.size())), &name.version)) return std::nullopt;
  return name;
}

storage::Key KeyOf(const PolicyName& name) {
  return {storage::RecordKind::kPolicy, absl::StrFormat("%010d", name.version)};
}

storage::Key ErasureKeyOf(const PassportName& name) {
  return {storage::RecordKind::kErasure, name.passport};
}

}  // namespace passend::service
