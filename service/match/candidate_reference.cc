#include "service/match/candidate_reference.h"

#include <sodium.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "service/errors/call_errors.h"
#include "service/text.h"

namespace passend::service {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr size_t kReferenceBytes = 16;
constexpr char kSecretId[] = "candidate-references";

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

std::string CandidateReferences::Make(std::string_view employer, std::string_view task,
                                      std::string_view passport) const {
  // Names hold no zero byte, so that no two triples read the same.
  const absl::string_view zero("\0", 1);
  const std::string named =
      absl::StrCat(ToAbsl(employer), zero, ToAbsl(task), zero, ToAbsl(passport));
  std::string reference(kReferenceBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(reference.data()), reference.size(),
                     reinterpret_cast<const unsigned char*>(named.data()), named.size(),
                     reinterpret_cast<const unsigned char*>(secret_.data()), secret_.size());
  return absl::BytesToHexString(reference);
}

}  // namespace passend::service
