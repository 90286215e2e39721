#include "service/paging/page_tokens.h"

#include <sodium.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/canonical_bytes.h"
#include "service/errors/call_errors.h"
#include "service/errors/request_errors.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr char kVersion = 2;
constexpr size_t kDigestBytes = 16;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr size_t kSecretBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr char kSecretId[] = "page-tokens";

// Of lists.
const TokenFields& PageFields() {
  static const TokenFields fields{"page_token", {"page_size"}};
  return fields;
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string ArgumentsDigest(const google::protobuf::Message& request, const TokenFields& fields) {
  std::vector<std::string> left_out = fields.may_vary;
  left_out.push_back(fields.token);
  return ContentDigest(request, left_out).substr(0, kDigestBytes);
}

}  // namespace

absl::StatusOr<PageTokens> PageTokens::Load(storage::Store& store,
                                            const Surroundings& surroundings) {
  const storage::Key key{storage::RecordKind::kSecret, kSecretId};
  auto records = store.Read({key});
  if (!records.ok()) return records.status();
  if (!records->front().has_value()) {
    storage::Batch batch;
    batch.expectations = {{key, 0}};
    std::string secret = surroundings.random_bytes(kSecretBytes);
    batch.mutations.push_back({key, secret});
    if (auto committed = store.Commit(std::move(batch)); !committed.ok()) {
      return committed.status();
    }
    return PageTokens(std::move(secret));
  }
  if (records->front()->value.size() != kSecretBytes) return DamagedData("a stored secret");
  return PageTokens(records->front()->value);
}

std::string PageTokens::NonceOf(std::string_view method, std::string_view body) const {
  const std::string named = absl::StrCat(ToAbsl(method), absl::string_view("\0", 1), ToAbsl(body));
  std::string nonce(kNonceBytes, '\0');
  crypto_generichash(Bytes(nonce), nonce.size(), Bytes(named), named.size(), Bytes(secret_),
                     secret_.size());
  return nonce;
}

std::string PageTokens::Make(std::string_view method, const google::protobuf::Message& request,
                             std::string_view cursor) const {
  return Make(method, request, PageFields(), cursor);
}

std::string PageTokens::Make(std::string_view method, const google::protobuf::Message& request,
                             const TokenFields& fields, std::string_view cursor) const {
  const std::string body = absl::StrCat(ArgumentsDigest(request, fields), ToAbsl(cursor));
  const std::string nonce = NonceOf(method, body);
  std::string sealed(body.size() + kTagBytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed), nullptr, Bytes(body), body.size(),
                                             Bytes(method), method.size(), nullptr, Bytes(nonce),
                                             Bytes(secret_));
  return absl::WebSafeBase64Escape(absl::StrCat(std::string(1, kVersion), nonce, sealed));
}

absl::StatusOr<std::string> PageTokens::Open(std::string_view method,
                                             const google::protobuf::Message& request) const {
  return Open(method, request, PageFields());
}

absl::StatusOr<std::string> PageTokens::Open(std::string_view method,
                                             const google::protobuf::Message& request,
                                             const TokenFields& fields) const {
  const auto* field = request.GetDescriptor()->FindFieldByName(fields.token);
  const std::string token = request.GetReflection()->GetString(request, field);
  if (token.empty()) return std::string();
  std::string opened;
  if (!absl::WebSafeBase64Unescape(token, &opened) ||
      absl::WebSafeBase64Escape(opened) != token ||  // one text for one token
      opened.size() < 1 + kNonceBytes + kTagBytes + kDigestBytes || opened[0] != kVersion) {
    return InvalidPageToken(fields.token);
  }
  const std::string_view nonce = std::string_view(opened).substr(1, kNonceBytes);
  const std::string_view sealed = std::string_view(opened).substr(1 + kNonceBytes);
  std::string body(sealed.size() - kTagBytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(Bytes(body), nullptr, nullptr, Bytes(sealed),
                                                 sealed.size(), Bytes(method), method.size(),
                                                 Bytes(nonce), Bytes(secret_)) != 0) {
    return InvalidPageToken(fields.token);
  }
  if (body.substr(0, kDigestBytes) != ArgumentsDigest(request, fields)) {
    return PageTokenArguments(fields.token);
  }
  return body.substr(kDigestBytes);
}

int32_t PageSizeOf(int32_t page_size, int32_t by_default, int32_t most) {
  return page_size <= 0 ? by_default : std::min(page_size, most);
}

}  // namespace passend::service
