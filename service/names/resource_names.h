// Resource names and the keys of their records, as pairs: Parse gives back what Make was given,
// and nullopt for everything that Make does not give.
#ifndef PASSEND_SERVICE_NAMES_RESOURCE_NAMES_H_
#define PASSEND_SERVICE_NAMES_RESOURCE_NAMES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/store.h"

namespace passend::service {

struct PassportName {
  std::string passport;
  friend bool operator==(const PassportName&, const PassportName&) = default;
};
std::string MakeName(const PassportName& name);
std::optional<PassportName> ParsePassportName(std::string_view text);
storage::Key KeyOf(const PassportName& name);

struct ValidationName {
  PassportName parent;
  std::string validation;
  friend bool operator==(const ValidationName&, const ValidationName&) = default;
};
std::string MakeName(const ValidationName& name);
std::optional<ValidationName> ParseValidationName(std::string_view text);
// What events name a validation by. It has no record of its own: it is in its passport's book.
storage::Key KeyOf(const ValidationName& name);
storage::Key BookKeyOf(const PassportName& parent);
// The book that a passport's proposals are kept in.
storage::Key ProposalBookKeyOf(const PassportName& parent);
// The book of credentials that were given out of a passport.
storage::Key CredentialBookKeyOf(const PassportName& parent);
// The name of the validation with that key's id; nullopt for an id of another form.
std::optional<ValidationName> ValidationNameOfId(std::string_view id);

struct ConsentName {
  PassportName parent;
  std::string consent;
  friend bool operator==(const ConsentName&, const ConsentName&) = default;
};
std::string MakeName(const ConsentName& name);
std::optional<ConsentName> ParseConsentName(std::string_view text);
// Where all that a person shares is kept, and who was told who the person is.
storage::Key ConsentBookKeyOf(const PassportName& parent);
storage::Key RevealBookKeyOf(const PassportName& parent);

struct TaskName {
  std::string task;
  friend bool operator==(const TaskName&, const TaskName&) = default;
};
std::string MakeName(const TaskName& name);
std::optional<TaskName> ParseTaskName(std::string_view text);
storage::Key KeyOf(const TaskName& name);

struct PolicyName {
  uint32_t version;  // 1 to 999,999,999
  friend bool operator==(const PolicyName&, const PolicyName&) = default;
};
std::string MakeName(const PolicyName& name);
std::optional<PolicyName> ParsePolicyName(std::string_view text);
storage::Key KeyOf(const PolicyName& name);

// Where the tombstone of an erased passport is kept.
storage::Key ErasureKeyOf(const PassportName& name);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_NAMES_RESOURCE_NAMES_H_
