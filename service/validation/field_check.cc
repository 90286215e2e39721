#include "service/validation/field_check.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"
#include "passend/v1/field_rules.pb.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"
#include "service/text.h"
#include "service/validation/scalar_rules.h"

namespace passend::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool Behaves(const FieldDescriptor& field, google::api::FieldBehavior behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

bool IsOurs(const Descriptor& type) {
  return !ToStd(type.file()->package()).starts_with("google.protobuf");
}

class Checker {
 public:
  explicit Checker(std::vector<FieldViolation>& found) : found_(found) {}

  void Check(const Message& message, const std::string& prefix, RequiredFields required) {
    const Descriptor& type = *message.GetDescriptor();
    for (int i = 0; i < type.field_count() && !Full(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (Behaves(field, google::api::OUTPUT_ONLY)) continue;
      const bool set = IsSet(message, field);
      // Most fields are neither set nor have to be: no path is made of them.
      if (!set &&
          (required != RequiredFields::kMustBeSet || !Behaves(field, google::api::REQUIRED))) {
        continue;
      }
      const std::string path =
          prefix.empty() ? std::string(field.name()) : absl::StrCat(prefix, ".", field.name());
      if (!set) {
        Add(path, absl::StrCat("must be set: ", AllowedIn(field)));
        continue;
      }
      if (field.is_repeated()) {
        CheckList(message, field, path);
      } else if (field.message_type() != nullptr) {
        CheckMessage(message.GetReflection()->GetMessage(message, &field), path, required);
      } else {
        AddIfAny(path, ScalarViolation(message, field, std::nullopt));
      }
    }
  }

 private:
  bool Full() const { return found_.size() >= kFieldViolationsMax; }

  void Add(const std::string& path, std::string allowed) {
    if (!Full()) found_.push_back({path, std::move(allowed)});
  }
  void AddIfAny(const std::string& path, std::optional<std::string> allowed) {
    if (allowed.has_value()) Add(path, *std::move(allowed));
  }

  static bool IsSet(const Message& message, const FieldDescriptor& field) {
    return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) > 0
                               : message.GetReflection()->HasField(message, &field);
  }

  void CheckMessage(const Message& message, const std::string& path, RequiredFields required) {
    if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor()) {
      AddIfAny(path, TimestampViolation(static_cast<const google::protobuf::Timestamp&>(message)));
    } else if (IsOurs(*message.GetDescriptor())) {
      Check(message, path, required);
    }
  }

  void CheckList(const Message& message, const FieldDescriptor& field, const std::string& path) {
    const int count = message.GetReflection()->FieldSize(message, &field);
    AddIfAny(path, CountViolation(field, count));
    std::set<std::string> seen;
    if (field.options().GetExtension(v1::rules).each_by_itself()) return;
    const bool unique = field.options().GetExtension(v1::rules).unique();
    for (int i = 0; i < count && !Full(); ++i) {
      const std::string entry = absl::StrCat(path, "[", i, "]");
      if (field.message_type() != nullptr) {
        CheckMessage(message.GetReflection()->GetRepeatedMessage(message, &field, i), entry,
                     RequiredFields::kMustBeSet);
        continue;
      }
      AddIfAny(entry, ScalarViolation(message, field, i));
      if (unique && !seen.insert(ScalarText(message, field, i)).second) {
        Add(entry, "must not be the same as an earlier one");
      }
    }
  }

  std::vector<FieldViolation>& found_;
};

}  // namespace

void ClearOutputOnly(Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection.ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    if (Behaves(*field, google::api::OUTPUT_ONLY)) {
      reflection.ClearField(&message, field);
    } else if (field->message_type() == nullptr || !IsOurs(*field->message_type())) {
      continue;
    } else if (!field->is_repeated()) {
      ClearOutputOnly(*reflection.MutableMessage(&message, field));
    } else {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        ClearOutputOnly(*reflection.MutableRepeatedMessage(&message, field, i));
      }
    }
  }
}

std::vector<FieldViolation> FindViolations(const Message& message, std::string_view prefix,
                                           RequiredFields required) {
  std::vector<FieldViolation> found;
  Checker(found).Check(message, std::string(prefix), required);
  return found;
}

absl::Status CheckRequest(Message& request) {
  ClearOutputOnly(request);
  const bool partial = request.GetDescriptor()->FindFieldByName("update_mask") != nullptr;
  std::vector<FieldViolation> found;
  if (partial) {
    // What the request itself requires, then what its resource holds.
    const Descriptor& type = *request.GetDescriptor();
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      if (Behaves(field, google::api::REQUIRED) &&
          !request.GetReflection()->HasField(request, &field)) {
        found.push_back(
            {std::string(field.name()), absl::StrCat("must be set: ", AllowedIn(field))});
      }
    }
    Checker(found).Check(request, "", RequiredFields::kMayBeMissing);
  } else {
    found = FindViolations(request);
  }
  return found.empty() ? absl::OkStatus() : InvalidFields(found);
}

}  // namespace passend::service
