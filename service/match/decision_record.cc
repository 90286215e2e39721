#include "service/match/decision_record.h"

#include <utility>

#include "matcher/policy.h"
#include "service/audit/looks.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

store::v1::Place PlaceOf(const matcher::Ranked& ranked, size_t place) {
  store::v1::Place kept;
  kept.set_rank(static_cast<int32_t>(place + 1));
  kept.set_outcome(static_cast<int32_t>(ranked.outcome));
  kept.set_score(ranked.score);
  return kept;
}

store::v1::Decision BasisOf(const DecidedRanking& decided) {
  store::v1::Decision decision;
  for (const std::string& region : decided.regions) decision.add_regions(region);
  decision.set_seed(decided.options.seed);
  decision.set_policy_version(decided.options.policy_version);
  for (const matcher::BasisPoints weight : decided.options.basis.weights) {
    decision.add_weights(weight);
  }
  decision.set_as_of_day(decided.options.basis.as_of);
  *decision.mutable_taxonomies() = decided.basis.taxonomies();
  decision.set_data_sequence(static_cast<uint64_t>(decided.basis.data_sequence()));
  return decision;
}

}  // namespace

store::v1::Counts CountsOf(const matcher::PoolCounts& counts) {
  store::v1::Counts kept;
  kept.set_considered(counts.considered);
  kept.set_ranked(counts.ranked);
  kept.set_to_be_asked(counts.to_be_asked);
  for (const int64_t excluded : counts.excluded) kept.add_excluded(excluded);
  return kept;
}

void RecordCandidates(const CallContext& context, const DecidedRanking& decided,
                      const v1::Task& task, bool task_is_stored,
                      const std::vector<size_t>& places) {
  if (context.looks == nullptr) return;
  store::v1::Decision decision = BasisOf(decided);
  if (task_is_stored) {
    decision.set_task(ParseTaskName(task.name()).value_or(TaskName{}).task);
  } else {
    *decision.mutable_inline_task() = task;
  }
  for (const size_t place : places) {
    const matcher::Ranked& ranked = decided.ranking.list[place];
    const auto name = ParsePassportName(ranked.name);
    if (!name) continue;
    decision.add_people(name->passport);
    decision.add_ranks(static_cast<int32_t>(place + 1));
    context.looks->Candidate(name->passport, PlaceOf(ranked, place));
  }
  *decision.mutable_counts() = CountsOf(decided.ranking.counts);
  context.looks->Decide(std::move(decision));
}

void RecordTasks(const CallContext& context, const DecidedRanking& decided,
                 const std::string& passport, size_t begin, size_t end,
                 const std::vector<matcher::Work>& nearest) {
  const auto name = ParsePassportName(passport);
  if (context.looks == nullptr || !name) return;
  store::v1::Decision decision = BasisOf(decided);
  decision.set_passport(name->passport);
  store::v1::RankedTasks tasks;
  for (size_t place = begin; place < end; ++place) {
    const matcher::Ranked& ranked = decided.ranking.list[place];
    store::v1::Place& kept = *tasks.add_places();
    kept = PlaceOf(ranked, place);
    kept.set_task(ParseTaskName(ranked.name).value_or(TaskName{}).task);
  }
  *tasks.mutable_counts() = CountsOf(decided.ranking.counts);
  for (const matcher::Work& work : nearest) {
    tasks.add_nearest(ParseTaskName(work.name).value_or(TaskName{}).task);
  }
  context.looks->Tasks(name->passport, std::move(tasks));
  context.looks->Decide(std::move(decision));
}

void RecordEmployerList(const CallContext& context, const ShownList& shown,
                        const v1::FindCandidatesResponse& page,
                        const std::vector<std::string>& passports) {
  if (context.looks == nullptr) return;
  const store::v1::EmployerList& list = shown.list;
  store::v1::Decision decision;
  if (!shown.task.empty()) {
    decision.set_task(ParseTaskName(shown.task).value_or(TaskName{}).task);
  }
  *decision.mutable_regions() = list.regions();
  decision.set_seed(shown.id);
  decision.set_policy_version(list.policy_version());
  *decision.mutable_weights() = list.weights();
  decision.mutable_weights()->Resize(matcher::kDimensions, 0);
  decision.set_as_of_day(list.as_of_day());
  *decision.mutable_taxonomies() = list.taxonomies();
  decision.set_data_sequence(static_cast<uint64_t>(list.data_sequence()));
  *decision.mutable_counts() = list.counts();
  store::v1::EmployerListPart& part = *decision.mutable_employer_list();
  part.set_id(shown.id);
  part.set_version(shown.version);
  part.set_first_rank(static_cast<int32_t>(shown.begin + 1));
  part.set_last_rank(static_cast<int32_t>(shown.end));
  for (int i = 0; i < page.candidates_size(); ++i) {
    const auto name = ParsePassportName(passports[static_cast<size_t>(i)]);
    if (!name) continue;
    store::v1::Place place;
    place.set_rank(page.candidates(i).rank());
    decision.add_people(name->passport);
    decision.add_ranks(place.rank());
    context.looks->Candidate(name->passport, std::move(place));
  }
  context.looks->Decide(std::move(decision));
}

}  // namespace passend::service
