// One validation as an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0), and back.
#ifndef PASSEND_SERVICE_CREDENTIAL_BADGE_H_
#define PASSEND_SERVICE_CREDENTIAL_BADGE_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"
#include "passend/v1/taxonomy.pb.h"
#include "passend/v1/validation.pb.h"
#include "service/credential/credential_checker.h"
#include "service/credential/issuer_key.h"

namespace passend::service {

// What is said about a skill elsewhere.
struct SkillAlignment {
  std::string uri;
  std::string name;
  std::string framework;  // "ESCO"
};

// A skill as a credential names it.
struct BadgeSkill {
  std::string uri;   // the publisher's, or SkillUriOf
  std::string name;  // for people
  std::string language_code;
  std::vector<SkillAlignment> alignments;
};

// What a skill without an identifier of its publisher's is called:
// `urn:passend:taxonomies/demo/concepts/sweeping`; and the skill's name of that, "" for any other.
std::string SkillUriOf(std::string_view skill_name);
std::string SkillNameOf(std::string_view uri);

// What one credential is made of, beside the validation.
struct BadgeFrame {
  std::string id;       // of the credential: urn:uuid:...
  std::string subject;  // whom it is about: urn:uuid:...
  std::string status_list_uri;
  uint32_t status_index = 0;
};

// When the day began, in UTC. Of when something was seen a credential tells the day: by the moment,
// two who were shown credentials of one person could put them together.
absl::Time StartOfDay(absl::Time moment);

// The credential's content, to be signed. `validation` is as its reader may see it: what was taken
// out of it is not told. It is valid from the day of the validation, until the second at which that
// ends.
nlohmann::json BadgeContent(const v1::Validation& validation, const BadgeSkill& skill,
                            const IssuerProfile& issuer, const BadgeFrame& frame);

// What a credential says, in words of a validation. Texts that are longer than the fields take are
// cut; the credential itself is kept beside.
struct BadgeStatement {
  // Skill, level, validator, capacity, place, evidence, times; without a skill or with level 0
  // where the credential names none. The method: FORMAL where the credential names none; REFERENCE
  // where it names one that is not known here; what a coach saw or was shown at work is a REFERENCE
  // too, unless the issuer's methods are kept.
  v1::Validation validation;
  std::string stated_skill;             // by its name in Passend; "" where it has none
  std::vector<std::string> skill_uris;  // the achievement's, and what it is aligned to
};
// CREDENTIAL_FORM where it does not say from when it is valid; CREDENTIAL_SUBJECT.
absl::StatusOr<BadgeStatement> ReadBadge(const CheckedCredential& credential);

// To the nanosecond, there and back.
absl::Time MomentOf(const google::protobuf::Timestamp& timestamp);
google::protobuf::Timestamp TimestampOf(absl::Time moment);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_BADGE_H_
