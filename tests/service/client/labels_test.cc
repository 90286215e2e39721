#include "service/client/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Labels, AreReadAsTheyWereWritten) {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/state/passend/labels.json";
  Labels labels;
  labels.Set("passports/1", "anna");
  labels.Set("passports/2", "groep:7");
  ASSERT_TRUE(labels.Write(path).ok());
  const auto read = Labels::Read(path);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->size(), 2u);
  EXPECT_EQ(read->LabelOf("passports/2"), "groep:7");
  EXPECT_EQ(read->LabelOf("passports/3"), "");
}

TEST(Labels, AreForTheOwnerOnlyAndLeaveNoOtherFile) {
  TemporaryFolder folder;
  const std::string path = folder.path() + "/labels.json";
  Labels labels;
  labels.Set("passports/1", "anna");
  ASSERT_TRUE(labels.Write(path).ok());
  ASSERT_TRUE(labels.Write(path).ok());
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write);
  int files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++files;
  }
  EXPECT_EQ(files, 1);
}

TEST(Labels, AreEmptyWithoutAFileAndRefuseAForeignOne) {
  TemporaryFolder folder;
  const auto none = Labels::Read(folder.path() + "/none.json");
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(none->size(), 0u);
  for (const char* text : {"", "[]", "{\"a\": 1}", "{"}) {
    EXPECT_TRUE(absl::IsInvalidArgument(Labels::Read(folder.Write("l.json", text)).status()))
        << text;
  }
}

TEST(Labels, MeanThePassportThatGotThemLast) {
  Labels labels;
  labels.Set("passports/old", "anna");
  labels.Set("passports/new", "anna");
  EXPECT_THAT(labels.PassportsOf("anna"), ElementsAre("passports/new"));
  EXPECT_EQ(labels.LabelOf("passports/old"), "");
  labels.Set("passports/new", "anna");
  EXPECT_EQ(labels.size(), 1u);
  labels.Set("passports/new", "bram");
  EXPECT_THAT(labels.PassportsOf("anna"), IsEmpty());
  EXPECT_THAT(labels.PassportsOf("bram"), ElementsAre("passports/new"));
}

TEST(Labels, AreSingleAgainAfterOneWasGivenAnew) {
  TemporaryFolder folder;
  auto labels = Labels::Read(folder.Write(
      "l.json", R"({"passports/1": "twice", "passports/2": "twice", "passports/3": "bram"})"));
  ASSERT_TRUE(labels.ok());
  EXPECT_THAT(labels->PassportsOf("twice"), ElementsAre("passports/1", "passports/2"));
  labels->Set("passports/4", "twice");
  EXPECT_THAT(labels->PassportsOf("twice"), ElementsAre("passports/4"));
  EXPECT_EQ(labels->size(), 2u);
}

TEST(PassportName, TakesAFullNameALabelOrAnId) {
  Labels labels;
  labels.Set("passports/1", "anna");
  const auto name = [&](const std::string& text) {
    return PassportName(text, labels, Language::kEnglish).value_or("refused");
  };
  EXPECT_EQ(name("passports/9"), "passports/9");
  EXPECT_EQ(name("anna"), "passports/1");
  EXPECT_EQ(name("9f"), "passports/9f");
  labels.Forget("passports/1");
  EXPECT_EQ(name("anna"), "passports/anna");
}

TEST(PassportName, RefusesALabelOfMoreThanOnePassportAndNamesThem) {
  TemporaryFolder folder;
  const auto labels =
      Labels::Read(folder.Write("l.json", R"({"passports/1": "twice", "passports/2": "twice"})"));
  ASSERT_TRUE(labels.ok());
  const auto refused = PassportName("twice", *labels, Language::kEnglish);
  EXPECT_TRUE(absl::IsInvalidArgument(refused.status()));
  EXPECT_EQ(std::string(refused.status().message()),
            "more than one passport has the label twice: passports/1, passports/2. Say which one, "
            "by its name");
  EXPECT_EQ(PassportName("passports/2", *labels, Language::kEnglish).value_or(""), "passports/2");
}

TEST(ResourceName, PutsThePrefixWhereItIsMissing) {
  EXPECT_EQ(ResourceName("tasks/", "soup"), "tasks/soup");
  EXPECT_EQ(ResourceName("tasks/", "tasks/soup"), "tasks/soup");
  EXPECT_EQ(ConceptName("esco/x"), "taxonomies/esco/concepts/x");
  EXPECT_EQ(ConceptName("taxonomies/esco/concepts/x"), "taxonomies/esco/concepts/x");
  EXPECT_EQ(ConceptName("x"), "x");
}

}  // namespace
}  // namespace passend::client
