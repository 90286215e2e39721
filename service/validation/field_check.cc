#include "service/validation/field_check.h"

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/errors/request_errors.h"
#include "service/limits.h"
#include "service/text.h"
#include "service/validation/field_plan.h"
#include "service/validation/scalar_rules.h"

namespace passend::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Holds = FieldPlan::Holds;

// Where a value stands: made into a path only where something is wrong with it.
struct Place {
  const Place* parent;    // null: the message that is checked
  std::string_view name;  // of the field, or the prefix of all paths
  std::optional<int> index = std::nullopt;

  std::string path() const {
    std::string path = parent == nullptr ? "" : parent->path();
    if (index) return absl::StrCat(path, "[", *index, "]");
    if (!path.empty() && !name.empty()) path += '.';
    return path.append(name);
  }
};

bool IsSet(const Message& message, const FieldDescriptor& field) {
  return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) > 0
                             : message.GetReflection()->HasField(message, &field);
}

class Checker {
 public:
  explicit Checker(std::vector<FieldViolation>& found) : found_(found) {}

  void Check(const Message& message, const MessagePlan& plan, const Place& at,
             RequiredFields required) {
    for (const FieldPlan& field : plan.fields) {
      if (Full()) return;
      if (field.output_only) continue;
      const Place place{&at, field.field->name()};
      if (!IsSet(message, *field.field)) {
        if (required == RequiredFields::kMustBeSet && field.required) AddMissing(field, place);
      } else if (field.field->is_repeated()) {
        CheckList(message, field, place);
      } else if (field.holds == Holds::kScalar) {
        AddIfAny(place, ScalarViolation(message, field, std::nullopt));
      } else {
        CheckMessage(message.GetReflection()->GetMessage(message, field.field), field, place,
                     required);
      }
    }
  }

  // What the message itself requires.
  void CheckRequired(const Message& message, const MessagePlan& plan, const Place& at) {
    for (const FieldPlan& field : plan.fields) {
      if (!field.required || IsSet(message, *field.field)) continue;
      AddMissing(field, {&at, field.field->name()});
    }
  }

 private:
  bool Full() const { return found_.size() >= kFieldViolationsMax; }

  void Add(const Place& place, std::string allowed) {
    if (!Full()) found_.push_back({place.path(), std::move(allowed)});
  }
  void AddIfAny(const Place& place, std::optional<std::string> allowed) {
    if (allowed.has_value()) Add(place, *std::move(allowed));
  }
  void AddMissing(const FieldPlan& field, const Place& place) {
    Add(place, absl::StrCat("must be set: ", AllowedIn(field)));
  }

  void CheckMessage(const Message& message, const FieldPlan& field, const Place& place,
                    RequiredFields required) {
    if (field.holds == Holds::kTimestamp) {
      AddIfAny(place, TimestampViolation(static_cast<const google::protobuf::Timestamp&>(message)));
    } else if (field.holds == Holds::kOurs) {
      Check(message, *field.within, place, required);
    }
  }

  void CheckList(const Message& message, const FieldPlan& field, const Place& place) {
    const int count = message.GetReflection()->FieldSize(message, field.field);
    AddIfAny(place, CountViolation(field, count));
    if (field.rules->each_by_itself()) return;
    std::set<std::string> seen;
    for (int i = 0; i < count && !Full(); ++i) {
      const Place entry{&place, "", i};
      if (field.holds != Holds::kScalar) {
        CheckMessage(message.GetReflection()->GetRepeatedMessage(message, field.field, i), field,
                     entry, RequiredFields::kMustBeSet);
        continue;
      }
      AddIfAny(entry, ScalarViolation(message, field, i));
      if (field.rules->unique() && !seen.insert(ScalarText(message, *field.field, i)).second) {
        Add(entry, "must not be the same as an earlier one");
      }
    }
  }

  std::vector<FieldViolation>& found_;
};

void Clear(Message& message, const MessagePlan& plan) {
  if (!plan.has_output_only) return;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  for (const FieldPlan& field : plan.fields) {
    const bool within = field.within != nullptr && field.within->has_output_only;
    if ((!field.output_only && !within) || !IsSet(message, *field.field)) continue;
    if (field.output_only) {
      reflection.ClearField(&message, field.field);
    } else if (!field.field->is_repeated()) {
      Clear(*reflection.MutableMessage(&message, field.field), *field.within);
    } else {
      for (int i = 0; i < reflection.FieldSize(message, field.field); ++i) {
        Clear(*reflection.MutableRepeatedMessage(&message, field.field, i), *field.within);
      }
    }
  }
}

}  // namespace

void ClearOutputOnly(Message& message) { Clear(message, PlanOf(*message.GetDescriptor())); }

std::vector<FieldViolation> FindViolations(const Message& message, std::string_view prefix,
                                           RequiredFields required) {
  std::vector<FieldViolation> found;
  Checker(found).Check(message, PlanOf(*message.GetDescriptor()), {nullptr, prefix}, required);
  return found;
}

absl::Status CheckRequest(Message& request) {
  const MessagePlan& plan = PlanOf(*request.GetDescriptor());
  Clear(request, plan);
  const bool partial = request.GetDescriptor()->FindFieldByName("update_mask") != nullptr;
  std::vector<FieldViolation> found;
  Checker checker(found);
  if (partial) checker.CheckRequired(request, plan, {nullptr, ""});
  checker.Check(request, plan, {nullptr, ""},
                partial ? RequiredFields::kMayBeMissing : RequiredFields::kMustBeSet);
  return found.empty() ? absl::OkStatus() : InvalidFields(found);
}

}  // namespace passend::service
