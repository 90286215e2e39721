#include "service/credential/issuer_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/credential/compact_jwt.h"
#include "service/credential/limits.h"
#include "service/identity/strict_json.h"
#include "service/text.h"

extern "C" {  // the library's headers do not say so themselves
#include <jose/openssl.h>
}

namespace passend::service {
namespace {

constexpr int kFieldBytes = 32;  // of P-256
constexpr size_t kKeyFileBytesMax = 64 * 1024;
constexpr std::string_view kHttps = "https://";
constexpr std::string_view kDidWeb = "did:web:";

template <auto Free>
struct Freeing {
  template <typename Thing>
  void operator()(Thing* thing) const {
    Free(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Number = std::unique_ptr<BIGNUM, Freeing<BN_free>>;

// A file without a password is asked for none.
int NoPassword(char*, int, int, void*) { return -1; }

Key KeyOfPem(std::string_view text) {
  const std::unique_ptr<BIO, Freeing<BIO_free_all>> bio(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  return Key(bio == nullptr ? nullptr
                            : PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassword, nullptr));
}

Key KeyOfJwk(std::string_view text) {
  const auto object = ParseStrictObject(text);
  if (!object || !TextOf(*object, "d")) return nullptr;
  json_t* jwk = json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, nullptr);
  if (jwk == nullptr) return nullptr;
  const Key key(jose_openssl_jwk_to_EVP_PKEY(nullptr, jwk));
  json_decref(jwk);
  if (key == nullptr) return nullptr;
  // The library makes a key of OpenSSL's older kind, which does not tell its coordinates.
  unsigned char* der = nullptr;
  const int size = i2d_PrivateKey(key.get(), &der);
  if (size <= 0) return nullptr;
  const unsigned char* start = der;
  Key again(d2i_AutoPrivateKey(nullptr, &start, size));
  OPENSSL_clear_free(der, static_cast<size_t>(size));
  return again;
}

bool IsOnP256(EVP_PKEY* key) {
  char group[64] = {};
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group),
                                        nullptr) == 1 &&
         std::string_view(group) == "prime256v1";
}

std::string BytesOf(const BIGNUM* number) {
  std::string bytes(kFieldBytes, '\0');
  if (BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), kFieldBytes) < 0) {
    return "";
  }
  return bytes;
}

std::string Coordinate(EVP_PKEY* key, const char* name) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return "";
  const Number number(raw);
  return BytesOf(raw);
}

std::string Sha256(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  return std::string(reinterpret_cast<const char*>(digest), size);
}

// r and s side by side, as JWS has them; empty where `der` is no signature.
std::string PlainSignature(const std::string& der) {
  const auto* start = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<ECDSA_SIG, Freeing<ECDSA_SIG_free>> signature(
      d2i_ECDSA_SIG(nullptr, &start, static_cast<long>(der.size())));
  if (signature == nullptr) return "";
  return BytesOf(ECDSA_SIG_get0_r(signature.get())) + BytesOf(ECDSA_SIG_get0_s(signature.get()));
}

bool IsUriText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("-._~:/%@").find(c) != std::string_view::npos;
  });
}

}  // namespace

struct IssuerKey::Secret {
  Key key;
};

absl::Status CheckIssuerUri(std::string_view uri) {
  const bool https = uri.starts_with(kHttps) && uri.size() > kHttps.size();
  const bool did = uri.starts_with(kDidWeb) && uri.size() > kDidWeb.size();
  if ((https || did) && uri.size() <= kOwnIssuerBytesMax && IsUriText(uri) && !uri.ends_with('/') &&
      !uri.ends_with(':')) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the issuer has to be https://... without a trailing slash, a query or a "
                   "fragment, or did:web:..., of ",
                   kOwnIssuerBytesMax, " bytes at most"));
}

