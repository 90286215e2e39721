#include "service/identity/key_set.h"

#include <openssl/evp.h>

#include <cstdarg>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/identity/limits.h"
#include "service/identity/strict_json.h"
#include "service/text.h"

extern "C" {  // the library's headers do not say so themselves
#include <jose/cfg.h>
#include <jose/jws.h>
#include <jose/openssl.h>
}

namespace passend::service {
namespace {

struct JsonDeleter {
  void operator()(json_t* json) const { json_decref(json); }
};
using JsonPtr = std::unique_ptr<json_t, JsonDeleter>;

struct ConfigDeleter {
  void operator()(jose_cfg_t* config) const { jose_cfg_decref(config); }
};

// The library's own explanations go to standard error unless they are caught.
void Silence(void*, const char*, int, uint64_t, const char*, va_list) {}

std::unique_ptr<jose_cfg_t, ConfigDeleter> SilentConfig() {
  std::unique_ptr<jose_cfg_t, ConfigDeleter> config(jose_cfg());
  if (config != nullptr) jose_cfg_set_err_func(config.get(), Silence, nullptr);
  return config;
}

JsonPtr Load(const std::string& text) {
  return JsonPtr(json_loadb(text.data(), text.size(), JSON_REJECT_DUPLICATES, nullptr));
}

bool IsUsableKey(const std::string& jwk) {
  const JsonPtr json = Load(jwk);
  const auto config = SilentConfig();
  if (json == nullptr || config == nullptr) return false;
  EVP_PKEY* key = jose_openssl_jwk_to_EVP_PKEY(config.get(), json.get());
  EVP_PKEY_free(key);
  return key != nullptr;
}

// What keys of this kind can do; nothing for a kind that is not used.
std::vector<TokenAlgorithm> AlgorithmsOf(const nlohmann::json& jwk) {
  const auto kind = TextOf(jwk, "kty");
  std::vector<TokenAlgorithm> algorithms;
  if (kind == "RSA") algorithms = {TokenAlgorithm::kRs256, TokenAlgorithm::kPs256};
  if (kind == "EC" && TextOf(jwk, "crv") == "P-256") algorithms = {TokenAlgorithm::kEs256};
  if (const auto use = jwk.find("use"); use != jwk.end() && *use != "sig") return {};
  const auto named = jwk.find("alg");
  if (named == jwk.end()) return algorithms;
  std::erase_if(algorithms,
                [&](TokenAlgorithm algorithm) { return *named != std::string(NameOf(algorithm)); });
  return algorithms;
}

bool HasSecret(const nlohmann::json& jwk) { return jwk.contains("d") || jwk.contains("k"); }

size_t BitsOf(const std::string& number) {
  const size_t first = number.find_first_not_of('\0');
  if (first == std::string::npos) return 0;
  size_t bits = (number.size() - first) * 8;
  for (auto top = static_cast<unsigned char>(number[first]); top < 0x80; top <<= 1) --bits;
  return bits;
}

// The public part alone, so that nothing else of what was published counts.
absl::StatusOr<std::string> PublicPart(const nlohmann::json& jwk) {
  nlohmann::json part;
  const bool is_rsa = jwk["kty"] == "RSA";
  for (const char* member :
       is_rsa ? std::vector{"kty", "n", "e"} : std::vector{"kty", "crv", "x", "y"}) {
    const auto text = TextOf(jwk, member);
    if (!text) return absl::InvalidArgumentError(absl::StrCat("has no ", member));
    part[member] = *text;
  }
  if (is_rsa) {
    const auto modulus = FromBase64Url(part["n"].get<std::string>());
    const size_t bits = modulus ? BitsOf(*modulus) : 0;
    if (bits < kRsaBitsMin || bits > kRsaBitsMax) {
      return absl::InvalidArgumentError(
          absl::StrCat("has ", bits, " bits; RSA keys have ", kRsaBitsMin, " to ", kRsaBitsMax));
    }
  }
  std::string text = part.dump();
  if (!IsUsableKey(text)) return absl::InvalidArgumentError("is no key of its kind");
  return text;
}

absl::Status Wrong(std::string_view key, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(ToAbsl(key), " ", what));
}

}  // namespace

