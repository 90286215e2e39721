// What credentials are signed with and taken in by, as the settings have it, kept up to date with
// its file.
#ifndef PASSEND_SERVICE_PASSENDD_CREDENTIAL_FILES_H_
#define PASSEND_SERVICE_PASSENDD_CREDENTIAL_FILES_H_

#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "service/credential/issuer_key.h"
#include "service/credential/trusted_issuers.h"
#include "service/passendd/settings.h"
#include "service/portable/portable_handlers.h"
#include "service/regular_call.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class CredentialFiles {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };

 public:
  // `settings` has passed CheckCredentialOptions. Reads the files, and begins to follow that of the
  // issuers. INVALID_ARGUMENT, which names the file and says what is wrong with it. `log` takes
  // lines from a thread of its own.
  static absl::StatusOr<std::unique_ptr<CredentialFiles>> Open(
      const Settings& settings, std::function<void(std::string_view line)> log);
  // Use Open.
  explicit CredentialFiles(OnlyOpen) {}

  // It must not outlive the files.
  CredentialParts parts() const;

 private:
  std::unique_ptr<IssuerKey> key_;
  std::unique_ptr<TrustedIssuersFile> issuers_;
  std::unique_ptr<RegularCall> following_;  // last: it ends before what it refreshes
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_CREDENTIAL_FILES_H_
