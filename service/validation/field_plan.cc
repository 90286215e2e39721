#include "service/validation/field_plan.h"

#include <memory>
#include <unordered_map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "google/api/field_behavior.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "service/text.h"

namespace passend::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

bool Behaves(const FieldDescriptor& field, google::api::FieldBehavior behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

FieldPlan::Holds HoldsOf(const FieldDescriptor& field) {
  const Descriptor* const type = field.message_type();
  if (type == nullptr) return FieldPlan::Holds::kScalar;
  if (type == google::protobuf::Timestamp::descriptor()) return FieldPlan::Holds::kTimestamp;
  return ToStd(type->file()->package()).starts_with("google.protobuf") ? FieldPlan::Holds::kOthers
                                                                       : FieldPlan::Holds::kOurs;
}

class Plans {
 public:
  const MessagePlan& Of(const Descriptor& type) {
    {
      absl::ReaderMutexLock lock(&mutex_);
      const auto at = made_.find(&type);
      if (at != made_.end()) return *at->second;
    }
    absl::MutexLock lock(&mutex_);
    return Make(type);
  }

 private:
  const MessagePlan& Make(const Descriptor& type) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto [at, is_new] = made_.try_emplace(&type, nullptr);
    if (!is_new) return *at->second;
    at->second = std::make_unique<MessagePlan>();
    MessagePlan& plan = *at->second;
    plan.has_output_only = true;  // for itself within itself
    bool has_output_only = false;
    for (int i = 0; i < type.field_count(); ++i) {
      const FieldDescriptor& field = *type.field(i);
      const FieldPlan::Holds holds = HoldsOf(field);
      const bool output_only = Behaves(field, google::api::OUTPUT_ONLY);
      const MessagePlan* const within =
          holds == FieldPlan::Holds::kOurs ? &Make(*field.message_type()) : nullptr;
      plan.fields.push_back({&field, &field.options().GetExtension(v1::rules), output_only,
                             Behaves(field, google::api::REQUIRED), holds, within});
      has_output_only |= output_only || (within != nullptr && within->has_output_only);
    }
    plan.has_output_only = has_output_only;
    return plan;
  }

  absl::Mutex mutex_;
  std::unordered_map<const Descriptor*, std::unique_ptr<MessagePlan>> made_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

const MessagePlan& PlanOf(const Descriptor& type) {
  static Plans& plans = *new Plans();
  return plans.Of(type);
}

}  // namespace passend::service
