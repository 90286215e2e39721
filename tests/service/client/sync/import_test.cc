// `passend import` against a server that breaks off, refuses and falls silent.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "service/client/problem.h"
#include "service/client/sync/growing_file.h"
#include "service/client/sync/push_run.h"
#include "service/client/sync/set_file.h"
#include "tests/service/client/fake_server.h"
#include "tests/service/client/sync/sync_scene.h"

namespace passend::client {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Import : public SyncScene {
 protected:
  static std::string Heavy(int count) {
    std::string lines;
    for (int i = 0; i < count; ++i) {
      lines += R"({"external_id": "heavy-)" + std::to_string(i) +
               R"(", "upsert": {"passport": {}}})" + "\n";
    }
    return lines;
  }
  nlohmann::json Notes(const std::string& name) const {
    return nlohmann::json::parse(Read(name + ".import.progress"));
  }
};

TEST_F(Import, PushesAFileInBatches) {
  folder_.Write("set.jsonl", Lines(25) + "\n");
  const ClientRun run =
      Client({"import", Path("set.jsonl"), "--partner", "delft", "--batch", "10"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.out, HasSubstr("25 records: 25 taken over, 0 unchanged, 0 refused"));
  EXPECT_THAT(run.err, HasSubstr("Sending: 100 %"));
  EXPECT_THAT(server_.people, SizeIs(25));
  EXPECT_THAT(server_.carried_out, SizeIs(3));
  EXPECT_THAT(server_.partners, Each("partners/delft"));
  EXPECT_FALSE(std::filesystem::exists(Path("set.jsonl.refused.jsonl")));
}

TEST_F(Import, ReadsProtocolBuffersAndGzip) {
  std::string bytes;
  for (const char* id : {"a", "b"}) {
    v1::PushRecord record;
    record.set_external_id(id);
    record.mutable_erase();
    bytes += SetBytes(SetFormat::kProtobuf, record);
  }
  folder_.WriteGzip("set.pb.gz", bytes);
  const ClientRun run = Client({"--json", "import", Path("set.pb.gz")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(nlohmann::json::parse(run.out)["accepted"], 2);
  EXPECT_THAT(server_.erased, ElementsAre("a", "b"));
}

TEST_F(Import, GoesOnByItselfAfterBreaksAndSendsAgainUnderTheSameIds) {
  folder_.Write("set.jsonl", Lines(40));
  server_.breaks = {{0}, {1}, {2}, {0}};
  const ClientRun run = Client({"import", Path("set.jsonl"), "--batch", "5"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(server_.carried_out, SizeIs(8));
  EXPECT_GE(server_.repeated, 4);
  EXPECT_THAT(run.waits_seconds, SizeIs(4));
  EXPECT_THAT(run.out, HasSubstr("40 records"));
}

TEST_F(Import, NoticesALineThatIsDeadWithoutHavingSaidSo) {
  folder_.Write("set.jsonl", Lines(5));
  server_.breaks = {{0, true}};
  const ClientRun run = Client({"--timeout", "1", "import", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(server_.repeated, 1);
}

TEST_F(Import, IsGoneOnWithByTheSameCommand) {
  folder_.Write("set.jsonl", Lines(30));
  server_.breaks = {{2}};
  const ClientRun stopped =
      Client({"import", Path("set.jsonl"), "--batch", "10"}, {.waits_until_stop = 0});
  EXPECT_EQ(stopped.code, kExitUnreachable);
  EXPECT_THAT(stopped.err, HasSubstr("Run the same command again"));
  EXPECT_EQ(Notes("set.jsonl")["records"], 20);
  EXPECT_EQ(Notes("set.jsonl")["finished"], false);
  const ClientRun rest = Client({"import", Path("set.jsonl"), "--batch", "10"});
  EXPECT_EQ(rest.code, kExitOk) << rest.err;
  EXPECT_THAT(rest.err, HasSubstr("going on after 20 records"));
  EXPECT_THAT(rest.out, HasSubstr("30 records: 20 taken over, 10 unchanged"));
  EXPECT_EQ(server_.repeated, 1);
  EXPECT_THAT(server_.carried_out, SizeIs(3));
}

// The same bytes again later are a new wish: in between, others may have pushed something else.
TEST_F(Import, OfAFinishedFileIsARunOfItsOwn) {
  folder_.Write("set.jsonl", Lines(3));
  Client({"import", Path("set.jsonl")});
  const ClientRun again = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(again.code, kExitOk);
  EXPECT_THAT(again.out, HasSubstr("0 taken over, 3 unchanged"));
  EXPECT_EQ(server_.repeated, 0);
  EXPECT_THAT(server_.carried_out, SizeIs(2));
}

// A file of records that grows tells of people whom a later line erases.
TEST_F(Import, OfWhomTheFileItselfErasesLaterSaysNothing) {
  const std::string erase = "{\"external_id\": \"c-1\", \"erase\": {}}\n";
  folder_.Write("set.jsonl", Lines(3) + erase);
  EXPECT_EQ(Client({"import", Path("set.jsonl")}).code, kExitOk);
  const ClientRun again = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(again.code, kExitOk);
  EXPECT_THAT(again.out, HasSubstr("4 records: 1 taken over, 2 unchanged, 0 refused, 0 in "
                                   "conflict, 1 of people who were erased"));
  folder_.Write("set.jsonl", erase + Lines(3));
  EXPECT_EQ(Client({"import", Path("set.jsonl")}).code, kExitRefused);
  EXPECT_THAT(Read("set.jsonl.refused.jsonl"), HasSubstr("c-1"));
}

TEST_F(Import, OfAFileThatWasChangedBeginsAtItsStart) {
  folder_.Write("set.jsonl", Lines(30));
  server_.breaks = {{1}};
  Client({"import", Path("set.jsonl"), "--batch", "10"}, {.waits_until_stop = 0});
  folder_.Write("set.jsonl", Lines(31));
  const ClientRun run = Client({"import", Path("set.jsonl"), "--batch", "10"});
  EXPECT_THAT(run.err, HasSubstr("was changed since"));
  EXPECT_THAT(run.out, HasSubstr("31 records"));
  EXPECT_THAT(server_.people, SizeIs(31));
}

// The notes are of one partner of one database, and of one way to read the file.
TEST_F(Import, ForSomebodyElseBeginsAtItsStart) {
  const std::string path = folder_.Write("set.jsonl", Lines(30));
  const std::vector<std::string> delft = {"import", path, "--partner", "delft", "--batch", "10"};
  const auto again_from_start = [&](const std::vector<std::string>& arguments) {
    const std::size_t before = server_.partners.size();
    const ClientRun run = Client(arguments);
    EXPECT_THAT(run.err, HasSubstr("for another partner, to another server or in another format"));
    EXPECT_THAT(run.out, HasSubstr("30 records:"));
    return server_.partners.size() - before;
  };
  const auto break_off = [&] {
    server_.breaks = {{1}};
    Client(delft, {.waits_until_stop = 0});
    EXPECT_EQ(Notes("set.jsonl")["records"], 10);
  };
  break_off();
  EXPECT_EQ(again_from_start({"import", path, "--partner", "leiden", "--batch", "10"}), 3U);
  break_off();
  server_.secret = "another database";
  EXPECT_EQ(again_from_start(delft), 3U);
  break_off();
  const ClientRun run = Client({"import", path, "--partner", "delft", "--format", "protobuf"});
  EXPECT_THAT(run.err, HasSubstr("in another format"));
}

TEST_F(Import, IsAloneAtWorkOnAFile) {
  folder_.Write("set.jsonl", Lines(3));
  {
    const auto other = GrowingFile::Open(Path("set.jsonl.refused.jsonl"));
    ASSERT_TRUE(other.ok());
    const ClientRun run = Client({"import", Path("set.jsonl")});
    EXPECT_EQ(run.code, kExitRefused);
    EXPECT_THAT(run.err, HasSubstr("another run is at work"));
    EXPECT_THAT(server_.people, IsEmpty());
  }
  EXPECT_EQ(Client({"import", Path("set.jsonl")}).code, kExitOk);
}

TEST_F(Import, GoesOnAfterWhatIsTooLargeToBeSent) {
  const std::string start = R"({"external_id": "large", "upsert": {"passport": {"region": ")";
  folder_.Write("set.jsonl", start + std::string(kRecordBytesMax, 'r') + "\"}}}\n" + "\"" +
                                 std::string(kSetItemBytesMax, 'x') + "\"\n" + Lines(1));
  const ClientRun run = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitRefused) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("3 records: 1 taken over"), HasSubstr("2 unreadable")));
  EXPECT_THAT(Read("set.jsonl.refused.jsonl"),
              AllOf(HasSubstr("larger than 4190208 bytes"), HasSubstr("\"line\":2"),
                    HasSubstr("larger than 16777216 bytes")));
}

TEST_F(Import, ReportsWhatWasRefusedAndWhy) {
  server_.erased = {"gone"};
  folder_.Write("set.jsonl",
                Lines(1) + R"({"external_id": "a", "upsert": {"passport": {"region": "atlantis"}}})"
                           "\n{\"external_id\": 7\n"
                           R"({"external_id": "conflict-1", "upsert": {"passport": {}}})"
                           "\n"
                           R"({"external_id": "gone", "upsert": {"passport": {}}})"
                           "\n{}}\n");
  const ClientRun run = Client({"import", Path("set.jsonl")}, {}, "nl_NL.UTF-8");
  EXPECT_EQ(run.code, kExitRefused) << run.err;
  EXPECT_THAT(run.out, AllOf(HasSubstr("6 records: 1 overgenomen, 0 ongewijzigd, 1 geweigerd, 1 in "
                                       "strijd met anderen, 1 van mensen die zijn gewist, 2 "
                                       "onleesbaar"),
                             HasSubstr("set.jsonl.refused.jsonl")));
  std::istringstream report(Read("set.jsonl.refused.jsonl"));
  std::vector<std::string> told;
  for (std::string line; std::getline(report, line);) {
    const auto json = nlohmann::json::parse(line);
    told.push_back(std::to_string(json["line"].get<int>()) + " " +
                   json["external_id"].get<std::string>() + " " +
                   json["outcome"].get<std::string>() + " " + json["field"].get<std::string>() +
                   " " + json["allowed"].get<std::string>());
    EXPECT_THAT(json["why"].get<std::string>(), ::testing::Not(IsEmpty()));
  }
  EXPECT_THAT(told, ElementsAre("2 a rejected upsert.passport.region a region that exists",
                                "3  unreadable  ", "4 conflict-1 conflict wishes ",
                                "5 gone erased  ", "6  unreadable  "));
  EXPECT_THAT(Read("set.jsonl.refused.jsonl"), HasSubstr("een veld bevat wat niet mag"));
}

TEST_F(Import, ReportsOnceWhatWasRefusedBeforeABreak) {
  std::string lines;
  for (int i = 0; i < 6; ++i) {
    lines += R"({"external_id": "a-)" + std::to_string(i) +
             R"(", "upsert": {"passport": {"region": "atlantis"}}})" + "\n";
  }
  folder_.Write("set.jsonl", lines);
  server_.breaks = {{1}, {1}};
  Client({"import", Path("set.jsonl"), "--batch", "2"}, {.waits_until_stop = 0});
  // A run that was killed after it wrote the report and before it noted that.
  folder_.Write("set.jsonl.refused.jsonl", Read("set.jsonl.refused.jsonl") + "{\"line\": 3}\n");
  const ClientRun run = Client({"import", Path("set.jsonl"), "--batch", "2"});
  EXPECT_EQ(run.code, kExitRefused);
  const std::string report = Read("set.jsonl.refused.jsonl");
  EXPECT_EQ(std::count(report.begin(), report.end(), '\n'), 6) << report;
}

