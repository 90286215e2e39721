#include "service/client/portable_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "service/client/json_output.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

namespace v1 = passend::v1;

TEST(PortableFileTest, ReadsWhatWasWritten) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/deep/anna.json";
  v1::PortablePassport portable;
  portable.mutable_passport()->set_region("groningen");
  portable.mutable_passport()->mutable_wishes()->mutable_hours()->set_weekly_hours_max(8);
  portable.add_credentials("a.b.c");
  ASSERT_TRUE(WriteWholeFile(path, JsonLine(portable)).ok());
  const auto read = ReadPortableFile(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), portable.SerializeAsString());
  struct stat about = {};
  ASSERT_EQ(stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u) << "it is about somebody";
}

TEST(PortableFileTest, ReadsCredentialsALine) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/some.jwt";
  std::ofstream(path) << "a.b.c\r\n\nd.e.f";
  const auto read = ReadPortableFile(path);
  ASSERT_TRUE(read.ok());
  EXPECT_FALSE(read->has_passport());
  ASSERT_EQ(read->credentials_size(), 2);
  EXPECT_EQ(read->credentials(0), "a.b.c");
  EXPECT_EQ(read->credentials(1), "d.e.f");
  EXPECT_FALSE(ReadPortableFile(folder.path() + "/nothing").ok());
  std::ofstream(path) << "{\"what\": 1}";
  EXPECT_FALSE(ReadPortableFile(path).ok());
}

TEST(PortableFileTest, CreatesWithoutWhatIsOfTheOldPlace) {
  v1::Passport passport;
  passport.set_name("passports/old");
  passport.set_etag("7");
  passport.set_region("drenthe");
  passport.set_state(v1::PASSPORT_STATE_PAUSED);
  passport.add_partners("partners/old");
  passport.add_coaches("coaches/old");
  passport.add_skills()->set_level(3);
  v1::Passport expected;
  expected.set_region("drenthe");
  expected.set_state(v1::PASSPORT_STATE_PAUSED);
  EXPECT_EQ(CreatableFrom(passport).SerializeAsString(), expected.SerializeAsString());
}

TEST(PortableFileTest, AsksInPartsThatTheServerTakes) {
  std::vector<std::string> credentials(250, std::string(3'000, 'x'));
  credentials.resize(300, std::string(60'000, 'y'));
  std::vector<std::string> asked;
  for (const auto& request : ImportRequests("passports/p", credentials, {"list"})) {
    EXPECT_EQ(request.parent(), "passports/p");
    EXPECT_EQ(request.status_lists_size(), 1);
    EXPECT_LE(request.credentials_size(), 100);
    EXPECT_GE(request.credentials_size(), 1);
    EXPECT_LE(request.ByteSizeLong(), 3u << 20);
    for (const auto& credential : request.credentials()) asked.push_back(credential.credential());
  }
  EXPECT_EQ(asked, credentials);
  EXPECT_TRUE(ImportRequests("passports/p", {}, {}).empty());
}

TEST(PortableFileTest, TheIssuersDocumentNamesItsKeys) {
  const std::string text = IssuerDocument(
      "did:web:a.example", R"({"keys": [{"kid": "did:web:a.example#1", "kty": "EC"}]})");
  const auto document = nlohmann::json::parse(text);
  EXPECT_EQ(document["id"], "did:web:a.example");
  EXPECT_EQ(document["assertionMethod"], nlohmann::json::array({"did:web:a.example#1"}));
  EXPECT_EQ(document["verificationMethod"][0]["publicKeyJwk"]["kty"], "EC");
  EXPECT_EQ(document["verificationMethod"][0]["controller"], "did:web:a.example");
  EXPECT_EQ(IssuerDocument("x", "nonsense"), "");
}

}  // namespace
}  // namespace passend::client
