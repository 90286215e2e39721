#include "service/validation/scalar_rules.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "passend/v1/field_rules.pb.h"
#include "service/names/string_form.h"
#include "service/rules/shared_rules.h"
#include "service/text.h"
#include "service/validation/utf8_finder.h"

namespace passend::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::optional<int64_t> NumberIn(const Message& message, const FieldDescriptor& field,
                                std::optional<int> index) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return index ? reflection.GetRepeatedInt32(message, &field, *index)
                   : reflection.GetInt32(message, &field);
    case FieldDescriptor::CPPTYPE_INT64:
      return index ? reflection.GetRepeatedInt64(message, &field, *index)
                   : reflection.GetInt64(message, &field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return index ? reflection.GetRepeatedUInt32(message, &field, *index)
                   : reflection.GetUInt32(message, &field);
    default:
      return std::nullopt;
  }
}

// `scratch` may be what is returned.
const std::string& StringIn(const Message& message, const FieldDescriptor& field,
                            std::optional<int> index, std::string& scratch) {
  const auto& reflection = *message.GetReflection();
  return index ? reflection.GetRepeatedStringReference(message, &field, *index, &scratch)
               : reflection.GetStringReference(message, &field, &scratch);
}

int EnumIn(const Message& message, const FieldDescriptor& field, std::optional<int> index) {
  return index ? message.GetReflection()->GetRepeatedEnumValue(message, &field, *index)
               : message.GetReflection()->GetEnumValue(message, &field);
}

bool StringAllowed(const v1::FieldRules& rules, const std::string& text) {
  if (rules.characters_max() != 0 && CharactersIn(text) > rules.characters_max()) return false;
  return HasForm(text, rules.form());
}

std::string AllowedNumbers(const v1::FieldRules& rules) {
  const bool open = rules.max() >= std::numeric_limits<int32_t>::max();
  if (rules.has_min() && rules.has_max() && !open) {
    return absl::StrCat("a whole number from ", rules.min(), " to ", rules.max());
  }
  if (rules.has_min()) return absl::StrCat("a whole number from ", rules.min(), " up");
  if (rules.has_max()) return absl::StrCat("a whole number up to ", rules.max());
  return "a whole number";
}

std::string AllowedStrings(const v1::FieldRules& rules) {
  if (rules.form() != v1::STRING_FORM_UNSPECIFIED) return std::string(DescriptionOf(rules.form()));
  if (rules.characters_max() != 0) {
    return absl::StrCat("a text of at most ", rules.characters_max(), " characters");
  }
  return "a text";
}

// All values but the one with number 0; long vocabularies are only named.
std::string AllowedEnums(const google::protobuf::EnumDescriptor& type) {
  constexpr int kValuesNamedMax = 12;
  if (type.value_count() - 1 > kValuesNamedMax) {
    return absl::StrCat("a value of ", type.full_name(), " other than ", type.value(0)->name());
  }
  std::vector<std::string> names;
  for (int i = 1; i < type.value_count(); ++i) names.push_back(type.value(i)->name());
  return absl::StrCat("one of ", absl::StrJoin(names, ", "));
}

// "an Additionality", "a Passport". Before a U the sound decides, and names such as Unit begin with
// that of "you".
std::string WithArticle(const std::string& name) {
  const bool vowel = std::string_view("AEIO").find(name.front()) != std::string_view::npos;
  return absl::StrCat(vowel ? "an " : "a ", name);
}

}  // namespace

std::string AllowedIn(const FieldPlan& plan) {
  const FieldDescriptor& field = *plan.field;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return AllowedStrings(*plan.rules);
    case FieldDescriptor::CPPTYPE_ENUM:
      return AllowedEnums(*field.enum_type());
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.is_repeated()) {
        return absl::StrCat("at least one ", field.message_type()->name());
      }
      return WithArticle(field.message_type()->name());
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    default:
      return AllowedNumbers(*plan.rules);
  }
}

std::optional<std::string> ScalarViolation(const Message& message, const FieldPlan& plan,
                                           std::optional<int> index) {
  const FieldDescriptor& field = *plan.field;
  const v1::FieldRules& rules = *plan.rules;
  bool allowed = true;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    std::string scratch;
    allowed = StringAllowed(rules, StringIn(message, field, index, scratch));
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    const int number = EnumIn(message, field, index);
    allowed = field.enum_type()->FindValueByNumber(number) != nullptr && (number != 0 || !index);
  } else if (const std::optional<int64_t> number = NumberIn(message, field, index)) {
    allowed = (!rules.has_min() || *number >= rules.min()) &&
              (!rules.has_max() || *number <= rules.max());
  }
  if (allowed) return std::nullopt;
  return absl::StrCat("must be ", AllowedIn(plan));
}

std::optional<std::string> CountViolation(const FieldPlan& plan, int count) {
  const v1::FieldRules& rules = *plan.rules;
  const auto entries = static_cast<uint32_t>(count);
  if (entries >= rules.items_min() && (rules.items_max() == 0 || entries <= rules.items_max())) {
    return std::nullopt;
  }
  if (rules.items_max() == 0)
    return absl::StrCat("must have at least ", rules.items_min(), " entries");
  if (rules.items_min() == 0)
    return absl::StrCat("must have at most ", rules.items_max(), " entries");
  return absl::StrCat("must have ", rules.items_min(), " to ", rules.items_max(), " entries");
}

std::optional<std::string> TimestampViolation(const google::protobuf::Timestamp& time) {
  FieldViolations violations;
  if (CheckTime(time, FieldPath(""), violations)) return std::nullopt;
  return violations.front().allowed;
}

std::string ScalarText(const Message& message, const FieldDescriptor& field, int index) {
  std::string scratch;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    return StringIn(message, field, index, scratch);
  }
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    return absl::StrCat(EnumIn(message, field, index));
  }
  return absl::StrCat(NumberIn(message, field, index).value_or(0));
}

}  // namespace passend::service
