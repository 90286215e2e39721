#include "service/feed/person_events.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_map.h"

namespace passend::service {
namespace {

using storage::RecordKind;

bool IsAboutAPerson(const storage::Event& event) {
  switch (event.key.kind) {
    case RecordKind::kPassport:
    case RecordKind::kValidation:
    case RecordKind::kValidationBook:
    case RecordKind::kConsentBook:
    case RecordKind::kPartnerBook:
      return true;
    default:
      return false;
  }
}

void Merge(PersonChange from, PersonChange& into) {
  if (from.change == Change::kErased) into.change = Change::kErased;
  into.moved = into.moved || from.moved;
  into.partners_unknown = into.partners_unknown || from.partners_unknown;
  for (std::string& partner : from.partners) {
    if (std::ranges::find(into.partners, partner) == into.partners.end()) {
      into.partners.push_back(std::move(partner));
    }
  }
}

}  // namespace

std::vector<PersonEvents> PeopleOf(const storage::JournalEntry& entry) {
  std::vector<PersonEvents> people;
  absl::flat_hash_map<std::string, size_t> places;
  for (const storage::Event& event : entry.events) {
    if (!IsAboutAPerson(event)) continue;
    const std::string id = event.key.id.substr(0, event.key.id.find('/'));
    const auto [at, first] = places.emplace(id, people.size());
    if (first) people.push_back({id, {}});
    std::optional<PersonChange> change = PersonChangeOf(event.payload);
    if (change) Merge(*std::move(change), people[at->second].change);
  }
  return people;
}

bool IsAboutPeople(const storage::JournalEntry& entry) {
  return std::ranges::any_of(entry.events, IsAboutAPerson);
}

}  // namespace passend::service
