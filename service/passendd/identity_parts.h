// How it is known who calls, as the settings have it, kept up to date with its files.
#ifndef PASSEND_SERVICE_PASSENDD_IDENTITY_PARTS_H_
#define PASSEND_SERVICE_PASSENDD_IDENTITY_PARTS_H_

#include <grpcpp/security/server_credentials.h>

#include <functional>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/call/authorizer.h"
#include "service/identity/key_set_file.h"
#include "service/identity/token_verifier.h"
#include "service/passendd/settings.h"
#include "service/passendd/tls_reloader.h"
#include "service/regular_call.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class IdentityParts {
  struct OnlyOpen {
    explicit OnlyOpen() = default;
  };

 public:
  // `settings` has passed CheckIdentityOptions. Reads the files, and begins to follow them.
  // INVALID_ARGUMENT, which names the file and says what is wrong with it. `log` takes lines from a
  // thread of its own.
  static absl::StatusOr<std::unique_ptr<IdentityParts>> Open(
      const Settings& settings, std::function<absl::Time()> now,
      std::function<void(std::string_view line)> log);
  // Use Open.
  explicit IdentityParts(OnlyOpen) {}

  const Authorizer& authorizer() const { return *authorizer_; }
  // Null: plain text.
  std::shared_ptr<grpc::ServerCredentials> credentials() const { return credentials_; }

 private:
  std::unique_ptr<KeySetFile> keys_;
  std::unique_ptr<TokenVerifier> tokens_;
  std::unique_ptr<TlsReloader> tls_;
  std::shared_ptr<grpc::ServerCredentials> credentials_;
  std::unique_ptr<Authorizer> authorizer_;
  std::unique_ptr<RegularCall> following_;  // last: it ends before what it refreshes
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PASSENDD_IDENTITY_PARTS_H_
