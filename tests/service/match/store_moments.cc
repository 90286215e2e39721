#include "tests/service/match/store_moments.h"

#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/policy_projection.h"
#include "service/records/validation_book.h"
#include "service/taxonomy/taxonomy_records.h"

namespace passend::service {
namespace {

using storage::Record;
using storage::RecordKind;

template <typename Take>
void ForEach(const storage::Store& store, RecordKind kind, Take take) {
  const absl::Status scanned = store.Scan({kind, "", ""}, [&](const Record& record) {
    take(record);
    return true;
  });
  EXPECT_TRUE(scanned.ok()) << scanned;
}

}  // namespace

StoreMoment::StoreMoment(const storage::Store& store) : sequence(store.LastSequence()) {
  ForEach(store, RecordKind::kPassport, [&](const Record& record) {
    v1::Passport& passport = passports[record.key.id];
    EXPECT_TRUE(passport.ParseFromString(record.value));
    passport.set_name(absl::StrCat("passports/", record.key.id));
  });
  ForEach(store, RecordKind::kValidationBook, [&](const Record& record) {
    auto book = ParseBook(record);
    EXPECT_TRUE(book.ok()) << book.status();
    validations[record.key.id] = std::move(book->validations);
  });
  ForEach(store, RecordKind::kExposure, [&](const Record& record) {
    EXPECT_TRUE(absl::SimpleAtoi(record.value, &exposures[record.key.id]));
  });
  ForEach(store, RecordKind::kTask, [&](const Record& record) {
    v1::Task& task = tasks[record.key.id];
    EXPECT_TRUE(task.ParseFromString(record.value));
    task.set_name(absl::StrCat("tasks/", record.key.id));
  });
  ForEach(store, RecordKind::kPolicy, [&](const Record& record) {
    uint32_t version = 0;
    v1::Policy policy;
    EXPECT_TRUE(absl::SimpleAtoi(record.key.id, &version) && policy.ParseFromString(record.value));
    policies[version] = PolicyOf(policy);
  });
  ForEach(store, RecordKind::kTaxonomy,
          [&](const Record& record) { last_import = std::max(last_import, record.version); });
  ForEach(store, RecordKind::kConcept, [&](const Record& record) {
    auto entry = StoredConcept(record);
    EXPECT_TRUE(entry.ok()) << entry.status();
    concepts.push_back(*std::move(entry));
  });
  EXPECT_EQ(store.LastSequence(), sequence);
}

matcher::Person StoreMoment::PersonOfId(const std::string& id,
                                        const matcher::Taxonomy& taxonomy) const {
  const auto validated = validations.find(id);
  const auto shown = exposures.find(id);
  return PersonOf(passports.at(id),
                  validated == validations.end() ? std::vector<matcher::PersonSkill>()
                                                 : SkillsOf(validated->second, taxonomy),
                  shown == exposures.end() ? 0 : shown->second);
}

std::vector<matcher::Person> StoreMoment::ActivePeople(const matcher::Taxonomy& taxonomy) const {
  std::vector<matcher::Person> people;
  for (const auto& [id, passport] : passports) {
    if (passport.state() == v1::PASSPORT_STATE_ACTIVE) people.push_back(PersonOfId(id, taxonomy));
  }
  return people;
}

std::vector<matcher::Work> StoreMoment::OpenWork(const matcher::Taxonomy& taxonomy) const {
  std::vector<matcher::Work> works;
  for (const auto& [unused, task] : tasks) {
    if (task.state() == v1::TASK_STATE_OPEN) works.push_back(WorkOf(task, taxonomy));
  }
  return works;
}

bool StoreMoment::UsesUnknownSkills(const matcher::Taxonomy& taxonomy) const {
  for (const auto& [id, passport] : passports) {
    const auto validated = validations.find(id);
    if (passport.state() != v1::PASSPORT_STATE_ACTIVE || validated == validations.end()) continue;
    for (const v1::Validation& validation : validated->second) {
      if (!taxonomy.Find(validation.skill())) return true;
    }
  }
  for (const auto& [unused, task] : tasks) {
    if (task.state() == v1::TASK_STATE_OPEN && AsksUnknownSkill(task, taxonomy)) return true;
  }
  return false;
}

void StoreMoments::Take() {
  auto moment = std::make_shared<const StoreMoment>(store_);
  const std::lock_guard lock(mutex_);
  if (!moments_.empty()) {
    ASSERT_LE(moment->sequence, moments_.rbegin()->first + 1);
  }
  if (!vocabularies_.contains(moment->last_import)) {
    auto vocabulary = CatalogSnapshot::Build(moment->concepts);
    ASSERT_TRUE(vocabulary.ok()) << vocabulary.status();
    vocabularies_[moment->last_import] = *std::move(vocabulary);
  }
  moments_[moment->sequence] = std::move(moment);
  taken_.notify_all();
}

std::shared_ptr<const StoreMoment> StoreMoments::At(storage::Sequence sequence) const {
  std::unique_lock lock(mutex_);
  taken_.wait(lock, [&] { return !moments_.empty() && moments_.rbegin()->first >= sequence; });
  const auto moment = moments_.find(sequence);
  return moment == moments_.end() ? nullptr : moment->second;
}

std::shared_ptr<const CatalogSnapshot> StoreMoments::Vocabulary(storage::Sequence import) const {
  const std::lock_guard lock(mutex_);
  const auto vocabulary = vocabularies_.find(import);
  return vocabulary == vocabularies_.end() ? nullptr : vocabulary->second;
}

bool StoreMoments::ErasedAfter(storage::Sequence sequence, const std::string& passport_id) const {
  std::unique_lock lock(mutex_);
  return taken_.wait_for(lock, std::chrono::seconds(10), [&] {
    return std::any_of(moments_.upper_bound(sequence), moments_.end(), [&](const auto& moment) {
      return !moment.second->passports.contains(passport_id);
    });
  });
}

std::unique_ptr<Remade> Remake(const v1::MatchBasis& basis, const StoreMoments& moments) {
  auto remade = std::make_unique<Remade>();
  remade->moment = moments.At(static_cast<storage::Sequence>(basis.data_sequence()));
  const std::vector<std::string> etag = absl::StrSplit(basis.taxonomies(0), '@');
  EXPECT_TRUE(absl::SimpleAtoi(etag.back(), &remade->import));
  remade->vocabulary = moments.Vocabulary(remade->import);
  if (remade->moment == nullptr || remade->vocabulary == nullptr) return nullptr;
  remade->scoring.taxonomy = remade->vocabulary->taxonomy().get();
  uint32_t version = 0;
  EXPECT_TRUE(absl::SimpleAtoi(basis.policy().substr(basis.policy().find('/') + 1), &version));
  const auto policy = remade->moment->policies.find(version);
  if (policy != remade->moment->policies.end()) remade->scoring.policy = policy->second;
  // Before one is published the shipped one is version 1; the newest is taken.
  EXPECT_EQ(version,
            remade->moment->policies.empty() ? 1 : remade->moment->policies.rbegin()->first);
  remade->scoring.weights = remade->scoring.policy.weights;
  remade->scoring.as_of = DayOf(basis.as_of_time());
  return remade;
}

}  // namespace passend::service
