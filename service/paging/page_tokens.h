// Page tokens: where the next page starts, for the same method and arguments only (AIP-158).
//
// A token can be read by nobody but the database that made it: a page ends where the reading ended,
// which may be at somebody whom the caller is never shown.
//
// Format, in base64 without padding: one byte version, then a nonce and the digest of the arguments
// and the cursor under XChaCha20-Poly1305, with the method as associated data. The nonce is BLAKE2b
// of method, digest and cursor: the same page has the same token, and no other one has its nonce.
#ifndef PASSEND_SERVICE_PAGING_PAGE_TOKENS_H_
#define PASSEND_SERVICE_PAGING_PAGE_TOKENS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "service/surroundings.h"
#include "storage/store.h"

namespace passend::service {

// What PageTokens::Make leaves out of the arguments, and Open takes the token from.
struct TokenFields {
  std::string token;                  // the field of the token
  std::vector<std::string> may_vary;  // fields that may differ from call to call
};

// Immutable; any number of threads may use it.
class PageTokens {
 public:
  // `secret`: 32 bytes.
  explicit PageTokens(std::string secret) : secret_(std::move(secret)) {}

  // With the secret of the database, which is made where there is none. Errors of the store;
  // DAMAGED_DATA for a secret of another length.
  static absl::StatusOr<PageTokens> Load(storage::Store& store, const Surroundings& surroundings);

  // The token of a page that starts after `cursor`, for `method` asked with `request`. `cursor` is
  // any bytes.
  std::string Make(std::string_view method, const google::protobuf::Message& request,
                   std::string_view cursor) const;

  // The cursor of the request's field `page_token`; empty where that is empty.
  //   INVALID_PAGE_TOKEN    made by another method or database, or altered
  //   PAGE_TOKEN_ARGUMENTS  made for other arguments; page_size and page_token do not count
  absl::StatusOr<std::string> Open(std::string_view method,
                                   const google::protobuf::Message& request) const;

  // The same for methods whose tokens have other names.
  std::string Make(std::string_view method, const google::protobuf::Message& request,
                   const TokenFields& fields, std::string_view cursor) const;
  absl::StatusOr<std::string> Open(std::string_view method,
                                   const google::protobuf::Message& request,
                                   const TokenFields& fields) const;

 private:
  std::string NonceOf(std::string_view method, std::string_view body) const;

  std::string secret_;
};

// The page size that a request asks for with `page_size`, which is not negative.
int32_t PageSizeOf(int32_t page_size, int32_t by_default, int32_t most);

}  // namespace passend::service

#endif  // PASSEND_SERVICE_PAGING_PAGE_TOKENS_H_
