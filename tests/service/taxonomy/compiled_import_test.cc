// What an import must be as a whole, without a store or a stream.
#include "service/taxonomy/compiled_import.h"

#include <gtest/gtest.h>

#include <utility>

#include "tests/service/taxonomy/taxonomy_world.h"

namespace passend::service {
namespace {

std::string Refused(std::vector<v1::Concept> concepts) {
  ReceivedImport import;
  import.taxonomy.set_name("taxonomies/esco");
  import.taxonomy_id = "esco";
  import.concepts = std::move(concepts);
  const absl::Status compiled = CompileImport(import);
  return compiled.ok() ? "" : ErrorText(compiled);
}

v1::Concept Below(v1::Concept entry, const char* broader) {
  entry.add_broader(Named(broader));
  return entry;
}

v1::Concept RelatedTo(v1::Concept entry, const char* other) {
  entry.add_related(Named(other));
  return entry;
}

TEST(CompiledImportTest, HasAConcept) {
  EXPECT_EQ(Refused({}), "INVALID_FIELD field=concepts");
  EXPECT_EQ(Refused({MakeSkill("a")}), "");
}

TEST(CompiledImportTest, ARelationToItselfSaysNothing) {
  EXPECT_EQ(Refused({RelatedTo(MakeSkill("a"), "a")}), "");
  EXPECT_EQ(Refused({RelatedTo(MakeSkill("a"), "b"), RelatedTo(MakeSkill("b"), "a")}), "");
}

TEST(CompiledImportTest, SkillsAndOccupationsAreNotBelowEachOther) {
  const v1::Concept group = MakeConcept(v1::CONCEPT_KIND_SKILL_GROUP, "g");
  const v1::Concept occupation = MakeOccupation("o", {});
  for (const v1::Concept& below : {MakeSkill("a"), group}) {
    EXPECT_EQ(Refused({Below(below, "o"), occupation}),
              "DANGLING_CONCEPT concept=" + below.name() + " target=taxonomies/esco/concepts/o");
  }
  EXPECT_EQ(Refused({Below(occupation, "a"), MakeSkill("a")}),
            "DANGLING_CONCEPT concept=taxonomies/esco/concepts/o "
            "target=taxonomies/esco/concepts/a");
  EXPECT_EQ(
      Refused({Below(MakeSkill("a"), "g"), group, Below(MakeOccupation("p", {}), "o"), occupation}),
      "");
}

}  // namespace
}  // namespace passend::service
