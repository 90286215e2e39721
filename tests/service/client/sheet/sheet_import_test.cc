// `passend csv template` and `passend csv import`, from a template to a server and again.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "service/client/problem.h"
#include "service/client/sync/growing_file.h"
#include "tests/service/client/client_run.h"
#include "tests/service/client/sheet/fake_office.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// While it is there, this process can write nothing into files.
class FullDisk {
 public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{.rlim_cur = 0, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &none);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_ = {};
};

class SheetImport : public ::testing::Test {
 protected:
  ClientRun Client(const std::vector<std::string>& arguments,
                   const std::string& language = "C.UTF-8") {
    return RunClient(arguments, {{"LANG", language}, {"PASSEND_SERVER", office_.address()}});
  }
  std::string Path() const { return folder_.path() + "/people.csv"; }
  std::string Read() const {
    std::ifstream file(Path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void Write(const std::string& text) { folder_.Write("people.csv", text); }
  v1::Passport Only() const { return office_.passports.begin()->second; }

  TemporaryFolder folder_;
  FakeOffice office_{folder_.path()};
};

TEST_F(SheetImport, ReadsATemplateThatWasFilledIn) {
  for (const char* language : {"C.UTF-8", "nl_NL.UTF-8"}) {
    std::filesystem::remove(Path());
    ASSERT_EQ(Client({"csv", "template", Path()}, language).code, kExitOk);
    EXPECT_EQ(Client({"csv", "import", Path()}, language).code, kExitRefused) << "holds nobody";
    std::string filled_in = Read();
    for (const std::string example : {"#example-1", "#voorbeeld-1"}) {
      for (std::size_t at; (at = filled_in.find(example)) != std::string::npos;) {
        filled_in.replace(at, example.size(), std::string("c-") + language);
      }
    }
    Write(filled_in);
    const ClientRun check = Client({"csv", "import", Path(), "--check"}, language);
    EXPECT_EQ(check.code, kExitOk) << check.err;
    const std::size_t before = office_.passports.size();
    EXPECT_THAT(check.out, HasSubstr(": 1 "));
    const ClientRun run = Client({"--json", "csv", "import", Path()}, language);
    EXPECT_EQ(run.code, kExitOk) << run.err;
    EXPECT_EQ(nlohmann::json::parse(run.out)["validations"], 2);
    EXPECT_EQ(office_.passports.size(), before + 1);
  }
  ASSERT_THAT(office_.passports, SizeIs(2));
  v1::Passport english = office_.passports.begin()->second;
  v1::Passport dutch = std::next(office_.passports.begin())->second;
  english.clear_name();
  dutch.clear_name();
  EXPECT_EQ(english.SerializeAsString(), dutch.SerializeAsString());
  EXPECT_THAT(office_.validations, SizeIs(4));
}

TEST_F(SheetImport, DoesNotWriteOverAFilledInTemplate) {
  Write("mine");
  EXPECT_EQ(Client({"csv", "template", Path()}).code, kExitRefused);
  EXPECT_EQ(Read(), "mine");
  EXPECT_THAT(Client({"csv", "template"}).out, HasSubstr("reference,region"));
}

TEST_F(SheetImport, MakesTemplatesThatOnlyTheOwnerCanRead) {
  Client({"csv", "template", Path()});
  EXPECT_EQ(std::filesystem::status(Path()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(SheetImport, TellsProgramsWhatIsInOrder) {
  Write("reference,skill,level,method\nc-1,bake,2,observed\n");
  const ClientRun run = Client({"--json", "csv", "import", Path(), "--check"});
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_EQ(nlohmann::json::parse(run.out),
            nlohmann::json({{"people", 1}, {"skills", 1}, {"mistakes", nlohmann::json::array()}}));
}

TEST_F(SheetImport, ChangesNothingTheSecondTimeAndUpdatesWhatWasMended) {
  const std::string head = "reference,region,skill,level,method\n";
  Write(head + "c-1,drenthe,bake,2,observed\nc-2,drenthe,,,\n");
  EXPECT_THAT(Client({"csv", "import", Path()}).out,
              HasSubstr("2 people added, 0 updated, 0 as they were; 1 skills recorded; 0 refused"));
  EXPECT_THAT(Client({"csv", "import", Path()}).out,
              HasSubstr("0 people added, 0 updated, 2 as they were; 0 skills recorded; 0 refused"));
  Write(head + "c-1,zeeland,bake,3,observed\nc-2,drenthe,,,\n");
  EXPECT_THAT(Client({"csv", "import", Path()}).out,
              HasSubstr("0 people added, 1 updated, 1 as they were; 1 skills recorded; 0 refused"));
  EXPECT_THAT(office_.passports, SizeIs(2));
  EXPECT_EQ(office_.updates, 1);
  EXPECT_THAT(office_.validations, SizeIs(2));
}

// A reference means somebody within one file only.
TEST_F(SheetImport, TakesTheSameRowOfTwoFilesForTwoPeople) {
  const std::string row = "reference,region,skill,level,method\n1,groningen,bake,2,observed\n";
  for (const char* file : {"group-a.csv", "group-b.csv"}) {
    EXPECT_THAT(Client({"csv", "import", folder_.Write(file, row)}).out,
                HasSubstr("1 people added"));
  }
  EXPECT_THAT(office_.passports, SizeIs(2));
  ASSERT_THAT(office_.validations, SizeIs(2));
  EXPECT_NE(office_.validations.begin()->second.parent(),
            office_.validations.rbegin()->second.parent());
}

// As when it is killed after a passport was made and before that was noted.
TEST_F(SheetImport, StopsWhereItCannotNoteWhoIsWhoAndMakesNobodyTwice) {
  Write("reference,region\nc-0,atlantis\n");
  EXPECT_EQ(Client({"csv", "import", Path()}).code, kExitRefused);
  Write("reference,region\nc-1,drenthe\nc-2,zeeland\n");
  ClientRun run;
  {
    const FullDisk full;
    run = Client({"csv", "import", Path()});
  }
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("Run the same command again"));
  EXPECT_THAT(office_.passports, SizeIs(1)) << "nobody more whose passport would be lost";
  EXPECT_EQ(Client({"csv", "import", Path()}).code, kExitOk);
  EXPECT_THAT(office_.passports, SizeIs(2));
  EXPECT_FALSE(std::filesystem::exists(Path() + ".run"));
}

TEST_F(SheetImport, LeavesRevokedWhatWasRevoked) {
  const std::string head = "reference,skill,level,method,date\n";
  Write(head + "c-1,bake,2,observed,\n");
  Client({"csv", "import", Path()});
  ASSERT_THAT(office_.validations, SizeIs(1));
  office_.validations.begin()->second.mutable_validations(0)->mutable_revoke_time()->set_seconds(1);
  const ClientRun again = Client({"csv", "import", Path()});
  EXPECT_EQ(again.code, kExitOk) << again.err;
  EXPECT_THAT(again.out, AllOf(HasSubstr("0 skills recorded"), HasSubstr("\n1 skills stay revoked"),
                               HasSubstr("another date"), HasSubstr("passend validation record")));
  const ClientRun json = Client({"--json", "csv", "import", Path()});
  EXPECT_EQ(nlohmann::json::parse(json.out)["revoked"], 1);
  EXPECT_THAT(office_.validations, SizeIs(1));
  Write(head + "c-1,bake,2,observed,2026-11-03\n");
  const ClientRun dated = Client({"csv", "import", Path()});
  EXPECT_THAT(dated.out, AllOf(HasSubstr("1 skills recorded"), Not(HasSubstr("revoked"))));
  EXPECT_THAT(office_.validations, SizeIs(2));
  EXPECT_THAT(Client({"csv", "import", Path()}).out,
              AllOf(HasSubstr("0 skills recorded"), Not(HasSubstr("revoked"))));
}

TEST_F(SheetImport, OfATemplateThatWasNotFilledInSaysSoInOneSentence) {
  Write("reference,region\n#example-1,drenthe\n");
  for (const char* language : {"C.UTF-8", "nl_NL.UTF-8"}) {
    const ClientRun run = Client({"csv", "import", Path()}, language);
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_THAT(run.err, AllOf(HasSubstr("#"), Not(HasSubstr(".."))));
  }
}

TEST_F(SheetImport, IsAloneAtWorkOnAFile) {
  Write("reference,region\nc-1,drenthe\n");
  const auto other = GrowingFile::Open(Path() + ".run");
  ASSERT_TRUE(other.ok());
  const ClientRun run = Client({"csv", "import", Path()});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("another run is at work"));
  EXPECT_THAT(office_.passports, IsEmpty());
}

TEST_F(SheetImport, DoesNotBringBackTheErased) {
  Write("reference,region\nc-1,drenthe\n");
  Client({"csv", "import", Path()});
  office_.passports.clear();
  const ClientRun run = Client({"csv", "import", Path()});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("row 2"));
  EXPECT_THAT(office_.passports, IsEmpty());
}

TEST_F(SheetImport, WritesNothingWhileThereIsAMistake) {
  Write(
      "kenmerk;regio;vaardigheid;niveau;hoe vastgesteld;naam\n"
      "c-1;drenthe;bakken;3;gezien;Jan\n"
      "c-2;drenthe;toveren;9;gezien;Piet\n");
  const ClientRun run = Client({"csv", "import", Path()}, "nl_NL.UTF-8");
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, AllOf(HasSubstr("kolom naam wordt overgeslagen en niet verstuurd"),
                             HasSubstr("rij 3, kolom niveau: een geheel getal van 1 tot en met 5"),
                             HasSubstr("1 fouten; er is niets weggeschreven")));
  EXPECT_THAT(office_.passports, IsEmpty());
  Write(
      "kenmerk;vaardigheid;niveau;hoe vastgesteld\nc-2;toveren;2;gezien\n"
      "c-2;bakken;2;gezien\nc-2;bakken;3;gezien\n");
  const auto json =
      nlohmann::json::parse(Client({"--json", "csv", "import", Path()}).out)["mistakes"];
  ASSERT_THAT(json, SizeIs(2));
  EXPECT_EQ(json[0]["column"], "skill");
  EXPECT_EQ(json[1]["row"], 4);
}

// What the server would refuse later is seen before anything is made.
TEST_F(SheetImport, ChecksTheRulesOfTheServerBeforeItWritesAnything) {
  const std::string nul("\0", 1);
  Write(
      "reference,region,skill,level,method,date,place\n"
      "c-1,drenthe,bake,2,observed,2199-01-02,\n"
      "c-2,gron ingen!,,,,,\n"
      "c-3,dren" +
      nul + "the,,,,,\nc-4,drenthe,bake,2,observed,," + std::string(81, 'p') + "\n");
  for (const std::vector<std::string>& how :
       {std::vector<std::string>{"--check"}, {}, {"--check", "--partner", "delft"}}) {
    std::vector<std::string> command = {"csv", "import", Path()};
    command.insert(command.end(), how.begin(), how.end());
    const ClientRun run = Client(command);
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_THAT(run.err, AllOf(HasSubstr("people.csv, row 2, column date: a day that has been"),
                               HasSubstr("people.csv, row 3, column region: a region, such as"),
                               HasSubstr("people.csv, row 4, column region: a region, such as"),
                               HasSubstr("people.csv, row 5, column place: at most 80 characters"),
                               HasSubstr("4 mistakes; nothing was written")));
  }
  EXPECT_THAT(office_.passports, IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(Path() + ".run"));
}

TEST_F(SheetImport, SaysWhatTheServerRefusedAndGoesOn) {
  Write("reference,region\nc-1,atlantis\nc-2,drenthe\n");
  const ClientRun run = Client({"csv", "import", Path()});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr(Path() + ", row 2, column region: a region that exists\n"));
  EXPECT_THAT(run.out, HasSubstr("1 people added"));
  EXPECT_THAT(office_.passports, SizeIs(1));
}

TEST_F(SheetImport, NotesWhoIsWhoAsLabels) {
  Write("reference,region\nc-1,drenthe\n");
  Client({"csv", "import", Path()});
  const ClientRun shown =
      Client({"--labels", Path() + ".passports.json", "passport", "show", "c-1"});
  EXPECT_EQ(shown.code, kExitOk) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("drenthe"));
}

}  // namespace
}  // namespace passend::client
