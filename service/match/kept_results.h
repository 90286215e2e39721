// Ranked lists that are kept for their further pages.
#ifndef PASSEND_SERVICE_MATCH_KEPT_RESULTS_H_
#define PASSEND_SERVICE_MATCH_KEPT_RESULTS_H_

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace passend::service {

inline constexpr absl::Duration kResultsKeptFor = absl::Minutes(5);
inline constexpr size_t kResultsKeptMax = 256;
// Places of all kept lists together. A place holds a person with all validations, some KB at most:
// a tenth of a GB or so.
inline constexpr size_t kPlacesKeptMax = 65'536;

// The oldest results go first when there are too many, or when they were kept for long enough: they
// are found no more from then on, and forgotten with the next call of any method.
//
// Thread safety: all methods may be called from any thread.
template <typename Result>
class KeptResults {
 public:
  explicit KeptResults(std::function<absl::Time()> now) : now_(std::move(now)) {}

  // Keeps `result`, a list of `places`, under `id`, which is new.
  void Keep(const std::string& id, std::shared_ptr<const Result> result, size_t places) {
    absl::MutexLock lock(&mutex_);
    results_.emplace(id, std::move(result));
    ages_.push_back({id, now_() + kResultsKeptFor, places});
    places_ += places;
    DropOld();
  }

  // Keeps `result`, a list of `places`, instead of what is kept under `id`, and for as long.
  // Nothing where that is kept no longer.
  void Replace(const std::string& id, std::shared_ptr<const Result> result, size_t places) {
    absl::MutexLock lock(&mutex_);
    const auto kept = results_.find(id);
    if (kept == results_.end()) return;
    kept->second = std::move(result);
    const auto age =
        std::find_if(ages_.begin(), ages_.end(), [&](const Age& one) { return one.id == id; });
    places_ += places - age->places;
    age->places = places;
    DropOld();
  }

  void DropExpired() {
    absl::MutexLock lock(&mutex_);
    DropOld();
  }

  // Null where it is kept no longer, or never was.
  std::shared_ptr<const Result> Find(const std::string& id) {
    absl::MutexLock lock(&mutex_);
    DropOld();
    const auto result = results_.find(id);
    return result == results_.end() ? nullptr : result->second;
  }

 private:
  struct Age {
    std::string id;
    absl::Time until;
    size_t places;
  };

  void DropOld() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const absl::Time now = now_();
    // Of those that were kept while the clock was ahead it cannot be told for how long.
    const auto ended = [&](const Age& age) {
      return age.until <= now || age.until > now + kResultsKeptFor;
    };
    while (!ages_.empty() &&
           (ages_.size() > kResultsKeptMax || places_ > kPlacesKeptMax || ended(ages_.front()))) {
      places_ -= ages_.front().places;
      results_.erase(ages_.front().id);
      ages_.pop_front();
    }
  }

  const std::function<absl::Time()> now_;
  absl::Mutex mutex_;
  std::map<std::string, std::shared_ptr<const Result>> results_ ABSL_GUARDED_BY(mutex_);
  std::deque<Age> ages_ ABSL_GUARDED_BY(mutex_);  // oldest first
  size_t places_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_KEPT_RESULTS_H_
