#include "service/match/book_reader.h"

#include <cstring>

#include "google/protobuf/wire_format_lite.h"
#include "service/errors/call_errors.h"
#include "service/match/projection.h"
#include "service/names/string_form.h"

namespace passend::service {
namespace {

using google::protobuf::internal::WireFormatLite;

constexpr uint8_t TagOf(int field, WireFormatLite::WireType type) {
  return static_cast<uint8_t>(WireFormatLite::MakeTag(field, type));
}
constexpr auto kVarint = WireFormatLite::WIRETYPE_VARINT;
constexpr auto kBytes = WireFormatLite::WIRETYPE_LENGTH_DELIMITED;

// Takes values from the front, as far as they have the plain form that is written. Fails at all
// that needs a second look, not only at what is wrong; what it takes then is of no use.
class PlainReader {
 public:
  explicit PlainReader(std::string_view bytes)
      : at_(reinterpret_cast<const uint8_t*>(bytes.data())), end_(at_ + bytes.size()) {}

  bool failed() const { return failed_; }
  bool empty() const { return at_ == end_; }
  uint8_t TakeByte() { return *at_++; }  // not when empty

  // Of at most nine bytes, so that no bit is lost.
  uint64_t TakeVarint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 63 && at_ != end_; shift += 7) {
      const uint8_t byte = *at_++;
      value |= uint64_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
    Fail();
    return 0;
  }

  std::string_view TakeBytes() {
    const uint64_t size = TakeVarint();
    if (size > static_cast<uint64_t>(end_ - at_)) {
      Fail();
      return {};
    }
    const std::string_view bytes(reinterpret_cast<const char*>(at_), static_cast<size_t>(size));
    at_ += size;
    return bytes;
  }

  // Bytes that are a text in ASCII.
  std::string_view TakeText() {
    const std::string_view text = TakeBytes();
    uint64_t all = 0;
    const auto add_eight = [&](const char* from) {
      uint64_t eight;
      std::memcpy(&eight, from, sizeof(eight));
      all |= eight;
    };
    if (text.size() >= 8) {
      for (size_t place = 0; place + 8 <= text.size(); place += 8) add_eight(text.data() + place);
      add_eight(text.data() + text.size() - 8);
    } else {
      for (const char byte : text) all |= static_cast<uint8_t>(byte);
    }
    if ((all & 0x8080'8080'8080'8080) != 0) Fail();
    return text;
  }

  // The seconds of a google.protobuf.Timestamp.
  int64_t TakeSeconds() {
    PlainReader timestamp(TakeBytes());
    int64_t seconds = 0;
    while (!timestamp.empty()) {
      const uint8_t tag = timestamp.TakeByte();
      const uint64_t value = timestamp.TakeVarint();
      if (tag == TagOf(1, kVarint)) {
        seconds = static_cast<int64_t>(value);
      } else if (tag != TagOf(2, kVarint)) {
        timestamp.Fail();
      }
    }
    if (timestamp.failed()) Fail();
    return seconds;
  }

 private:
  void Fail() {
    failed_ = true;
    at_ = end_;
  }

  const uint8_t* at_;
  const uint8_t* end_;
  bool failed_ = false;
};

// Only fields of the expected kind, in ascending order, so that none is there twice.
bool ReadValidationPlainly(std::string_view value, ValidationFacts& facts) {
  PlainReader reader(value);
  uint8_t last_tag = 0;
  while (!reader.empty()) {
    const uint8_t tag = reader.TakeByte();
    if (tag <= last_tag) return false;
    last_tag = tag;
    switch (tag) {
      case TagOf(v1::Validation::kNameFieldNumber, kBytes):
        facts.name = reader.TakeText();
        break;
      case TagOf(v1::Validation::kSkillFieldNumber, kBytes):
        facts.skill = reader.TakeText();
        break;
      case TagOf(v1::Validation::kLevelFieldNumber, kVarint):
        facts.level = static_cast<int32_t>(reader.TakeVarint());
        break;
      case TagOf(v1::Validation::kMethodFieldNumber, kVarint):
        facts.method = static_cast<int32_t>(reader.TakeVarint());
        break;
      case TagOf(v1::Validation::kValidateTimeFieldNumber, kBytes):
        facts.validate_seconds = reader.TakeSeconds();
        break;
      case TagOf(v1::Validation::kExpireTimeFieldNumber, kBytes):
        facts.expire_seconds = reader.TakeSeconds();
        break;
      case TagOf(v1::Validation::kCreateTimeFieldNumber, kBytes):
        facts.create_seconds = reader.TakeSeconds();
        break;
      case TagOf(v1::Validation::kRevokeTimeFieldNumber, kBytes):
        facts.revoke_seconds = reader.TakeSeconds();
        break;
      case TagOf(v1::Validation::kValidatorFieldNumber, kBytes):
      case TagOf(v1::Validation::kCapacityFieldNumber, kBytes):
      case TagOf(v1::Validation::kPlaceFieldNumber, kBytes):
      case TagOf(v1::Validation::kEvidenceUriFieldNumber, kBytes):
      case TagOf(v1::Validation::kRevokeReasonFieldNumber, kBytes):
      case TagOf(v1::Validation::kRecorderFieldNumber, kBytes):
        reader.TakeText();
        break;
      default:
        return false;
    }
  }
  return !reader.failed();
}

// Names are ids, in their order.
bool NamesAreInOrder(std::span<const ValidationFacts> facts) {
  std::string_view before;
  for (const ValidationFacts& one : facts) {
    if (!IsResourceId(one.name) || one.name <= before) return false;
    before = one.name;
  }
  return true;
}

}  // namespace

ValidationFacts FactsOf(const v1::Validation& validation) {
  ValidationFacts facts;
  facts.name = validation.name();
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

bool BookReader::ReadPlainly(std::string_view value) {
  facts_.clear();
  PlainReader reader(value);
  while (!reader.empty()) {
    constexpr int kField = store::v1::ValidationBook::kValidationsFieldNumber;
    if (reader.TakeByte() != TagOf(kField, kBytes)) return false;
    if (!ReadValidationPlainly(reader.TakeBytes(), facts_.emplace_back())) return false;
  }
  return !reader.failed();
}

absl::Status BookReader::Read(std::string_view value) {
  if (!ReadPlainly(value)) {
    // Rare, or damaged: which of them, the message decides.
    if (!message_.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      return DamagedData("a stored book of validations");
    }
    facts_.clear();
    for (const v1::Validation& validation : message_.validations()) {
      facts_.push_back(FactsOf(validation));
    }
  }
  if (!NamesAreInOrder(facts_)) return DamagedData("a stored book of validations");
  return absl::OkStatus();
}

}  // namespace passend::service
