// What the fields of a type of message tell of a person, read once from the option `visibility`
// beside each, and the one filter that answers go through.
#ifndef PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_PLAN_H_
#define PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_PLAN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "service/disclosure/group_set.h"

namespace passend::service {

// Thread safety: immutable; any number of threads may use it.
//
//   D1  A field is kept where its group is allowed, and where every field that it lies in is kept.
//   D2  A field without the option, or with FIELD_GROUP_UNSPECIFIED, is in the group UNSPECIFIED.
//   D3  Messages of google.protobuf, such as times, are kept or removed whole.
//   D4  Where all groups that the type has are allowed, a message is not looked at.
//   D5  What is looked at loses its unknown fields: nobody said anything of them.
class DisclosurePlan {
 public:
  explicit DisclosurePlan(const google::protobuf::Descriptor& type);

  // Removes from `message`, which is of the plan's type, all that is not in `allowed`.
  void Keep(GroupSet allowed, google::protobuf::Message& message) const;

  // The groups that the type has fields of, at any depth.
  GroupSet groups() const { return nodes_.front().reach; }

  // The groups that `message`, which is of the plan's type, has something of.
  GroupSet GroupsShown(const google::protobuf::Message& message) const;

  // Fields without the option, at any depth: `passend.v1.Passport.region`. One that is private on
  // purpose says so: (visibility) = FIELD_GROUP_UNSPECIFIED.
  const std::vector<std::string>& unsaid() const { return unsaid_; }

 private:
  struct Field {
    const google::protobuf::FieldDescriptor* descriptor;
    v1::FieldGroup group;
    size_t child;  // of nodes_; kNone for what is kept or removed whole
  };
  struct Node {
    const google::protobuf::Descriptor* type;
    std::vector<Field> fields;
    GroupSet reach;
  };
  static constexpr size_t kNone = ~size_t{0};

  size_t NodeOf(const google::protobuf::Descriptor& type);
  void SpreadReach();
  void KeepIn(const Node& node, GroupSet allowed, google::protobuf::Message& message) const;
  void AddShown(const Node& node, const google::protobuf::Message& message, GroupSet& shown) const;

  std::vector<Node> nodes_;  // the plan's type first
  std::vector<std::string> unsaid_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_DISCLOSURE_DISCLOSURE_PLAN_H_