std::string StatusListUri(std::string_view issuer, int number) {
  std::string base(issuer);
  if (issuer.starts_with(kDidWeb)) {
    // did:web:example.org%3A8443:passend is https://example.org:8443/passend
    base = kHttps;
    const std::string_view id = issuer.substr(kDidWeb.size());
    for (size_t i = 0; i < id.size(); ++i) {
      const std::string_view three = id.substr(i, 3);
      if (three == "%3A" || three == "%3a") {
        base += ':';
        i += 2;
      } else {
        base += id[i] == ':' ? '/' : id[i];
      }
    }
  }
  return absl::StrCat(base, "/status/", number);
}

absl::StatusOr<std::unique_ptr<IssuerKey>> IssuerKey::Parse(std::string_view text,
                                                            IssuerProfile profile) {
  if (absl::Status checked = CheckIssuerUri(profile.uri); !checked.ok()) return checked;
  auto secret = std::make_shared<Secret>();
  secret->key = text.find("-----BEGIN") != std::string_view::npos ? KeyOfPem(text) : KeyOfJwk(text);
  if (secret->key == nullptr || !IsOnP256(secret->key.get())) {
    return absl::InvalidArgumentError(
        "is no private key on P-256, in PEM without a password or as a JWK");
  }
  const std::string x = Base64UrlOf(Coordinate(secret->key.get(), OSSL_PKEY_PARAM_EC_PUB_X));
  const std::string y = Base64UrlOf(Coordinate(secret->key.get(), OSSL_PKEY_PARAM_EC_PUB_Y));
  // RFC 7638: these members, in this order, without spaces.
  const nlohmann::json named = {{"crv", "P-256"}, {"kty", "EC"}, {"x", x}, {"y", y}};
  const std::string key_id = absl::StrCat(profile.uri, "#", Base64UrlOf(Sha256(named.dump())));
  nlohmann::json jwk = named;
  jwk["alg"] = "ES256";
  jwk["kid"] = key_id;
  jwk["use"] = "sig";
  std::string key_set = nlohmann::json{{"keys", nlohmann::json::array({jwk})}}.dump();
  absl::StatusOr<KeySet> verifying = KeySet::Parse(key_set);
  if (!verifying.ok()) return verifying.status();
  return std::make_unique<IssuerKey>(OnlyParse(), std::move(secret), std::move(profile), key_id,
                                     std::move(key_set), *std::move(verifying));
}

absl::StatusOr<std::unique_ptr<IssuerKey>> IssuerKey::Read(const std::string& path,
                                                           IssuerProfile profile) {
  std::ifstream file(path, std::ios::binary);
  std::string text(kKeyFileBytesMax, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file.is_open() || file.bad()) {
    return absl::InvalidArgumentError(absl::StrCat(path, " cannot be read"));
  }
  text.resize(static_cast<size_t>(file.gcount()));
  auto key = Parse(text, std::move(profile));
  std::fill(text.begin(), text.end(), '\0');
  if (key.ok()) return key;
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", key.status().message()));
}

absl::StatusOr<std::string> IssuerKey::Sign(const nlohmann::json& credential) const {
  const nlohmann::json header = {
      {"alg", "ES256"},      {"cty", "vc"},
      {"iss", profile_.uri}, {"jwk", nlohmann::json::parse(key_set_)["keys"][0]},
      {"kid", key_id_},      {"typ", "vc+jwt"}};
  const std::string input =
      absl::StrCat(Base64UrlOf(header.dump()), ".", Base64UrlOf(credential.dump()));
  const std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(input.data());
  size_t size = 0;
  std::string der;
  if (context != nullptr &&
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, secret_->key.get()) == 1 &&
      EVP_DigestSign(context.get(), nullptr, &size, bytes, input.size()) == 1) {
    der.resize(size);
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(der.data()), &size, bytes,
                       input.size()) != 1) {
      size = 0;
    }
    der.resize(size);
  }
  const std::string plain = PlainSignature(der);
  if (plain.size() != 2 * kFieldBytes) return absl::InternalError("a credential was not signed");
  return absl::StrCat(input, ".", Base64UrlOf(plain));
}

}  // namespace passend::service
