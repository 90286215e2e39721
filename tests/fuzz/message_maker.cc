#include "tests/fuzz/message_maker.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/names/string_form.h"

namespace passend::fuzz {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using service::FieldPlan;

constexpr size_t kKnownMax = 24;    // of each form and field
constexpr size_t kMessagesMax = 6;  // of each type

bool IsForNames(v1::StringForm form) {
  return form != v1::STRING_FORM_UNSPECIFIED && form != v1::STRING_FORM_RESOURCE_ID &&
         form != v1::STRING_FORM_REQUEST_ID && form != v1::STRING_FORM_REGION &&
         form != v1::STRING_FORM_LANGUAGE;
}

// Sets a field, or adds to it where there may be several.
template <typename Value, typename Set, typename Add>
void Put(Message& message, const FieldDescriptor& field, Value value, Set set, Add add) {
  const Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) {
    (reflection.*add)(&message, &field, std::move(value));
  } else {
    (reflection.*set)(&message, &field, std::move(value));
  }
}

}  // namespace

MessageMaker::MessageMaker(Choices& choices, int64_t now) : choices_(choices), now_(now) {
  by_form_ = {
      {v1::STRING_FORM_RESOURCE_ID, {"soup", "garden-2", "a"}},
      {v1::STRING_FORM_REQUEST_ID, {"request-1", "request-2", "request-3", "12345678"}},
      {v1::STRING_FORM_REGION, {"drenthe", "groningen", "midden-brabant"}},
      {v1::STRING_FORM_LANGUAGE, {"nl", "en"}},
      {v1::STRING_FORM_CONCEPT_NAME, {"taxonomies/demo/concepts/cooking"}},
  };
  for (const char* name :
       {"passports/nobody", "tasks/nothing", "employers/garden", "employers/other",
        "partners/delft", "partners/other", "coaches/step-up", "coaches/other", "taxonomies/demo",
        "taxonomies/new", "policies/1", "policies/2", "passports/nobody/validations/none"}) {
    Learn("name", name);
  }
  by_field_["name"].clear();
  by_field_["external_id"] = {"p-1", "p-2", "p-3"};
  by_field_["revision"] = {"1", "2", "7"};
  by_field_["prefix"] = {"", "0", "a", "ff"};
  by_field_["page_token"] = {""};
  by_field_["cursor"] = {""};
  by_field_["etag"] = {""};
}

bool MessageMaker::Unusually(int percent) { return choices_.Between(0, 99) >= 100 - percent; }

const std::string& MessageMaker::OneOf(const Texts& texts) {
  return texts[choices_.Between<size_t>(0, texts.size() - 1)];
}

void MessageMaker::Learn(const std::string& field, const std::string& text) {
  const auto remember = [&text](Texts& texts) {
    if (std::ranges::find(texts, text) != texts.end()) return;
    if (texts.size() >= kKnownMax) texts.erase(texts.begin() + 4);
    texts.push_back(text);
  };
  if (text.empty() || text.size() > 4'096) return;
  const std::string_view next = "next_";
  remember(
      by_field_[std::string_view(field).starts_with(next) ? field.substr(next.size()) : field]);
  for (int form = v1::StringForm_MIN; form <= v1::StringForm_MAX; ++form) {
    if (!v1::StringForm_IsValid(form)) continue;
    const auto known = static_cast<v1::StringForm>(form);
    if (IsForNames(known) && service::HasForm(text, known)) remember(by_form_[known]);
  }
}

void MessageMaker::LearnFrom(const Message& answer) {
  const Reflection& reflection = *answer.GetReflection();
  auto& messages = by_type_[answer.GetDescriptor()];
  if (messages.size() == kMessagesMax) messages.erase(messages.begin() + 2);
  messages.push_back(answer.SerializeAsString());
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(answer, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(answer, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->message_type() != nullptr) {
        LearnFrom(field->is_repeated() ? reflection.GetRepeatedMessage(answer, field, i)
                                       : reflection.GetMessage(answer, field));
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        Learn(field->name(), field->is_repeated() ? reflection.GetRepeatedString(answer, field, i)
                                                  : reflection.GetString(answer, field));
      }
    }
  }
}

std::string MessageMaker::Text(const FieldPlan& plan) {
  const v1::StringForm form = plan.rules->form();
  if (Unusually(4)) return choices_.Text(40);
  if (form != v1::STRING_FORM_UNSPECIFIED) {
    const auto known = by_form_.find(form);
    if (known != by_form_.end() && !Unusually(3)) return OneOf(known->second);
  }
  const auto known = by_field_.find(plan.field->name());
  if (known != by_field_.end() && !known->second.empty() && !Unusually(20)) {
    return OneOf(known->second);
  }
  // A resource's own name, which has no rule.
  if (plan.field->name() == "name" && !Unusually(20)) {
    static constexpr std::array kForms = {v1::STRING_FORM_PASSPORT_NAME, v1::STRING_FORM_TASK_NAME,
                                          v1::STRING_FORM_TAXONOMY_NAME};
    return OneOf(by_form_[choices_.OneOf(kForms)]);
  }
  static const Texts& words =
      *new Texts{"sweeping",           "Soep koken", "said so", "a b.c-d_1",
                 "é€\xF0\x9F\x8D\xB2", "2026-11-22", "a.b.c",   "https://school.example"};
  return OneOf(words);
}

