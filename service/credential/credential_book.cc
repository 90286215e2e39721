#include "service/credential/credential_book.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_format.h"
#include "service/canonical_bytes.h"
#include "service/credential/limits.h"
#include "service/errors/call_errors.h"
#include "service/records/stored_message.h"

namespace passend::service {
namespace {

constexpr size_t kListDigits = 8;
constexpr size_t kIndexDigits = 5;
constexpr int32_t kListsMax = 1'000'000;

std::string ListPrefix(int32_t list) { return absl::StrFormat("%08x", list); }

// The number that hexadecimal digits are; nullopt for anything else.
std::optional<uint32_t> NumberOf(std::string_view digits) {
  uint32_t number = 0;
  for (const char c : digits) {
    if (c >= '0' && c <= '9') {
      number = number * 16 + static_cast<uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      number = number * 16 + static_cast<uint32_t>(c - 'a') + 10;
    } else {
      return std::nullopt;
    }
  }
  return number;
}

std::string ValueOf(CredentialState state) { return std::string(1, static_cast<char>(state)); }

absl::StatusOr<CredentialState> StateIn(std::string_view value) {
  if (value.size() == 1 && value[0] >= static_cast<char>(CredentialState::kOut) &&
      value[0] <= static_cast<char>(CredentialState::kBroughtBack)) {
    return static_cast<CredentialState>(value[0]);
  }
  return DamagedData("the stored state of a credential");
}

StatusBit BitOf(const store::v1::IssuedCredential& issued) {
  return {issued.status_list(), static_cast<uint32_t>(issued.status_index())};
}

template <typename Is>
absl::Status Mark(const storage::Store& store, const PassportName& passport, CredentialState state,
                  const Is& is, storage::Batch& batch, bool keep_book) {
  absl::StatusOr<CredentialBook> book = ReadCredentials(store, passport);
  if (!book.ok()) return book.status();
  store::v1::CredentialBook left;
  for (const store::v1::IssuedCredential& issued : book->kept.issued()) {
    if (is(issued)) {
      batch.mutations.push_back({KeyOf(BitOf(issued)), ValueOf(state)});
    } else {
      *left.add_issued() = issued;
    }
  }
  if (!keep_book || left.issued_size() == book->kept.issued_size()) return absl::OkStatus();
  const storage::Key key = CredentialBookKeyOf(passport);
  batch.expectations.push_back({key, book->version});
  batch.mutations.push_back({key, CanonicalBytes(left)});
  return absl::OkStatus();
}

}  // namespace

storage::Key KeyOf(const StatusBit& bit) {
  return {storage::RecordKind::kCredentialStatus,
          ListPrefix(bit.list) + absl::StrFormat("%05x", bit.index)};
}

absl::StatusOr<CredentialBook> ReadCredentials(const storage::Store& store,
                                               const PassportName& passport) {
  const auto record = ReadOne(store, CredentialBookKeyOf(passport));
  if (!record.ok()) return record.status();
  CredentialBook book;
  if (!record->has_value()) return book;
  book.version = (*record)->version;
  if (!book.kept.ParseFromString((*record)->value)) {
    return DamagedData("a stored book of credentials");
  }
  return book;
}

void ForgetEnded(CredentialBook& book, absl::Time now) {
  auto* issued = book.kept.mutable_issued();
  const int64_t seconds = absl::ToUnixSeconds(now);
  issued->erase(std::remove_if(issued->begin(), issued->end(),
                               [&](const store::v1::IssuedCredential& one) {
                                 return one.expire_seconds() != 0 && one.expire_seconds() < seconds;
                               }),
                issued->end());
}

void AddCredential(CredentialBook& book, std::string_view validation, const StatusBit& bit,
                   std::optional<absl::Time> end) {
  store::v1::IssuedCredential& issued = *book.kept.add_issued();
  issued.set_validation(std::string(validation));
  issued.set_status_list(bit.list);
  issued.set_status_index(static_cast<int32_t>(bit.index));
  if (end) issued.set_expire_seconds(absl::ToUnixSeconds(*end));
}

std::optional<std::string> ValidationAt(const CredentialBook& book, const StatusBit& bit) {
  for (const store::v1::IssuedCredential& issued : book.kept.issued()) {
    if (BitOf(issued) == bit) return issued.validation();
  }
  return std::nullopt;
}

absl::StatusOr<std::optional<StatusBit>> TakeOldest(const storage::Store& store,
                                                    CredentialBook& book,
                                                    std::string_view validation) {
  auto* issued = book.kept.mutable_issued();
  if (static_cast<size_t>(issued->size()) < kIssuedCredentialsMax) return std::nullopt;
  for (auto at = issued->begin(); at != issued->end(); ++at) {
    if (at->validation() != validation) continue;
    const StatusBit bit = BitOf(*at);
    const absl::StatusOr<StatusPlace> place = ReadPlace(store, bit);
    if (!place.ok()) return place.status();
    if (place->state != CredentialState::kOut) continue;  // brought back: its bit is set
    issued->erase(at);
    return bit;
  }
  return std::nullopt;
}

absl::StatusOr<StatusBit> FindPlace(const storage::Store& store, const Surroundings& surroundings,
                                    std::set<StatusBit>& taken) {
  StatusBit bit;
  for (bit.list = 1; bit.list < kListsMax; ++bit.list) {
    for (int trial = 0; trial < kPlaceTrials; ++trial) {
      const std::string random = surroundings.random_bytes(sizeof(uint32_t));
      uint32_t number = 0;
      std::memcpy(&number, random.data(), sizeof(number));
      bit.index = number % kStatusListEntries;
      if (taken.contains(bit)) continue;
      const auto record = ReadOne(store, KeyOf(bit));
      if (!record.ok()) return record.status();
      if (record->has_value()) continue;
      taken.insert(bit);
      return bit;
    }
  }
  return StoreUnavailable(absl::StatusCode::kResourceExhausted, "all status lists are full");
}

absl::Status TakeBack(const storage::Store& store, const PassportName& passport,
                      std::span<const std::string> validations, storage::Batch& batch) {
  return Mark(
      store, passport, CredentialState::kTakenBack,
      [&](const store::v1::IssuedCredential& issued) {
        return std::ranges::find(validations, issued.validation()) != validations.end();
      },
      batch, /*keep_book=*/true);
}

absl::Status TakeBackRevoked(const storage::Store& store, const PassportName& passport,
                             const ValidationBook& book, std::span<const std::string> changed,
                             storage::Batch& batch) {
  std::vector<std::string> revoked;
  for (const v1::Validation& validation : book.validations) {
    if (!validation.has_revoke_time()) continue;
    if (std::ranges::find(changed, validation.name()) == changed.end()) continue;
    revoked.push_back(ParseValidationName(validation.name()).value().validation);
  }
  return revoked.empty() ? absl::OkStatus() : TakeBack(store, passport, revoked, batch);
}

absl::Status TakeBackAll(const storage::Store& store, const PassportName& passport,
                         storage::Batch& batch) {
  return Mark(
      store, passport, CredentialState::kErased,
      [](const store::v1::IssuedCredential&) { return true; }, batch, /*keep_book=*/false);
}

absl::StatusOr<StatusPlace> ReadPlace(const storage::Store& store, const StatusBit& bit) {
  const auto record = ReadOne(store, KeyOf(bit));
  if (!record.ok()) return record.status();
  StatusPlace place{bit, std::nullopt, 0};
  if (!record->has_value()) return place;
  const absl::StatusOr<CredentialState> state = StateIn((*record)->value);
  if (!state.ok()) return state.status();
  place.state = *state;
  place.version = (*record)->version;
  return place;
}

void SetState(const StatusPlace& place, CredentialState state, storage::Batch& batch) {
  batch.expectations.push_back({KeyOf(place.bit), place.version});
  batch.mutations.push_back({KeyOf(place.bit), ValueOf(state)});
}

absl::StatusOr<std::optional<BitList>> ReadStatusList(const storage::Store& store, int32_t number) {
  BitList bits(kStatusListEntries);
  bool any = false;
  absl::Status status;
  const absl::Status scanned =
      store.Scan({storage::RecordKind::kCredentialStatus, ListPrefix(number), ""},
                 [&](const storage::Record& record) {
                   const auto index = NumberOf(std::string_view(record.key.id).substr(kListDigits));
                   const absl::StatusOr<CredentialState> state = StateIn(record.value);
                   if (record.key.id.size() != kListDigits + kIndexDigits || !index ||
                       *index >= bits.size() || !state.ok()) {
                     status = DamagedData("the stored state of a credential");
                     return false;
                   }
                   any = true;
                   if (*state != CredentialState::kOut) bits.Set(*index);
                   return true;
                 });
  if (!scanned.ok()) return scanned;
  if (!status.ok()) return status;
  if (!any) return std::nullopt;
  return bits;
}

absl::StatusOr<int32_t> CountStatusLists(const storage::Store& store) {
  int32_t count = 0;
  while (true) {
    bool any = false;
    const absl::Status scanned =
        store.Scan({storage::RecordKind::kCredentialStatus, ListPrefix(count + 1), ""},
                   [&](const storage::Record&) {
                     any = true;
                     return false;
                   });
    if (!scanned.ok()) return scanned;
    if (!any) return count;
    ++count;
  }
}

}  // namespace passend::service
