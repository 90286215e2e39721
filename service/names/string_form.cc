#include "service/names/string_form.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace passend::service {
namespace {

constexpr size_t kIdCharactersMax = 63;

constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

constexpr bool IsIdCharacter(char c) { return IsLower(c) || IsDigit(c) || c == '-'; }
bool IsConceptCharacter(char c) {
  return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '.' || c == '_' || c == '-';
}
bool IsRequestCharacter(char c) { return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '-'; }

template <typename Allowed>
bool Consists(std::string_view text, size_t least, size_t most, const Allowed& allowed) {
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), allowed);
}

// By character, whether it may be in an id.
constexpr std::array<bool, 256> kIdCharacters = [] {
  std::array<bool, 256> allowed{};
  for (size_t c = 0; c < allowed.size(); ++c) allowed[c] = IsIdCharacter(static_cast<char>(c));
  return allowed;
}();

bool IsId(std::string_view text) {
  return Consists(text, 1, kIdCharactersMax,
                  [](char c) { return kIdCharacters[static_cast<unsigned char>(c)]; });
}
bool IsConceptId(std::string_view text) {
  return Consists(text, 1, kIdCharactersMax, IsConceptCharacter);
}

// `collection/{id}`.
bool IsName(std::string_view text, std::string_view collection) {
  return text.starts_with(collection) && IsId(text.substr(collection.size()));
}

// `outer{id}inner{id}`, such as outer "taxonomies/" and inner "/concepts/".
bool IsNestedName(std::string_view text, std::string_view outer, std::string_view inner,
                  bool (*is_inner_id)(std::string_view)) {
  const size_t at = text.find(inner);
  return at != std::string_view::npos && IsName(text.substr(0, at), outer) &&
         is_inner_id(text.substr(at + inner.size()));
}

bool IsPolicyName(std::string_view text) {
  constexpr std::string_view kCollection = "policies/";
  if (!text.starts_with(kCollection)) return false;
  const std::string_view version = text.substr(kCollection.size());
  return Consists(version, 1, 9, IsDigit) && version.front() != '0';
}

}  // namespace

bool HasForm(std::string_view text, v1::StringForm form) {
  switch (form) {
    case v1::STRING_FORM_PASSPORT_NAME:
      return IsName(text, "passports/");
    case v1::STRING_FORM_VALIDATION_NAME:
      return IsNestedName(text, "passports/", "/validations/", IsId);
    case v1::STRING_FORM_TASK_NAME:
      return IsName(text, "tasks/");
    case v1::STRING_FORM_EMPLOYER_NAME:
      return IsName(text, "employers/");
    case v1::STRING_FORM_PARTNER_NAME:
      return IsName(text, "partners/");
    case v1::STRING_FORM_COACH_NAME:
      return IsName(text, "coaches/");
    case v1::STRING_FORM_AUDIENCE:
      return IsName(text, "employers/") || IsName(text, "coaches/") || IsName(text, "partners/");
    case v1::STRING_FORM_CONSENT_NAME:
      return IsNestedName(text, "passports/", "/consents/", IsId);
    case v1::STRING_FORM_TAXONOMY_NAME:
      return IsName(text, "taxonomies/");
    case v1::STRING_FORM_CONCEPT_NAME:
      return IsNestedName(text, "taxonomies/", "/concepts/", IsConceptId);
    case v1::STRING_FORM_POLICY_NAME:
      return IsPolicyName(text);
    case v1::STRING_FORM_RESOURCE_ID:
      return IsId(text) && IsLower(text.front());
    case v1::STRING_FORM_REQUEST_ID:
      return Consists(text, 8, 64, IsRequestCharacter);
    case v1::STRING_FORM_REGION:
      return Consists(text, 1, 40, IsIdCharacter);
    case v1::STRING_FORM_LANGUAGE:
      return text == "nl" || text == "en";
    default:
      return true;
  }
}

bool IsResourceId(std::string_view text) { return IsId(text); }

std::string_view DescriptionOf(v1::StringForm form) {
  switch (form) {
    case v1::STRING_FORM_PASSPORT_NAME:
      return "`passports/{passport}`, where {passport} is 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_VALIDATION_NAME:
      return "`passports/{passport}/validations/{validation}`, where {passport} and {validation} "
             "are 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_TASK_NAME:
      return "`tasks/{task}`, where {task} is 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_EMPLOYER_NAME:
      return "`employers/{employer}`, where {employer} is 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_PARTNER_NAME:
      return "`partners/{partner}`, where {partner} is 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_COACH_NAME:
      return "`coaches/{coach}`, where {coach} is 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_AUDIENCE:
      return "`employers/{employer}`, `coaches/{coach}` or `partners/{partner}`, where what is in "
             "braces is 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_CONSENT_NAME:
      return "`passports/{passport}/consents/{consent}`, where {passport} and {consent} are 1 to "
             "63 "
             "of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_TAXONOMY_NAME:
      return "`taxonomies/{taxonomy}`, where {taxonomy} is 1 to 63 of a-z, 0-9 and hyphen";
    case v1::STRING_FORM_CONCEPT_NAME:
      return "`taxonomies/{taxonomy}/concepts/{concept}`, where {taxonomy} is 1 to 63 of a-z, 0-9 "
             "and hyphen, and {concept} 1 to 63 of A-Z, a-z, 0-9, dot, underscore and hyphen";
    case v1::STRING_FORM_POLICY_NAME:
      return "`policies/{version}`, where {version} is a whole number from 1 to 999999999";
    case v1::STRING_FORM_RESOURCE_ID:
      return "a letter a-z, then a-z, 0-9 and hyphen, 63 characters at most";
    case v1::STRING_FORM_REQUEST_ID:
      return "8 to 64 of A-Z, a-z, 0-9 and hyphen; a random UUID does well";
    case v1::STRING_FORM_REGION:
      return "1 to 40 of a-z, 0-9 and hyphen, such as `groningen`";
    case v1::STRING_FORM_LANGUAGE:
      return "`nl` or `en`";
    default:
      return "any text";
  }
}

}  // namespace passend::service
