// `passend export` from a feed that breaks off, falls silent and forgets.
#include <gmock/gmock.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "service/client/problem.h"
#include "service/client/sync/growing_file.h"
#include "service/client/sync/set_file.h"
#include "tests/service/client/sync/sync_scene.h"

namespace passend::client {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Key;
using ::testing::Not;
using ::testing::SizeIs;

class Export : public SyncScene {
 protected:
  static v1::WatchResponse Gone(
      const std::vector<std::pair<std::string, v1::WatchRemoval>>& people) {
    v1::WatchResponse part;
    for (const auto& [name, removal] : people) {
      v1::WatchChange& change = *part.add_changes();
      change.set_passport_name("passports/" + name);
      change.set_removal(removal);
    }
    return part;
  }
  // The passports in a file of JSON lines, in their order.
  std::vector<std::string> Names(const std::string& file) const {
    std::istringstream lines(Read(file));
    std::vector<std::string> names;
    for (std::string line; std::getline(lines, line);) {
      names.push_back(nlohmann::json::parse(line)["passport_name"].get<std::string>().substr(10));
    }
    return names;
  }
};

TEST_F(Export, WritesTheSnapshotAndStops) {
  server_.feed = {Part({"2a", "b2"}), Part({"m2"}), Part({"z7"}, true), Part({"later"})};
  const ClientRun run = Client({"export", Path("set.jsonl"), "--partner", "delft", "--region",
                                "drenthe", "--with-validations"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("2a", "b2", "m2", "z7"));
  EXPECT_THAT(run.out, HasSubstr("4 people and changes"));
  ASSERT_THAT(server_.watched, SizeIs(1));
  EXPECT_EQ(server_.watched[0].partner(), "partners/delft");
  EXPECT_THAT(server_.watched[0].regions(), ElementsAre("drenthe"));
  EXPECT_TRUE(server_.watched[0].with_validations());
}

TEST_F(Export, GoesOnFromTheCursorAfterBreaks) {
  server_.feed = {Part({"a"}), Part({"b"}), Part({"c"}), Part({"d"}, true)};
  server_.breaks = {{1}, {0}, {2}};
  const ClientRun run = Client({"export", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(server_.watched, SizeIs(4));
  EXPECT_EQ(server_.watched[3].cursor(), "3");
}

TEST_F(Export, NoticesALineThatIsDeadWithoutHavingSaidSo) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  server_.breaks = {{1, true}};
  const ClientRun run = Client({"--timeout", "1", "export", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b"));
}

TEST_F(Export, ContinuesACutFileWithoutDoubles) {
  server_.feed = {Part({"a"}), Part({"b"}), Part({"c"}, true)};
  server_.breaks = {{2}};
  const ClientRun stopped = Client({"export", Path("set.jsonl")}, {.waits_until_stop = 0});
  EXPECT_EQ(stopped.code, kExitUnreachable);
  // What a killed run wrote after its last note: half a line.
  folder_.Write("set.jsonl", Read("set.jsonl") + "{\"passport_name\": \"passports/c\", \"ext");
  const ClientRun rest = Client({"export", Path("set.jsonl")});
  EXPECT_EQ(rest.code, kExitOk) << rest.err;
  EXPECT_THAT(rest.err, HasSubstr("going on after 2 people"));
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b", "c"));
}

TEST_F(Export, AddsToACompleteFileWhatHasChangedSince) {
  server_.feed = {Part({"a"}, true)};
  Client({"export", Path("set.jsonl")});
  server_.feed.push_back(Part({"b"}, true));
  v1::WatchResponse gone;
  gone.add_changes()->set_passport_name("passports/a");
  gone.mutable_changes(0)->set_removal(v1::WATCH_REMOVAL_ERASED);
  server_.feed.push_back(gone);
  const ClientRun run = Client({"export", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b", "a"));
  EXPECT_THAT(Read("set.jsonl"), HasSubstr("\"removal\":\"WATCH_REMOVAL_ERASED\""));
}

TEST_F(Export, BeginsAnewWhereTheServerForgot) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  server_.breaks = {{1}};
  server_.forgot = true;
  const ClientRun run = Client({"export", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.err, HasSubstr("no longer keeps the changes"));
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b"));
}

TEST_F(Export, DoesNotEmptySomebodysFileNorMixQuestions) {
  folder_.Write("mine.jsonl", "mine\n");
  EXPECT_EQ(Client({"export", Path("mine.jsonl")}).code, kExitRefused);
  EXPECT_EQ(Read("mine.jsonl"), "mine\n");
  server_.feed = {Part({"a"}, true)};
  EXPECT_EQ(Client({"export", Path("set.jsonl")}).code, kExitOk);
  const ClientRun other = Client({"export", Path("set.jsonl"), "--region", "drenthe"});
  EXPECT_EQ(other.code, kExitRefused);
  EXPECT_THAT(other.err, HasSubstr("of another question"));
  EXPECT_EQ(Client({"export", Path("mine.jsonl"), "--again"}).code, kExitOk);
  EXPECT_THAT(Names("mine.jsonl"), ElementsAre("a"));
}

TEST_F(Export, KeepsTheFileUntilTheServerAnswers) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  EXPECT_EQ(Client({"export", Path("set.jsonl")}).code, kExitOk);
  server_.breaks.assign(12, {0});
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--again"}).code, kExitUnreachable);
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b"));
  const ClientRun rest = Client({"export", Path("set.jsonl")});
  EXPECT_EQ(rest.code, kExitOk) << rest.err;
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b"));
}

TEST_F(Export, WritesWhatOnlyTheOwnerCanRead) {
  namespace fs = std::filesystem;
  fs::permissions(folder_.Write("mine.jsonl", "mine\n"), fs::perms::others_read,
                  fs::perm_options::add);
  server_.feed = {Part({"a"}, true)};
  EXPECT_EQ(Client({"export", Path("mine.jsonl"), "--again"}).code, kExitOk);
  EXPECT_EQ(fs::status(Path("mine.jsonl")).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Export, IsAloneAtWorkOnAFile) {
  server_.feed = {Part({"a"}, true)};
  const auto other = GrowingFile::Open(Path("set.jsonl"));
  ASSERT_TRUE(other.ok());
  const ClientRun run = Client({"export", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("another run is at work"));
  EXPECT_EQ(Read("set.jsonl"), "");
}

TEST_F(Export, IsNotDoneWhenItIsStoppedBeforeEverybodyWasTold) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  server_.breaks = {{1}};
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--follow"}, {.waits_until_stop = 0}).code,
            kExitUnreachable);
}

// A line that is silent all the time is cut on this side, which is not what the user did.
TEST_F(Export, TellsALineThatStaysDead) {
  server_.feed = {Part({"a"}, true)};
  server_.breaks.assign(12, {.code = grpc::StatusCode::CANCELLED});
  const ClientRun run = Client({"export", Path("set.jsonl"), "--follow"});
  EXPECT_EQ(run.code, kExitUnreachable);
  EXPECT_THAT(run.err, HasSubstr("No Passend server answers"));
}

TEST_F(Export, FollowsUntilSomebodyStopsIt) {
  server_.feed = {Part({"a"}, true), Part({"b"}), Part({"c"})};
  server_.breaks = {{2}};  // and the wait after that is interrupted
  const ClientRun run = Client({"export", Path("set.jsonl"), "--follow"}, {.waits_until_stop = 0});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b"));
}

TEST_F(Export, WritesRecordsThatImportReadsInProtocolBuffers) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  const ClientRun run = Client({"export", Path("set.pb"), "--records"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  const ClientRun import = Client({"import", Path("set.pb")});
  EXPECT_EQ(import.code, kExitOk) << import.err;
  EXPECT_EQ(Client({"sync", "reconcile", Path("set.pb")}).code, kExitOk);
  EXPECT_THAT(server_.people, SizeIs(2));
  EXPECT_EQ(server_.people["c-a"].upsert().passport().region(), "drenthe");
  EXPECT_EQ(server_.people["c-a"].upsert().passport().name(), "");
}

// The server knows no id of whom was erased, and gives none of those who withdrew either.
TEST_F(Export, ErasesUnderTheIdThatTheFileToldThePersonUnder) {
  server_.feed = {Part({"a", "b", "c", "d"}, true)};
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--records"}).code, kExitOk);
  EXPECT_EQ(Client({"import", Path("set.jsonl")}).code, kExitOk);
  server_.feed.push_back(Gone({{"a", v1::WATCH_REMOVAL_ERASED},
                               {"b", v1::WATCH_REMOVAL_WITHDRAWN},
                               {"c", v1::WATCH_REMOVAL_OTHER_REGION},
                               {"never", v1::WATCH_REMOVAL_OTHER_REGION}}));
  const ClientRun run = Client({"export", Path("set.jsonl"), "--records"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("7 people and changes"));
  EXPECT_THAT(run.out, HasSubstr("  erased: 1\n  no longer shared: 1\n"
                                 "  moved to another region: 1\n"));
  const ClientRun import = Client({"import", Path("set.jsonl")});
  EXPECT_THAT(import.out, HasSubstr("7 records: 3 taken over, 4 unchanged"));
  EXPECT_THAT(server_.erased, ElementsAre("c-a", "c-b", "c-c"));
  EXPECT_EQ(Client({"sync", "reconcile", Path("set.jsonl")}).code, kExitOk);
  server_.feed.push_back(Part({"b"}));
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--records"}).code, kExitOk);
  Client({"import", Path("set.jsonl")});
  EXPECT_THAT(server_.people, ElementsAre(Key("b.2"), Key("c-d")));
}

TEST_F(Export, ErasesWhoWasLostWhileTheServerForgot) {
  server_.feed = {Part({"a", "b"}, true)};
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--records"}).code, kExitOk);
  EXPECT_EQ(Client({"import", Path("set.jsonl")}).code, kExitOk);
  server_.feed = {Part({"b"}), Part({"d"}, true)};
  server_.forgot = true;
  const ClientRun run = Client({"export", Path("set.jsonl"), "--records"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("3 people and changes"));
  EXPECT_THAT(run.out, HasSubstr("  no longer told of: 1\n"));
  EXPECT_EQ(Client({"import", Path("set.jsonl")}).code, kExitOk);
  EXPECT_THAT(server_.people, ElementsAre(Key("c-b"), Key("c-d")));
  EXPECT_THAT(server_.erased, ElementsAre("c-a"));
}

TEST_F(Export, AddsNothingToRecordsWhoseIdsAreNotKnown) {
  server_.feed = {Part({"a"}, true)};
  const std::vector<std::string> command = {"export", Path("set.jsonl"), "--records"};
  EXPECT_EQ(Client(command).code, kExitOk);
  const std::string records = Read("set.jsonl");
  auto notes = nlohmann::json::parse(Read("set.jsonl.export.progress"));
  EXPECT_GT(notes["ids_bytes"], 0);
  std::filesystem::remove(Path("set.jsonl.export.ids"));
  const ClientRun lost = Client(command);
  EXPECT_EQ(lost.code, kExitRefused);
  EXPECT_THAT(lost.err, HasSubstr("set.jsonl.export.ids"));
  notes.erase("ids_bytes");
  folder_.Write("set.jsonl.export.progress", notes.dump());
  const ClientRun older = Client(command);
  EXPECT_EQ(older.code, kExitRefused);
  EXPECT_THAT(older.err, HasSubstr("nobody knows whom the copy has to erase"));
  EXPECT_EQ(Read("set.jsonl"), records);
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--records", "--again"}).code, kExitOk);
  EXPECT_EQ(Client(command).code, kExitOk);
}

TEST_F(Export, OfAFileThatBecameShorterSaysWhatHelps) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  EXPECT_EQ(Client({"export", Path("set.jsonl")}).code, kExitOk);
  folder_.Write("set.jsonl", "");
  const ClientRun run = Client({"export", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, AllOf(HasSubstr("shorter than what was noted"), HasSubstr("--again"),
                             Not(HasSubstr("Run the same command again"))));
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--again"}).code, kExitOk);
  EXPECT_THAT(Names("set.jsonl"), ElementsAre("a", "b"));
}

TEST_F(Export, ForAnotherPartnerSaysWhatHelps) {
  server_.feed = {Part({"a"}, true)};
  EXPECT_EQ(Client({"export", Path("set.jsonl"), "--partner", "delft"}).code, kExitOk);
  const ClientRun run = Client({"export", Path("set.jsonl"), "--partner", "leiden"});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, AllOf(HasSubstr("of another partner"), HasSubstr("--again"),
                             Not(HasSubstr("Run the same command again"))));
}

TEST_F(Export, ShowsHowFarItIs) {
  server_.feed = {Part({"2a"}), Part({"h2"}), Part({"zz"}, true)};
  const ClientRun run = Client({"export", Path("set.jsonl")});
  EXPECT_THAT(run.err, AllOf(HasSubstr("Exporting: 0 %\n"), HasSubstr("Exporting: 40 %\n"),
                             HasSubstr("Exporting: 90 %")));
}

}  // namespace
}  // namespace passend::client
