// What badges say on top of Open Badges 3.0: how a validation came about, in the words of Passend.
#ifndef PASSEND_SERVICE_CREDENTIAL_BADGE_TERMS_H_
#define PASSEND_SERVICE_CREDENTIAL_BADGE_TERMS_H_

namespace passend::service {

// Frozen: credentials that are out name them.
inline constexpr char kDataModelContext[] = "https://www.w3.org/ns/credentials/v2";
inline constexpr char kBadgeContext[] =
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
inline constexpr char kStatementTerm[] = "passendStatement";
inline constexpr char kStatementType[] = "PassendStatement";
inline constexpr char kTermsBase[] = "urn:passend:terms:";
inline constexpr char kLevelScale[] = "urn:passend:levels";
inline constexpr char kSkillUriBase[] = "urn:passend:";
inline constexpr char kMethodPrefix[] = "VALIDATION_METHOD_";
inline constexpr const char* kStatementTexts[] = {"skill",    "method", "validator",
                                                  "capacity", "place",  "evidenceUri"};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CREDENTIAL_BADGE_TERMS_H_
