#include "service/match/candidate_reference.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/names/random_id.h"
#include "service/names/resource_names.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr size_t kReferenceBytes = 16;
constexpr char kSecretId[] = "candidate-references";
constexpr size_t kBlockKeyBytes = 32;
static_assert(kReferenceBytes == kRandomIdBytes, "a reference is an id as one block");

// Names hold no zero byte, so that no two lists of names read the same.
const absl::string_view kZero("\0", 1);

std::string KeyedHash(std::string_view named, std::string_view secret, size_t bytes) {
  std::string hash(bytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                     reinterpret_cast<const unsigned char*>(named.data()), named.size(),
                     reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
  return hash;
}

enum class Way { kDecrypt = 0, kEncrypt = 1 };

// One block of AES-256. Empty where OpenSSL has no memory.
std::string Block(std::string_view key, std::string_view block, Way way) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> cipher(
      EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  std::string turned(block.size(), '\0');
  int bytes = 0;
  const bool done = cipher != nullptr &&
                    EVP_CipherInit_ex(cipher.get(), EVP_aes_256_ecb(), nullptr,
                                      reinterpret_cast<const unsigned char*>(key.data()), nullptr,
                                      static_cast<int>(way)) == 1 &&
                    EVP_CIPHER_CTX_set_padding(cipher.get(), 0) == 1 &&
                    EVP_CipherUpdate(cipher.get(), reinterpret_cast<unsigned char*>(turned.data()),
                                     &bytes, reinterpret_cast<const unsigned char*>(block.data()),
                                     static_cast<int>(block.size())) == 1 &&
                    static_cast<size_t>(bytes) == block.size();
  return done ? turned : "";
}

}  // namespace

absl::StatusOr<CandidateReferences> CandidateReferences::Load(storage::Store& store,
                                                              const Surroundings& surroundings) {
  const storage::Key key{storage::RecordKind::kSecret, kSecretId};
  auto records = store.Read({key});
  if (!records.ok()) return records.status();
  if (!records->front()) {
    storage::Batch batch;
    batch.expectations = {{key, 0}};
    std::string secret = surroundings.random_bytes(kSecretBytes);
    batch.mutations.push_back({key, secret});
    auto committed = store.Commit(std::move(batch));
    if (!committed.ok()) return committed.status();
    return CandidateReferences(std::move(secret));
  }
  if (records->front()->value.size() != kSecretBytes) return DamagedData("a stored secret");
  return CandidateReferences(records->front()->value);
}

std::string CandidateReferences::KeyOf(std::string_view employer, std::string_view task) const {
  return KeyedHash(absl::StrCat("candidates of", kZero, ToAbsl(employer), kZero, ToAbsl(task)),
                   secret_, kBlockKeyBytes);
}

std::string CandidateReferences::Make(std::string_view employer, std::string_view task,
                                      std::string_view passport) const {
  const auto name = ParsePassportName(passport);
  const auto bytes = name ? BytesOfRandomId(name->passport) : std::nullopt;
  std::string reference;
  if (bytes) reference = Block(KeyOf(employer, task), *bytes, Way::kEncrypt);
  if (reference.empty()) {
    reference =
        KeyedHash(absl::StrCat(ToAbsl(employer), kZero, ToAbsl(task), kZero, ToAbsl(passport)),
                  secret_, kReferenceBytes);
  }
  return absl::BytesToHexString(reference);
}

std::optional<std::string> CandidateReferences::Find(std::string_view employer,
                                                     std::string_view task,
                                                     std::string_view reference) const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (reference.size() != 2 * kReferenceBytes ||
      reference.find_first_not_of(kDigits) != std::string_view::npos) {
    return std::nullopt;
  }
  const std::string bytes =
      Block(KeyOf(employer, task), absl::HexStringToBytes(ToAbsl(reference)), Way::kDecrypt);
  if (bytes.empty()) return std::nullopt;
  return MakeName(PassportName{RandomIdOf(bytes)});
}

}  // namespace passend::service
