#include "service/client/sheet/skill_lookup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/client/sheet/fake_office.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

class SkillLookupTest : public ::testing::Test {
 protected:
  FoundSkill Find(const std::string& text) {
    auto found = lookup_.Find(text);
    EXPECT_TRUE(found.ok());
    return found.value_or(FoundSkill());
  }

  TemporaryFolder folder_;
  FakeOffice office_{folder_.path()};
  SkillLookup lookup_{
      Language::kDutch,
      [&](const std::string& name) -> absl::StatusOr<bool> {
        v1::GetConceptRequest request;
        request.set_name(name);
        v1::Concept response;
        return office_.GetConcept(nullptr, &request, &response).ok();
      },
      [&](const v1::SearchConceptsRequest& request) -> absl::StatusOr<v1::SearchConceptsResponse> {
        v1::SearchConceptsResponse response;
        EXPECT_TRUE(office_.SearchConcepts(nullptr, &request, &response).ok());
        return response;
      }};
};

TEST_F(SkillLookupTest, TakesTheOneSkillOfThatNameAndAsksOnce) {
  EXPECT_EQ(Find("Soep  KOKEN").name, "taxonomies/demo/concepts/make-soup");
  EXPECT_EQ(Find("soep koken").name, "taxonomies/demo/concepts/make-soup");
  EXPECT_EQ(office_.searches, 1);
  EXPECT_EQ(Find("bake").name, "taxonomies/demo/concepts/bake") << "of the other language";
}

TEST_F(SkillLookupTest, TakesNamesOfWhatThereIsAsTheyAre) {
  EXPECT_EQ(Find("demo/bake").name, "taxonomies/demo/concepts/bake");
  EXPECT_EQ(Find("taxonomies/other/concepts/17").name, "taxonomies/other/concepts/17");
  EXPECT_EQ(office_.searches, 0);
}

TEST_F(SkillLookupTest, TakesALabelWithASlashForALabel) {
  EXPECT_EQ(Find("Lassen/solderen").name, "taxonomies/demo/concepts/17");
  EXPECT_EQ(Find("hakken/breken").problem,
            "geen taxonomie kent deze vaardigheid; zoek met: passend taxonomy search");
}

TEST_F(SkillLookupTest, SaysWhatMayBeMeant) {
  EXPECT_EQ(Find("soep").problem,
            "niet de naam van één vaardigheid. Bedoelt u: Soep koken (demo/make-soup)?");
  EXPECT_EQ(Find("vegen").problem,
            "niet de naam van één vaardigheid. Bedoelt u: Vegen (demo/sweep), Vegen (other/17)?");
  EXPECT_EQ(Find("toveren").problem,
            "geen taxonomie kent deze vaardigheid; zoek met: passend taxonomy search");
  EXPECT_EQ(Find(std::string(200, 'x')).name, "");
}

}  // namespace
}  // namespace passend::client
