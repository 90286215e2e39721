#include "tests/fuzz/message_maker.h"

#include <algorithm>
#include <array>
#include <limits>

#include "google/protobuf/descriptor.h"

namespace passend::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kKnownMax = 64;
// What fits somewhere.
constexpr std::array<std::string_view, 14> kWords = {
    "drenthe",
    "groningen",
    "taxonomies/demo/concepts/sweeping",
    "employers/garden",
    "partners/delft",
    "coaches/step-up",
    "passports/nobody",
    "request-id-12345",
    "tasks/nothing",
    "policies/1",
    "*",
    "wishes",
    "2026-11-22T10:00Z",
    "https://school.example",
};
constexpr std::array<std::string_view, 6> kBeginnings = {
    "passports/", "tasks/", "policies/", "decisions/", "taxonomies/", "candidates/",
};

bool IsOfName(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/';
}

}  // namespace

MessageMaker::MessageMaker(FuzzedDataProvider& choices) : choices_(choices) {
  known_.assign(kWords.begin(), kWords.end());
}

void MessageMaker::LearnFrom(std::string_view answer) {
  for (const std::string_view beginning : kBeginnings) {
    size_t at = 0;
    while (known_.size() < kKnownMax &&
           (at = answer.find(beginning, at)) != std::string_view::npos) {
      const auto end = std::find_if_not(answer.begin() + static_cast<std::ptrdiff_t>(at),
                                        answer.end(), IsOfName);
      known_.emplace_back(answer.begin() + static_cast<std::ptrdiff_t>(at), end);
      at += known_.back().size();
    }
  }
}

std::string MessageMaker::Text() {
  if (choices_.ConsumeProbability<float>() < 0.7F) {
    return known_[choices_.ConsumeIntegralInRange<size_t>(0, known_.size() - 1)];
  }
  return choices_.ConsumeRandomLengthString(40);
}

int64_t MessageMaker::Number() {
  switch (choices_.ConsumeIntegralInRange(0, 4)) {
    case 0:
      return choices_.ConsumeIntegral<int64_t>();
    case 1:
      return std::numeric_limits<int64_t>::max();
    default:
      return choices_.ConsumeIntegralInRange<int64_t>(-2, 120);
  }
}

void MessageMaker::Fill(Message& message, int depth) {
  if (message.GetDescriptor()->full_name() == "google.protobuf.Timestamp") {
    const auto* seconds = message.GetDescriptor()->FindFieldByName("seconds");
    message.GetReflection()->SetInt64(
        &message, seconds, choices_.ConsumeIntegralInRange<int64_t>(1'700'000'000, 1'900'000'000));
    return;
  }
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (choices_.remaining_bytes() == 0) return;
    if (choices_.ConsumeProbability<float>() < 0.6F) FillField(message, field, depth);
  }
}

void MessageMaker::FillField(Message& message, const FieldDescriptor& field, int depth) {
  const auto& reflection = *message.GetReflection();
  const int count = field.is_repeated() ? choices_.ConsumeIntegralInRange(0, 3) : 1;
  for (int i = 0; i < count; ++i) {
    if (field.message_type() == nullptr) {
      AddScalar(message, field);
    } else if (depth > 0) {
      Fill(field.is_repeated() ? *reflection.AddMessage(&message, &field)
                               : *reflection.MutableMessage(&message, &field),
           depth - 1);
    }
  }
}

void MessageMaker::AddScalar(Message& message, const FieldDescriptor& field) {
  const auto& reflection = *message.GetReflection();
  const bool repeated = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string text = Text();
      repeated ? reflection.AddString(&message, &field, std::move(text))
               : reflection.SetString(&message, &field, std::move(text));
      break;
    }
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto& type = *field.enum_type();
      const int known =
          type.value(choices_.ConsumeIntegralInRange(0, type.value_count() - 1))->number();
      const int number =
          choices_.ConsumeProbability<float>() < 0.95F ? known : static_cast<int>(Number());
      repeated ? reflection.AddEnumValue(&message, &field, number)
               : reflection.SetEnumValue(&message, &field, number);
      break;
    }
    case FieldDescriptor::CPPTYPE_BOOL: {
      const bool value = choices_.ConsumeBool();
      repeated ? reflection.AddBool(&message, &field, value)
               : reflection.SetBool(&message, &field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT32: {
      const auto value = static_cast<int32_t>(Number());
      repeated ? reflection.AddInt32(&message, &field, value)
               : reflection.SetInt32(&message, &field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      const int64_t value = Number();
      repeated ? reflection.AddInt64(&message, &field, value)
               : reflection.SetInt64(&message, &field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT32: {
      const auto value = static_cast<uint32_t>(Number());
      repeated ? reflection.AddUInt32(&message, &field, value)
               : reflection.SetUInt32(&message, &field, value);
      break;
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      const auto value = static_cast<uint64_t>(Number());
      repeated ? reflection.AddUInt64(&message, &field, value)
               : reflection.SetUInt64(&message, &field, value);
      break;
    }
    default:
      break;
  }
}

}  // namespace passend::fuzz
