#include "service/passendd/identity_parts.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/identity/limits.h"
#include "service/identity/proven_authorizer.h"

namespace passend::service {

absl::StatusOr<std::unique_ptr<IdentityParts>> IdentityParts::Open(
    const Settings& settings, std::function<absl::Time()> now,
    std::function<void(std::string_view line)> log) {
  auto parts = std::make_unique<IdentityParts>(OnlyOpen());
  if (!settings.identifies()) {
    parts->authorizer_ = std::make_unique<LocalAuthorizer>();
    return parts;
  }
  if (!settings.token_keys.empty()) {
    auto keys = KeySetFile::Open(settings.token_keys, log);
    if (!keys.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("--token-keys ", keys.status().message()));
    }
    parts->keys_ = *std::move(keys);
    parts->tokens_ = std::make_unique<TokenVerifier>(
        TokenRules{settings.token_issuer, settings.token_audience},
        [raw = parts->keys_.get()] { return raw->Get(); }, std::move(now));
  }
  auto certificates = ProvenAuthorizer::Certificates::kIgnored;
  if (!settings.tls_certificate.empty()) {
    auto tls = TlsReloader::Open(
        {settings.tls_certificate, settings.tls_key, settings.tls_client_ca}, std::move(log));
    if (!tls.ok()) return tls.status();
    parts->tls_ = *std::move(tls);
    parts->credentials_ = parts->tls_->Credentials();
    certificates = ProvenAuthorizer::Certificates::kIdentify;
  }
  parts->authorizer_ = std::make_unique<ProvenAuthorizer>(parts->tokens_.get(), certificates);
  parts->following_ = std::make_unique<RegularCall>(kIdentityFileInterval, [raw = parts.get()] {
    if (raw->keys_ != nullptr) raw->keys_->Refresh();
    if (raw->tls_ != nullptr) raw->tls_->Refresh();
  });
  return parts;
}

}  // namespace passend::service
