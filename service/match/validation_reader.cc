#include "service/match/validation_reader.h"

#include "google/protobuf/wire_format_lite.h"
#include "service/errors/call_errors.h"
#include "service/match/projection.h"

namespace passend::service {
namespace {

using google::protobuf::internal::WireFormatLite;

constexpr uint8_t TagOf(int field, WireFormatLite::WireType type) {
  return static_cast<uint8_t>(WireFormatLite::MakeTag(field, type));
}
constexpr auto kVarint = WireFormatLite::WIRETYPE_VARINT;
constexpr auto kBytes = WireFormatLite::WIRETYPE_LENGTH_DELIMITED;

// Takes values from the front, as far as they have the plain form that is written: nullopt is for
// whatever needs a second look, not only for what is wrong.
class PlainReader {
 public:
  explicit PlainReader(std::string_view bytes)
      : at_(reinterpret_cast<const uint8_t*>(bytes.data())), end_(at_ + bytes.size()) {}

  bool empty() const { return at_ == end_; }
  uint8_t TakeByte() { return *at_++; }  // not when empty

  // Of at most nine bytes, so that no bit is lost.
  std::optional<uint64_t> TakeVarint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 63 && at_ != end_; shift += 7) {
      const uint8_t byte = *at_++;
      value |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    return std::nullopt;
  }

  std::optional<std::string_view> TakeBytes() {
    const std::optional<uint64_t> size = TakeVarint();
    if (!size || *size > static_cast<uint64_t>(end_ - at_)) return std::nullopt;
    const std::string_view bytes(reinterpret_cast<const char*>(at_), static_cast<size_t>(*size));
    at_ += *size;
    return bytes;
  }

  // A google.protobuf.Timestamp, of which the seconds are wanted.
  std::optional<int64_t> TakeSeconds() {
    const std::optional<std::string_view> bytes = TakeBytes();
    if (!bytes) return std::nullopt;
    PlainReader timestamp(*bytes);
    int64_t seconds = 0;
    while (!timestamp.empty()) {
      const uint8_t tag = timestamp.TakeByte();
      if (tag != TagOf(1, kVarint) && tag != TagOf(2, kVarint)) return std::nullopt;
      const std::optional<uint64_t> value = timestamp.TakeVarint();
      if (!value) return std::nullopt;
      if (tag == TagOf(1, kVarint)) seconds = static_cast<int64_t>(*value);
    }
    return seconds;
  }

  // Bytes that are a text.
  std::optional<std::string_view> TakeText() {
    const std::optional<std::string_view> text = TakeBytes();
    if (!text) return std::nullopt;
    uint8_t all = 0;
    for (const char byte : *text) all |= static_cast<uint8_t>(byte);
    return all < 0x80 ? text : std::nullopt;
  }

 private:
  const uint8_t* at_;
  const uint8_t* end_;
};

// Nullopt for everything but fields of the expected kind, in ascending order, each at most once,
// with texts in ASCII.
std::optional<ValidationFacts> ReadPlainly(std::string_view value) {
  ValidationFacts facts;
  PlainReader reader(value);
  uint8_t last_tag = 0;
  while (!reader.empty()) {
    const uint8_t tag = reader.TakeByte();
    if (tag <= last_tag) return std::nullopt;
    last_tag = tag;
    bool read = false;
    const auto taken = [&read](const auto& found, auto& to) {
      read = found.has_value();
      if (read) to = static_cast<std::remove_reference_t<decltype(to)>>(*found);
    };
    switch (tag) {
      case TagOf(v1::Validation::kSkillFieldNumber, kBytes):
        taken(reader.TakeText(), facts.skill);
        break;
      case TagOf(v1::Validation::kLevelFieldNumber, kVarint):
        taken(reader.TakeVarint(), facts.level);
        break;
      case TagOf(v1::Validation::kMethodFieldNumber, kVarint):
        taken(reader.TakeVarint(), facts.method);
        break;
      case TagOf(v1::Validation::kValidateTimeFieldNumber, kBytes):
        taken(reader.TakeSeconds(), facts.validate_seconds);
        break;
      case TagOf(v1::Validation::kExpireTimeFieldNumber, kBytes):
        taken(reader.TakeSeconds(), facts.expire_seconds);
        break;
      case TagOf(v1::Validation::kCreateTimeFieldNumber, kBytes):
        taken(reader.TakeSeconds(), facts.create_seconds);
        break;
      case TagOf(v1::Validation::kRevokeTimeFieldNumber, kBytes):
        taken(reader.TakeSeconds(), facts.revoke_seconds);
        break;
      case TagOf(v1::Validation::kNameFieldNumber, kBytes):
      case TagOf(v1::Validation::kValidatorFieldNumber, kBytes):
      case TagOf(v1::Validation::kCapacityFieldNumber, kBytes):
      case TagOf(v1::Validation::kPlaceFieldNumber, kBytes):
      case TagOf(v1::Validation::kEvidenceUriFieldNumber, kBytes):
      case TagOf(v1::Validation::kRevokeReasonFieldNumber, kBytes):
        read = reader.TakeText().has_value();
        break;
      default:
        return std::nullopt;
    }
    if (!read) return std::nullopt;
  }
  return facts;
}

}  // namespace

ValidationFacts FactsOf(const v1::Validation& validation) {
  ValidationFacts facts;
  facts.skill = validation.skill();
  facts.level = validation.level();
  facts.method = validation.method();
  facts.create_seconds = validation.create_time().seconds();
  if (validation.has_validate_time()) facts.validate_seconds = validation.validate_time().seconds();
  if (validation.has_expire_time()) facts.expire_seconds = validation.expire_time().seconds();
  if (validation.has_revoke_time()) facts.revoke_seconds = validation.revoke_time().seconds();
  return facts;
}

std::optional<matcher::Validation> ValidationOf(const ValidationFacts& facts) {
  const int64_t method = int64_t{facts.method} - v1::VALIDATION_METHOD_SELF_DECLARED;
  if (method < 0 || method >= matcher::kMethods) return std::nullopt;
  if (facts.level < 1 || facts.level > matcher::kLevelMax) return std::nullopt;
  matcher::Validation read;
  read.method = static_cast<matcher::Method>(method);
  read.level = static_cast<int8_t>(facts.level);
  read.validated = DayOfSeconds(facts.validate_seconds.value_or(facts.create_seconds));
  if (facts.expire_seconds) read.expires = DayOfSeconds(*facts.expire_seconds);
  if (facts.revoke_seconds) read.revoked = DayOfSeconds(*facts.revoke_seconds);
  return read;
}

absl::StatusOr<ValidationFacts> ValidationReader::Read(std::string_view value) {
  if (const std::optional<ValidationFacts> facts = ReadPlainly(value)) return *facts;
  // Rare, or damaged: which of them, the message decides.
  if (!message_.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
    return DamagedData("a stored record");
  }
  return FactsOf(message_);
}

}  // namespace passend::service
