// Every import that is refused, with its reason; nothing is written by any of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/taxonomy/limits.h"
#include "service/taxonomy/received_import.h"
#include "service/taxonomy/taxonomy_errors.h"
#include "tests/service/taxonomy/taxonomy_world.h"

namespace passend::service {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;

v1::Concept Below(v1::Concept entry, const char* broader) {
  entry.add_broader(Named(broader));
  return entry;
}

struct Refusal {
  const char* name;
  std::vector<v1::ImportTaxonomyRequest> parts;
  const char* error;
};

std::vector<v1::ImportTaxonomyRequest> Parts(std::vector<v1::Concept> concepts) {
  return Ended({HeaderPart(), ConceptsPart(std::move(concepts))});
}

v1::ImportTaxonomyRequest HeaderNamed(const char* name) {
  v1::ImportTaxonomyRequest part = HeaderPart();
  part.mutable_header()->mutable_taxonomy()->set_name(name);
  return part;
}

v1::Concept SkillNamed(const char* name) {
  v1::Concept entry = MakeSkill("a");
  entry.set_name(name);
  return entry;
}

v1::Concept RelatedTo(v1::Concept entry, const char* other) {
  entry.add_related(Named(other));
  return entry;
}

v1::Concept Using(v1::Concept entry, const char* skill) {
  entry.add_essential_skills(Named(skill));
  return entry;
}

std::vector<Refusal> Refusals() {
  const char* header_field = "INVALID_FIELD field=header.taxonomy.name";
  return {
      {"NoParts", {}, "IMPORT_HEADER"},
      {"ConceptsBeforeTheHeader", {ConceptsPart({MakeSkill("a")}), HeaderPart()}, "IMPORT_HEADER"},
      {"ASecondHeader", {HeaderPart(), HeaderPart()}, "IMPORT_HEADER"},
      {"ALateHeader",
       {HeaderPart(), ConceptsPart({MakeSkill("a")}), HeaderPart()},
       "IMPORT_HEADER"},
      {"OnlyAHeader", {HeaderPart()}, "IMPORT_END received=0"},
      {"BrokenOff", {HeaderPart(), ConceptsPart({MakeSkill("a")})}, "IMPORT_END received=1"},
      {"APartLost",
       {HeaderPart(), ConceptsPart({MakeSkill("a")}), EndPart(2)},
       "IMPORT_END received=1"},
      {"SomethingAfterTheEnd",
       {HeaderPart(), ConceptsPart({MakeSkill("a")}), EndPart(1), ConceptsPart({MakeSkill("b")})},
       "IMPORT_END received=1"},
      {"OnlyAnEnd", {EndPart(1)}, "IMPORT_HEADER"},
      {"APartOfNothing", {HeaderPart(), {}}, "INVALID_FIELD field=part"},
      {"ATaxonomyWithoutName", {HeaderNamed("")}, header_field},
      {"ATaxonomyWithABadName", {HeaderNamed("taxonomies/ESCO")}, header_field},
      {"AConceptOfAnotherTaxonomy",
       Parts({MakeSkill("a"), SkillNamed("taxonomies/onet/concepts/a")}),
       "INVALID_FIELD field=concepts.concepts[1].name"},
      {"AConceptWithABadName", Parts({SkillNamed("taxonomies/esco/concepts/a b")}),
       "INVALID_FIELD field=concepts.concepts[0].name"},
      {"AConceptTwice", Parts({MakeSkill("b"), MakeSkill("a"), MakeSkill("b", "another")}),
       "DUPLICATE_CONCEPT concept=taxonomies/esco/concepts/b"},
      {"AConceptTwiceInTwoParts",
       Ended({HeaderPart(), ConceptsPart({MakeSkill("b")}), ConceptsPart({MakeSkill("b")})}),
       "DUPLICATE_CONCEPT concept=taxonomies/esco/concepts/b"},
      {"TwoLabelsOfOneLanguage", Parts({InDutch(InDutch(MakeSkill("a"), {"x"}), {"y"})}),
       "INVALID_FIELD field=labels"},
      {"SkillsOfASkill", Parts({MakeSkill("a"), Using(MakeSkill("b"), "a")}),
       "INVALID_FIELD field=essential_skills"},
      {"ABroaderConceptThatIsNotThere", Parts({Below(MakeSkill("a"), "x")}),
       "DANGLING_CONCEPT concept=taxonomies/esco/concepts/a target=taxonomies/esco/concepts/x"},
      {"ARelatedConceptThatIsNotThere", Parts({RelatedTo(MakeSkill("a"), "x")}),
       "DANGLING_CONCEPT concept=taxonomies/esco/concepts/a target=taxonomies/esco/concepts/x"},
      {"AnEssentialSkillThatIsNotThere", Parts({MakeOccupation("o", {"x"})}),
       "DANGLING_CONCEPT concept=taxonomies/esco/concepts/o target=taxonomies/esco/concepts/x"},
      {"AnOptionalSkillThatIsNotThere", Parts({MakeOccupation("o", {}, {"x"})}),
       "DANGLING_CONCEPT concept=taxonomies/esco/concepts/o target=taxonomies/esco/concepts/x"},
      {"AnOccupationThatUsesAGroup",
       Parts({MakeConcept(v1::CONCEPT_KIND_SKILL_GROUP, "g"), MakeOccupation("o", {}, {"g"})}),
       "DANGLING_CONCEPT concept=taxonomies/esco/concepts/o target=taxonomies/esco/concepts/g"},
      {"ACircle",
       Parts({Below(MakeSkill("b"), "c"), Below(MakeSkill("c"), "a"), Below(MakeSkill("a"), "b")}),
       "CONCEPT_CYCLE circle=taxonomies/esco/concepts/a > taxonomies/esco/concepts/b > "
       "taxonomies/esco/concepts/c > taxonomies/esco/concepts/a "
       "concept=taxonomies/esco/concepts/a"},
      {"AConceptBroaderThanItself", Parts({Below(MakeSkill("a"), "a")}),
       "CONCEPT_CYCLE circle=taxonomies/esco/concepts/a > taxonomies/esco/concepts/a "
       "concept=taxonomies/esco/concepts/a"},
  };
}

class ImportRefusal : public ::testing::TestWithParam<Refusal> {};

TEST_P(ImportRefusal, SaysWhyAndWritesNothing) {
  TaxonomyWorld world;
  ASSERT_TRUE(world.Import({MakeSkill("kept")}).ok());
  const storage::Sequence before = world.store().LastSequence();
  const auto snapshot = world.catalog().snapshot();

  const auto refused = world.ImportParts(GetParam().parts);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << refused.status();
  EXPECT_THAT(ErrorText(refused.status()), Eq(GetParam().error)) << refused.status();
  EXPECT_EQ(world.store().LastSequence(), before);
  EXPECT_EQ(world.catalog().snapshot(), snapshot);
  EXPECT_EQ(world.catalog().KindOf(Named("kept")), v1::CONCEPT_KIND_SKILL);
}

INSTANTIATE_TEST_SUITE_P(Imports, ImportRefusal, ::testing::ValuesIn(Refusals()),
                         [](const auto& instance) { return std::string(instance.param.name); });

class ImportLimitTest : public ::testing::Test {
 protected:
  ImportLimitTest() { EXPECT_TRUE(receiver_.Add(HeaderPart()).ok()); }

