#include "service/match/index_builder.h"

#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "passend/store/v1/validation_book.pb.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"
#include "service/records/validation_book.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/memory_store.h"
#include "tests/benchmarks/matcher/population.h"
#include "tests/benchmarks/service/population_records.h"
#include "tests/benchmarks/service/store_filler.h"
#include "tests/storage/store_factories.h"

namespace passend::service {
namespace {

using storage::RecordKind;

constexpr size_t kPeople = 2'500;
constexpr size_t kTasks = 100;

bool GoOn(size_t) { return true; }

const matcher::Population& SomePopulation() {
  static const auto* population = new matcher::Population(7);  // NOLINT: lives as long as the tests
  return *population;
}

std::shared_ptr<const matcher::Taxonomy> TaxonomyIn(const storage::Store& store) {
  TaxonomyCatalog catalog(store);
  EXPECT_TRUE(catalog.Refresh().ok());
  return catalog.snapshot()->taxonomy();
}

class EveryStore : public testing::TestWithParam<storage::StoreFactory> {
 protected:
  void SetUp() override {
    harness_ = GetParam().make();
    ASSERT_TRUE(harness_->Open({}).ok());
  }
  storage::Store& store() { return harness_->store(); }

 private:
  std::unique_ptr<storage::StoreHarness> harness_;
};
using IndexBuilder = EveryStore;
INSTANTIATE_TEST_SUITE_P(Every, IndexBuilder,
                         testing::Values(storage::MemoryFactory(), storage::RocksDbFactory()),
                         [](const auto& factory) { return factory.param.name; });

// A population is written as records and read back: both ways have to agree on every field.
TEST_P(IndexBuilder, GivesBackEverybodyOfAFilledStore) {
  const matcher::Population& population = SomePopulation();
  ASSERT_TRUE(FillStore(population, kPeople, kTasks, store()).ok());
  EXPECT_EQ(*CountPassports(store()), kPeople);
  const auto snapshot = *store().GetSnapshot();
  for (const BuildOptions& options :
       {BuildOptions{}, BuildOptions{.threads = 3, .chunk_passports = 100},
        BuildOptions{.threads = 1, .chunk_passports = 1, .layout = {2, 50}}}) {
    const auto index = BuildIndex(*snapshot, TaxonomyIn(store()), GoOn, options);
    ASSERT_TRUE(index.ok()) << index.status();
    EXPECT_EQ((*index)->people(), kPeople);
    EXPECT_EQ((*index)->works(), kTasks);
    for (size_t number = 0; number < kPeople; ++number) {
      const matcher::Person person = population.MakePerson(number);
      ASSERT_EQ((*index)->FindPerson(person.name), person) << number;
    }
    for (size_t number = 0; number < kTasks; ++number) {
      const matcher::Work work = population.MakeWork(number, 6);
      ASSERT_EQ((*index)->FindWork(work.name), work) << number;
    }
  }
}

// Ids in any order of length, people without validations, validations without people, states: the
// index is the one that reading them one by one makes.
TEST_P(IndexBuilder, HoldsWhatReadingOneByOneFinds) {
  const matcher::Population& population = SomePopulation();
  matcher::RandomSource random(matcher::NumberFrom("PASSEND_SEED", 1));
  storage::Batch batch;
  batch.mutations = TaxonomyRecordsOf(population.concepts());
  std::vector<std::string> ids;
  std::set<std::string> used;
  for (uint64_t number = 0; number < 300; ++number) {
    std::string id;
    for (int64_t letters = random.Between(1, 4); letters > 0; --letters) {
      id += "-0ab"[random.Between(0, 3)];
    }
    if (!used.insert(id).second) continue;
    ids.push_back(id);
    matcher::Person person = population.MakePerson(number);
    person.name = "passports/" + id;
    v1::Passport passport = PassportOf(person);
    if (random.Chance(20)) passport.set_state(v1::PASSPORT_STATE_PAUSED);
    if (!random.Chance(10)) {
      batch.mutations.push_back({KeyOf(PassportName{id}), StoredValue(passport)});
    }
    for (storage::Mutation& record : RecordsOf(person, *population.taxonomy(), number)) {
      if (record.key.kind == RecordKind::kPassport) continue;
      if (random.Chance(3)) {
        // Of a skill that is nowhere, and of another method.
        ValidationBook book;
        v1::Validation odd;
        odd.set_name("passports/" + id + "/validations/odd");
        odd.set_skill("taxonomies/other/concepts/x");
        odd.set_method(v1::VALIDATION_METHOD_FORMAL);
        odd.set_level(3);
        book.Add(odd);
        if (record.key.kind == RecordKind::kValidationBook) record.value = StoredValue(book);
      }
      batch.mutations.push_back(std::move(record));
    }
  }
  ASSERT_TRUE(store().Commit(std::move(batch)).ok());
  const auto taxonomy = TaxonomyIn(store());
  const auto snapshot = *store().GetSnapshot();
  const auto index = BuildIndex(*snapshot, taxonomy, GoOn, {.threads = 2, .chunk_passports = 7});
  ASSERT_TRUE(index.ok()) << index.status();
  size_t people = 0;
  for (const std::string& id : ids) {
    const auto stored = ReadPerson(*snapshot, id, *taxonomy);
    ASSERT_TRUE(stored.ok());
    const auto found = (*index)->FindPerson("passports/" + id);
    const bool wanted = *stored && (*stored)->state == v1::PASSPORT_STATE_ACTIVE;
    ASSERT_EQ(found.has_value(), wanted) << id;
    if (!wanted) continue;
    ++people;
    ASSERT_EQ(*found, (*stored)->person) << id;
  }
  EXPECT_EQ((*index)->people(), people);
  EXPECT_GT(people, 50u);
}

TEST_P(IndexBuilder, AnEmptyStoreIsAnEmptyIndex) {
  const auto index = BuildIndex(**store().GetSnapshot(), TaxonomyIn(store()), GoOn);
  ASSERT_TRUE(index.ok());
  EXPECT_EQ((*index)->people(), 0u);
  EXPECT_EQ((*index)->works(), 0u);
}

// Each kind of record, damaged in each way: the build ends, and says so.
TEST_P(IndexBuilder, RefusesDamagedRecords) {
  const auto refused = [&](RecordKind kind, const std::string& id, const std::string& value) {
    storage::Batch damage, repair;
    damage.mutations.push_back({{kind, id}, value});
    repair.mutations.push_back({{kind, id}, std::nullopt});
    ASSERT_TRUE(store().Commit(std::move(damage)).ok());
    const auto index =
        BuildIndex(**store().GetSnapshot(), TaxonomyIn(store()), GoOn, {.threads = 2});
    EXPECT_EQ(index.status().code(), absl::StatusCode::kDataLoss) << id;
    ASSERT_TRUE(store().Commit(std::move(repair)).ok());
  };
  ASSERT_TRUE(FillStore(SomePopulation(), 50, 1, store()).ok());
  refused(RecordKind::kPassport, "b", "\x0a\x05");
  refused(RecordKind::kTask, "b", "\x0a\x05");
  refused(RecordKind::kExposure, "b", "long ago");
  refused(RecordKind::kExposure, "b", "0");
  const auto book_of = [](std::initializer_list<std::string> names) {
    passend::store::v1::ValidationBook book;
    for (const std::string& name : names) book.add_validations()->set_name(name);
    return book.SerializeAsString();
  };
  for (const char* id : {"b", "zzzz"}) {  // of somebody, and of nobody
    refused(RecordKind::kValidationBook, id, "\x0a\x05");
    refused(RecordKind::kValidationBook, id, "\x0a\x03\x12\x01\xff");  // no UTF-8
    refused(RecordKind::kValidationBook, id, book_of({""}));
    refused(RecordKind::kValidationBook, id, book_of({"V"}));
    refused(RecordKind::kValidationBook, id, book_of({"v", "v"}));
    refused(RecordKind::kValidationBook, id, book_of({"w", "v"}));
  }
  refused(RecordKind::kValidationBook, "B", "");
  refused(RecordKind::kValidationBook, "b/v", "");
  EXPECT_TRUE(BuildIndex(**store().GetSnapshot(), TaxonomyIn(store()), GoOn).ok());
}

TEST_P(IndexBuilder, TellsHowFarItIsAndEndsWhenToldTo) {
  ASSERT_TRUE(FillStore(SomePopulation(), 500, 0, store()).ok());
  const auto snapshot = *store().GetSnapshot();
  const auto taxonomy = TaxonomyIn(store());
  std::vector<size_t> told;
  const auto tell = [&](size_t passports) {
    told.push_back(passports);
    return true;
  };
  ASSERT_TRUE(BuildIndex(*snapshot, taxonomy, tell, {.threads = 3, .chunk_passports = 100}).ok());
  EXPECT_THAT(told, testing::ElementsAre(100, 200, 300, 400, 500));
  told.clear();
  const auto stop = [&](size_t passports) {
    told.push_back(passports);
    return told.size() < 2;
  };
  const auto ended = BuildIndex(*snapshot, taxonomy, stop, {.threads = 1, .chunk_passports = 100});
  EXPECT_EQ(ended.status().code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(told, testing::ElementsAre(100, 200));
}

TEST(StoreFiller, WritesTheVocabularyOfThePopulation) {
  const auto store = storage::NewMemoryStore();
  ASSERT_TRUE(FillStore(SomePopulation(), 1, 0, *store).ok());
  const auto taxonomy = TaxonomyIn(*store);
  const matcher::Taxonomy& wanted = *SomePopulation().taxonomy();
  ASSERT_GE(taxonomy->size(), wanted.size());
  for (matcher::ConceptIndex skill = 0; skill < wanted.size(); ++skill) {
    ASSERT_EQ(taxonomy->name(skill), wanted.name(skill));
    ASSERT_EQ(taxonomy->specificity(skill), wanted.specificity(skill)) << wanted.name(skill);
    ASSERT_EQ(taxonomy->Expand(skill, {}), wanted.Expand(skill, {})) << wanted.name(skill);
  }
}

}  // namespace
}  // namespace passend::service