TEST_F(Import, OfWhatIsRefusedAsAWholeIsNotTriedAgain) {
  folder_.Write("set.jsonl", Lines(3));
  server_.refusal = Refusal(grpc::StatusCode::PERMISSION_DENIED, "ERROR_REASON_PERMISSION_DENIED");
  const ClientRun run = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.waits_seconds, IsEmpty());
  EXPECT_THAT(run.err, ::testing::Not(HasSubstr("Run the same command again")));
}

// People with large books: what is too much for one commit is so for ever.
TEST_F(Import, SendsHalvesOfWhatIsTooMuchForOneCommit) {
  folder_.Write("set.jsonl", Lines(5) + Heavy(20) + "not a record\n" + Lines(2));
  server_.heavy_max = 3;
  const ClientRun run = Client({"import", Path("set.jsonl"), "--batch", "10"});
  EXPECT_EQ(run.code, kExitRefused) << run.err;
  EXPECT_THAT(run.out, HasSubstr("28 records: 25 taken over, 2 unchanged, 0 refused, 0 in "
                                 "conflict, 0 of people who were erased, 1 unreadable"));
  EXPECT_THAT(server_.people, SizeIs(25));
  EXPECT_EQ(server_.repeated, 0);
  EXPECT_THAT(run.waits_seconds, IsEmpty());
  EXPECT_EQ(Notes("set.jsonl")["records"], 28);
}

