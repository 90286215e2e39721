#include "service/taxonomy/taxonomy_names.h"

#include <gtest/gtest.h>

#include <string>

namespace passend::service {
namespace {

TEST(TaxonomyNamesTest, TakeNamesApart) {
  EXPECT_EQ(TaxonomyIdOf("taxonomies/esco"), "esco");
  EXPECT_EQ(TaxonomyIdOf("taxonomies/a-1"), "a-1");
  const auto id = ConceptIdOf("taxonomies/esco/concepts/S1.2_a-B");
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(id->taxonomy, "esco");
  EXPECT_EQ(id->concept_id, "S1.2_a-B");
  EXPECT_EQ(ConceptKey(*id), (storage::Key{storage::RecordKind::kConcept, "esco/S1.2_a-B"}));
  EXPECT_EQ(TaxonomyKey("esco"), (storage::Key{storage::RecordKind::kTaxonomy, "esco"}));
}

TEST(TaxonomyNamesTest, IdsHaveSixtyThreeCharactersAtMost) {
  const std::string longest(63, 'a');
  EXPECT_EQ(TaxonomyIdOf("taxonomies/" + longest), longest);
  EXPECT_EQ(TaxonomyIdOf("taxonomies/" + longest + "a"), std::nullopt);
  EXPECT_TRUE(ConceptIdOf("taxonomies/a/concepts/" + longest).has_value());
  EXPECT_FALSE(ConceptIdOf("taxonomies/a/concepts/" + longest + "a").has_value());
}

TEST(TaxonomyNamesTest, RefuseWhateverElse) {
  for (const char* name : {"", "esco", "taxonomies", "taxonomies/", "taxonomies/a_b",
                           "taxonomies/a.b", "taxonomies/Esco", "taxonomies/a b", "taxonomies/a/",
                           "taxonomies/a/b", "tasks/esco", " taxonomies/esco"}) {
    EXPECT_EQ(TaxonomyIdOf(name), std::nullopt) << name;
  }
  for (const char* name :
       {"", "taxonomies/esco", "taxonomies/esco/concepts", "taxonomies/esco/concepts/",
        "taxonomies/esco/concepts/a/b", "taxonomies/esco/concepts/a b", "taxonomies//concepts/a",
        "taxonomies/Esco/concepts/a", "taxonomies/esco/skills/a"}) {
    EXPECT_FALSE(ConceptIdOf(name).has_value()) << name;
  }
}

}  // namespace
}  // namespace passend::service
