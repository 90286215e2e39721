#include "tests/service/identity/authority.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace passend::service {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

constexpr long kDaySeconds = 24 * 60 * 60;

void Name(X509_NAME* name, const std::string& common_name) {
  EXPECT_EQ(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                       reinterpret_cast<const unsigned char*>(common_name.c_str()),
                                       -1, -1, 0),
            1);
}

void Extend(X509* certificate, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
  ASSERT_NE(extension, nullptr) << value;
  EXPECT_EQ(X509_add_ext(certificate, extension, -1), 1);
  X509_EXTENSION_free(extension);
}

Certificate Unsigned(const SigningKey& key, const std::string& subject, const std::string& issuer) {
  Certificate certificate(X509_new(), X509_free);
  EXPECT_EQ(X509_set_version(certificate.get(), 2), 1);
  uint64_t serial = 0;
  EXPECT_EQ(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial)), 1);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial >> 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kDaySeconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kDaySeconds);
  Name(X509_get_subject_name(certificate.get()), subject);
  Name(X509_get_issuer_name(certificate.get()), issuer);
  EXPECT_EQ(X509_set_pubkey(certificate.get(), key.get()), 1);
  return certificate;
}

std::string Pem(X509* certificate) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
  EXPECT_EQ(PEM_write_bio_X509(bio.get(), certificate), 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<size_t>(size));
}

}  // namespace

Authority::Authority(const std::string& name) : name_(name) {
  const Certificate certificate = Unsigned(key_, name, name);
  Extend(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  Extend(certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  EXPECT_GT(X509_sign(certificate.get(), key_.get(), EVP_sha256()), 0);
  certificate_ = Pem(certificate.get());
}

KeyAndCertificate Authority::Issue(const std::string& alternative_names) const {
  const SigningKey key = SigningKey::Ec();
  const Certificate certificate = Unsigned(key, "somebody", name_);
  Extend(certificate.get(), NID_subject_alt_name, alternative_names);
  EXPECT_GT(X509_sign(certificate.get(), key_.get(), EVP_sha256()), 0);
  return {key.Pem(), Pem(certificate.get())};
}

}  // namespace passend::service
