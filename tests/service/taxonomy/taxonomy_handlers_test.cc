// What is answered: resources, labels, and hits that a human can judge.
#include "service/taxonomy/taxonomy_handlers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/taxonomy/taxonomy_names.h"
#include "tests/service/taxonomy/taxonomy_world.h"

namespace passend::service {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

class TaxonomyHandlersTest : public ::testing::Test {
 protected:
  // A small vocabulary of cleaning, kitchen and green work in two languages.
  TaxonomyHandlersTest() {
    v1::Concept knowledge = MakeConcept(v1::CONCEPT_KIND_KNOWLEDGE, "k1", "cleaning products");
    v1::Concept group = MakeConcept(v1::CONCEPT_KIND_SKILL_GROUP, "g1", "cleaning");
    v1::Concept floors = MakeSkill("s1", "clean floors");
    floors.mutable_labels(0)->add_alternatives("mop floors");
    floors.mutable_labels(0)->add_alternatives("cleaning of floors");
    EXPECT_TRUE(
        world_
            .Import(
                {InDutch(floors, {"vloeren schoonmaken", "dweilen"}),
                 InDutch(MakeSkill("s2", "clean"), {"schoonmaken"}),
                 InDutch(MakeSkill("s3", "keep the workplace clean"), {"werkplek schoonhouden"}),
                 MakeSkill("s4", "clean crème pots"),
                 InDutch(MakeSkill("s5", "prune plants"), {"planten snoeien"}), knowledge, group,
                 MakeOccupation("o1", {"s1", "s2", "s4"}, {"k1"}), MakeOccupation("o2", {"s4"})})
            .ok());
  }

  v1::SearchConceptsResponse SearchFor(v1::SearchConceptsRequest request) {
    return *world_.handlers().Search(request);
  }

