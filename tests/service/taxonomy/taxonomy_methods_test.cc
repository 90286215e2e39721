// TaxonomyService as it is bound: from bytes to bytes.
#include "service/taxonomy/taxonomy_methods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "tests/service/taxonomy/taxonomy_world.h"

namespace passend::service {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;

class TaxonomyMethodsTest : public ::testing::Test {
 protected:
  TaxonomyMethodsTest() { BindTaxonomyMethods(bindings_, world_.handlers()); }

  static CallContext ContextOf(const std::string& method) {
    CallContext context;
    context.method = "passend.v1.TaxonomyService." + method;
    context.now = [] { return absl::UnixEpoch(); };
    return context;
  }

  template <typename Response, typename Request>
  absl::StatusOr<Response> Answer(const std::string& method, const Request& request) {
    const auto bytes = bindings_.Answer(ContextOf(method), request.SerializeAsString());
    if (!bytes.ok()) return bytes.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(*bytes));
    return response;
  }

  absl::StatusOr<v1::ImportTaxonomyResponse> Import(
      const std::vector<v1::ImportTaxonomyRequest>& parts,
      std::shared_ptr<const std::atomic<bool>> cancel_signal = nullptr) {
    CallContext context = ContextOf("ImportTaxonomy");
    context.cancel_signal = std::move(cancel_signal);
    auto stream = bindings_.Open(context);
    if (!stream.ok()) return stream.status();
    for (const v1::ImportTaxonomyRequest& part : Ended(parts)) {
      absl::Status added = (*stream)->Add(context, part.SerializeAsString());
      if (!added.ok()) return added;
    }
    const auto bytes = (*stream)->Finish(context);
    if (!bytes.ok()) return bytes.status();
    v1::ImportTaxonomyResponse response;
    EXPECT_TRUE(response.ParseFromString(*bytes));
    return response;
  }

  TaxonomyWorld world_;
  MethodBindings bindings_;
};

TEST_F(TaxonomyMethodsTest, AreAllBound) {
  EXPECT_TRUE(bindings_.CheckBound().ok()) << bindings_.CheckBound();
  EXPECT_THAT(bindings_.Unbound(), Not(::testing::Contains(HasSubstr("TaxonomyService"))));
}

TEST_F(TaxonomyMethodsTest, ImportAndAnswer) {
  const auto imported = Import({HeaderPart(), ConceptsPart({MakeSkill("a", "clean windows")})});
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->added_concepts(), 1);

  v1::GetTaxonomyRequest taxonomy;
  taxonomy.set_name("taxonomies/esco");
  EXPECT_EQ(Answer<v1::Taxonomy>("GetTaxonomy", taxonomy)->etag(), imported->taxonomy().etag());
  const auto list =
      Answer<v1::ListTaxonomiesResponse>("ListTaxonomies", v1::ListTaxonomiesRequest());
  EXPECT_EQ(list->taxonomies_size(), 1);
  v1::GetConceptRequest entry;
  entry.set_name(Named("a"));
  EXPECT_EQ(Answer<v1::Concept>("GetConcept", entry)->name(), Named("a"));
  v1::SearchConceptsRequest search;
  search.set_query("win");
  const auto found = Answer<v1::SearchConceptsResponse>("SearchConcepts", search);
  ASSERT_EQ(found->hits_size(), 1);
  EXPECT_EQ(found->hits(0).label(), "clean windows");
}

TEST_F(TaxonomyMethodsTest, IgnoreOutputOnlyFieldsOfAnImport) {
  v1::Concept skill = MakeSkill("a");
  skill.set_state(v1::CONCEPT_STATE_DEPRECATED);
  skill.set_used_by_occupations(99);
  skill.set_specificity_basis_points(7);
  v1::ImportTaxonomyRequest header = HeaderPart();
  header.mutable_header()->mutable_taxonomy()->set_concept_count(99);
  header.mutable_header()->mutable_taxonomy()->set_etag("old");
  const auto imported = Import({header, ConceptsPart({skill})});
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->taxonomy().concept_count(), 1);
  EXPECT_EQ(imported->taxonomy().etag(), "1");
  v1::GetConceptRequest request;
  request.set_name(Named("a"));
  const auto stored = Answer<v1::Concept>("GetConcept", request);
  EXPECT_EQ(stored->state(), v1::CONCEPT_STATE_ACTIVE);
  EXPECT_EQ(stored->used_by_occupations(), 0);
  EXPECT_EQ(stored->specificity_basis_points(), 5'000);
}

TEST_F(TaxonomyMethodsTest, RefuseFieldsThatBreakTheirRules) {
  v1::Concept unlabelled = MakeSkill("a");
  unlabelled.clear_labels();
  const auto refused = Import({HeaderPart(), ConceptsPart({unlabelled})});
  EXPECT_THAT(ErrorText(refused.status()), Eq("INVALID_FIELD field=concepts.concepts[0].labels"));
  EXPECT_EQ(world_.store().LastSequence(), 0u);
  EXPECT_THAT(ErrorText(Answer<v1::Taxonomy>("GetTaxonomy", v1::GetTaxonomyRequest()).status()),
              Eq("INVALID_FIELD field=name"));
}

TEST_F(TaxonomyMethodsTest, AnImportWhoseCallerWentAwayIsNotWritten) {
  const auto gone = std::make_shared<const std::atomic<bool>>(true);
  const auto refused = Import({HeaderPart(), ConceptsPart({MakeSkill("a")})}, gone);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(world_.store().LastSequence(), 0u);
}

}  // namespace
}  // namespace passend::service
