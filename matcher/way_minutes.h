// How long the ways from many homes to one place take: MinutesFor, for several at a time.
#ifndef PASSEND_MATCHER_WAY_MINUTES_H_
#define PASSEND_MATCHER_WAY_MINUTES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "matcher/policy.h"
#include "matcher/travel.h"

namespace passend::matcher {

// Places in columns.
class Homes {
 public:
  size_t size() const { return latitudes_.size(); }
  bool empty() const { return latitudes_.empty(); }
  size_t bytes() const { return size() * sizeof(Place); }
  Place operator[](size_t home) const { return {latitudes_[home], longitudes_[home]}; }
  const int32_t* latitudes() const { return latitudes_.data(); }
  const int32_t* longitudes() const { return longitudes_.data(); }

  void Add(Place home) {
    latitudes_.push_back(home.latitude_centidegrees);
    longitudes_.push_back(home.longitude_centidegrees);
  }
  void ShrinkToFit() {
    latitudes_.shrink_to_fit();
    longitudes_.shrink_to_fit();
  }

 private:
  std::vector<int32_t> latitudes_;
  std::vector<int32_t> longitudes_;
};

// A home and the way of travelling from it, in one number.
class HomeMeans {
 public:
  HomeMeans(uint16_t home, TravelMeans means)
      : bits_(static_cast<uint32_t>(means) << kMeansShift | home) {}

  uint16_t home() const { return static_cast<uint16_t>(bits_ & kHomeMask); }  // in Homes
  TravelMeans means() const { return static_cast<TravelMeans>(bits_ >> kMeansShift); }

  static constexpr int kMeansShift = 16;
  static constexpr uint32_t kHomeMask = 0xFFFF;

 private:
  uint32_t bits_;
};

// Memory that is worth keeping for the next time.
struct WayScratch {
  std::vector<double> meters;    // of each home
  std::vector<int32_t> minutes;  // of each way
};

// Fills `scratch.minutes` with what each way takes to `to`: exactly TravelMinutes, as it is
// computed in doubles of whole numbers below 2^53. Their quotients are further from the next whole
// number than a double rounds, and the root of one less than a square is further from the whole
// number than half the distance of two doubles. `homes` is not empty; latitudes are within 90
// degrees, longitudes within 180.
void FindWayMinutes(const WishesPolicy& policy, Place to, const Homes& homes,
                    std::span<const HomeMeans> ways, WayScratch& scratch);

}  // namespace passend::matcher

#endif  // PASSEND_MATCHER_WAY_MINUTES_H_