TEST_F(Import, RefusesByNameWhatIsTooMuchByItself) {
  folder_.Write("set.jsonl", Lines(6) + Heavy(1) + Lines(1));
  server_.heavy_max = 0;
  const ClientRun run = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitRefused) << run.err;
  EXPECT_THAT(run.out, HasSubstr("8 records: 6 taken over, 1 unchanged, 1 refused"));
  const auto refused = nlohmann::json::parse(Read("set.jsonl.refused.jsonl"));
  EXPECT_EQ(refused["line"], 7);
  EXPECT_EQ(refused["external_id"], "heavy-0");
  EXPECT_EQ(refused["outcome"], "rejected");
}

// A run that was killed between halves: the next one splits in the same way.
TEST_F(Import, GivesHalvesTheSameIdsInTheRunThatGoesOn) {
  folder_.Write("set.jsonl", Heavy(8));
  server_.heavy_max = 2;
  server_.breaks = {{100}, {100}, {1}};
  const ClientRun stopped = Client({"import", Path("set.jsonl")}, {.waits_until_stop = 0});
  EXPECT_EQ(stopped.code, kExitUnreachable);
  EXPECT_THAT(server_.carried_out, SizeIs(2));
  EXPECT_EQ(Notes("set.jsonl")["records"], 0);
  const ClientRun rest = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(rest.code, kExitOk) << rest.err;
  EXPECT_THAT(rest.out, HasSubstr("8 records: 4 taken over, 4 unchanged"));
  EXPECT_EQ(server_.repeated, 2);
  EXPECT_THAT(server_.carried_out, SizeIs(4));
}

