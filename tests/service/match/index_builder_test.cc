#include <gtest/gtest.h>

#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/memory_store.h"
#include "tests/benchmarks/matcher/population.h"
#include "tests/benchmarks/service/store_filler.h"

namespace passend::service {
namespace {

constexpr size_t kPeople = 2'500;
constexpr size_t kTasks = 100;

// A population is written as records and read back: both ways have to agree on every field.
TEST(IndexBuilder, GivesBackEverybodyOfAFilledStore) {
  const matcher::Population population(7);
  const auto store = storage::NewMemoryStore();
  ASSERT_TRUE(FillStore(population, kPeople, kTasks, *store).ok());
  EXPECT_EQ(*CountPassports(*store), kPeople);
  TaxonomyCatalog catalog(*store);
  ASSERT_TRUE(catalog.Refresh().ok());
  const auto taxonomy = catalog.snapshot()->taxonomy();
  const auto snapshot = store->GetSnapshot();
  const auto index = BuildIndex(**snapshot, taxonomy, [](size_t) { return true; });
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

TEST(IndexBuilder, TakesTheVocabularyOfAFilledStore) {
  const matcher::Population population(7);
  const auto store = storage::NewMemoryStore();
  ASSERT_TRUE(FillStore(population, 1, 0, *store).ok());
  TaxonomyCatalog catalog(*store);
  ASSERT_TRUE(catalog.Refresh().ok());
  const auto taxonomy = catalog.snapshot()->taxonomy();
  const matcher::Taxonomy& wanted = *population.taxonomy();
  ASSERT_GE(taxonomy->size(), wanted.size());
  for (matcher::ConceptIndex skill = 0; skill < wanted.size(); ++skill) {
    ASSERT_EQ(taxonomy->name(skill), wanted.name(skill));
    ASSERT_EQ(taxonomy->specificity(skill), wanted.specificity(skill)) << wanted.name(skill);
    ASSERT_EQ(taxonomy->Expand(skill, {}), wanted.Expand(skill, {})) << wanted.name(skill);
  }
}

}  // namespace
}  // namespace passend::service