int64_t MessageMaker::Number(const v1::FieldRules& rules) {
  if (Unusually(4)) return choices_.Any<int64_t>();
  const int64_t least = rules.has_min() ? rules.min() : 0;
  const int64_t most =
      std::max(least, std::min<int64_t>(rules.has_max() ? rules.max() : 100, least + 10'000));
  if (rules.has_max() && Unusually(8)) return rules.max();
  if (Unusually(4)) return least - 1;
  return choices_.Between<int64_t>(least, most);
}

void MessageMaker::FillMask(Message& mask, const Descriptor& request) {
  auto& paths = *static_cast<google::protobuf::FieldMask&>(mask).mutable_paths();
  for (int i = 0; i < request.field_count(); ++i) {
    const Descriptor* resource = request.field(i)->message_type();
    if (resource == nullptr || resource == mask.GetDescriptor()) continue;
    for (int count = choices_.Between(1, 3); count > 0; --count) {
      *paths.Add() =
          Unusually(10) ? "*"
                        : resource->field(choices_.Between(0, resource->field_count() - 1))->name();
    }
    return;
  }
}

void MessageMaker::FillOther(Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  const FieldDescriptor* seconds = type.FindFieldByName("seconds");
  if (seconds == nullptr || seconds->cpp_type() != FieldDescriptor::CPPTYPE_INT64) return;
  const bool is_time = type.full_name() == google::protobuf::Timestamp::descriptor()->full_name();
  int64_t value = choices_.Between<int64_t>(0, 3'600);
  if (is_time) {
    // Hours from now on; unusually before, or at the ends of time.
    value = now_ + 3'600 * (1 + value);
    if (Unusually(25)) value = now_ - choices_.Between<int64_t>(0, 400 * 86'400);
  }
  if (Unusually(3)) value = choices_.Any<int64_t>();
  message.GetReflection()->SetInt64(&message, seconds, value);
}

// As one that was seen, with up to two fields that are new.
bool MessageMaker::Repeat(Message& message, int depth) {
  const auto known = by_type_.find(message.GetDescriptor());
  if (known == by_type_.end() || !Unusually(40)) return false;
  message.ParseFromString(OneOf(known->second));
  const auto& fields = service::PlanOf(*message.GetDescriptor()).fields;
  for (int count = choices_.Between(0, 2); count > 0 && !fields.empty(); --count) {
    const auto& plan = fields[choices_.Between<size_t>(0, fields.size() - 1)];
    message.GetReflection()->ClearField(&message, plan.field);
    if (!Unusually(15)) FillField(message, plan, depth);
  }
  return true;
}

void MessageMaker::Fill(Message& message, int depth) {
  const Descriptor& type = *message.GetDescriptor();
  if (Repeat(message, depth)) return;
  for (const FieldPlan& plan : service::PlanOf(type).fields) {
    if (plan.output_only && !Unusually(3)) continue;
    const google::protobuf::OneofDescriptor* choice = plan.field->real_containing_oneof();
    if (choice != nullptr) {
      // One of them, the first as a rule.
      if (message.GetReflection()->HasOneof(message, choice)) continue;
      const bool is_last = plan.field->index_in_oneof() == choice->field_count() - 1;
      if (!is_last && Unusually(40)) continue;
    } else if (plan.required ? Unusually(2) : !Unusually(35)) {
      if (plan.field->name() != "name") continue;  // what it is called stands nearly always there
      if (Unusually(5)) continue;
    }
    FillField(message, plan, depth);
  }
}

void MessageMaker::FillField(Message& message, const FieldPlan& plan, int depth) {
  const FieldDescriptor& field = *plan.field;
  const Reflection& reflection = *message.GetReflection();
  const int least = static_cast<int>(std::clamp<uint32_t>(plan.rules->items_min(), 1, 3));
  const int count = field.is_repeated() ? choices_.Between(least, 3) : 1;
  for (int i = 0; i < count; ++i) {
    if (field.message_type() == nullptr) {
      AddScalar(message, plan);
      continue;
    }
    if (depth == 0 || field.is_map()) return;
    Message& within = field.is_repeated() ? *reflection.AddMessage(&message, &field)
                                          : *reflection.MutableMessage(&message, &field);
    if (within.GetDescriptor() == google::protobuf::FieldMask::descriptor()) {
      FillMask(within, *message.GetDescriptor());
    } else if (plan.holds == FieldPlan::Holds::kOurs) {
      Fill(within, depth - 1);
    } else {
      FillOther(within);
    }
  }
}

void MessageMaker::AddScalar(Message& message, const FieldPlan& plan) {
  const FieldDescriptor& field = *plan.field;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Put(message, field, Text(plan), &Reflection::SetString, &Reflection::AddString);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto& type = *field.enum_type();
      const int first = type.value_count() > 1 && !Unusually(4) ? 1 : 0;
      int number = type.value(choices_.Between(first, type.value_count() - 1))->number();
      if (Unusually(2)) number = choices_.Any<int>();
      return Put(message, field, number, &Reflection::SetEnumValue, &Reflection::AddEnumValue);
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return Put(message, field, choices_.Either(), &Reflection::SetBool, &Reflection::AddBool);
    case FieldDescriptor::CPPTYPE_INT32:
      return Put(message, field, static_cast<int32_t>(Number(*plan.rules)), &Reflection::SetInt32,
                 &Reflection::AddInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return Put(message, field, Number(*plan.rules), &Reflection::SetInt64, &Reflection::AddInt64);
    case FieldDescriptor::CPPTYPE_UINT32:
      return Put(message, field, static_cast<uint32_t>(Number(*plan.rules)), &Reflection::SetUInt32,
                 &Reflection::AddUInt32);
    case FieldDescriptor::CPPTYPE_UINT64:
      return Put(message, field, static_cast<uint64_t>(Number(*plan.rules)), &Reflection::SetUInt64,
                 &Reflection::AddUInt64);
    default:
      return;
  }
}

}  // namespace passend::fuzz
