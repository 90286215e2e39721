#include "service/client/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

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

TEST(PassportName, TakesAFullNameALabelOrAnId) {
  Labels labels;
  labels.Set("passports/1", "anna");
  labels.Set("passports/2", "twice");
  labels.Set("passports/3", "twice");
  EXPECT_EQ(PassportName("passports/9", labels), "passports/9");
  EXPECT_EQ(PassportName("anna", labels), "passports/1");
  EXPECT_EQ(PassportName("twice", labels), "passports/twice");
  EXPECT_EQ(PassportName("9f", labels), "passports/9f");
  labels.Forget("passports/1");
  EXPECT_EQ(PassportName("anna", labels), "passports/anna");
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
