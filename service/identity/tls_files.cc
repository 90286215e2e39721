#include "service/identity/tls_files.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/text.h"

namespace passend::service {
namespace {

struct Freed {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <typename T>
using Ptr = std::unique_ptr<T, Freed>;

Ptr<BIO> Reading(const std::string& text) {
  return Ptr<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// Asks for no password: a key that has one is no key here.
int NoPassword(char*, int, int, void*) { return -1; }

std::vector<Ptr<X509>> CertificatesIn(const std::string& text) {
  const Ptr<BIO> bio = Reading(text);
  std::vector<Ptr<X509>> certificates;
  while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, NoPassword, nullptr)) {
    certificates.emplace_back(next);
  }
  ERR_clear_error();
  return certificates;
}

Ptr<EVP_PKEY> KeyIn(const std::string& text) {
  const Ptr<BIO> bio = Reading(text);
  Ptr<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassword, nullptr));
  ERR_clear_error();
  return key;
}

absl::Status Wrong(std::string_view option, std::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(ToAbsl(option), " ", ToAbsl(why)));
}

absl::StatusOr<std::string> ReadWhole(const char* option, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad() || text.empty()) {
    return Wrong(option, path + ": cannot be read, or is empty");
  }
  return text;
}

}  // namespace

absl::StatusOr<TlsTexts> ReadTlsFiles(const TlsFiles& files) {
  auto certificate = ReadWhole("--tls-certificate", files.certificate);
  if (!certificate.ok()) return certificate.status();
  auto key = ReadWhole("--tls-key", files.key);
  if (!key.ok()) return key.status();
  auto client_ca = ReadWhole("--tls-client-ca", files.client_ca);
  if (!client_ca.ok()) return client_ca.status();
  return TlsTexts{*std::move(certificate), *std::move(key), *std::move(client_ca)};
}

absl::Status CheckTlsTexts(const TlsTexts& texts) {
  const std::vector<Ptr<X509>> chain = CertificatesIn(texts.certificate);
  if (chain.empty()) return Wrong("--tls-certificate", "holds no certificate in PEM");
  const Ptr<EVP_PKEY> key = KeyIn(texts.key);
  if (key == nullptr) return Wrong("--tls-key", "holds no private key in PEM without a password");
  if (X509_check_private_key(chain.front().get(), key.get()) != 1) {
    ERR_clear_error();
    return Wrong("--tls-key", "is not the key of the first certificate of --tls-certificate");
  }
  if (CertificatesIn(texts.client_ca).empty()) {
    return Wrong("--tls-client-ca", "holds no certificate in PEM");
  }
  return absl::OkStatus();
}

}  // namespace passend::service
