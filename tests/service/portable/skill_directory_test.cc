// Which skill a badge means, and what it costs to find out.
#include "service/portable/skill_directory.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "service/taxonomy/taxonomy_names.h"
#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

class CountingStore : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::Status Scan(const storage::ScanRange& range,
                    const std::function<bool(storage::Record)>& visit) const override {
    ++scans;
    return ForwardingStore::Scan(range, visit);
  }
  mutable int scans = 0;
};

BadgeStatement Naming(const std::string& uri) {
  BadgeStatement badge;
  badge.skill_uris = {uri};
  return badge;
}

TEST(SkillDirectoryTest, LooksAtAllConceptsOnceHoweverManyIdentifiersNobodyKnows) {
  const std::unique_ptr<storage::Store> inner = storage::NewMemoryStore({});
  v1::Concept plants;
  plants.set_kind(v1::CONCEPT_KIND_KNOWLEDGE);
  plants.set_uri("https://skills.example.org/plants");
  storage::Batch batch;
  batch.mutations.push_back({ConceptKey(*ConceptIdOf(kPlants)), plants.SerializeAsString()});
  batch.events.push_back({ConceptKey(*ConceptIdOf(kPlants)), "added"});
  ASSERT_TRUE(inner->Commit(std::move(batch)).ok());
  const CountingStore store(*inner);
  const FixedCatalog catalog;
  SkillDirectory directory(store, catalog);
  for (int i = 0; i < 100; ++i) {
    const std::string uri = "https://school.example.org/" + std::to_string(i);
    EXPECT_EQ(directory.MeantBy(Naming(uri)).value(), "");
  }
  EXPECT_EQ(directory.MeantBy(Naming("https://skills.example.org/plants")).value(), kPlants);
  EXPECT_EQ(store.scans, 1);
}

}  // namespace
}  // namespace passend::service
