// Checks a share of the answers that are given, by the plain algorithm over the very same data.
//
// Answers do not wait for it: what was asked and what came out goes into a bounded queue, and a
// thread of its own ranks it plainly, one at a time. A difference is a mistake of Passend's: it is
// logged, with what helps to find it and nothing about anybody, and counted.
#ifndef PASSEND_SERVICE_MATCH_SHADOW_CHECKER_H_
#define PASSEND_SERVICE_MATCH_SHADOW_CHECKER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <variant>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "matcher/index_snapshot.h"
#include "service/match/match_options.h"
#include "service/match/match_view.h"
#include "service/surroundings.h"

namespace passend::service {

// Answers that wait to be checked. Each holds a snapshot of the index.
inline constexpr size_t kShadowQueueMax = 4;
// Larger indices are not checked: some seconds of one processor, and of the memory that a snapshot
// holds, for each check.
inline constexpr size_t kShadowPeopleMax = 2'000'000;
// After so many checks the counts are logged, and at the end.
inline constexpr uint64_t kShadowReportEvery = 1'000;

struct ShadowCounts {
  uint64_t checked = 0;
  uint64_t different = 0;  // of the checked
  uint64_t dropped = 0;    // the queue was full, or the end came first
  uint64_t too_large = 0;  // above kShadowPeopleMax
};

// Thread safety: all methods may be called from any thread.
class ShadowChecker {
 public:
  // An answer to be checked. `about` may be logged: `tasks/soup`, `a person`.
  struct Answer {
    MatchView view;
    ResolvedOptions options;
    std::variant<matcher::Work, matcher::Person> asked;  // whom, or what, was ranked for
    matcher::RankOptions ranked_by;                      // its `cancelled` plays no part
    matcher::Ranking ranking;
    std::string about;
  };

  // Of all answers, one in `one_in` is checked, which is 1 or more; `random` chooses them: bytes of
  // randomness, as in Surroundings. `log` takes lines; called from the checker's thread.
  ShadowChecker(uint32_t one_in, std::function<std::string(size_t count)> random,
                std::function<void(std::string_view line)> log);
  // Drops what is queued, and logs the counts.
  ~ShadowChecker();
  ShadowChecker(const ShadowChecker&) = delete;
  ShadowChecker& operator=(const ShadowChecker&) = delete;

  // True for the answers that are to be given to Check.
  bool ChoosesNext() const;

  // Queues the answer, or drops it where there is no room.
  void Check(Answer answer);

  ShadowCounts counts() const;

  // Waits until nothing is queued or being checked.
  void AwaitIdle() const;

 private:
  void Run();
  void CheckNow(const Answer& answer);
  std::string CountsText() const;

  const uint32_t one_in_;
  const std::function<std::string(size_t count)> random_;
  const std::function<void(std::string_view line)> log_;
  std::atomic<bool> ending_ = false;
  mutable absl::Mutex mutex_;
  std::deque<Answer> queue_ ABSL_GUARDED_BY(mutex_);
  bool checking_ ABSL_GUARDED_BY(mutex_) = false;
  ShadowCounts counts_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_SHADOW_CHECKER_H_
