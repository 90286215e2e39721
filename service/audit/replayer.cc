#include "service/audit/replayer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/rank_options.h"
#include "service/audit/audit_keys.h"
#include "service/audit/decision_words.h"
#include "service/audit/employer_replay.h"
#include "service/audit/replayed_places.h"
#include "service/errors/call_errors.h"
#include "service/errors/resource_errors.h"
#include "service/match/match_page.h"
#include "service/match/match_parts.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

constexpr absl::Duration kIdle = absl::Minutes(5);

// What a decision was ranked with, resolved again.
struct Inputs {
  matcher::ScoringBasis basis;
  matcher::RankOptions options;
};

absl::StatusOr<std::optional<matcher::Policy>> PolicyOf(const storage::Snapshot& records,
                                                        uint32_t version) {
  auto book = ReadPolicies(records);
  if (!book.ok()) return book.status();
  const auto found = book->find(version);
  if (found == book->end()) return std::nullopt;
  return found->second;
}

Inputs InputsOf(const store::v1::Decision& decision, const matcher::Policy& policy,
                const matcher::Taxonomy& taxonomy, const CallContext& context) {
  Inputs inputs{{&taxonomy, policy, {}, decision.as_of_day()}, {}};
  std::copy_n(decision.weights().begin(), matcher::kDimensions, inputs.basis.weights.begin());
  inputs.options.regions = {decision.regions().begin(), decision.regions().end()};
  inputs.options.seed = decision.seed();
  inputs.options.cancelled = [&context] { return context.pointless(); };
  return inputs;
}

int32_t LastRank(const StoredDecision& stored) {
  const auto& ranks = stored.decision.ranks();
  return ranks.empty() ? 0 : *std::max_element(ranks.begin(), ranks.end());
}

// How many were erased after the commit, whom its lists may have been made with.
absl::StatusOr<size_t> ErasedSince(const storage::Snapshot& now, storage::Sequence sequence) {
  size_t erased = 0;
  const absl::Status scanned = now.ScanViews({storage::RecordKind::kErasure, "", ""},
                                             [&](const storage::RecordView& tombstone) {
                                               erased += tombstone.version > sequence ? 1 : 0;
                                               return true;
                                             });
  if (!scanned.ok()) return scanned;
  return erased;
}

absl::StatusOr<Again> RankCandidates(const StoredDecision& stored, const v1::Task& task,
                                     const PastWorld& world, Inputs inputs) {
  inputs.options.limit = static_cast<size_t>(LastRank(stored));
  auto ranking =
      world.index().RankPeople(inputs.basis, WorkOf(task, world.taxonomy()), inputs.options);
  if (!ranking.ok()) return ranking.status();
  return Again{*std::move(ranking), {}};
}

absl::StatusOr<Again> RankTasks(const matcher::Person& person, const PastWorld& world,
                                Inputs inputs) {
  inputs.options.limit = kListedMax;
  auto ranking = world.index().RankWorks(inputs.basis, person, inputs.options);
  if (!ranking.ok()) return ranking.status();
  Again again{*std::move(ranking), {}};
  if (again.ranking.counts.ranked >= kFittingTasksEnough) return again;
  inputs.options.limit = kNearestTasks;
  auto nearest = world.index().GetSnapshot().NearestWorks(inputs.basis, person, inputs.options);
  if (!nearest.ok()) return nearest.status();
  for (const matcher::Work& work : *nearest)
    again.nearest.push_back(ParseTaskName(work.name).value_or(TaskName{}).task);
  return again;
}

// One replay, from what is recorded to the answer.
class Run {
 public:
  Run(const CallContext& context, std::shared_ptr<const storage::Snapshot> now,
      StoredDecision stored, const CandidateReferences& references, PastWorld& world)
      : context_(context),
        now_(std::move(now)),
        stored_(std::move(stored)),
        references_(references),
        world_(world) {}

  absl::StatusOr<v1::ReplayResponse> Answer() {
    *response_.mutable_decision() = ToProto(stored_);
    absl::Status ended = FindGone();
    if (ended.ok() && response_.gone().empty()) ended = Rank();
    if (!ended.ok()) return WhyEnded(ended, context_);
    if (response_.outcome() == v1::REPLAY_OUTCOME_UNSPECIFIED) {
      response_.set_outcome(v1::REPLAY_OUTCOME_INPUT_GONE);
    }
    return std::move(response_);
  }

 private:
  const store::v1::Decision& decision() const { return stored_.decision; }

  absl::Status FindGone() {
    if (!decision().passport().empty() && !stored_.of_person) {
      response_.add_gone(absl::StrCat(MakeName(PassportName{decision().passport()}),
                                      " was erased, and what was recorded with it"));
      return absl::OkStatus();
    }
    auto gone = PastWorld::Gone(*now_, decision().data_sequence(),
                                {decision().taxonomies().begin(), decision().taxonomies().end()});
    if (!gone.ok()) return gone.status();
    for (std::string& one : *gone) response_.add_gone(std::move(one));
    return absl::OkStatus();
  }

