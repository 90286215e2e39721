// A set of the groups that fields are in.
#ifndef PASSEND_SERVICE_DISCLOSURE_GROUP_SET_H_
#define PASSEND_SERVICE_DISCLOSURE_GROUP_SET_H_

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "passend/v1/visibility.pb.h"

namespace passend::service {

class GroupSet {
 public:
  constexpr GroupSet() = default;
  constexpr GroupSet(std::initializer_list<v1::FieldGroup> groups) {
    for (const v1::FieldGroup group : groups) bits_ |= BitOf(group);
  }

  // All groups that have a name. Not FIELD_GROUP_UNSPECIFIED.
  static constexpr GroupSet Named() {
    GroupSet all = Everything();
    all.bits_ &= ~BitOf(v1::FIELD_GROUP_UNSPECIFIED);
    return all;
  }
  // The same, and what nobody said anything of.
  static constexpr GroupSet Everything() {
    GroupSet all;
    all.bits_ = ~uint32_t{0};
    return all;
  }

  constexpr bool Has(v1::FieldGroup group) const { return (bits_ & BitOf(group)) != 0; }
  constexpr bool Covers(GroupSet other) const { return (other.bits_ & ~bits_) == 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr void Add(GroupSet other) { bits_ |= other.bits_; }
  friend constexpr bool operator==(GroupSet, GroupSet) = default;
  friend constexpr GroupSet operator&(GroupSet a, GroupSet b) {
    a.bits_ &= b.bits_;
    return a;
  }

  // Those that have a name, in the order of their numbers.
  std::vector<v1::FieldGroup> List() const {
    std::vector<v1::FieldGroup> groups;
    for (int number = 1; number <= v1::FieldGroup_MAX; ++number) {
      if (Has(static_cast<v1::FieldGroup>(number))) {
        groups.push_back(static_cast<v1::FieldGroup>(number));
      }
    }
    return groups;
  }

 private:
  static_assert(v1::FieldGroup_MAX < 32, "a group is a bit");
  // A number that this version does not know is nobody's: it counts as not said.
  static constexpr uint32_t BitOf(v1::FieldGroup group) {
    const auto number = static_cast<uint32_t>(group);
    return uint32_t{1} << (number < 32 ? number : 0);
  }

  uint32_t bits_ = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_DISCLOSURE_GROUP_SET_H_
