// Who calls, in which role, for whom, and how that is known.
#ifndef PASSEND_SERVICE_CALL_CALLER_H_
#define PASSEND_SERVICE_CALL_CALLER_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace passend::service {

// What somebody comes as; call/permission_table.cc says what each may do.
enum class Role {
  kNone,  // nobody that is known: may do nothing
  kEmployer,
  kCoach,
  kPartner,
  kPerson,
  kOperator,
  kAuditor,
};

inline constexpr std::array kRoles = {Role::kEmployer, Role::kCoach,    Role::kPartner,
                                      Role::kPerson,   Role::kOperator, Role::kAuditor};

// How it is known who calls.
enum class Proof {
  kNone,         // it is not
  kLocal,        // no identity is configured, and the call comes from this machine
  kToken,        // a bearer token that a known issuer signed
  kCertificate,  // a client certificate of a known authority
};

struct Caller {
  std::string peer;     // as gRPC names it: `unix:`, `ipv4:127.0.0.1:52814`
  std::string subject;  // who it is, in the words of the issuer; empty where Proof is kLocal
  Role role = Role::kNone;
  // Whom it is for: the id of an organisation, and of the passport for kPerson; empty where Proof
  // is kLocal.
  std::string tenant;
  Proof proof = Proof::kNone;
};

// `employer`, `coach`, `partner`, `person`, `operator`, `auditor`; `none`.
std::string_view NameOf(Role role);
// The pair of NameOf for the six of kRoles; nullopt for any other text.
std::optional<Role> RoleNamed(std::string_view name);

// Who resources of the caller say that they belong to: `employers/{tenant}`, `coaches/{tenant}`,
// `partners/{tenant}`, `passports/{tenant}`. Empty for roles that own nothing.
std::string OwnerName(const Caller& caller);

// Who somebody is on record as, for what they say and do: `coaches/{tenant}/{subject}`; a person as
// `passports/{tenant}` alone. Empty where it is not known who calls, or for roles that own nothing.
std::string SignatureOf(const Caller& caller);

// Sets the callers of one method apart where they must not meet: their request ids and their page
// tokens. `method` itself where Proof is kLocal, which there is only one of.
std::string ScopedMethod(std::string_view method, const Caller& caller);

// A tenant is 1 to 63 of a-z, 0-9 and hyphen, as the ids in resource names.
bool IsTenant(std::string_view text);

// A subject is 1 to kSubjectBytesMax printable ASCII characters without spaces.
inline constexpr size_t kSubjectBytesMax = 200;
bool IsSubject(std::string_view text);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_CALLER_H_
