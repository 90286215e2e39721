// Whether a call is taken on now.
#ifndef PASSEND_SERVICE_CALL_ADMISSION_H_
#define PASSEND_SERVICE_CALL_ADMISSION_H_

#include <atomic>
#include <cstddef>
#include <utility>

#include "absl/status/statusor.h"
#include "service/errors/call_errors.h"

namespace passend::service {

// Thread safety: all methods may be called from any thread.
class Admission {
 public:
  // A place among the calls in flight, given back at destruction. Must not outlive the Admission.
  class Place {
   public:
    Place() = default;
    explicit Place(Admission* admission) : admission_(admission) {}
    Place(Place&& other) noexcept : admission_(std::exchange(other.admission_, nullptr)) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(admission_, other.admission_);
      return *this;
    }
    ~Place() {
      if (admission_ != nullptr) admission_->in_flight_.fetch_sub(1);
    }

   private:
    Admission* admission_ = nullptr;
  };

  explicit Admission(size_t in_flight_max) : in_flight_max_(in_flight_max) {}

  // Not serving at first.
  void SetServing(bool serving) { serving_.store(serving); }
  bool serving() const { return serving_.load(); }
  size_t in_flight() const { return in_flight_.load(); }

  // NOT_SERVING; OVERLOADED when there is no place.
  absl::StatusOr<Place> Enter() {
    if (!serving()) return NotServing();
    if (in_flight_.fetch_add(1) >= in_flight_max_) {
      in_flight_.fetch_sub(1);
      return Overloaded();
    }
    return Place(this);
  }

 private:
  const size_t in_flight_max_;
  std::atomic<bool> serving_ = false;
  std::atomic<size_t> in_flight_ = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_CALL_ADMISSION_H_
