// A store with a small vocabulary, the index that follows it, and short ways to write into it as
// the service does.
#ifndef PASSEND_TESTS_SERVICE_MATCH_MATCH_WORLD_H_
#define PASSEND_TESTS_SERVICE_MATCH_MATCH_WORLD_H_

#include <atomic>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "passend/v1/error_reason.pb.h"
#include "passend/v1/passport.pb.h"
#include "passend/v1/task.pb.h"
#include "service/call/call_context.h"
#include "service/match/candidate_finder.h"
#include "service/match/employer_lists.h"
#include "service/match/match_explainer.h"
#include "service/match/match_parts.h"
#include "service/match/task_finder.h"
#include "tests/service/taxonomy/taxonomy_world.h"

namespace passend::service {

// `passports/{id}` that wants green work of a basic job near the task of AGardenTask.
v1::Passport AGardener(const std::string& id);
// `tasks/{id}` for somebody who weeds.
v1::Task AGardenTask(const std::string& id);

// Who, or what, has the name in the view; nullopt where nobody has.
std::optional<matcher::Person> PersonIn(const MatchView& view, const std::string& name);
std::optional<matcher::Work> WorkIn(const MatchView& view, const std::string& name);

class MatchWorld {
 public:
  // Over `store`, which is empty; over one in memory where there is none.
  explicit MatchWorld(std::unique_ptr<storage::Store> store = nullptr);
  ~MatchWorld();

  // All waits for the follower to see what was written are the handlers' own.
  void Put(const v1::Passport& passport);
  void Put(const v1::Task& task);
  // Records that `passport_id` has the skill at the level, observed 30 days before now().
  void Record(const std::string& passport_id, const std::string& skill_id, int level);
  void Revoke(const std::string& passport_id, const std::string& validation_id);
  // The passport, its validations and its exposure go, as in ErasePassport.
  void Erase(const std::string& passport_id);
  void PublishPolicy(uint32_t version, const matcher::Policy& policy);
  // What an answer that shows the passport leaves behind.
  void Look(const std::string& passport_id);

  storage::Store& store() { return store_; }
  TaxonomyWorld& taxonomies() { return taxonomies_; }
  IndexFollower& follower() { return *follower_; }
  // Writes only when flushed.
  ExposureRecorder& exposures() { return *exposures_; }
  CandidateFinder& candidates() { return *candidates_; }
  EmployerLists& employers() { return *employers_; }
  TaskFinder& tasks() { return *tasks_; }
  MatchParts parts();
  absl::Time now() const { return now_; }
  void Advance(absl::Duration by) { now_ += by; }

  // A call of the operator without end, and one of an employer with a token.
  CallContext Call() const;
  CallContext CallOf(const std::string& employer_id) const;
  // Names of the candidates for a stored task, in order.
  std::vector<std::string> CandidatesFor(const std::string& task_id);
  // The view once it has everything that was committed.
  MatchView Current() const;

 private:
  void Commit(std::vector<storage::Mutation> mutations, std::vector<storage::Event> events);

  absl::Time now_ = absl::FromUnixSeconds(1'795'255'200);  // 2026-11-21, 10:00 UTC
  std::unique_ptr<storage::Store> own_store_;
  AwaitedCommits store_;
  TaxonomyWorld taxonomies_;
  std::atomic<int> random_ = 0;
  int validations_ = 0;
  int looks_ = 0;
  std::unique_ptr<IndexFollower> follower_;
  PageTokens page_tokens_;
  CandidateReferences references_;
  std::unique_ptr<ExposureRecorder> exposures_;
  std::unique_ptr<EmployerLists> employers_;
  std::unique_ptr<CandidateFinder> candidates_;
  std::unique_ptr<TaskFinder> tasks_;
};

}  // namespace passend::service

#endif  // PASSEND_TESTS_SERVICE_MATCH_MATCH_WORLD_H_
