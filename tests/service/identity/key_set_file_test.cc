#include "service/identity/key_set_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "service/identity/limits.h"
#include "tests/service/folder.h"
#include "tests/service/identity/signing_key.h"

namespace passend::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class KeySetFileTest : public testing::Test {
 protected:
  void Write(const std::string& text) { std::ofstream(path_, std::ios::binary) << text; }
  static std::string SetOf(const std::vector<std::string>& key_ids) {
    static const SigningKey key = SigningKey::Ec();
    nlohmann::json set = {{"keys", nlohmann::json::array()}};
    for (const std::string& key_id : key_ids) set["keys"].push_back(key.Jwk(key_id));
    return set.dump();
  }
  auto Open() {
    return KeySetFile::Open(path_, [this](std::string_view line) { lines_.emplace_back(line); });
  }

  const Folder folder_;
  const std::string path_ = folder_.File("jwks.json");
  std::vector<std::string> lines_;
};

TEST_F(KeySetFileTest, TakesOverANewSet) {
  Write(SetOf({"old"}));
  const auto file = Open();
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_NE((*file)->Get()->Find("old"), nullptr);
  const auto before = (*file)->Get();
  (*file)->Refresh();
  EXPECT_EQ((*file)->Get(), before) << "nothing changed";
  Write(SetOf({"new"}));
  (*file)->Refresh();
  EXPECT_EQ((*file)->Get()->Find("old"), nullptr);
  EXPECT_NE((*file)->Get()->Find("new"), nullptr);
  EXPECT_NE(before->Find("old"), nullptr) << "who still has it keeps it";
  EXPECT_THAT(lines_, ElementsAre(HasSubstr("1 are in force now")));
}

TEST_F(KeySetFileTest, KeepsTheOldSetAndSaysSoOnce) {
  Write(SetOf({"old"}));
  const auto file = Open();
  ASSERT_TRUE(file.ok()) << file.status();
  const std::string half = SetOf({"old", "new"}).substr(0, 200);
  for (const std::string& broken : {half, std::string(), std::string(kKeySetBytesMax + 7, ' ')}) {
    lines_.clear();
    Write(broken);
    (*file)->Refresh();
    (*file)->Refresh();
    EXPECT_NE((*file)->Get()->Find("old"), nullptr);
    EXPECT_THAT(lines_, ElementsAre(HasSubstr("the old keys stay in force")));
  }
  lines_.clear();
  std::filesystem::remove(path_);
  (*file)->Refresh();
  (*file)->Refresh();
  EXPECT_NE((*file)->Get()->Find("old"), nullptr);
  EXPECT_THAT(lines_, ElementsAre(HasSubstr("cannot be read")));
  Write(SetOf({"new"}));
  (*file)->Refresh();
  EXPECT_NE((*file)->Get()->Find("new"), nullptr);
}

TEST_F(KeySetFileTest, HasToBeThereAtTheStart) {
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr(path_ + " cannot be read"));
  Write("{}");
  EXPECT_THAT(std::string(Open().status().message()), HasSubstr(path_ + ": is no JWK set"));
}

}  // namespace
}  // namespace passend::service
