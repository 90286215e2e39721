#include <array>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/credential/badge.h"
#include "service/credential/badge_terms.h"
#include "service/errors/credential_errors.h"
#include "service/identity/strict_json.h"

namespace passend::service {
namespace {

using nlohmann::json;

constexpr size_t kAlignmentsMax = 50;

absl::Status WrongSubject(std::string_view what) {
  return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_SUBJECT, what);
}

// The first so many characters of it.
std::string Cut(const std::string& text, size_t characters_max) {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts && ++characters > characters_max) return text.substr(0, i);
  }
  return text;
}

std::string TextAt(const json& object, const char* member) {
  return TextOf(object, member).value_or("");
}

// The method that the statement names. Whoever is not trusted to have coaches of its own tells what
// it was told; so does whoever uses a word that is not known here.
v1::ValidationMethod MethodOf(const json& statement, bool keeps_methods) {
  if (!statement.contains("method")) return v1::VALIDATION_METHOD_FORMAL;
  v1::ValidationMethod method = v1::VALIDATION_METHOD_UNSPECIFIED;
  if (!v1::ValidationMethod_Parse(absl::StrCat(kMethodPrefix, TextAt(statement, "method")),
                                  &method) ||
      method == v1::VALIDATION_METHOD_UNSPECIFIED) {
    return v1::VALIDATION_METHOD_REFERENCE;
  }
  const bool was_seen =
      method == v1::VALIDATION_METHOD_OBSERVED || method == v1::VALIDATION_METHOD_WORK_SAMPLE;
  return was_seen && !keeps_methods ? v1::VALIDATION_METHOD_REFERENCE : method;
}

bool IsLevel(int64_t level) { return level >= 1 && level <= 5; }

// 0 where none is told on the scale of Validation.level.
int32_t LevelOf(const json& subject, const json& statement) {
  const auto stated = statement.find("level");
  if (stated != statement.end() && stated->is_number_integer()) {
    const auto level = stated->get<int64_t>();
    if (IsLevel(level)) return static_cast<int32_t>(level);
  }
  const auto results = subject.find("result");
  if (results == subject.end() || !results->is_array()) return 0;
  for (const json& result : *results) {
    int32_t level = 0;
    if (result.is_object() && TextAt(result, "resultDescription") == kLevelScale &&
        absl::SimpleAtoi(TextAt(result, "value"), &level) && IsLevel(level)) {
      return level;
    }
  }
  return 0;
}

void ReadSkill(const json& achievement, const json& statement, BadgeStatement& read) {
  read.stated_skill = TextAt(statement, "skill");
  const std::string id = TextAt(achievement, "id");
  if (!id.empty()) read.skill_uris.push_back(id);
  if (read.stated_skill.empty()) read.stated_skill = SkillNameOf(id);
  const auto alignments = achievement.find("alignment");
  if (alignments == achievement.end() || !alignments->is_array()) return;
  for (const json& alignment : *alignments) {
    if (read.skill_uris.size() > kAlignmentsMax) break;
    if (!alignment.is_object()) continue;
    std::string uri = TextAt(alignment, "targetUrl");
    if (!uri.empty()) read.skill_uris.push_back(std::move(uri));
  }
}

// Who says so: the statement's own validator, or the issuer.
std::string ValidatorOf(const CheckedCredential& credential, const json& statement) {
  std::string validator = TextAt(statement, "validator");
  if (!validator.empty() || statement.contains("method")) return validator;
  const json& issuer = credential.content["issuer"];
  if (issuer.is_object()) validator = TextAt(issuer, "name");
  return validator.empty() ? credential.issuer : validator;
}

std::string EvidenceOf(const json& content, const json& statement) {
  std::string uri = TextAt(statement, "evidenceUri");
  const auto evidence = content.find("evidence");
  if (!uri.empty() || evidence == content.end()) return uri;
  const json& first = evidence->is_array() && !evidence->empty() ? evidence->front() : *evidence;
  return first.is_object() ? TextAt(first, "id") : "";
}

}  // namespace

absl::StatusOr<BadgeStatement> ReadBadge(const CheckedCredential& credential) {
  const json& content = credential.content;
  if (!HasType(content, "OpenBadgeCredential") && !HasType(content, "AchievementCredential")) {
    return WrongSubject("its type is neither OpenBadgeCredential nor AchievementCredential");
  }
  const auto subject = content.find("credentialSubject");
  if (subject == content.end() || !subject->is_object()) {
    return WrongSubject("it is not about exactly one person");
  }
  const auto achievement = subject->find("achievement");
  if (achievement == subject->end() || !achievement->is_object() ||
      !HasType(*achievement, "Achievement")) {
    return WrongSubject("it is not about exactly one achievement");
  }
  if (!credential.valid_from) {
    return CredentialRefused(v1::ERROR_REASON_CREDENTIAL_FORM,
                             "it does not say from when it is valid: validFrom is missing");
  }
  static const json kNothing = json::object();
  const auto stated = subject->find(kStatementTerm);
  const json& statement = stated != subject->end() && stated->is_object() ? *stated : kNothing;
  BadgeStatement read;
  v1::Validation& validation = read.validation;
  ReadSkill(*achievement, statement, read);
  validation.set_level(LevelOf(*subject, statement));
  validation.set_method(MethodOf(statement, credential.keeps_methods));
  validation.set_validator(Cut(ValidatorOf(credential, statement), 120));
  validation.set_capacity(Cut(TextAt(statement, "capacity"), 80));
  validation.set_place(Cut(TextAt(statement, "place"), 80));
  validation.set_evidence_uri(Cut(EvidenceOf(content, statement), 500));
  *validation.mutable_validate_time() = TimestampOf(*credential.valid_from);
  if (credential.valid_until) {
    *validation.mutable_expire_time() = TimestampOf(*credential.valid_until);
  }
  return read;
}

}  // namespace passend::service
