#include "service/audit/employer_replay.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "service/audit/as_of_snapshot.h"
#include "service/errors/call_errors.h"
#include "service/match/decision_record.h"
#include "service/match/employer_ranking.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

using google::protobuf::util::MessageDifferencer;

// By place in the list, whether the person was erased since.
absl::StatusOr<std::vector<bool>> ErasedIn(const store::v1::EmployerList& made,
                                           const storage::Snapshot& now) {
  std::vector<storage::Key> keys;
  for (const std::string& passport : made.passports()) {
    keys.push_back(ErasureKeyOf(PassportName{passport}));
  }
  std::vector<bool> erased;
  if (keys.empty()) return erased;
  const auto tombstones = now.Read(keys);
  if (!tombstones.ok()) return tombstones.status();
  for (const auto& tombstone : *tombstones) erased.push_back(tombstone.has_value());
  return erased;
}

// The list as it is made now, by the places that it was made with: nothing where somebody was
// erased.
std::vector<std::string> Spread(std::vector<std::string> order, const std::vector<bool>& erased) {
  std::vector<std::string> places;
  size_t next = 0;
  for (const bool is_erased : erased) {
    if (!is_erased && next == order.size()) break;
    places.push_back(is_erased ? "" : std::move(order[next++]));
  }
  for (; next < order.size(); ++next) places.push_back(std::move(order[next]));
  return places;
}

// Who is there to be ranked of `passports/{passport}` on the pages of the decision.
std::vector<v1::DecidedPlace> PlacesOf(const StoredDecision& stored,
                                       const std::vector<std::string>& again) {
  const store::v1::EmployerListPart& part = stored.decision.employer_list();
  std::vector<v1::DecidedPlace> places;
  int shown = 0;
  for (int32_t rank = part.first_rank(); rank <= part.last_rank(); ++rank) {
    const bool is_shown =
        shown < stored.decision.ranks_size() && stored.decision.ranks(shown) == rank;
    const auto at = static_cast<size_t>(rank - 1);
    if (!is_shown) {
      places.push_back(LeftOutPlace(rank));
      continue;
    }
    ++shown;
    if (at >= again.size()) continue;
    store::v1::Place place;
    place.set_rank(rank);
    places.push_back(again[at].empty() ? ErasedPlace(rank) : ToProto(place, again[at]));
  }
  return places;
}

bool MadeWithTheSame(const store::v1::Decision& decision, const store::v1::EmployerList& made) {
  const auto same = [](const auto& a, const auto& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  };
  return decision.data_sequence() == static_cast<uint64_t>(made.data_sequence()) &&
         decision.policy_version() == made.policy_version() &&
         same(decision.weights(), made.weights()) && decision.as_of_day() == made.as_of_day() &&
         same(decision.taxonomies(), made.taxonomies()) &&
         same(decision.regions(), made.regions()) &&
         MessageDifferencer::Equals(decision.counts(), made.counts());
}

}  // namespace

absl::StatusOr<std::optional<store::v1::EmployerList>> ListAsMade(
    std::shared_ptr<const storage::Snapshot> now, const store::v1::EmployerListPart& part) {
  const AsOfSnapshot then(std::move(now), part.version());
  const auto record = then.Read({{storage::RecordKind::kEmployerList, part.id()}});
  if (!record.ok()) return record.status();
  if (!record->front() || record->front()->version != part.version()) return std::nullopt;
  store::v1::EmployerList list;
  if (!list.ParseFromString(record->front()->value)) return DamagedData("a stored list");
  return list;
}

absl::StatusOr<EmployerListAgain> MakeAgain(const StoredDecision& stored,
                                            const store::v1::EmployerList& made,
                                            const storage::Snapshot& now, const PastWorld& world,
                                            const CandidateReferences& references,
                                            matcher::ScoringBasis basis,
                                            matcher::RankOptions options) {
  const auto erased = ErasedIn(made, now);
  if (!erased.ok()) return erased.status();
  // Whoever is still there was among the first of everybody, and is so without who was erased.
  options.limit = static_cast<size_t>(std::count(erased->begin(), erased->end(), false));
  basis = NeedsAside(std::move(basis));
  const matcher::ReferenceScorer scorer(basis,
                                        NeedsAsideFor(made, WorkOf(made.task(), world.taxonomy())));
  auto ranked = world.index().GetSnapshot().RankAndCopyPeople(basis, scorer.work(), options);
  if (!ranked.ok()) return ranked.status();
  const std::vector<std::string> again = Spread(
      EmployerOrder(references, stored.decision.employer_list().id(), scorer, ranked->people),
      *erased);
  EmployerListAgain result{PlacesOf(stored, again), ranked->ranking.counts, {}};
  size_t other =
      again.size() > erased->size() ? again.size() - erased->size() : erased->size() - again.size();
  for (size_t place = 0; place < std::min(again.size(), erased->size()); ++place) {
    const bool is_same =
        (*erased)[place] || again[place] == made.passports(static_cast<int>(place));
    other += is_same ? 0 : 1;
  }
  if (other > 0) {
    result.differences.push_back(
        absl::StrCat("list: ", other, " places of the list as it was made are others"));
  }
  if (!MadeWithTheSame(stored.decision, made)) {
    result.differences.emplace_back("list: it says that it was made with something else");
  }
  return result;
}

}  // namespace passend::service
