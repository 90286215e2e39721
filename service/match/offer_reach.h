// Whether what a task offers is enough, said of those who look for work, wherever they are, and
// never of one person.
//
// It is told from a sample that does not depend on the task: an employer who asks about a thousand
// tasks hears about the same people each time, and cannot choose who they are.
#ifndef PASSEND_SERVICE_MATCH_OFFER_REACH_H_
#define PASSEND_SERVICE_MATCH_OFFER_REACH_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "matcher/index_snapshot.h"
#include "matcher/policy.h"
#include "passend/v1/employer_view.pb.h"

namespace passend::service {

// What somebody needs, without who that is.
struct Needs {
  std::vector<matcher::PersonPace> paces;
  std::vector<matcher::SupportNeed> needs;
};

// Of fewer people nothing is said; more are not asked, so that it takes microseconds.
inline constexpr size_t kReachPeopleMin = 100;
inline constexpr size_t kReachPeopleMax = 500;

// What the work comes to for these people; the text is not set. UNSPECIFIED for fewer than
// kReachPeopleMin. Enough for somebody is: every need is met in full, and so is what is known of
// the pace. ENOUGH_WITH names what is short for one in twenty or more.
v1::OfferReach ReachAmong(const std::vector<Needs>& people, const matcher::Policy& policy,
                          const matcher::Work& work);

// Thread safety: all methods may be called from any thread.
class OfferReaches {
 public:
  // As long as one sample is used.
  static constexpr absl::Duration kSampleKeptFor = absl::Hours(24);

  // Some of everybody of whom needs are known, whatever work is asked about and where: between two
  // choices of people, one who is in one of them only could be found out. Never more than about
  // half of them, and others every day: what changed for one person since yesterday is lost in
  // that. Looks at all of them once a day, which takes about a second for a million people.
  std::shared_ptr<const std::vector<Needs>> Sample(const matcher::IndexSnapshot& index,
                                                   absl::Time now);

 private:
  absl::Mutex mutex_;
  absl::Time until_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<const std::vector<Needs>> people_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_OFFER_REACH_H_
