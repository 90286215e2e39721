#include "service/audit/audit_keys.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/text.h"
#include "storage/byte_codec.h"
#include "storage/record_cipher.h"

namespace passend::service {
namespace {

using storage::Key;
using storage::RecordKind;

constexpr std::string_view kDecisions = "decisions/";
constexpr size_t kAnswerIdCharacters = 32;
// Kind, zero byte, version.
constexpr size_t kHistoryIdBytesMin = 1 + 1 + sizeof(storage::Version);

std::string LaterIsSmaller(absl::Time time) {
  const auto micros = static_cast<uint64_t>(absl::ToUnixMicros(time));
  return absl::StrFormat("%016x", std::numeric_limits<int64_t>::max() - micros);
}

}  // namespace

std::string MakeAnswerId(absl::Time time, std::string_view eight_random_bytes) {
  return absl::StrCat(LaterIsSmaller(time), absl::BytesToHexString(ToAbsl(eight_random_bytes)));
}

bool IsAnswerId(std::string_view id) {
  return id.size() == kAnswerIdCharacters && std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string AnswersUpTo(absl::Time time) { return LaterIsSmaller(time); }

Key LookKey(std::string_view passport_id, std::string_view answer_id) {
  return {RecordKind::kLook, absl::StrCat(ToAbsl(passport_id), "/", ToAbsl(answer_id))};
}

std::optional<LookId> ParseLookId(std::string_view id) {
  const size_t at = id.find('/');
  if (at == std::string_view::npos || !IsAnswerId(id.substr(at + 1))) return std::nullopt;
  return LookId{id.substr(0, at), id.substr(at + 1)};
}

Key LooksEventKey(std::string_view answer_id) {
  return {RecordKind::kLook, std::string(answer_id)};
}

Key DecisionKey(std::string_view answer_id) {
  return {RecordKind::kDecision, std::string(answer_id)};
}

std::string DecisionNameOf(std::string_view answer_id) {
  return absl::StrCat(ToAbsl(kDecisions), ToAbsl(answer_id));
}

std::optional<std::string> ParseDecisionName(std::string_view name) {
  if (!name.starts_with(kDecisions) || !IsAnswerId(name.substr(kDecisions.size()))) {
    return std::nullopt;
  }
  return std::string(name.substr(kDecisions.size()));
}

bool HasHistory(RecordKind kind) {
  switch (kind) {
    case RecordKind::kPassport:
    case RecordKind::kValidationBook:
    case RecordKind::kExposure:
    case RecordKind::kTask:
    case RecordKind::kTaxonomy:
    case RecordKind::kConcept:
    case RecordKind::kEmployerList:
      return true;
    default:
      return false;
  }
}

RecordKind HistoryKindOf(RecordKind kind) {
  return storage::PersonOf(kind, "") ? RecordKind::kPersonHistory : RecordKind::kHistory;
}

std::string HistoryPrefix(const Key& key) {
  std::string prefix(1, static_cast<char>(key.kind));
  prefix.append(key.id).push_back('\0');
  return prefix;
}

Key HistoryKey(const Key& key, storage::Version version) {
  std::string id = HistoryPrefix(key);
  storage::AppendNumber(id, version);
  return {HistoryKindOf(key.kind), std::move(id)};
}

std::optional<HistoryId> ParseHistoryId(std::string_view id) {
  if (id.size() <= kHistoryIdBytesMin) return std::nullopt;
  const std::string_view record = id.substr(1, id.size() - kHistoryIdBytesMin);
  if (id[1 + record.size()] != '\0' || record.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  storage::ByteReader version(id.substr(record.size() + 2));
  return HistoryId{static_cast<RecordKind>(id[0]), record, *version.TakeNumber<storage::Version>()};
}

Key HistoryStartKey() { return {RecordKind::kHistory, "start"}; }
Key SweptKey() { return {RecordKind::kHistory, "swept"}; }

}  // namespace passend::service