  // The first error of `parts` batches that `make` makes.
  absl::Status FirstError(int parts, const std::function<v1::ImportTaxonomyRequest(int)>& make) {
    for (int i = 0; i < parts; ++i) {
      if (absl::Status added = receiver_.Add(make(i)); !added.ok()) return added;
    }
    return absl::OkStatus();
  }

  ImportReceiver receiver_;
};

TEST_F(ImportLimitTest, OfConcepts) {
  const auto batch = [](int) {
    v1::ImportTaxonomyRequest part;
    for (int i = 0; i < 1'000; ++i) part.mutable_concepts()->add_concepts()->set_name(Named("a"));
    return part;
  };
  ASSERT_EQ(kImportConceptsMax % 1'000, 0u);
  EXPECT_TRUE(FirstError(static_cast<int>(kImportConceptsMax / 1'000), batch).ok());
  const absl::Status refused = FirstError(1, batch);
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(ErrorText(refused), Eq("LIMIT_EXCEEDED allowed=65000 limit=concepts in one import"));
}

TEST_F(ImportLimitTest, OfRelations) {
  const auto batch = [](int) {
    v1::Concept entry = MakeSkill("a");
    const std::string other = Named("r");
    for (int i = 0; i < 100'000; ++i) entry.add_related(other);
    return ConceptsPart({entry});
  };
  EXPECT_TRUE(FirstError(10, batch).ok());
  EXPECT_THAT(ErrorText(FirstError(1, batch)),
              Eq("LIMIT_EXCEEDED allowed=1000000 limit=relations in one import"));
}

TEST_F(ImportLimitTest, OfBytes) {
  const auto batch = [](int) { return ConceptsPart({MakeSkill("a", std::string(1 << 20, 'x'))}); };
  EXPECT_TRUE(FirstError(63, batch).ok());
  EXPECT_THAT(ErrorText(FirstError(1, batch)),
              Eq("LIMIT_EXCEEDED allowed=67108864 limit=bytes in one import"));
}

TEST(ImportErrorTextTest, SaysWhatIsWrongAndWhatWouldBeRight) {
  EXPECT_THAT(DanglingConcept("c/a", "broader", "c/x", "is not in this import").message(),
              HasSubstr("broader of c/a has c/x, which is not in this import"));
  EXPECT_THAT(ConceptCycle({"c/a", "c/b"}).message(), HasSubstr("c/a > c/b > c/a"));
}

}  // namespace
}  // namespace passend::service
