// `passend sync push|watch|reconcile`.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "service/client/problem.h"
#include "tests/service/client/sync/sync_scene.h"

namespace passend::client {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class SyncCommands : public SyncScene {};

TEST_F(SyncCommands, PushTellsWhatBecameOfEachRecord) {
  const ClientRun run = Client(
      {"sync", "push", "--partner", "delft"},
      {.typed = Lines(1) + R"({"external_id": "a", "upsert": {"passport": {"region": "atlantis"}}})"
                           "\n\nnonsense\n"});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_EQ(run.out,
            "c-0: taken over\na: refused\n  upsert.passport.region: a region that exists\n");
  EXPECT_THAT(run.err, HasSubstr("4: this is not a record"));
  const ClientRun json = Client({"--json", "sync", "push"}, {.typed = Lines(1)});
  EXPECT_EQ(json.code, kExitOk);
  EXPECT_EQ(nlohmann::json::parse(json.out)["outcome"], "PUSH_OUTCOME_UNCHANGED");
}

TEST_F(SyncCommands, WatchShowsTheFeedAndItsCursor) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  server_.feed[1].mutable_changes(0)->set_removal(v1::WATCH_REMOVAL_WITHDRAWN);
  const ClientRun run = Client({"sync", "watch", "--once"});
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_EQ(run.out, "passports/a c-a: as they are now\npassports/b c-b: no longer shared\n");
  const ClientRun json = Client({"--json", "sync", "watch", "--once", "--cursor", "1"});
  EXPECT_EQ(nlohmann::json::parse(json.out)["cursor"], "2");
  EXPECT_EQ(server_.watched.back().cursor(), "1");
}

TEST_F(SyncCommands, WatchOnceIsNotDoneBeforeEverybodyWasTold) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  server_.breaks = {{1}};
  EXPECT_EQ(Client({"sync", "watch", "--once"}, {.waits_until_stop = 0}).code, kExitUnreachable);
  server_.breaks.assign(12, {.code = grpc::StatusCode::CANCELLED});
  const ClientRun dead = Client({"sync", "watch", "--once"});
  EXPECT_EQ(dead.code, kExitUnreachable);
  EXPECT_THAT(dead.err, HasSubstr("No Passend server answers"));
}

TEST_F(SyncCommands, EndWhereNobodyTakesWhatTheyTell) {
  server_.feed = {Part({"a"}), Part({"b"}, true)};
  const ClientTerminal full = {.typed = Lines(3), .out_bytes_max = 10};
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"sync", "watch"},
           {"--json", "sync", "watch"},
           {"sync", "push", "--batch", "1"},
           {"sync", "reconcile", folder_.Write("set.jsonl", Lines(3))},
       }) {
    const ClientRun run = Client(arguments, full);
    EXPECT_EQ(run.code, kExitRefused) << arguments[1];
    EXPECT_THAT(run.err, HasSubstr("the standard output cannot be written"));
  }
  EXPECT_THAT(server_.carried_out, SizeIs(1)) << "after the first answer nothing more was pushed";
}

TEST_F(SyncCommands, ReconcileSaysHowManyItCannotCompare) {
  const std::string path = folder_.Write("set.jsonl", R"({"external_id": "a", "upsert": {}})"
                                                      "\n");
  ClientRun run = Client({"sync", "reconcile", path});
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_EQ(run.out, "Nothing differs.\n1 records without a revision were not compared.\n");
  run = Client({"--json", "sync", "reconcile", path});
  EXPECT_EQ(nlohmann::json::parse(run.out)["not_compared"], 1);
}

TEST_F(SyncCommands, ReconcileSaysWhatDiffers) {
  const std::string path = folder_.Write("set.jsonl", Lines(3));
  EXPECT_EQ(Client({"import", path}).code, kExitOk);
  ClientRun run = Client({"sync", "reconcile", path});
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_EQ(run.out, "Nothing differs.\n");
  server_.people["c-1"].set_revision("9");
  server_.people.erase("c-2");
  folder_.Write("set.jsonl", Lines(3) + R"({"external_id": "c-0", "erase": {}})" + "\n");
  run = Client({"sync", "reconcile", path}, {}, "nl_NL.UTF-8");
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_EQ(run.out,
            "c-2: de server heeft dit niet\nc-0: de server heeft dit, het bestand niet\n"
            "c-1: op de server van een andere revisie\n");
  const auto json = nlohmann::json::parse(Client({"--json", "sync", "reconcile", path}).out);
  EXPECT_THAT(json["differing"], SizeIs(1));
  folder_.Write("set.jsonl", "nonsense\n");
  EXPECT_THAT(Client({"sync", "reconcile", path}).err, HasSubstr("set.jsonl:1: "));
}

}  // namespace
}  // namespace passend::client
