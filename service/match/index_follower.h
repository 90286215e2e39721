// Keeps an index of people and work in step with the store, by its journal.
//
// On a thread of its own it reads what the journal says has changed, takes a snapshot of the store,
// and makes the index that of the snapshot, in one change:
//
// - a passport, its validations, its exposure: the person; out of the index when not ACTIVE, or
//   erased;
// - a task: the work; out when closed;
// - a policy: the policies;
// - a taxonomy: a new index over the new vocabulary is built on a second thread; the old one
//   serves, and is kept in step, until the new one has caught up;
// - no entries any more, because they were compacted away: everything, from a snapshot.
//
//   F1  What has changed is read from the snapshot whose sequence the view then has, and all of it
//       from that one: see V1 in match_view.h. Who is erased stays out.
//   F2  view().sequence and view().complete_sequence never go back, and a view never changes.
//   F3  A person or task that names a skill which only the new vocabulary has waits for the new
//       index, and every later commit with it: it is never put into the old one without that skill.
//
// Thread safety: all public methods may be called from any thread.
#ifndef PASSEND_SERVICE_MATCH_INDEX_FOLLOWER_H_
#define PASSEND_SERVICE_MATCH_INDEX_FOLLOWER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/call/call_context.h"
#include "service/ending_signal.h"
#include "service/match/awaited_commits.h"
#include "service/match/built_index.h"
#include "service/match/journal_changes.h"
#include "service/match/match_view.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/store.h"

namespace passend::service {

// How long a call waits at most for the index to reach a commit, however patient its caller is: it
// holds a thread. A commit takes milliseconds; only a new vocabulary takes longer.
inline constexpr absl::Duration kIndexWaitMax = absl::Seconds(30);

struct FollowerOptions {
  // Takes lines for the log: progress of building, every few seconds, and what went wrong. Called
  // from the follower's threads.
  std::function<void(std::string_view line)> log = [](std::string_view) {};
  // Of the store: which commits are news. Those that hold nothing but lines about answers, of which
  // each answer makes one, are then stepped over now and then. Null: all are news.
  const AwaitedCommits* awaited = nullptr;
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

  // The view once every commit up to `sequence` is in it, but for the vocabulary (V2).
  //   CANCELLED     the caller went away
  //   INDEX_BEHIND  the deadline of the call came before (DEADLINE_EXCEEDED), or kIndexWaitMax went
  //                 by (UNAVAILABLE)
  //   health()      where that is an error
  absl::StatusOr<MatchView> AwaitApplied(storage::Sequence sequence,
                                         const CallContext& context) const;

  // The same with the vocabulary: once view().complete_sequence is `sequence` or above.
  absl::StatusOr<MatchView> AwaitComplete(storage::Sequence sequence,
                                          const CallContext& context) const;

 private:
  absl::StatusOr<MatchView> Await(storage::Sequence sequence, storage::Sequence MatchView::*reached,
                                  const CallContext& context) const;

  absl::StatusOr<BuiltIndex> Build() const;

  // On the follower's thread.
  void Run();
  absl::Status Step();
  bool HasNews() const;
  void AwaitNews() const;
  absl::Status Follow(std::shared_ptr<const storage::Snapshot> records);
  absl::Status StartOver();
  void Show(std::shared_ptr<const storage::Snapshot> records,
            std::shared_ptr<const matcher::IndexSnapshot> index,
            std::shared_ptr<const PolicyBook> policies);
  void RenewRecords();
  void TakeIndex(BuiltIndex built);
  void BuildForImports(const std::set<storage::Sequence>& imports);
  void StartBuilder();
  // Takes over the new index once it is built, waiting for it where `wait`. It is shown when it has
  // caught up.
  absl::Status Adopt(bool wait);
  void Stop(const absl::Status& why);

  const storage::Store& store_;
  TaxonomyCatalog& catalog_;
  const FollowerOptions options_;
  EndingSignal ending_;

  mutable std::mutex mutex_;
  mutable std::condition_variable shown_;            // another view, or health
  MatchView view_;                                   // guarded by mutex_
  absl::Status health_;                              // guarded by mutex_
  std::optional<absl::StatusOr<BuiltIndex>> built_;  // guarded by mutex_

  // Of the follower's thread alone.
  BuiltIndex indexed_;                     // without its records: the index moves on
  storage::Sequence built_sequence_ = 0;   // of indexed_'s vocabulary
  std::set<storage::Sequence> imports_;    // that indexed_'s vocabulary lacks
  storage::Sequence applied_ = 0;          // of the view
  absl::Time records_taken_;               // when the view's records were, by the steady clock
  JournalChanges since_build_;             // what the new index may lack
  std::optional<JournalChanges> missing_;  // what indexed_ may lack; while set, it is not shown
  std::thread builder_;

  std::thread thread_;
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_MATCH_INDEX_FOLLOWER_H_
