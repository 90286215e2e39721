#include "service/client/portable_file.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>

#include "service/client/json_output.h"

namespace passend::client {
namespace {

namespace fs = std::filesystem;
namespace v1 = passend::v1;

constexpr std::size_t kCredentialsMax = 100;
constexpr std::size_t kRequestBytes = 2 * 1024 * 1024;

bool IsJson(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && text[first] == '{';
}

}  // namespace

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return absl::InvalidArgumentError(path + " cannot be read");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) return absl::InvalidArgumentError(path + " cannot be read");
  return text;
}

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

absl::Status WriteWholeFile(const std::string& path, const std::string& text) {
  const fs::path target(path);
  const fs::path fresh(path + ".new");
  std::error_code error;
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), error);
  const mode_t before = umask(S_IRWXG | S_IRWXO);
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  umask(before);
  file << text;
  file.close();
  if (!file.fail()) fs::rename(fresh, target, error);
  if (file.fail() || error) {
    fs::remove(fresh, error);
    return absl::UnavailableError(path + " cannot be written");
  }
  return absl::OkStatus();
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

std::vector<v1::ImportCredentialsRequest> ImportRequests(
    const std::string& passport, const std::vector<std::string>& credentials,
    const std::vector<std::string>& status_lists) {
  std::vector<v1::ImportCredentialsRequest> requests;
  std::size_t bytes = 0;
  for (const std::string& credential : credentials) {
    if (requests.empty() || bytes + credential.size() > kRequestBytes ||
        static_cast<std::size_t>(requests.back().credentials_size()) >= kCredentialsMax) {
      requests.emplace_back().set_parent(passport);
      bytes = 0;
      for (const std::string& list : status_lists) {
        requests.back().add_status_lists(list);
        bytes += list.size();
      }
    }
    requests.back().add_credentials()->set_credential(credential);
    bytes += credential.size();
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
  const nlohmann::json document = {
      {"@context",
       nlohmann::json::array({"https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"})},
      {"id", issuer},
      {"verificationMethod", methods},
      {"assertionMethod", names}};
  return document.dump(2) + "\n";
}

}  // namespace passend::client
