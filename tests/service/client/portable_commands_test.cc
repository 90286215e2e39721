// `passport export`, `passport import` and `passport status-lists` against a server in this
// process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "service/client/byte_source.h"
#include "service/client/json_output.h"
#include "service/client/portable_file.h"
#include "service/client/problem.h"
#include "tests/service/client/client_run.h"
#include "tests/service/client/fake_server.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PortableCommands : public ::testing::Test {
 protected:
  PortableCommands() {
    server_.everything.mutable_passport()->set_name("passports/anna");
    server_.everything.mutable_passport()->set_region("drenthe");
    for (const char* credential : {"a.b.c", "d.e.f", "diploma"}) {
      server_.everything.add_credentials(credential);
    }
    v1::Validation& validation = *server_.everything.add_validations();
    validation.set_skill("taxonomies/t/concepts/a");
    validation.set_level(4);
    validation.mutable_foreign_proof()->set_credential("diploma");
  }

  ClientRun Client(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "passport");
    return RunClient(arguments, {{"LANG", "C.UTF-8"},
                                 {"PASSEND_SERVER", server_.address()},
                                 {"XDG_STATE_HOME", folder_.path() + "/state"}});
  }
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::string Text(const std::string& name) const {
    return ReadWholeFile(Path(name)).value_or("is not there");
  }
  unsigned ModeOf(const std::string& name) const {
    struct stat about = {};
    EXPECT_EQ(stat(Path(name).c_str(), &about), 0) << name;
    return about.st_mode & 0777;
  }

  TemporaryFolder folder_;
  FakeServer server_{folder_.path()};
};

TEST_F(PortableCommands, WhatIsExportedIsImportedWithWhatItMeans) {
  ClientRun run = Client({"export", "passports/anna", "--out", Path("anna.json")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(ModeOf("anna.json"), 0600u) << "it is about somebody";
  const auto file = ReadPortableFile(Path("anna.json"));
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->SerializeAsString(), server_.everything.SerializeAsString());

  run = Client({"import", Path("anna.json")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("passports/p1: 3 taken in, 0 were there already, 0 refused."));
  ASSERT_EQ(server_.imports.size(), 1u);
  EXPECT_EQ(server_.imports[0].parent(), "passports/p1");
  EXPECT_EQ(server_.imports[0].credentials(0).skill(), "");
  EXPECT_EQ(server_.imports[0].credentials(2).credential(), "diploma");
  EXPECT_EQ(server_.imports[0].credentials(2).skill(), "taxonomies/t/concepts/a");
  EXPECT_EQ(server_.imports[0].credentials(2).level(), 4);
  ASSERT_EQ(server_.passports.size(), 1u);
  EXPECT_EQ(server_.passports.begin()->second.region(), "drenthe");
}

TEST_F(PortableCommands, WhatNobodySignedIsNotTakenOverAndThatIsSaid) {
  server_.everything.clear_credentials();
  server_.everything.mutable_validations(0)->clear_foreign_proof();
  Client({"export", "passports/anna", "--out", Path("anna.json")});
  const ClientRun run = Client({"import", Path("anna.json")});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("whoever reads the file in does not take it over"));
  EXPECT_THAT(run.out, HasSubstr("passports/p1: 0 taken in"));
  EXPECT_EQ(server_.passports.size(), 1u);
}

TEST_F(PortableCommands, AnImportThatStopsIsGoneOnWith) {
  Client({"export", "passports/anna", "--out", Path("anna.json")});
  server_.failing_imports = 1;
  ClientRun run = Client({"import", Path("anna.json")});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("The import into passports/p1 has stopped."));
  run = Client({"import", Path("anna.json")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("passports/p1: 3 taken in"));
  EXPECT_EQ(server_.passports.size(), 1u) << "one file, one passport";
}

TEST_F(PortableCommands, WhoWasErasedIsMadeAnew) {
  Client({"export", "passports/anna", "--out", Path("anna.json")});
  for (int life = 0; life < 3; ++life) {
    const ClientRun run = Client({"import", Path("anna.json")});
    EXPECT_EQ(run.code, kExitOk) << run.err;
    ASSERT_EQ(server_.passports.size(), 1u);
    Client({"erase", server_.passports.begin()->second.name(), "--yes"});
    EXPECT_EQ(server_.passports.size(), 0u);
  }
}

TEST_F(PortableCommands, WhatOthersSignedMeansWhatItsBringerSays) {
  const std::string file = folder_.Write("diploma.jwt", "one\nbad\n");
  ClientRun run = Client({"import", file});
  EXPECT_EQ(run.code, kExitUsage);
  EXPECT_THAT(run.err, HasSubstr("--into"));
  run = Client({"import", file, "--into", "passports/anna", "--skill", "t/a", "--level", "6"});
  EXPECT_EQ(run.code, kExitUsage);
  run = Client({"import", file, "--into", "passports/anna", "--skill", "t/a", "--level", "4",
                "--status-list", folder_.Write("list", "l.i.st\n")});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.out, HasSubstr("credential 2: it is no credential"));
  ASSERT_EQ(server_.imports.size(), 1u);
  const v1::ImportCredentialsRequest& asked = server_.imports[0];
  EXPECT_EQ(asked.parent(), "passports/anna");
  EXPECT_EQ(asked.status_lists(0), "l.i.st");
  EXPECT_EQ(asked.credentials(0).skill(), "taxonomies/t/concepts/a");
  EXPECT_EQ(asked.credentials(0).level(), 4);
  EXPECT_TRUE(server_.passports.empty());
}

