#include "service/audit/decision_words.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "matcher/policy.h"
#include "service/audit/audit_keys.h"
#include "service/errors/call_errors.h"
#include "service/match/match_parts.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/policy_projection.h"
#include "service/records/stored_message.h"
#include "service/text.h"

namespace passend::service {
namespace {

google::protobuf::Timestamp TimeOf(int64_t micros) {
  return ToTimestamp(absl::FromUnixMicros(micros));
}

absl::StatusOr<std::optional<store::v1::Look>> LookOf(
    const std::optional<storage::Record>& record) {
  if (!record) return std::nullopt;
  store::v1::Look look;
  if (!look.ParseFromString(record->value)) return DamagedData("a stored look");
  return look;
}

// Nothing but time, method and passport is left where the person was erased.
bool HasBasis(const store::v1::Decision& decision) { return !decision.weights().empty(); }

// Whether everybody has a place, and those of an employer's list are in their order, and within a
// list.
bool IsSound(const StoredDecision& stored) {
  const store::v1::Decision& decision = stored.decision;
  if (decision.people_size() != decision.ranks_size() ||
      static_cast<size_t>(decision.people_size()) != stored.looks.size()) {
    return false;
  }
  if (!decision.has_employer_list()) return true;
  const store::v1::EmployerListPart& part = decision.employer_list();
  if (part.first_rank() < 1) return false;
  int32_t before = part.first_rank() - 1;
  for (const int32_t rank : decision.ranks()) {
    if (rank <= before) return false;
    before = rank;
  }
  return before <= std::max(part.last_rank(), part.first_rank() - 1) &&
         part.last_rank() <= static_cast<int32_t>(kListedMax);
}

}  // namespace

bool StoredDecision::anybody_erased() const {
  if (!decision.passport().empty()) return !of_person.has_value();
  return std::any_of(looks.begin(), looks.end(), [](const auto& look) { return !look; });
}

void StoredDecision::AddPerson(std::optional<store::v1::Look> look) {
  of_person = std::move(look);
  if (!of_person) return;
  decision.MergeFrom(of_person->decision());
  decision.set_role(of_person->role());
  decision.set_tenant(of_person->tenant());
  decision.set_subject(of_person->subject());
  decision.set_trace(of_person->trace());
}

absl::Status AddPeople(const storage::Store& store, std::vector<StoredDecision>& decisions) {
  std::vector<StoredDecision*> of_people;
  std::vector<storage::Key> keys;
  for (StoredDecision& stored : decisions) {
    if (stored.decision.passport().empty()) continue;
    of_people.push_back(&stored);
    keys.push_back(LookKey(stored.decision.passport(), stored.answer_id));
  }
  if (keys.empty()) return absl::OkStatus();
  const auto records = store.Read(keys);
  if (!records.ok()) return records.status();
  for (size_t place = 0; place < of_people.size(); ++place) {
    auto look = LookOf((*records)[place]);
    if (!look.ok()) return look.status();
    of_people[place]->AddPerson(*std::move(look));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<StoredDecision>> ReadDecision(const storage::Snapshot& snapshot,
                                                           const std::string& answer_id) {
  const auto record = snapshot.Read({DecisionKey(answer_id)});
  if (!record.ok()) return record.status();
  if (!record->front()) return std::nullopt;
  StoredDecision stored;
  stored.answer_id = answer_id;
  if (!stored.decision.ParseFromString(record->front()->value)) {
    return DamagedData("a stored decision");
  }
  std::vector<storage::Key> keys;
  for (const std::string& person : stored.decision.people()) {
    keys.push_back(LookKey(person, answer_id));
  }
  if (!stored.decision.passport().empty()) {
    keys.push_back(LookKey(stored.decision.passport(), answer_id));
  }
  const auto records = snapshot.Read(keys);
  if (!records.ok()) return records.status();
  for (const auto& one : *records) {
    auto look = LookOf(one);
    if (!look.ok()) return look.status();
    stored.looks.push_back(*std::move(look));
  }
  const bool is_of_person = !stored.decision.passport().empty();
  if (is_of_person) {
    stored.AddPerson(std::move(stored.looks.back()));
    stored.looks.pop_back();
  }
  // Only now, because a person's look adds to the decision.
  const bool is_erased = is_of_person && !stored.of_person;
  if (!IsSound(stored) || (!is_erased && stored.decision.weights_size() != matcher::kDimensions)) {
    return DamagedData("a stored decision");
  }
  return stored;
}

v1::AccessLogEntry EntryOf(std::string_view passport_id, std::string_view answer_id,
                           const store::v1::Look& look) {
  v1::AccessLogEntry entry;
  entry.set_name(absl::StrCat("passports/", ToAbsl(passport_id), "/looks/", ToAbsl(answer_id)));
  *entry.mutable_look_time() = TimeOf(look.time_micros());
  entry.set_role(look.role());
  entry.set_tenant(look.tenant());
  entry.set_subject(look.subject());
  entry.set_method(look.method());
  entry.set_purpose(look.purpose());
  *entry.mutable_groups() = look.groups();
  entry.set_trace(absl::BytesToHexString(look.trace()));
  if (look.has_place() || look.has_tasks()) entry.set_decision(DecisionNameOf(answer_id));
  return entry;
}

v1::Decision OutlineOf(const StoredDecision& stored) {
  const store::v1::Decision& decision = stored.decision;
  v1::Decision outline;
  outline.set_name(DecisionNameOf(stored.answer_id));
  *outline.mutable_decide_time() = TimeOf(decision.time_micros());
  outline.set_role(decision.role());
  outline.set_tenant(decision.tenant());
  outline.set_subject(decision.subject());
  outline.set_method(decision.method());
  outline.set_trace(absl::BytesToHexString(decision.trace()));
  if (!decision.task().empty()) outline.set_task(MakeName(TaskName{decision.task()}));
  if (!decision.passport().empty()) {
    outline.set_passport(MakeName(PassportName{decision.passport()}));
  }
  if (!HasBasis(decision)) return outline;
  v1::MatchBasis& basis = *outline.mutable_basis();
  basis.set_policy(MakeName(PolicyName{decision.policy_version()}));
  *basis.mutable_taxonomies() = decision.taxonomies();
  basis.set_data_sequence(static_cast<int64_t>(decision.data_sequence()));
  *basis.mutable_as_of_time() = StartOf(decision.as_of_day());
  matcher::Weights weights{};
  std::copy_n(decision.weights().begin(),
              std::min<int>(decision.weights_size(), matcher::kDimensions), weights.begin());
  *basis.mutable_weights() = ToProto(weights);
  outline.set_seed(decision.seed());
  *outline.mutable_regions() = decision.regions();
  return outline;
}

v1::Decision ToProto(const StoredDecision& stored) {
  v1::Decision decision = OutlineOf(stored);
  const store::v1::EmployerListPart& part = stored.decision.employer_list();
  int32_t next = part.first_rank();
  const auto leave_out_before = [&](int32_t rank) {
    if (!stored.decision.has_employer_list()) return;
    for (; next < rank; ++next) *decision.add_places() = LeftOutPlace(next);
    next = rank + 1;
  };
  for (int place = 0; place < stored.decision.people_size(); ++place) {
    leave_out_before(stored.decision.ranks(place));
    const auto& look = stored.looks[static_cast<size_t>(place)];
    *decision.add_places() = look ? ToProto(look->place(), stored.decision.people(place))
                                  : ErasedPlace(stored.decision.ranks(place));
  }
  leave_out_before(part.last_rank() + 1);
  if (stored.decision.has_counts()) *decision.mutable_summary() = ToProto(stored.decision.counts());
  if (stored.of_person) {
    const store::v1::RankedTasks& tasks = stored.of_person->tasks();
    for (const store::v1::Place& place : tasks.places())
      *decision.add_places() = ToProto(place, "");
    for (const std::string& task : tasks.nearest()) {
      decision.add_places()->set_task(MakeName(TaskName{task}));
    }
    *decision.mutable_summary() = ToProto(tasks.counts());
  }
  return decision;
}

v1::DecidedPlace ToProto(const store::v1::Place& place, std::string_view passport_id) {
  v1::DecidedPlace told;
  told.set_rank(place.rank());
  if (!passport_id.empty()) told.set_passport(MakeName(PassportName{std::string(passport_id)}));
  if (!place.task().empty()) told.set_task(MakeName(TaskName{place.task()}));
  told.set_to_be_asked(place.outcome() != 0);
  told.set_score_basis_points(place.score());
  return told;
}

v1::DecidedPlace ErasedPlace(int32_t rank) {
  v1::DecidedPlace told;
  told.set_rank(rank);
  told.set_erased(true);
  return told;
}

v1::DecidedPlace LeftOutPlace(int32_t rank) {
  v1::DecidedPlace told;
  told.set_rank(rank);
  told.set_left_out(true);
  return told;
}

v1::PoolSummary ToProto(const store::v1::Counts& counts) {
  v1::PoolSummary summary;
  summary.set_considered(counts.considered());
  summary.set_ranked(counts.ranked());
  summary.set_to_be_asked(counts.to_be_asked());
  for (int cause = 0; cause < counts.excluded_size(); ++cause) {
    if (counts.excluded(cause) == 0) continue;
    v1::ExclusionCount& exclusion = *summary.add_exclusions();
    exclusion.set_cause(static_cast<v1::GateCause>(cause));
    exclusion.set_count(counts.excluded(cause));
  }
  return summary;
}

}  // namespace passend::service
