// The files of mutual TLS, and whether they can work together.
#ifndef PASSEND_SERVICE_IDENTITY_TLS_FILES_H_
#define PASSEND_SERVICE_IDENTITY_TLS_FILES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace passend::service {

// All in PEM.
struct TlsFiles {
  std::string certificate;  // the server's, with what stands between it and its authority
  std::string key;          // the certificate's private key, without a password
  std::string client_ca;    // the authorities whose client certificates are taken
};

// What the files hold.
struct TlsTexts {
  std::string certificate;
  std::string key;
  std::string client_ca;
  friend bool operator==(const TlsTexts&, const TlsTexts&) = default;
};

// INVALID_ARGUMENT, which names the option and the file: it cannot be read.
absl::StatusOr<TlsTexts> ReadTlsFiles(const TlsFiles& files);

// INVALID_ARGUMENT, which names the option, and nothing of what the texts say: no certificate or
// key in PEM, a key that is not the certificate's, no authority.
absl::Status CheckTlsTexts(const TlsTexts& texts);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_IDENTITY_TLS_FILES_H_
