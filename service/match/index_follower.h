// Keeps an index of people and work in step with the store, by its journal.
//
// On a thread of its own it reads what the journal says has changed, and puts it into the index:
//
// - a passport, its validations, its exposure: the person; out of the index when not ACTIVE, or
//   erased;
// - a task: the work; out when closed;
// - a policy: the policies;
// - a taxonomy: a new index over the new vocabulary is built on a second thread; the old one
//   serves, and is kept in step, until the new one has caught up;
// - no entries any more, because they were compacted away: everything, from a snapshot.
//
//   F1  A record is read when its event comes, so it may already be newer than its event: the later
//       event reads it again. What is erased stays out.
//   F2  view().sequence never goes back, and every commit up to it is in view()'s index; of a
//       taxonomy's import that is true once the new index is there.
//   F3  A person or task that names a skill which only the new vocabulary has waits for the new
//       index: it is never put into the old one without that skill.
//
// Thread safety: all public methods may be called from any thread.
#ifndef PASSEND_SERVICE_MATCH_INDEX_FOLLOWER_H_
#define PASSEND_SERVICE_MATCH_INDEX_FOLLOWER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "service/call/call_context.h"
#include "service/match/journal_changes.h"
#include "service/match/match_view.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/store.h"

namespace passend::service {

struct FollowerOptions {
  // The system's clock, by which the store waits (Store::AwaitCommit).
  std::function<absl::Time()> system_clock;
  // Takes lines for the log: progress of building, every few seconds, and what went wrong. Called
  // from the follower's threads.
  std::function<void(std::string_view line)> log = [](std::string_view) {};
  // Called once, from the follower's thread, when it stops for good because data is damaged.
  std::function<void()> stopped = [] {};
};

class IndexFollower {
  struct OnlyStart {
    explicit OnlyStart() = default;
  };

 public:
  // Builds the index, then follows. Both must outlive the follower. DAMAGED_DATA or INTERNAL where
  // the store or its taxonomies cannot be read; errors of the store.
  static absl::StatusOr<std::unique_ptr<IndexFollower>> Start(const storage::Store& store,
                                                              TaxonomyCatalog& catalog,
                                                              FollowerOptions options);
  IndexFollower(OnlyStart, const storage::Store& store, TaxonomyCatalog& catalog,
                FollowerOptions options);
  ~IndexFollower();
  IndexFollower(const IndexFollower&) = delete;
  IndexFollower& operator=(const IndexFollower&) = delete;

  MatchView view() const;

  // OK until it stopped for good; then why.
  absl::Status health() const;

  // The view once every commit up to `sequence` is in it. DEADLINE_EXCEEDED or CANCELLED when the
  // call ends before; health() when that is an error.
  absl::StatusOr<MatchView> AwaitApplied(storage::Sequence sequence,
                                         const CallContext& context) const;

  // The view once no new index is being built. Errors as for AwaitApplied.
  absl::StatusOr<MatchView> AwaitRebuilt(const CallContext& context) const;

 private:
  struct Built {
    IndexedCatalog indexed;
    storage::Sequence sequence;
  };

  absl::StatusOr<Built> Build() const;
  absl::StatusOr<MatchView> Await(const CallContext& context,
                                  const std::function<bool()>& reached) const;

  // On the follower's thread.
  void Run();
  absl::Status Step();
  absl::Status StartOver();
  absl::Status LoadPolicies();
  absl::Status Apply(const JournalChanges& changes);
  absl::Status ApplyPassport(const std::string& id);
  absl::Status ApplyExposure(const std::string& id);
  absl::Status ApplyTask(const std::string& id);
  void WantRebuild();
  void StartBuilder();
  // Takes over the new index once it is built, waiting for it where `wait`.
  absl::Status Adopt(bool wait);
  // Applies what an adopted index still misses, and shows it. After an error it is tried again.
  absl::Status CatchUp();
  void Stop(const absl::Status& why);

  const storage::Store& store_;
  TaxonomyCatalog& catalog_;
  const FollowerOptions options_;
  std::atomic<bool> ending_ = false;

  mutable absl::Mutex mutex_;
  MatchView view_ ABSL_GUARDED_BY(mutex_);
  absl::Status health_ ABSL_GUARDED_BY(mutex_);
  bool rebuilding_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<absl::StatusOr<Built>> built_ ABSL_GUARDED_BY(mutex_);

  // Of the follower's thread alone.
  IndexedCatalog indexed_;
  storage::Sequence applied_ = 0;
  JournalChanges since_build_;  // what has to be applied to the new index as well
  std::optional<JournalChanges>
      missing_;  // what indexed_ misses; while set, view_ has an older index
  bool build_again_ = false;
  std::thread builder_;

  std::thread thread_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_INDEX_FOLLOWER_H_
