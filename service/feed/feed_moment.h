// The store as of one commit, for all feeds that look at the same time: a hundred readers who are
// woken by one change read the person once.
#ifndef PASSEND_SERVICE_FEED_FEED_MOMENT_H_
#define PASSEND_SERVICE_FEED_FEED_MOMENT_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "passend/v1/passport.pb.h"
#include "service/consent/consent_book.h"
#include "service/feed/people_commits.h"
#include "service/policy/current_policy.h"
#include "service/records/validation_book.h"
#include "service/sync/partner_records.h"
#include "storage/store.h"

namespace passend::service {

// Everything that a feed may tell of a person. Immutable.
struct PersonAt {
  std::optional<v1::Passport> passport;  // with its skills, without their validations
  ConsentBook consents;
  ValidationBook validations;
  PartnerBook partners;
  storage::Version passport_version = 0;
  storage::Version erased = 0;  // the commit that erased the person; 0: nobody was
};

// Thread safety: all methods may be called from any thread.
class FeedMoment {
 public:
  // `policy` and `now` say what the skills are today; `store` and `policy` must outlive it.
  // `commits`: what all moments of the store know of its journal; null: this one finds out.
  static absl::StatusOr<std::shared_ptr<FeedMoment>> Take(
      const storage::Store& store, const CurrentPolicy& policy, absl::Time now,
      std::shared_ptr<PeopleCommits> commits = nullptr);

  storage::Sequence sequence() const { return snapshot_->sequence(); }
  absl::Time time() const { return now_; }
  PeopleCommits& commits() const { return *commits_; }

  // The person; read once, as long as not too many were. DAMAGED_DATA; errors of the store.
  absl::StatusOr<std::shared_ptr<const PersonAt>> Person(const std::string& id);

  struct Listed {
    std::string id;
    std::shared_ptr<const PersonAt> person;
  };
  struct Page {
    std::vector<Listed> people;
    std::string last_id;  // of those that were looked at
    bool ends = false;    // nobody comes after it
  };
  // Of the people whose ids come after `after`, in their order, about `count`: those that are
  // `wanted`, which sees them without their skills and validations.
  absl::StatusOr<Page> PeopleAfter(const std::string& after, size_t count,
                                   const std::function<bool(const PersonAt&)>& wanted) const;

 private:
  FeedMoment(std::unique_ptr<storage::Snapshot> snapshot, const CurrentPolicy& policy,
             absl::Time now, std::shared_ptr<PeopleCommits> commits);
  // Takes what the record says into the person. DAMAGED_DATA.
  static absl::Status Add(const storage::Record& record, PersonAt& person);
  // Reads the books, two `keys` a person, and adds the people to the page, which ends early where
  // they are too much to have in memory at once.
  absl::StatusOr<Page> FillBooks(const std::vector<storage::Key>& keys,
                                 std::vector<std::shared_ptr<PersonAt>> people, Page page) const;
  void FillSkills(PersonAt& person) const;

  const std::unique_ptr<storage::Snapshot> snapshot_;
  const std::shared_ptr<const CurrentPolicy::Published> policy_;
  const absl::Time now_;
  const std::shared_ptr<PeopleCommits> commits_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::shared_ptr<const PersonAt>> people_ ABSL_GUARDED_BY(mutex_);
  size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

// Gives moments, the same one to many for as long as it is new enough.
//
// Thread safety: all methods may be called from any thread.
class FeedMoments {
 public:
  // All must outlive it.
  FeedMoments(const storage::Store& store, const CurrentPolicy& policy,
              std::function<absl::Time()> now)
      : store_(store),
        policy_(policy),
        now_(std::move(now)),
        commits_(std::make_shared<PeopleCommits>(store)) {}

  // One of commit `at_least` or a later one. Errors of the store.
  absl::StatusOr<std::shared_ptr<FeedMoment>> Get(storage::Sequence at_least);

  // Lets go of the last one where nobody asked for a while: what it sees stays on disk.
  void Forget();

 private:
  bool IsGivenAt(absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const storage::Store& store_;
  const CurrentPolicy& policy_;
  const std::function<absl::Time()> now_;
  const std::shared_ptr<PeopleCommits> commits_;
  absl::Mutex mutex_;
  std::shared_ptr<FeedMoment> last_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace passend::service

#endif  // PASSEND_SERVICE_FEED_FEED_MOMENT_H_
