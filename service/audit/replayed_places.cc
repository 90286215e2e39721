#include "service/audit/replayed_places.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "service/match/match_page.h"
#include "service/names/resource_names.h"

namespace passend::service {
namespace {

std::string IdOf(const std::string& name) { return name.substr(name.find('/') + 1); }

// Where in the list of now the first place is that was shown. Who was erased on an earlier page is
// in it no more: then whoever was shown first and is still there tells it.
size_t StartOf(const StoredDecision& stored, const Again& again, size_t erased) {
  if (stored.looks.empty()) return 0;
  const auto shown = static_cast<size_t>(stored.decision.ranks(0) - 1);
  if (erased == 0) return shown;
  const auto there = std::find_if(stored.looks.begin(), stored.looks.end(),
                                  [](const auto& look) { return look.has_value(); });
  if (there == stored.looks.end()) return shown;
  const std::string name = MakeName(
      PassportName{stored.decision.people(static_cast<int>(there - stored.looks.begin()))});
  const auto& list = again.ranking.list;
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const matcher::Ranked& one) { return one.name == name; });
  const auto start = static_cast<size_t>(found - list.begin());
  return found != list.end() && start <= shown && shown - start <= erased ? start : shown;
}

}  // namespace

std::vector<v1::DecidedPlace> CandidatesAgain(const StoredDecision& stored, const Again& again,
                                              size_t erased) {
  std::vector<v1::DecidedPlace> places;
  size_t next = StartOf(stored, again, erased);
  for (size_t i = 0; i < stored.looks.size(); ++i) {
    const int32_t rank = stored.decision.ranks(static_cast<int>(i));
    if (!stored.looks[i]) {
      places.push_back(ErasedPlace(rank));
    } else if (next < again.ranking.list.size()) {
      const matcher::Ranked& ranked = again.ranking.list[next++];
      store::v1::Place place;
      place.set_rank(rank);
      place.set_outcome(static_cast<int32_t>(ranked.outcome));
      place.set_score(ranked.score);
      places.push_back(ToProto(place, IdOf(ranked.name)));
    }
  }
  return places;
}

std::vector<v1::DecidedPlace> TasksAgain(const StoredDecision& stored, const Again& again) {
  std::vector<v1::DecidedPlace> places;
  for (const store::v1::Place& shown : stored.of_person->tasks().places()) {
    const auto at = static_cast<size_t>(shown.rank() - 1);
    if (at >= again.ranking.list.size()) continue;
    const matcher::Ranked& ranked = again.ranking.list[at];
    store::v1::Place place;
    place.set_rank(shown.rank());
    place.set_outcome(static_cast<int32_t>(ranked.outcome));
    place.set_score(ranked.score);
    place.set_task(IdOf(ranked.name));
    places.push_back(ToProto(place, ""));
  }
  for (const std::string& task : again.nearest) {
    places.emplace_back().set_task(MakeName(TaskName{task}));
  }
  return places;
}

void Compare(size_t erased, bool places_erased, v1::ReplayResponse& response) {
  using google::protobuf::util::MessageDifferencer;
  const v1::Decision& recorded = response.decision();
  if (recorded.places_size() != response.places_size()) {
    response.add_differences(absl::StrCat("places: ", recorded.places_size(), " were shown, ",
                                          response.places_size(), " come out now"));
  }
  int other = 0;
  for (int i = 0; i < std::min(recorded.places_size(), response.places_size()); ++i) {
    if (!MessageDifferencer::Equals(recorded.places(i), response.places(i))) ++other;
  }
  if (other > 0) response.add_differences(absl::StrCat("places: ", other, " are others"));
  const bool same_counts = MessageDifferencer::Equals(recorded.summary(), response.summary());
  const int64_t fewer = recorded.summary().considered() - response.summary().considered();
  // Nobody can say any more how those were counted who were erased.
  const bool explained = erased > 0 && fewer > 0 && fewer <= static_cast<int64_t>(erased);
  if (!same_counts && !explained) response.add_differences("counts: they are others");
  response.set_outcome(response.differences_size() > 0 ? v1::REPLAY_OUTCOME_DIFFERENT
                       : places_erased || !same_counts ? v1::REPLAY_OUTCOME_IDENTICAL_BUT_ERASED
                                                       : v1::REPLAY_OUTCOME_IDENTICAL);
}

}  // namespace passend::service
