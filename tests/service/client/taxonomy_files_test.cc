// The two forms that a taxonomy is read from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "service/client/esco_reader.h"
#include "service/client/taxonomy_file.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(TaxonomyFile, ReadsTheHeaderAndThenConcepts) {
  TemporaryFolder folder;
  auto file = TaxonomyFile::Open(folder.WriteGzip(
      "t.jsonl", R"({"taxonomy": {"name": "taxonomies/demo", "version_label": "1"}})"
                 "\n\n"
                 R"({"name": "taxonomies/demo/concepts/a", "kind": "CONCEPT_KIND_SKILL"})"));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->taxonomy().name(), "taxonomies/demo");
  const auto found = file->Next();
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->kind(), v1::CONCEPT_KIND_SKILL);
  const auto end = file->Next();
  ASSERT_TRUE(end.ok());
  EXPECT_FALSE(end->has_value());
}

TEST(TaxonomyFile, SaysOnWhichLineSomethingIsWrong) {
  TemporaryFolder folder;
  for (const char* header : {"", "{}", "{\"taxonomy\": {\"nam\": \"x\"}}", "[1]"}) {
    const auto file = TaxonomyFile::Open(folder.Write("t.jsonl", header));
    EXPECT_THAT(std::string(file.status().message()), HasSubstr("t.jsonl:1: ")) << header;
  }
  auto file = TaxonomyFile::Open(folder.Write("t.jsonl", "{\"taxonomy\": {}}\n{\"colour\": 1}\n"));
  ASSERT_TRUE(file.ok());
  EXPECT_THAT(std::string(file->Next().status().message()), HasSubstr("t.jsonl:2: "));
}

class SmallEsco : public ::testing::Test {
 protected:
  static std::string Uri(const std::string& kind, const std::string& id) {
    return "http://data.europa.eu/esco/" + kind + "/" + id;
  }
  void SetUp() override {
    folder_.Write("skillGroups_en.csv", "conceptUri,preferredLabel,altLabels\n" +
                                            Uri("isced-f", "00") + ",\"groups, generic\",\n");
    folder_.Write("skills_en.csv", "conceptUri,skillType,preferredLabel,altLabels\n" +
                                       Uri("skill", "s1") +
                                       ",skill/competence,cook,\"boil\ncook\nboil\n fry \"\n" +
                                       Uri("skill", "s2") + ",knowledge,food,\n");
    folder_.Write("occupations_en.csv", "conceptUri,preferredLabel,altLabels\n" +
                                            Uri("occupation", "o1") + ",cook helper,\n");
    folder_.Write("occupations_nl.csv", "conceptUri,preferredLabel,altLabels\n" +
                                            Uri("occupation", "o1") + ",keukenhulp,hulpkok\n" +
                                            Uri("occupation", "o9") + ",van later,\n");
    folder_.Write("skill_labels_nl_partial.tsv",
                  "esco_skill_uri\tnl_label\n" + Uri("skill", "s1") + "\tkoken\n");
    folder_.Write("occupationSkillRelations.csv",
                  "occupationUri,relationType,skillUri\n" + Uri("occupation", "o1") +
                      ",essential," + Uri("skill", "s1") + "\n" + Uri("occupation", "o1") +
                      ",optional," + Uri("skill", "s2") + "\n" + Uri("occupation", "o9") +
                      ",optional," + Uri("skill", "s2") + "\n");
    folder_.Write("skillSkillRelations.csv", "originalSkillUri,relatedSkillUri\n" +
                                                 Uri("skill", "s1") + "," + Uri("skill", "s2") +
                                                 "\n" + Uri("skill", "s2") + "," +
                                                 Uri("skill", "s1") + "\n");
    folder_.Write("broaderRelationsSkillPillar.csv",
                  "conceptUri,broaderUri\n" + Uri("skill", "s1") + "," + Uri("isced-f", "00") +
                      "\n" + Uri("skill", "s2") + "," + Uri("skill", "gone") + "\n");
    folder_.Write(
        "broaderRelationsOccPillar.csv",
        "conceptUri,broaderUri\n" + Uri("occupation", "o1") + "," + Uri("isco", "C5120") + "\n");
  }
  TemporaryFolder folder_;
};

