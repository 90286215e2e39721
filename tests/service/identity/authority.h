// A certificate authority of a test's own, with what it signs; all in PEM.
#ifndef PASSEND_TESTS_SERVICE_IDENTITY_AUTHORITY_H_
#define PASSEND_TESTS_SERVICE_IDENTITY_AUTHORITY_H_

#include <string>

#include "tests/service/identity/signing_key.h"

namespace passend::service {

struct KeyAndCertificate {
  std::string key;
  std::string certificate;
};

class Authority {
 public:
  explicit Authority(const std::string& name);

  const std::string& certificate() const { return certificate_; }

  // `alternative_names` as OpenSSL writes them: `URI:passend:partner/x/y`, `DNS:localhost`.
  KeyAndCertificate Issue(const std::string& alternative_names) const;
  KeyAndCertificate ServerCertificate() const { return Issue("DNS:localhost,IP:127.0.0.1"); }

 private:
  SigningKey key_ = SigningKey::Ec();
  std::string name_;
  std::string certificate_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_IDENTITY_AUTHORITY_H_