  absl::Status Rank() {
    absl::Status there =
        world_.GoTo(now_, decision().data_sequence(),
                    {decision().taxonomies().begin(), decision().taxonomies().end()}, context_);
    if (!there.ok()) return there;
    const auto policy = PolicyOf(world_.records(), decision().policy_version());
    if (!policy.ok()) return policy.status();
    if (!*policy) {
      response_.add_gone(MakeName(PolicyName{decision().policy_version()}));
      return absl::OkStatus();
    }
    const Inputs inputs = InputsOf(decision(), **policy, world_.taxonomy(), context_);
    if (decision().has_employer_list()) return RankForEmployer(inputs);
    return decision().passport().empty() ? RankForTask(inputs) : RankForPerson(inputs);
  }

  absl::Status RankForTask(const Inputs& inputs) {
    v1::Task task = decision().inline_task();
    if (!decision().task().empty()) {
      auto stored = ReadTask(world_.records(), decision().task());
      if (!stored.ok()) return stored.status();
      if (!*stored) {
        response_.add_gone(MakeName(TaskName{decision().task()}));
        return absl::OkStatus();
      }
      task = **std::move(stored);
    }
    auto again = RankCandidates(stored_, task, world_, inputs);
    if (!again.ok()) return again.status();
    const auto erased = ErasedSince(*now_, decision().data_sequence());
    if (!erased.ok()) return erased.status();
    CompareCandidates(CandidatesAgain(stored_, *again, *erased), again->ranking.counts, *erased);
    return absl::OkStatus();
  }

  absl::Status RankForEmployer(const Inputs& inputs) {
    const auto made = ListAsMade(now_, decision().employer_list());
    if (!made.ok()) return made.status();
    if (!*made) {
      response_.add_differences("list: it was replaced or taken away, and not by the server");
      response_.set_outcome(v1::REPLAY_OUTCOME_DIFFERENT);
      return absl::OkStatus();
    }
    auto again =
        MakeAgain(stored_, **made, *now_, world_, references_, inputs.basis, inputs.options);
    if (!again.ok()) return again.status();
    const auto erased = ErasedSince(*now_, decision().data_sequence());
    if (!erased.ok()) return erased.status();
    for (std::string& difference : again->differences) {
      response_.add_differences(std::move(difference));
    }
    CompareCandidates(std::move(again->places), again->counts, *erased);
    return absl::OkStatus();
  }

  void CompareCandidates(std::vector<v1::DecidedPlace> places, const matcher::PoolCounts& counts,
                         size_t erased) {
    for (v1::DecidedPlace& place : places) *response_.add_places() = std::move(place);
    *response_.mutable_summary() = ToProto(counts);
    for (int place = 0; place < decision().people_size(); ++place) {
      if (stored_.looks[static_cast<size_t>(place)]) continue;
      response_.add_gone(
          absl::StrCat(MakeName(PassportName{decision().people(place)}), " was erased"));
    }
    Compare(erased, stored_.anybody_erased(), response_);
  }

  absl::Status RankForPerson(const Inputs& inputs) {
    auto person = ReadPerson(world_.records(), decision().passport(), world_.taxonomy());
    if (!person.ok()) return person.status();
    if (!*person) {
      response_.add_gone(MakeName(PassportName{decision().passport()}));
      return absl::OkStatus();
    }
    auto again = RankTasks((*person)->person, world_, inputs);
    if (!again.ok()) return again.status();
    // The nearest were on the first page alone.
    const auto& shown = stored_.of_person->tasks().places();
    if (!shown.empty() && shown[0].rank() > 1) again->nearest.clear();
    for (v1::DecidedPlace& place : TasksAgain(stored_, *again)) {
      *response_.add_places() = std::move(place);
    }
    *response_.mutable_summary() = ToProto(again->ranking.counts);
    Compare(0, false, response_);
    return absl::OkStatus();
  }

  const CallContext& context_;
  const std::shared_ptr<const storage::Snapshot> now_;
  const StoredDecision stored_;
  const CandidateReferences& references_;
  PastWorld& world_;
  v1::ReplayResponse response_;
};

}  // namespace

absl::StatusOr<v1::ReplayResponse> Replayer::Replay(const CallContext& context,
                                                    const std::string& name) {
  const auto answer_id = ParseDecisionName(name);
  if (!answer_id) return DecisionNotFound(name);
  absl::MutexLock lock(&mutex_);
  used_ = context.now();
  auto taken = store_.GetSnapshot();
  if (!taken.ok()) return taken.status();
  std::shared_ptr<const storage::Snapshot> now = *std::move(taken);
  auto stored = ReadDecision(*now, *answer_id);
  if (!stored.ok()) return stored.status();
  if (!*stored) return DecisionNotFound(name);
  auto response = Run(context, std::move(now), **std::move(stored), references_, world_).Answer();
  world_.LetGo();
  return response;
}

void Replayer::DropIdle(absl::Time now) {
  absl::MutexLock lock(&mutex_);
  if (now - used_ > kIdle) world_.Clear();
}

}  // namespace passend::service
