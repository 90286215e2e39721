#include "matcher/work_kind.h"

#include <array>

namespace passend::matcher {
namespace {

enum Group : uint8_t { kNone, kOutdoors, kHousehold, kWorkshop, kLogistics, kPeople, kDesk };

// By number of passend.v1.WorkKind.
constexpr std::array<Group, 17> kGroups = {
    kNone,
    kOutdoors,   // green
    kOutdoors,   // street
    kOutdoors,   // farm
    kHousehold,  // cleaning
    kHousehold,  // kitchen
    kHousehold,  // laundry
    kWorkshop,   // sewing
    kWorkshop,   // wood
    kWorkshop,   // refurbishing
    kLogistics,  // assembly
    kLogistics,  // warehouse
    kLogistics,  // shop
    kPeople,     // hosting
    kPeople,     // care
    kDesk,       // office
    kWorkshop,   // building
};

Group GroupOf(WorkKind kind) { return kind < kGroups.size() ? kGroups[kind] : kNone; }

}  // namespace

KindDistance DistanceBetween(WorkKind a, WorkKind b) {
  if (GroupOf(a) == kNone || GroupOf(b) == kNone) return KindDistance::kOther;
  if (a == b) return KindDistance::kSame;
  return GroupOf(a) == GroupOf(b) ? KindDistance::kSameGroup : KindDistance::kOther;
}

}  // namespace passend::matcher