  TaxonomyWorld world_;
};

TEST_F(TaxonomyHandlersTest, EnglishTypedAhead) {
  EXPECT_THAT(world_.Search("clean", "en"),
              ElementsAre("clean",              // exact
                          "clean crème pots",   // starts with it, used by two occupations
                          "clean floors",       // used by one, and shorter than the next
                          "cleaning products",  // used by one
                          "keep the workplace clean"));
  EXPECT_THAT(world_.Search("flo cle", "en"), ElementsAre("clean floors"));
  EXPECT_THAT(world_.Search("CREME", "en"), ElementsAre("clean crème pots"));
}

TEST_F(TaxonomyHandlersTest, DutchTypedAhead) {
  EXPECT_THAT(world_.Search("schoonm", "nl"), ElementsAre("schoonmaken", "vloeren schoonmaken"));
  EXPECT_THAT(world_.Search("schoon", "nl"),
              ElementsAre("schoonmaken", "vloeren schoonmaken", "werkplek schoonhouden"));
  // No language is Dutch; what has no Dutch label is shown in English.
  EXPECT_THAT(world_.Search("clean cr", ""), ElementsAre("clean crème pots"));
}

TEST_F(TaxonomyHandlersTest, SaysInWhichOtherLabelItWasFound) {
  EXPECT_THAT(world_.Search("dweil", "nl"), ElementsAre("vloeren schoonmaken [dweilen]"));
  EXPECT_THAT(world_.Search("prune", "nl"), ElementsAre("planten snoeien [prune plants]"));
  EXPECT_THAT(world_.Search("mop", "en"), ElementsAre("clean floors [mop floors]"));
}

TEST_F(TaxonomyHandlersTest, OnlyTheKindsAskedFor) {
  v1::SearchConceptsRequest request;
  request.set_query("cleaning");
  request.set_language_code("en");
  request.add_kinds(v1::CONCEPT_KIND_SKILL_GROUP);
  ASSERT_EQ(SearchFor(request).hits_size(), 1);
  EXPECT_EQ(SearchFor(request).hits(0).name(), Named("g1"));
  EXPECT_EQ(SearchFor(request).hits(0).kind(), v1::CONCEPT_KIND_SKILL_GROUP);
  request.add_kinds(v1::CONCEPT_KIND_KNOWLEDGE);
  EXPECT_EQ(SearchFor(request).hits_size(), 2);
}

TEST_F(TaxonomyHandlersTest, OnlyTheTaxonomyAskedFor) {
  v1::SearchConceptsRequest request;
  request.set_query("clean");
  request.set_taxonomy("taxonomies/esco");
  EXPECT_GT(SearchFor(request).hits_size(), 0);
  request.set_taxonomy("taxonomies/onet");
  EXPECT_EQ(SearchFor(request).hits_size(), 0);
}

TEST_F(TaxonomyHandlersTest, ShowsTenHitsUnlessAskedAndAHundredAtMost) {
  std::vector<v1::Concept> many;
  for (int i = 0; i < 150; ++i) many.push_back(MakeSkill(absl::StrCat("m", i), "many"));
  ASSERT_TRUE(world_.Import(many).ok());
  v1::SearchConceptsRequest request;
  request.set_query("many");
  EXPECT_EQ(SearchFor(request).hits_size(), 10);
  request.set_page_size(3);
  EXPECT_EQ(SearchFor(request).hits_size(), 3);
  request.set_page_size(2'000'000'000);
  EXPECT_EQ(SearchFor(request).hits_size(), 100);
}

TEST_F(TaxonomyHandlersTest, ATextWithoutLettersFindsNothing) {
  EXPECT_THAT(world_.Search("-?!", "nl"), IsEmpty());
}

TEST_F(TaxonomyHandlersTest, LabelsInTheLanguageOrElseInEnglishOrElseTheName) {
  v1::Concept nameless = MakeSkill("s0");
  nameless.clear_labels();
  v1::Concept dutch = nameless;
  dutch.set_name(Named("s1"));
  ASSERT_TRUE(world_.Import({nameless, InDutch(dutch, {"dweilen"}), MakeSkill("s2", "mop")}).ok());
  const auto snapshot = world_.catalog().snapshot();
  const auto label = [&snapshot](const char* id, Language language) {
    return std::string(snapshot->LabelOf(*snapshot->taxonomy()->Find(Named(id)), language));
  };
  EXPECT_EQ(label("s1", Language::kDutch), "dweilen");
  EXPECT_EQ(label("s1", Language::kEnglish), "dweilen");
  EXPECT_EQ(label("s2", Language::kDutch), "mop");
  EXPECT_EQ(label("s0", Language::kDutch), Named("s0"));
}

TEST_F(TaxonomyHandlersTest, ListsTaxonomiesInOrderOfTheirNames) {
  for (const char* name : {"taxonomies/onet", "taxonomies/competent"}) {
    v1::ImportTaxonomyRequest header = HeaderPart();
    header.mutable_header()->mutable_taxonomy()->set_name(name);
    v1::Concept skill = MakeSkill("a");
    skill.set_name(std::string(name) + "/concepts/a");
    ASSERT_TRUE(world_.ImportParts(Ended({header, ConceptsPart({skill})})).ok());
  }
  std::vector<std::string> names;
  const auto response = world_.handlers().List({});
  ASSERT_TRUE(response.ok());
  for (const v1::Taxonomy& taxonomy : response->taxonomies()) {
    names.push_back(taxonomy.name());
    v1::GetTaxonomyRequest request;
    request.set_name(taxonomy.name());
    EXPECT_EQ(world_.handlers().Get(request)->etag(), taxonomy.etag());
  }
  EXPECT_THAT(names, ElementsAre("taxonomies/competent", "taxonomies/esco", "taxonomies/onet"));
}

TEST_F(TaxonomyHandlersTest, WhatIsNotThereIsNotFound) {
  v1::GetTaxonomyRequest taxonomy;
  taxonomy.set_name("taxonomies/onet");
  EXPECT_THAT(ErrorText(world_.handlers().Get(taxonomy).status()),
              Eq("TAXONOMY_NOT_FOUND resource=taxonomies/onet"));
  v1::GetConceptRequest entry;
  entry.set_name(Named("x"));
  EXPECT_EQ(world_.handlers().GetConcept(entry).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(ErrorText(world_.handlers().GetConcept(entry).status()),
              Eq("CONCEPT_NOT_FOUND resource=taxonomies/esco/concepts/x"));
  EXPECT_EQ(world_.catalog().KindOf(Named("x")), std::nullopt);
}

TEST_F(TaxonomyHandlersTest, DamagedRecordsAreNeverServed) {
  storage::Batch batch;
  for (const storage::Key& key : {ConceptKey({"esco", "s1"}), TaxonomyKey("esco")}) {
    storage::Mutation& damage = batch.mutations.emplace_back();
    damage.key = key;
    damage.value = "\xff\xff";
  }
  ASSERT_TRUE(world_.store().Commit(std::move(batch)).ok());
  v1::GetConceptRequest entry;
  entry.set_name(Named("s1"));
  EXPECT_EQ(world_.handlers().GetConcept(entry).status().code(), absl::StatusCode::kDataLoss);
  v1::GetTaxonomyRequest taxonomy;
  taxonomy.set_name("taxonomies/esco");
  EXPECT_EQ(world_.handlers().Get(taxonomy).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(world_.handlers().List({}).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(world_.catalog().Refresh().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(TaxonomyCatalog::Load(world_.store()).status().code(), absl::StatusCode::kDataLoss);
  // What was loaded before goes on being served.
  EXPECT_THAT(world_.Search("dweil", "nl"), ElementsAre("vloeren schoonmaken [dweilen]"));
}

}  // namespace
}  // namespace passend::service
