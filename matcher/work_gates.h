// What the gates of the wishes ask of tasks, in columns: a whole shelf is closed to a person in a
// few vector operations a column.
#ifndef PASSEND_MATCHER_WORK_GATES_H_
#define PASSEND_MATCHER_WORK_GATES_H_

#include <array>
#include <cstdint>

#include "matcher/fit.h"
#include "matcher/work.h"

namespace passend::matcher {

// Tasks that stand together, and are copied together when one of them changes.
inline constexpr size_t kShelfWorks = 128;

// The first gate of the wishes that is closed, of each task of a shelf.
using FirstGates = std::array<GateCause, kShelfWorks>;

class WorkGates {
 public:
  void Set(size_t place, const Work& work);

  // Of tasks that were never set, nothing is said. `travel_meters_squared`: from there on it is too
  // far for the person's travel, if that is known.
  FirstGates FirstClosed(const Wishes& wishes, int64_t travel_meters_squared) const;

  bool distance_matters(size_t place) const { return distance_matters_[place]; }

 private:
  template <typename Value>
  using Column = std::array<Value, kShelfWorks>;

  Column<FormSet> form_{};
  Column<uint32_t> features_low_{};
  Column<uint32_t> features_high_{};
  Column<int32_t> start_weekly_hours_{};
  Column<int32_t> least_weekly_hours_{};
  std::array<Column<uint32_t>, kDaysPerWeek> days_{};  // at any time: all hours
  Column<Place> place_{};                              // where distance matters
  Column<bool> distance_matters_{};
};

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WORK_GATES_H_
