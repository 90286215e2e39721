#include "service/client/portable_file.h"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string_view>

#include "service/client/byte_source.h"
#include "service/client/json_output.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

constexpr std::size_t kCredentialsMax = 100;
constexpr std::size_t kRequestBytes = 2 * 1024 * 1024;

constexpr std::string_view kDidWeb = "did:web:";

bool IsDid(std::string_view issuer) { return issuer.starts_with(kDidWeb); }

bool IsJson(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && text[first] == '{';
}

}  // namespace

absl::StatusOr<v1::PortablePassport> ReadPortableFile(const std::string& path) {
  const auto text = ReadWholeFile(path);
  if (!text.ok()) return text.status();
  v1::PortablePassport portable;
  if (IsJson(*text)) {
    const absl::Status parsed = ParseJson(*text, portable);
    if (parsed.ok()) return portable;
    return absl::InvalidArgumentError(path + ": " + std::string(parsed.message()));
  }
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (!line.empty()) portable.add_credentials(line);
  }
  return portable;
}

v1::Passport CreatableFrom(v1::Passport passport) {
  passport.clear_name();
  passport.clear_etag();
  passport.clear_create_time();
  passport.clear_update_time();
  passport.clear_skills();
  passport.clear_partners();
  passport.clear_coaches();
  return passport;
}

std::vector<v1::CredentialToImport> CredentialsIn(const v1::PortablePassport& portable,
                                                  const std::string& skill, int level) {
  std::map<std::string, const v1::Validation*> told;
  for (const v1::Validation& validation : portable.validations()) {
    told.emplace(validation.foreign_proof().credential(), &validation);
  }
  std::vector<v1::CredentialToImport> credentials;
  for (const std::string& credential : portable.credentials()) {
    const auto validation = told.find(credential);
    const bool is_told = validation != told.end();
    v1::CredentialToImport& asked = credentials.emplace_back();
    asked.set_credential(credential);
    asked.set_skill(is_told ? validation->second->skill() : skill);
    asked.set_level(is_told ? validation->second->level() : level);
  }
  return credentials;
}

std::vector<v1::ImportCredentialsRequest> ImportRequests(
    const std::string& passport, const std::vector<v1::CredentialToImport>& credentials,
    const std::vector<std::string>& status_lists) {
  std::vector<v1::ImportCredentialsRequest> requests;
  std::size_t bytes = 0;
  for (const v1::CredentialToImport& credential : credentials) {
    const std::size_t more = credential.ByteSizeLong();
    if (requests.empty() || bytes + more > kRequestBytes ||
        static_cast<std::size_t>(requests.back().credentials_size()) >= kCredentialsMax) {
      requests.emplace_back().set_parent(passport);
      bytes = 0;
      for (const std::string& list : status_lists) {
        requests.back().add_status_lists(list);
        bytes += list.size();
      }
    }
    *requests.back().add_credentials() = credential;
    bytes += more;
  }
  return requests;
}

std::string IssuerDocument(const std::string& issuer, const std::string& key_set) {
  const nlohmann::json set = nlohmann::json::parse(key_set, nullptr, /*allow_exceptions=*/false);
  if (!set.is_object() || !set.contains("keys") || !set["keys"].is_array()) return "";
  nlohmann::json methods = nlohmann::json::array();
  nlohmann::json names = nlohmann::json::array();
  for (const nlohmann::json& key : set["keys"]) {
    const std::string name = key.value("kid", "");
    methods.push_back(
        {{"id", name}, {"type", "JsonWebKey"}, {"controller", issuer}, {"publicKeyJwk", key}});
    names.push_back(name);
  }
  const nlohmann::json contexts = IsDid(issuer)
                                      ? nlohmann::json::array({"https://www.w3.org/ns/did/v1",
                                                               "https://w3id.org/security/jwk/v1"})
                                      : nlohmann::json::array({"https://www.w3.org/ns/cid/v1"});
  const nlohmann::json document = {{"@context", contexts},
                                   {"id", issuer},
                                   {"verificationMethod", methods},
                                   {"assertionMethod", names}};
  return document.dump(2) + "\n";
}

std::string IssuerDocumentPath(const std::string& issuer) {
  if (!IsDid(issuer)) return "index.json";
  const bool has_path = issuer.find(':', kDidWeb.size()) != std::string::npos;
  return has_path ? "did.json" : ".well-known/did.json";
}

}  // namespace passend::client