TEST_F(SmallEsco, BecomesConceptsWithLabelsAndRelations) {
  const auto esco = ReadEsco(folder_.path());
  ASSERT_TRUE(esco.ok()) << esco.status();
  EXPECT_EQ(esco->taxonomy.version_label(), "1.1.1");
  ASSERT_EQ(esco->concepts.size(), 4u);
  EXPECT_EQ(esco->concepts[0].name(), "taxonomies/esco/concepts/00");
  EXPECT_EQ(esco->concepts[0].kind(), v1::CONCEPT_KIND_SKILL_GROUP);
  EXPECT_EQ(esco->concepts[0].labels(0).preferred(), "groups, generic");
  const v1::Concept& cook = esco->concepts[1];
  EXPECT_EQ(cook.kind(), v1::CONCEPT_KIND_SKILL);
  EXPECT_THAT(cook.labels(0).alternatives(), ElementsAre("boil", "fry"));
  EXPECT_EQ(cook.labels(1).language_code(), "nl");
  EXPECT_EQ(cook.labels(1).preferred(), "koken");
  EXPECT_THAT(cook.broader(), ElementsAre("taxonomies/esco/concepts/00"));
  EXPECT_THAT(cook.related(), ElementsAre("taxonomies/esco/concepts/s2"));
  const v1::Concept& food = esco->concepts[2];
  EXPECT_EQ(food.kind(), v1::CONCEPT_KIND_KNOWLEDGE);
  EXPECT_THAT(food.related(), ElementsAre("taxonomies/esco/concepts/s1"));
  const v1::Concept& helper = esco->concepts[3];
  EXPECT_EQ(helper.kind(), v1::CONCEPT_KIND_OCCUPATION);
  EXPECT_THAT(helper.labels(1).alternatives(), ElementsAre("hulpkok"));
  EXPECT_THAT(helper.essential_skills(), ElementsAre("taxonomies/esco/concepts/s1"));
  EXPECT_THAT(helper.optional_skills(), ElementsAre("taxonomies/esco/concepts/s2"));
}

TEST_F(SmallEsco, CountsWhatIsLeftOut) {
  const auto esco = ReadEsco(folder_.path());
  ASSERT_TRUE(esco.ok());
  EXPECT_EQ(esco->skipped_isco_relations, 1);
  EXPECT_EQ(esco->skipped_relations, 2);     // a broader one and an occupation of another version
  EXPECT_EQ(esco->skipped_dutch_labels, 1);  // the same occupation
}

TEST_F(SmallEsco, RefusesTwoConceptsOfOneId) {
  folder_.Write("occupations_en.csv", "conceptUri,preferredLabel,altLabels\n" +
                                          Uri("occupation", "s1") + ",cook helper,\n");
  const absl::Status refused = ReadEsco(folder_.path()).status();
  EXPECT_TRUE(absl::IsInvalidArgument(refused));
  EXPECT_THAT(std::string(refused.message()), HasSubstr("occupations_en.csv:2: two concepts"));
}

TEST_F(SmallEsco, NeedsEveryFileButTheDutchSkillLabels) {
  std::filesystem::remove(folder_.path() + "/skill_labels_nl_partial.tsv");
  EXPECT_TRUE(ReadEsco(folder_.path()).ok());
  std::filesystem::remove(folder_.path() + "/skills_en.csv");
  EXPECT_TRUE(absl::IsNotFound(ReadEsco(folder_.path()).status()));
}

// The published files, where PASSEND_DATA names the folder that holds them.
TEST(PublishedEsco, IsReadWhole) {
  const char* data = std::getenv("PASSEND_DATA");
  if (data == nullptr) GTEST_SKIP() << "PASSEND_DATA is not set";
  const auto esco = ReadEsco(std::string(data) + "/esco");
  ASSERT_TRUE(esco.ok()) << esco.status();
  std::map<v1::ConceptKind, int> kinds;
  int dutch = 0, broader = 0, essential = 0, optional = 0;
  for (const v1::Concept& found : esco->concepts) {
    ++kinds[found.kind()];
    dutch += found.labels_size() - 1;
    broader += found.broader_size();
    essential += found.essential_skills_size();
    optional += found.optional_skills_size();
  }
  EXPECT_EQ(esco->concepts.size(), 17543u);
  EXPECT_EQ(kinds[v1::CONCEPT_KIND_SKILL_GROUP], 640);
  EXPECT_EQ(kinds[v1::CONCEPT_KIND_KNOWLEDGE], 3059);
  EXPECT_EQ(kinds[v1::CONCEPT_KIND_SKILL], 10837);
  EXPECT_EQ(kinds[v1::CONCEPT_KIND_OCCUPATION], 3007);
  EXPECT_EQ(dutch + esco->skipped_dutch_labels, 5453 + 3039);
  EXPECT_EQ(esco->skipped_isco_relations, 2369);
  const int related_to_itself = 1;  // one skill of skillSkillRelations
  EXPECT_EQ(essential + optional + broader + esco->skipped_isco_relations +
                esco->skipped_relations - related_to_itself,
            123855 + 20656 + 3617);
}

}  // namespace
}  // namespace passend::client
