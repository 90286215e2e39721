#include <string>
#include <vector>

#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/policy/current_policy.h"
#include "service/records/stored_message.h"
#include "service/taxonomy/taxonomy_records.h"
#include "tests/fuzz/filled_store.h"
#include "tests/fuzz/fuzz_check.h"
#include "tests/fuzz/stored_records.h"

namespace passend::fuzz {
namespace {

const matcher::Taxonomy& NoTaxonomy() {
  static const auto& none = *new matcher::Taxonomy(matcher::Taxonomy::Compile({}).value());
  return none;
}

// `read` makes a resource of a record.
template <typename Read>
auto Resource(const storage::Key& key, std::string_view value, const Read& read) {
  auto resource = read(storage::Record{key, 1, std::string(value)});
  PromiseSame(resource.status(), key, value);
  if (resource.ok()) {
    const std::string written = service::StoredValue(*resource);
    const auto again = read(storage::Record{key, 1, written});
    Promise(again.ok() && service::StoredValue(*again) == written,
            "a resource is written in one way");
    Promise(again->name() == resource->name(), "and has its name");
  }
  return resource;
}

}  // namespace

void Passports(std::string_view value) {
  const storage::Key key = service::KeyOf(service::PassportName{"somebody"});
  const auto passport = Resource(key, value, [](const storage::Record& record) {
    return service::ParseStored<v1::Passport>(record, "passports/somebody");
  });
  const auto snapshot = StoreWith({{key, std::string(value)}})->GetSnapshot();
  const auto person = service::ReadPerson(**snapshot, "somebody", NoTaxonomy());
  Promise(person.ok() == passport.ok(), "both readers of passports take the same");
  if (person.ok()) Promise((*person)->state == passport->state(), "and read the same");
}

void Tasks(std::string_view value) {
  const storage::Key key = service::KeyOf(service::TaskName{"work"});
  const auto task = Resource(key, value, [](const storage::Record& record) {
    return service::ParseStored<v1::Task>(record, "tasks/work");
  });
  const auto snapshot = StoreWith({{key, std::string(value)}})->GetSnapshot();
  const auto read = service::ReadTask(**snapshot, "work");
  Promise(read.ok() == task.ok(), "both readers of tasks take the same");
  if (!read.ok()) return;
  Promise((*read)->SerializeAsString() == task->SerializeAsString(), "and read the same");
  static_cast<void>(service::WorkOf(**read, NoTaxonomy()));
}

void Taxonomies(std::string_view value) {
  static_cast<void>(
      Resource({storage::RecordKind::kTaxonomy, "esco"}, value, service::StoredTaxonomy));
  const auto entry =
      Resource({storage::RecordKind::kConcept, "esco/skill"}, value, service::StoredConcept);
  if (!entry.ok()) return;
  const matcher::Concept read = service::MatcherConcept(*entry, 7);
  Promise(read.name == entry->name(), "a concept keeps its name");
  Promise(read.mappings.size() <= static_cast<size_t>(entry->mappings_size()),
          "and has no mappings but its own");
}

void Policies(std::string_view value) {
  const storage::Key key = service::KeyOf(service::PolicyName{1});
  static_cast<void>(Resource(key, value, service::ParsePolicy));
  const auto store = StoreWith({{key, std::string(value)}});
  const auto snapshot = store->GetSnapshot();
  const auto all = service::ReadPolicies(**snapshot);
  const auto newest = service::CurrentPolicy::Load(*store);
  Promise(all.ok() == newest.ok(), "both readers of policies take the same");
  if (all.ok()) Promise(all->at(1) == (*newest)->Get()->policy, "and read the same");
}

}  // namespace passend::fuzz
