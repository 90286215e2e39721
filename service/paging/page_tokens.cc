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

constexpr char kVersion = 1;
constexpr size_t kDigestBytes = 16;
constexpr size_t kSealBytes = 16;
constexpr size_t kSecretBytes = 32;
constexpr char kSecretId[] = "page-tokens";

// Of lists.
const TokenFields& PageFields() {
  static const TokenFields fields{"page_token", {"page_size"}};
  return fields;
}

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

std::string PageTokens::Seal(std::string_view method, std::string_view body) const {
  const std::string sealed = absl::StrCat(ToAbsl(method), absl::string_view("\0", 1), ToAbsl(body));
  std::string seal(kSealBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(seal.data()), seal.size(),
                     reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(),
                     reinterpret_cast<const unsigned char*>(secret_.data()), secret_.size());
  return seal;
}

std::string PageTokens::Make(std::string_view method, const google::protobuf::Message& request,
                             std::string_view cursor) const {
  return Make(method, request, PageFields(), cursor);
}

std::string PageTokens::Make(std::string_view method, const google::protobuf::Message& request,
                             const TokenFields& fields, std::string_view cursor) const {
  std::string body(1, kVersion);
  absl::StrAppend(&body, ArgumentsDigest(request, fields), ToAbsl(cursor));
  return absl::WebSafeBase64Escape(absl::StrCat(body, Seal(method, body)));
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
      opened.size() < 1 + kDigestBytes + kSealBytes) {
    return InvalidPageToken(fields.token);
  }
  const std::string body = opened.substr(0, opened.size() - kSealBytes);
  const std::string seal = Seal(method, body);
  if (sodium_memcmp(seal.data(), opened.data() + body.size(), kSealBytes) != 0 ||
      body[0] != kVersion) {
    return InvalidPageToken(fields.token);
  }
  if (body.substr(1, kDigestBytes) != ArgumentsDigest(request, fields)) {
    return PageTokenArguments(fields.token);
  }
  return body.substr(1 + kDigestBytes);
}

int32_t PageSizeOf(int32_t page_size, int32_t by_default, int32_t most) {
  return page_size <= 0 ? by_default : std::min(page_size, most);
}

}  // namespace passend::service
