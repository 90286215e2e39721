// Whether a call is taken on now.
#ifndef PASSEND_SERVICE_CALL_ADMISSION_H_
#define PASSEND_SERVICE_CALL_ADMISSION_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "service/errors/call_errors.h"

namespace passend::service {

// Counts calls in flight, and bounds them where they go on for long: nobody who is known has more
// than half of the places that others leave, so that two who take all they may leave some. Calls
// that are soon answered are bounded by their queue (fair_queue.h), which knows whom to turn away.
//
// Thread safety: all methods may be called from any thread.
class Admission {
 public:
  static constexpr size_t kUnbounded = std::numeric_limits<size_t>::max();

  // A place among the calls in flight, given back at destruction. Must not outlive the Admission.
  class Place {
   public:
    Place() = default;
    Place(Admission* admission, std::string sharer)
        : admission_(admission), sharer_(std::move(sharer)) {}
    Place(Place&& other) noexcept
        : admission_(std::exchange(other.admission_, nullptr)), sharer_(std::move(other.sharer_)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(admission_, other.admission_);
      std::swap(sharer_, other.sharer_);
      return *this;
    }
    ~Place() {
      if (admission_ != nullptr) admission_->Leave(sharer_);
    }

   private:
    Admission* admission_ = nullptr;
    std::string sharer_;
  };

  explicit Admission(size_t places_max) : places_max_(places_max) {}

  // Not serving at first.
  void SetServing(bool serving) { serving_.store(serving); }
  bool serving() const { return serving_.load(); }
  size_t in_flight() const {
    absl::MutexLock lock(&mutex_);
    return in_flight_;
  }

  // NOT_SERVING; OVERLOADED when there is no place, or none for `sharer`, which is empty where it
  // is not known who calls.
  absl::StatusOr<Place> Enter(const std::string& sharer = "") {
    if (!serving()) return NotServing();
    absl::MutexLock lock(&mutex_);
    if (in_flight_ >= places_max_) return Overloaded();
    if (places_max_ != kUnbounded && !sharer.empty()) {
      size_t& held = held_[sharer];
      const size_t of_others = in_flight_ - held;
      if (held >= std::max<size_t>((places_max_ - of_others) / 2, 1)) return Overloaded();
      ++held;
    }
    ++in_flight_;
    return Place(this, sharer);
  }

 private:
  void Leave(const std::string& sharer) {
    absl::MutexLock lock(&mutex_);
    --in_flight_;
    const auto held = held_.find(sharer);
    if (held != held_.end() && --held->second == 0) held_.erase(held);
  }

  const size_t places_max_;
  std::atomic<bool> serving_ = false;
  mutable absl::Mutex mutex_;
  size_t in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, size_t> held_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_ADMISSION_H_