std::string_view NameOf(TokenAlgorithm algorithm) {
  switch (algorithm) {
    case TokenAlgorithm::kRs256:
      return "RS256";
    case TokenAlgorithm::kPs256:
      return "PS256";
    case TokenAlgorithm::kEs256:
      break;
  }
  return "ES256";
}

std::optional<TokenAlgorithm> AlgorithmNamed(std::string_view name) {
  for (const TokenAlgorithm algorithm :
       {TokenAlgorithm::kRs256, TokenAlgorithm::kPs256, TokenAlgorithm::kEs256}) {
    if (NameOf(algorithm) == name) return algorithm;
  }
  return std::nullopt;
}

absl::StatusOr<KeySet> KeySet::Parse(std::string_view json) {
  if (json.size() > kKeySetBytesMax) {
    return absl::InvalidArgumentError(absl::StrCat("has more than ", kKeySetBytesMax, " bytes"));
  }
  const auto object = ParseStrictObject(json);
  if (!object || !object->contains("keys") || !(*object)["keys"].is_array()) {
    return absl::InvalidArgumentError("is no JWK set: {\"keys\": [...]}, no member twice");
  }
  const nlohmann::json& keys = (*object)["keys"];
  if (keys.size() > kKeySetKeysMax) {
    return absl::InvalidArgumentError(absl::StrCat("has more than ", kKeySetKeysMax, " keys"));
  }
  KeySet set;
  for (size_t i = 0; i < keys.size(); ++i) {
    const nlohmann::json& jwk = keys[i];
    const std::string place = absl::StrCat("key ", i + 1);
    if (!jwk.is_object()) return Wrong(place, "is no object");
    if (HasSecret(jwk)) return Wrong(place, "has a secret part, which belongs to the issuer alone");
    std::vector<TokenAlgorithm> algorithms = AlgorithmsOf(jwk);
    if (algorithms.empty()) continue;
    const auto key_id = TextOf(jwk, "kid");
    if (!key_id || key_id->empty() || key_id->size() > kKeyIdBytesMax) {
      return Wrong(place, absl::StrCat("has no kid of 1 to ", kKeyIdBytesMax, " bytes"));
    }
    absl::StatusOr<std::string> part = PublicPart(jwk);
    if (!part.ok()) return Wrong(place, part.status().message());
    if (!set.keys_.emplace(*key_id, VerifyingKey{std::move(algorithms), *std::move(part)}).second) {
      return Wrong(place, "has the kid of another one");
    }
  }
  if (set.keys_.empty()) {
    return absl::InvalidArgumentError("has no key for RS256, PS256 or ES256");
  }
  return set;
}

const VerifyingKey* KeySet::Find(std::string_view key_id) const {
  const auto at = keys_.find(key_id);
  return at == keys_.end() ? nullptr : &at->second;
}

bool SignatureHolds(const VerifyingKey& key, TokenAlgorithm algorithm, const SignedParts& parts) {
  if (!key.IsFor(algorithm)) return false;
  // The library takes the algorithm from the token; with `alg` in the key it has to be this one.
  const JsonPtr jwk = Load(key.jwk);
  const std::string name(NameOf(algorithm));
  if (jwk == nullptr || json_object_set_new(jwk.get(), "alg", json_string(name.c_str())) != 0) {
    return false;
  }
  const JsonPtr token(json_pack("{s:s%,s:s%,s:s%}", "protected", parts.header.data(),
                                parts.header.size(), "payload", parts.payload.data(),
                                parts.payload.size(), "signature", parts.signature.data(),
                                parts.signature.size()));
  const auto config = SilentConfig();
  return token != nullptr && config != nullptr &&
         jose_jws_ver(config.get(), token.get(), nullptr, jwk.get(), false);
}

}  // namespace passend::service
