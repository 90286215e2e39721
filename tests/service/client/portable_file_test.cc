#include "service/client/portable_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "service/client/json_output.h"
#include "service/client/whole_file.h"
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
  v1::PortablePassport portable;
  for (const std::string& credential : credentials) portable.add_credentials(credential);
  const auto all = CredentialsIn(portable, "", 0);
  for (const auto& request : ImportRequests("passports/p", all, {"list"})) {
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

TEST(PortableFileTest, SaysWhatCredentialsMeanThatDoNotSayItThemselves) {
  v1::PortablePassport portable;
  portable.add_credentials("diploma");
  portable.add_credentials("other");
  v1::Validation& validation = *portable.add_validations();
  validation.set_skill("taxonomies/t/concepts/a");
  validation.set_level(4);
  validation.mutable_foreign_proof()->set_credential("diploma");
  portable.add_validations()->set_skill("taxonomies/t/concepts/own");
  auto credentials = CredentialsIn(portable, "taxonomies/t/concepts/b", 2);
  ASSERT_EQ(credentials.size(), 2u);
  EXPECT_EQ(credentials[0].credential(), "diploma");
  EXPECT_EQ(credentials[0].skill(), "taxonomies/t/concepts/a");
  EXPECT_EQ(credentials[0].level(), 4);
  EXPECT_EQ(credentials[1].skill(), "taxonomies/t/concepts/b");
  EXPECT_EQ(credentials[1].level(), 2);
  credentials = CredentialsIn(portable, "", 0);
  EXPECT_EQ(credentials[1].skill(), "");
  EXPECT_EQ(credentials[1].level(), 0);
}

TEST(PortableFileTest, TheIssuersDocumentIsWhereItIsLookedFor) {
  EXPECT_EQ(IssuerDocumentPath("did:web:a.example"), ".well-known/did.json");
  EXPECT_EQ(IssuerDocumentPath("did:web:a.example%3A8443"), ".well-known/did.json");
  EXPECT_EQ(IssuerDocumentPath("did:web:a.example:b"), "did.json");
  EXPECT_EQ(IssuerDocumentPath("https://a.example/b"), "index.json");
}

TEST(PortableFileTest, TheIssuersDocumentNamesItsKeys) {
  const std::string text = IssuerDocument(
      "did:web:a.example", R"({"keys": [{"kid": "did:web:a.example#1", "kty": "EC"}]})");
  const auto document = nlohmann::json::parse(text);
  EXPECT_EQ(document["id"], "did:web:a.example");
  EXPECT_EQ(document["assertionMethod"], nlohmann::json::array({"did:web:a.example#1"}));
  EXPECT_EQ(document["verificationMethod"][0]["publicKeyJwk"]["kty"], "EC");
  EXPECT_EQ(document["verificationMethod"][0]["controller"], "did:web:a.example");
  EXPECT_EQ(document["@context"][0], "https://www.w3.org/ns/did/v1");
  EXPECT_EQ(IssuerDocument("x", "nonsense"), "");
  const auto of_https =
      nlohmann::json::parse(IssuerDocument("https://a.example", R"({"keys": [{"kid": "1"}]})"));
  EXPECT_EQ(of_https["id"], "https://a.example");
  EXPECT_EQ(of_https["@context"][0], "https://www.w3.org/ns/cid/v1");
}

}  // namespace
}  // namespace passend::client
