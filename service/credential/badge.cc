#include "service/credential/badge.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/credential/badge_terms.h"
#include "service/text.h"

namespace passend::service {
namespace {

using nlohmann::json;

constexpr char kLevels[] =
    "Level: 1 with step-by-step guidance, 2 with regular help, 3 on one's own in a known setting, "
    "4 on one's own in a new setting, 5 teaches others";

// So that JSON-LD processors know every term; without a place that has to be fetched.
json OwnTerms() {
  json inner = {{"level", absl::StrCat(kTermsBase, "level")}};
  for (const char* text : kStatementTexts) inner[text] = absl::StrCat(kTermsBase, text);
  return {{kStatementType, absl::StrCat(kTermsBase, kStatementType)},
          {kStatementTerm,
           {{"@id", absl::StrCat(kTermsBase, "statement")}, {"@context", std::move(inner)}}}};
}

// A text that can stand where an identifier has to.
bool IsUri(const std::string& text) {
  const size_t colon = text.find(':');
  if (colon == std::string::npos || colon < 2) return false;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return is_letter(text[0]) &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                     [&](char c) {
                       return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '.' ||
                              c == '-';
                     }) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c < 0x7F &&
                  std::string_view("<>\"{}|\\^`").find(c) == std::string_view::npos;
         });
}

std::string MethodText(v1::ValidationMethod method) {
  const std::string name = v1::ValidationMethod_Name(method);
  const std::string_view prefix = kMethodPrefix;
  return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
}

json StatementOf(const v1::Validation& validation) {
  json statement = {{"type", json::array({kStatementType})},
                    {"skill", validation.skill()},
                    {"level", validation.level()},
                    {"method", MethodText(validation.method())}};
  const auto add = [&](const char* term, const std::string& text) {
    if (!text.empty()) statement[term] = text;
  };
  add("validator", validation.validator());
  add("capacity", validation.capacity());
  add("place", validation.place());
  add("evidenceUri", validation.evidence_uri());
  return statement;
}

json AchievementOf(const BadgeSkill& skill) {
  const json levels = {{"id", kLevelScale},
                       {"type", json::array({"ResultDescription"})},
                       {"name", kLevels},
                       {"resultType", "PerformanceLevel"},
                       {"allowedValue", json::array({"1", "2", "3", "4", "5"})}};
  json achievement = {{"id", skill.uri},
                      {"type", json::array({"Achievement"})},
                      {"achievementType", "Competency"},
                      {"name", skill.name},
                      {"description", skill.name},
                      {"inLanguage", skill.language_code},
                      {"criteria",
                       {{"narrative",
                         "The person showed this skill at the level of the result, or somebody who "
                         "knows says so; the statement tells how that is known."}}},
                      {"resultDescription", json::array({levels})}};
  for (const SkillAlignment& alignment : skill.alignments) {
    json entry = {{"type", json::array({"Alignment"})},
                  {"targetName", alignment.name},
                  {"targetUrl", alignment.uri},
                  {"targetType", "ceasn:Competency"}};
    if (!alignment.framework.empty()) entry["targetFramework"] = alignment.framework;
    achievement["alignment"].push_back(std::move(entry));
  }
  return achievement;
}

}  // namespace

std::string SkillUriOf(std::string_view skill_name) {
  return absl::StrCat(kSkillUriBase, ToAbsl(skill_name));
}

std::string SkillNameOf(std::string_view uri) {
  const std::string_view base = kSkillUriBase;
  return uri.starts_with(base) ? std::string(uri.substr(base.size())) : "";
}

absl::Time MomentOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

google::protobuf::Timestamp TimestampOf(absl::Time moment) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(moment);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(moment - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

absl::Time StartOfDay(absl::Time moment) {
  return absl::FromCivil(absl::ToCivilDay(moment, absl::UTCTimeZone()), absl::UTCTimeZone());
}

json BadgeContent(const v1::Validation& validation, const BadgeSkill& skill,
                  const IssuerProfile& issuer, const BadgeFrame& frame) {
  const absl::Time from = StartOfDay(MomentOf(validation.validate_time()));
  const json result = {{"type", json::array({"Result"})},
                       {"resultDescription", kLevelScale},
                       {"value", absl::StrCat(validation.level())}};
  json content = {{"@context", json::array({kDataModelContext, kBadgeContext, OwnTerms()})},
                  {"id", frame.id},
                  {"type", json::array({"VerifiableCredential", "OpenBadgeCredential"})},
                  {"name", skill.name},
                  {"issuer",
                   {{"id", issuer.uri},
                    {"type", json::array({"Profile"})},
                    {"name", issuer.name.empty() ? issuer.uri : issuer.name}}},
                  {"validFrom", MomentText(from)},
                  {"credentialSubject",
                   {{"id", frame.subject},
                    {"type", json::array({"AchievementSubject"})},
                    {"achievement", AchievementOf(skill)},
                    {"result", json::array({result})},
                    {kStatementTerm, StatementOf(validation)}}},
                  {"credentialStatus",
                   {{"id", absl::StrCat(frame.status_list_uri, "#", frame.status_index)},
                    {"type", "BitstringStatusListEntry"},
                    {"statusPurpose", "revocation"},
                    {"statusListIndex", absl::StrCat(frame.status_index)},
                    {"statusListCredential", frame.status_list_uri}}},
                  {"iss", issuer.uri},
                  {"jti", frame.id},
                  {"sub", frame.subject},
                  {"nbf", absl::ToUnixSeconds(from)}};
  if (validation.has_expire_time()) {
    const int64_t until = validation.expire_time().seconds();
    content["validUntil"] = MomentText(absl::FromUnixSeconds(until));
    content["exp"] = until;
  }
  if (IsUri(validation.evidence_uri())) {
    const json evidence = {{"id", validation.evidence_uri()}, {"type", json::array({"Evidence"})}};
    content["evidence"] = json::array({evidence});
  }
  return content;
}

}  // namespace passend::service