TEST_F(Import, PassesOverAByteOrderMark) {
  folder_.Write("set.jsonl", "\xEF\xBB\xBF" + Lines(3));
  const ClientRun run = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(server_.people, SizeIs(3));
}

TEST_F(Import, GivesUpAfterAWhileAndSaysHowToGoOn) {
  folder_.Write("set.jsonl", Lines(3));
  server_.refusal = {grpc::StatusCode::UNAVAILABLE, "gone"};
  const ClientRun run = Client({"import", Path("set.jsonl")});
  EXPECT_EQ(run.code, kExitUnreachable);
  EXPECT_THAT(run.waits_seconds, SizeIs(11));
  EXPECT_EQ(run.waits_seconds.front(), 0.5);
  EXPECT_EQ(run.waits_seconds.back(), 15);
}

TEST_F(Import, OfNothingSaysSo) {
  EXPECT_EQ(Client({"import", Path("nowhere.jsonl")}).code, kExitRefused);
  folder_.Write("empty.jsonl", "\n");
  const ClientRun run = Client({"import", Path("empty.jsonl")});
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_THAT(run.out, HasSubstr("0 records"));
  folder_.Write("set.jsonl", Lines(1));
  folder_.Write("set.jsonl.import.progress", "somebody's own file");
  EXPECT_EQ(Client({"import", Path("set.jsonl")}).code, kExitRefused);
}

}  // namespace
}  // namespace passend::client
