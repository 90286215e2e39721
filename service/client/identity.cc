#include "service/client/identity.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace passend::client {
namespace {

std::string WholeFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool UsesTls(const Settings& settings) {
  return !settings.tls_ca_path.empty() || !settings.tls_certificate_path.empty();
}

bool IsThisMachine(const std::string& server) {
  for (const char* start : {"unix:", "127.0.0.1:", "localhost:", "[::1]:"}) {
    if (server.starts_with(start)) return true;
  }
  return false;
}

std::string WithoutSpace(std::string text) {
  const char* space = " \t\r\n";
  text.erase(0, text.find_first_not_of(space));
  text.erase(text.find_last_not_of(space) + 1);
  return text;
}

// What a header may carry; gRPC ends the program over anything else.
bool IsToken(const std::string& text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

std::optional<std::string> IdentityMistake(const Settings& settings, const std::string& server,
                                           Language language) {
  for (const std::string& path : {settings.token_path, settings.tls_ca_path,
                                  settings.tls_certificate_path, settings.tls_key_path}) {
    if (!path.empty() && WithoutSpace(WholeFile(path)).empty()) {
      return Say(language, Word::kFileUnreadable, {path});
    }
  }
  if (!settings.token_path.empty() && !IsToken(WithoutSpace(WholeFile(settings.token_path)))) {
    return Say(language, Word::kNoToken, {settings.token_path});
  }
  if (settings.tls_certificate_path.empty() != settings.tls_key_path.empty()) {
    return Say(language, Word::kGoTogether, {"--tls-cert", "--tls-key"});
  }
  if (!settings.token_path.empty() && !UsesTls(settings) && !IsThisMachine(server)) {
    return Say(language, Word::kTokenInPlainText, {server});
  }
  return std::nullopt;
}

std::shared_ptr<grpc::ChannelCredentials> CredentialsOf(const Settings& settings) {
  if (!UsesTls(settings)) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions options;
  if (!settings.tls_ca_path.empty()) options.pem_root_certs = WholeFile(settings.tls_ca_path);
  if (!settings.tls_certificate_path.empty()) {
    options.pem_cert_chain = WholeFile(settings.tls_certificate_path);
    options.pem_private_key = WholeFile(settings.tls_key_path);
  }
  return grpc::SslCredentials(options);
}

std::string AuthorizationOf(const Settings& settings) {
  if (settings.token_path.empty()) return "";
  const std::string token = WithoutSpace(WholeFile(settings.token_path));
  return IsToken(token) ? "Bearer " + token : "";
}

}  // namespace passend::client