TEST_F(PortableCommands, WhatBecameOfTheDataIsTakenAlongWhereItIsAskedFor) {
  server_.everything.mutable_history()->add_proposals()->set_task("tasks/soup");
  server_.everything.mutable_history()->add_reveals()->set_employer("employers/zorghuis");
  for (const char* tenant : {"zorghuis", "delft", "breda"}) {
    server_.everything.mutable_history()->add_looks()->set_tenant(tenant);
  }
  const std::string file = Path("anna.json");
  EXPECT_EQ(Client({"export", "passports/anna", "--out", file}).code, kExitOk);
  EXPECT_FALSE(ReadPortableFile(file)->has_history()) << "others read that file";
  ClientRun run = Client({"export", "passports/anna", "--format", "all", "--out", file});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(ReadPortableFile(file)->SerializeAsString(), server_.everything.SerializeAsString());

  server_.hides_proposals = true;
  server_.keeps_looks = false;
  run = Client({"export", "passports/anna", "--format", "all", "--out", file});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.err, HasSubstr("proposals: The server says: not for you"));
  EXPECT_THAT(run.err, HasSubstr("looks: The server says: there is no log"));
  EXPECT_EQ(ReadPortableFile(file)->history().proposals_size(), 0);
  EXPECT_EQ(ReadPortableFile(file)->history().looks_size(), 0);
  EXPECT_EQ(ReadPortableFile(file)->history().reveals_size(), 1);
}

TEST_F(PortableCommands, OnlyAPageCanLeaveOutOrBearAName) {
  for (const char* format : {"json", "vc"}) {
    for (const std::vector<std::string>& flag :
         {std::vector<std::string>{"--for-employer"}, {"--name", "Anna"}}) {
      std::vector<std::string> arguments = {"export", "passports/anna", "--format", format};
      arguments.insert(arguments.end(), flag.begin(), flag.end());
      const ClientRun run = Client(arguments);
      EXPECT_EQ(run.code, kExitUsage) << format << " " << flag[0];
      EXPECT_THAT(run.err, HasSubstr(flag[0] + " is for --format html alone"));
      EXPECT_EQ(run.out, "");
    }
  }
  EXPECT_TRUE(server_.exports.empty());
  const ClientRun run =
      Client({"export", "passports/anna", "--format", "html", "--for-employer", "--name", "Anna"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(run.out, "<p>Anna</p>");
  EXPECT_TRUE(server_.exports.at(0).for_employer());
}

TEST_F(PortableCommands, CredentialsAreALineEach) {
  const ClientRun run = Client({"export", "passports/anna", "--format", "vc"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(run.out, "a.b.c\nd.e.f\ndiploma\n");
}

TEST_F(PortableCommands, AWebServerCanReadWhatOthersCheckBy) {
  server_.status_list.set_issuer("did:web:a.example");
  server_.status_list.set_uri("https://a.example/status/1");
  server_.status_list.set_list_count(2);
  server_.status_list.set_key_set(R"({"keys": [{"kid": "did:web:a.example#1"}]})");
  const ClientRun run = Client({"status-lists", Path("www")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(Text("www/status/1"), "list 1");
  EXPECT_EQ(Text("www/status/2"), "list 2");
  EXPECT_THAT(Text("www/jwks.json"), HasSubstr("did:web:a.example#1"));
  EXPECT_THAT(Text("www/.well-known/did.json"), HasSubstr("assertionMethod"));
  for (const char* name :
       {"www/status/1", "www/status/2", "www/jwks.json", "www/.well-known/did.json"}) {
    EXPECT_EQ(ModeOf(name), 0644u) << name;
  }
}

}  // namespace
}  // namespace passend::client
