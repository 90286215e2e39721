#include "service/disclosure/disclosure_plan.h"

#include "passend/v1/visibility.pb.h"

namespace passend::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool HasFields(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->file()->package() != "google.protobuf";
}

}  // namespace

DisclosurePlan::DisclosurePlan(const Descriptor& type) {
  NodeOf(type);
  SpreadReach();
}

size_t DisclosurePlan::NodeOf(const Descriptor& type) {
  for (size_t i = 0; i < nodes_.size(); ++i) {
    if (nodes_[i].type == &type) return i;
  }
  const size_t place = nodes_.size();
  nodes_.push_back({&type, {}, {}});
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const v1::FieldGroup group = field.options().GetExtension(v1::visibility);
    if (!field.options().HasExtension(v1::visibility)) unsaid_.push_back(field.full_name());
    const size_t child = HasFields(field) ? NodeOf(*field.message_type()) : kNone;
    nodes_[place].fields.push_back({&field, group, child});
  }
  return place;
}

// Types may lie in each other, so until nothing changes.
void DisclosurePlan::SpreadReach() {
  bool changed = true;
  while (changed) {
    changed = false;
    for (Node& node : nodes_) {
      const GroupSet before = node.reach;
      for (const Field& field : node.fields) {
        node.reach.Add({field.group});
        if (field.child != kNone) node.reach.Add(nodes_[field.child].reach);
      }
      changed = changed || !(node.reach == before);
    }
  }
}

void DisclosurePlan::Keep(GroupSet allowed, Message& message) const {
  if (allowed.Covers(groups())) return;
  KeepIn(nodes_.front(), allowed, message);
}

void DisclosurePlan::KeepIn(const Node& node, GroupSet allowed, Message& message) const {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) {
    reflection.MutableUnknownFields(&message)->Clear();
  }
  for (const Field& field : node.fields) {
    if (!allowed.Has(field.group)) {
      reflection.ClearField(&message, field.descriptor);
      continue;
    }
    if (field.child == kNone || allowed.Covers(nodes_[field.child].reach)) continue;
    const Node& child = nodes_[field.child];
    if (!field.descriptor->is_repeated()) {
      if (!reflection.HasField(message, field.descriptor)) continue;
      KeepIn(child, allowed, *reflection.MutableMessage(&message, field.descriptor));
      continue;
    }
    const int count = reflection.FieldSize(message, field.descriptor);
    for (int i = 0; i < count; ++i) {
      KeepIn(child, allowed, *reflection.MutableRepeatedMessage(&message, field.descriptor, i));
    }
  }
}

GroupSet DisclosurePlan::GroupsShown(const Message& message) const {
  GroupSet shown;
  AddShown(nodes_.front(), message, shown);
  return shown;
}

void DisclosurePlan::AddShown(const Node& node, const Message& message, GroupSet& shown) const {
  const Reflection& reflection = *message.GetReflection();
  for (const Field& field : node.fields) {
    const bool repeated = field.descriptor->is_repeated();
    const int count = repeated ? reflection.FieldSize(message, field.descriptor)
                               : (reflection.HasField(message, field.descriptor) ? 1 : 0);
    if (count == 0) continue;
    shown.Add({field.group});
    if (field.child == kNone || shown.Covers(nodes_[field.child].reach)) continue;
    for (int i = 0; i < count; ++i) {
      AddShown(nodes_[field.child],
               repeated ? reflection.GetRepeatedMessage(message, field.descriptor, i)
                        : reflection.GetMessage(message, field.descriptor),
               shown);
    }
  }
}

}  // namespace passend::service
