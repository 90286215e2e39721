#include "service/credential/trusted_issuers.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/service/portable/portable_world.h"

namespace passend::service {
namespace {

TEST(TrustedIssuersTest, FindsWhoIsThere) {
  const auto key = KeyFor(SigningKey::Ec(), kSchool);
  const auto issuers = TrustedIssuers::Parse(TrustText(*key, true));
  ASSERT_TRUE(issuers.ok()) << issuers.status();
  ASSERT_NE(issuers->Find(kSchool), nullptr);
  EXPECT_TRUE(issuers->Find(kSchool)->keeps_methods);
  EXPECT_EQ(issuers->Find(kSchool)->name, "A school");
  EXPECT_EQ(issuers->Find("https://school.example.org/"), nullptr) << "another one";
  EXPECT_EQ(TrustedIssuers::Parse(R"({"issuers": []})")->size(), 0u);
}

TEST(TrustedIssuersTest, SaysWhatIsWrong) {
  const auto key = KeyFor(SigningKey::Ec(), kSchool);
  const nlohmann::json good = nlohmann::json::parse(TrustText(*key, true));
  const auto wrong = [&](const std::function<void(nlohmann::json&)>& change) {
    nlohmann::json changed = good;
    change(changed);
    const auto issuers = TrustedIssuers::Parse(changed.dump());
    EXPECT_FALSE(issuers.ok());
    return std::string(issuers.status().message());
  };
  using nlohmann::json;
  EXPECT_EQ(wrong([](json& file) { file["issuers"][0].erase("name"); }), "issuer 1 has no name");
  EXPECT_EQ(wrong([](json& file) { file["issuers"][0]["issuer"] = "school"; }),
            "issuer 1 has no issuer, which is a URL or a DID");
  EXPECT_EQ(wrong([](json& file) { file["issuers"].push_back(file["issuers"][0]); }),
            "issuer 2 is there before");
  EXPECT_EQ(wrong([](json& file) { file["issuers"][0]["keeps_methods"] = "yes"; }),
            "issuer 1 keeps_methods is neither true nor false");
  EXPECT_NE(
      wrong([](json& file) { file["issuers"][0]["keys"]["keys"][0]["d"] = "AA"; }).find("secret"),
      std::string::npos);
  EXPECT_FALSE(TrustedIssuers::Parse("[]").ok());
  EXPECT_FALSE(TrustedIssuers::Parse(R"({"issuers": [], "issuers": []})").ok());
}

TEST(TrustedIssuersFileTest, IsFollowedAndKeepsWhatWasGood) {
  const std::string path = testing::TempDir() + "/issuers.json";
  const auto write = [&](const std::string& text) { std::ofstream(path) << text; };
  const auto key = KeyFor(SigningKey::Ec(), kSchool);
  std::vector<std::string> lines;
  EXPECT_FALSE(TrustedIssuersFile::Open("/nowhere", [](std::string_view) {}).ok());
  write(R"({"issuers": []})");
  auto file =
      TrustedIssuersFile::Open(path, [&](std::string_view line) { lines.emplace_back(line); });
  ASSERT_TRUE(file.ok()) << file.status();
  write(TrustText(*key, false));
  (*file)->Refresh();
  EXPECT_NE((*file)->Get()->Find(kSchool), nullptr);
  write("nonsense");
  (*file)->Refresh();
  (*file)->Refresh();
  EXPECT_NE((*file)->Get()->Find(kSchool), nullptr);
  EXPECT_EQ(lines.size(), 2u);
}

}  // namespace
}  // namespace passend::service
