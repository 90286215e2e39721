#include "service/passendd/credential_files.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/identity/limits.h"

namespace passend::service {

absl::StatusOr<std::unique_ptr<CredentialFiles>> CredentialFiles::Open(
    const Settings& settings, std::function<void(std::string_view line)> log) {
  auto files = std::make_unique<CredentialFiles>(OnlyOpen());
  if (!settings.credential_key_file.empty()) {
    auto key = IssuerKey::Read(settings.credential_key_file,
                               {settings.credential_issuer, settings.credential_issuer_name});
    if (!key.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--credential-key-file ", key.status().message()));
    }
    files->key_ = *std::move(key);
  }
  if (!settings.trusted_issuers_file.empty()) {
    auto issuers = TrustedIssuersFile::Open(settings.trusted_issuers_file, std::move(log));
    if (!issuers.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--trusted-issuers-file ", issuers.status().message()));
    }
    files->issuers_ = *std::move(issuers);
    files->following_ = std::make_unique<RegularCall>(
        kIdentityFileInterval, [raw = files->issuers_.get()] { raw->Refresh(); });
  }
  return files;
}

CredentialParts CredentialFiles::parts() const {
  CredentialParts parts;
  parts.key = key_.get();
  if (issuers_ != nullptr) parts.trusted = [raw = issuers_.get()] { return raw->Get(); };
  return parts;
}

}  // namespace passend::service
