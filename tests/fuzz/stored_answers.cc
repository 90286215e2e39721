#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "service/audit/audit_keys.h"
#include "service/audit/decision_words.h"
#include "service/match/employer_book.h"
#include "service/match/match_parts.h"
#include "service/records/stored_message.h"
#include "tests/fuzz/filled_store.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/stored_records.h"

namespace passend::fuzz {
namespace {

constexpr char kAnswer[] = "0123456789abcdef0123456789abcdef";
constexpr char kEmployer[] = "employers/shop";

// Everybody in it, and whom it is about.
std::set<std::string> PeopleIn(std::string_view decision) {
  store::v1::Decision parsed;
  if (!parsed.ParseFromArray(decision.data(), static_cast<int>(decision.size()))) return {};
  std::set<std::string> people(parsed.people().begin(), parsed.people().end());
  people.insert(parsed.passport());
  people.erase("");
  return people;
}

}  // namespace

// All people in it have the same look, but for one who was erased.
void Decisions(std::string_view bytes) {
  const auto [decision, look] = InTwo(bytes);
  std::vector<storage::Mutation> records = {{service::DecisionKey(kAnswer), std::string(decision)}};
  for (const std::string& person : PeopleIn(decision)) {
    if (person == "erased") continue;
    records.push_back({service::LookKey(person, kAnswer), std::string(look)});
  }
  const auto store = StoreWith(std::move(records));
  if (store == nullptr) return;
  const auto snapshot = store->GetSnapshot();
  const auto stored = service::ReadDecision(**snapshot, kAnswer);
  PromiseSame(stored.status(), service::DecisionKey(kAnswer), decision);
  if (!stored.ok()) return;
  Promise(stored->has_value(), "a decision that is there is found");
  const store::v1::Decision& read = (*stored)->decision;
  Promise((*stored)->looks.size() == static_cast<size_t>(read.people_size()),
          "everybody in it was looked for");
  Promise(static_cast<size_t>(std::max(0, read.employer_list().last_rank())) <= service::kListedMax,
          "a list ends where lists end");
  v1::Decision told = service::ToProto(**stored);
  Promise(told.places_size() >= read.people_size(), "everybody has a place");
  told.clear_places();
  told.clear_summary();
  Promise(told.SerializeAsString() == service::OutlineOf(**stored).SerializeAsString(),
          "an outline is the decision without places and counts");
  for (const auto& one : (*stored)->looks) {
    if (one) static_cast<void>(service::EntryOf("somebody", kAnswer, *one));
  }
}

void EmployerLists(std::string_view bytes) {
  const auto [budget, list] = InTwo(bytes);
  static const auto& references = *new service::CandidateReferences(std::string(32, 's'));
  const storage::Key budget_key{storage::RecordKind::kEmployerBudget,
                                references.Make(kEmployer, "budget", "")};
  std::vector<storage::Mutation> records = {{budget_key, std::string(budget)}};
  const std::string id(32, 'a');
  const storage::Key list_key{storage::RecordKind::kEmployerList, id};
  records.push_back({list_key, std::string(list)});
  const auto store = StoreWith(std::move(records));
  service::EmployerBook book(*store, references, {});
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  const auto found = book.Find(kEmployer, id, now);
  PromiseSame(found.status(), list_key, list);
  const auto all = book.OfEmployer(kEmployer, now);
  PromiseSame(all.status(), budget_key, budget);
  if (!all.ok()) return;
  for (const service::FrozenList& one : *all) {
    Promise(one.list.employer() == kEmployer, "an employer has its own lists");
    Promise(service::ToTime(one.list.renew_time()) > now, "that are in force");
  }
  const service::EmployerQuestion question{std::string(32, 'k'), std::string(32, 'l'), {}};
  const auto opened = book.Open(kEmployer, question, now,
                                [](const std::string&) { return store::v1::EmployerList(); });
  if (!opened.ok()) return;
  const auto again = book.InForce(kEmployer, question, now);
  Promise(again.ok() && again->has_value() && (*again)->id == opened->frozen.id,
          "whoever asks again is given the same list");
}

}  // namespace passend::fuzz
