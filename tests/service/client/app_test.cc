// The command line and its help, without a server.
#include "service/client/app.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/client/client_run.h"

namespace passend::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::map<std::string, std::string> kEnglish = {{"LANG", "C.UTF-8"}};
const std::map<std::string, std::string> kDutch = {{"LANG", "nl_NL.UTF-8"}};

TEST(App, HelpsWithCommandsExamplesAndExitCodes) {
  const ClientRun run = RunClient({"--help"}, kEnglish);
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_EQ(run.err, "");
  for (const char* part :
       {"rank", "tasks-for", "completion", "PASSEND_SERVER", "passend rank soup --region groningen",
        "3 no server could be reached"}) {
    EXPECT_THAT(run.out, HasSubstr(part));
  }
}

TEST(App, HelpsInDutch) {
  const ClientRun run = RunClient({"rank", "--help"}, kDutch);
  EXPECT_THAT(run.out, HasSubstr("Gebruik: passend rank [OPTIES] task"));
  EXPECT_THAT(run.out, HasSubstr("Alleen deze regio"));
  for (const char* english : {"Options", "Usage", "Subcommands", "REQUIRED", "Print this"}) {
    EXPECT_THAT(run.out, Not(HasSubstr(english)));
  }
}

// Whoever erases without being asked, and so is not told by the question.
TEST(App, HelpOfErasingSaysWhatBecomesOfCredentials) {
  EXPECT_THAT(RunClient({"passport", "erase", "--help"}, kEnglish).out,
              HasSubstr("erased here last"));
  EXPECT_THAT(RunClient({"passport", "erase", "--help"}, kDutch).out, HasSubstr("als laatste"));
}

TEST(App, KeepsHelpWithinTheTerminal) {
  auto narrow = kEnglish;
  narrow["COLUMNS"] = "60";
  std::istringstream lines(RunClient({"rank", "--help"}, narrow).out);
  std::string line;
  while (std::getline(lines, line) && !line.starts_with("Examples")) {
    EXPECT_LE(line.size(), 60u) << line;
  }
}

struct Mistake {
  std::vector<std::string> arguments;
  std::string english;
  std::string dutch;
};

class Mistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, AreNamedInBothLanguages) {
  const ClientRun english = RunClient(GetParam().arguments, kEnglish);
  EXPECT_EQ(english.code, kExitUsage);
  EXPECT_EQ(english.out, "");
  EXPECT_THAT(english.err, HasSubstr("Wrong usage: " + GetParam().english + ".\n"));
  const ClientRun dutch = RunClient(GetParam().arguments, kDutch);
  EXPECT_EQ(dutch.code, kExitUsage);
  EXPECT_THAT(dutch.err, HasSubstr("Verkeerd gebruik: " + GetParam().dutch + ".\n"));
}

INSTANTIATE_TEST_SUITE_P(
    All, Mistakes,
    ::testing::Values(Mistake{{"rank"}, "task is missing", "task ontbreekt"},
                      Mistake{{"policy"},
                              "say what to do, one of: show, list, publish",
                              "zeg wat er moet gebeuren, een van: show, list, publish"},
                      Mistake{{"rank", "a", "b"}, "not expected here: b", "hier niet verwacht: b"},
                      Mistake{{"rank", "a", "--top", "0"},
                              "--top: a whole number from 1 to 1000",
                              "--top: een geheel getal van 1 tot en met 1000"},
                      Mistake{{"rank", "a", "--as-of", "2026-13-01"},
                              "--as-of: a day as 2026-11-21",
                              "--as-of: een dag als 2026-11-21"},
                      Mistake{{"rank", "a", "--weights", "50,50,10,0"},
                              "--weights: four whole percentages that sum to 100, as 30,30,20,20",
                              "--weights: vier hele percentages, samen 100, zoals 30,30,20,20"},
                      Mistake{{"task", "list", "--state", "done"},
                              "--state: one of open|closed",
                              "--state: een van open|closed"},
                      Mistake{{"passport", "erase", "x"},
                              "--yes is needed to erase without being asked",
                              "--yes is nodig om zonder vraag te wissen"},
                      Mistake{{"task", "list", "--token-file", "/nowhere/token"},
                              "the file /nowhere/token cannot be read, or is empty",
                              "het bestand /nowhere/token is niet te lezen, of is leeg"},
                      Mistake{{"task", "list", "--token-file", "/proc/version"},
                              "the file /proc/version holds no token: one word, without spaces",
                              "in het bestand /proc/version staat geen token: één woord, zonder "
                              "spaties"},
                      Mistake{{"task", "list", "--tls-cert", "/etc/passwd"},
                              "--tls-cert and --tls-key go together",
                              "--tls-cert en --tls-key horen bij elkaar"},
                      Mistake{{"task", "list", "--token-file", "/proc/sys/kernel/ostype",
                               "--server", "example.org:443"},
                              "a token to example.org:443 would go in plain text, where others can "
                              "read along; give --tls-ca",
                              "een token naar example.org:443 zou onversleuteld gaan, zodat "
                              "anderen meelezen; geef --tls-ca"}));

TEST(App, SaysHowToStartAServerWhereNoneIs) {
  auto nowhere = kEnglish;
  nowhere["PASSEND_SERVER"] = "unix:/nowhere/passend.sock";
  const ClientRun run = RunClient({"rank", "soup"}, nowhere);
  EXPECT_EQ(run.code, kExitUnreachable);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err,
              HasSubstr("No Passend server answers at unix:/nowhere/passend.sock. Start one "
                        "with `passendd`"));
}

}  // namespace
}  // namespace passend::client
