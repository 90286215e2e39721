// The client against a server in this process, over a unix socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "service/client/labels.h"
#include "service/client/problem.h"
#include "tests/service/client/client_run.h"
#include "tests/service/client/fake_server.h"
#include "tests/service/client/message_from_text.h"
#include "tests/service/client/temporary_folder.h"

namespace passend::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ClientAndServer : public ::testing::Test {
 protected:
  ClientRun Client(const std::vector<std::string>& arguments, const ClientTerminal& terminal = {}) {
    return RunClient(arguments,
                     {{"LANG", "C.UTF-8"},
                      {"PASSEND_SERVER", server_.address()},
                      {"XDG_STATE_HOME", folder_.path() + "/state"}},
                     terminal);
  }
  std::string LabelsPath() const { return folder_.path() + "/state/passend/labels.json"; }

  // A folder with two tasks and four people, of which one task and two people are not right.
  std::string Demo() {
    folder_.Write("demo/taxonomy.jsonl",
                  "{\"taxonomy\": {\"name\": \"taxonomies/t\"}}\n"
                  "{\"name\": \"taxonomies/t/concepts/a\"}\n");
    folder_.Write("demo/tasks/soup.json", R"({"title": "Soup"})");
    folder_.Write("demo/tasks/bad.json", R"({"titel": "Soup"})");
    folder_.Write("demo/people/anna.json",
                  R"({"about": "x", "passport": {"region": "drenthe"},
                      "validations": [{"skill": "taxonomies/t/concepts/a", "level": 3}]})");
    folder_.Write("demo/people/group.jsonl", R"({"passport": {"region": "drenthe"}}
{"passport": {"region": "atlantis"}}
{"passport": {"region": "drenthe"}, "validations": [{"skill": "taxonomies/t/concepts/unknown"}]}
)");
    return folder_.path() + "/demo";
  }

  TemporaryFolder folder_;
  FakeServer server_{folder_.path()};
};

TEST_F(ClientAndServer, LoadGoesOnAfterRefusalsAndNamesThem) {
  const ClientRun run = Client({"load", Demo()});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.out, HasSubstr("Imported taxonomies/t: 1 concepts, 1 of them new; 0 became "
                                 "deprecated.\n"
                                 "Loaded 1 tasks, 3 people and 1 validations; 3 refused.\n"));
  EXPECT_THAT(run.err, HasSubstr("people/group.jsonl:2: passport.region: a region that exists\n"
                                 "people/group.jsonl:3: validations[0].skill: a skill of a "
                                 "taxonomy\n"
                                 "tasks/bad.json: task: "));
  EXPECT_EQ(server_.tasks.size(), 1u);
  EXPECT_EQ(server_.passports.size(), 3u);
  EXPECT_EQ(server_.validations.begin()->second.parent().substr(0, 11), "passports/p");
}

TEST_F(ClientAndServer, LoadingAgainChangesNothing) {
  const std::string demo = Demo();
  Client({"load", demo});
  const auto passports = server_.passports.size();
  const auto validations = server_.validations.size();
  const ClientRun again = Client({"load", demo});
  EXPECT_EQ(server_.passports.size(), passports);
  EXPECT_EQ(server_.validations.size(), validations);
  EXPECT_THAT(again.out, HasSubstr("Loaded 1 tasks, 3 people and 1 validations; 3 refused."));
}

TEST_F(ClientAndServer, LoadReadsEveryRecordOfTheDemo) {
  const std::string demo = std::string(PASSEND_SOURCE_DIR) + "/deploy/demo";
  const ClientRun run = Client({"load", demo});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  const auto people = server_.passports.size();
  EXPECT_GT(people, 300u);
  EXPECT_EQ(Labels::Read(LabelsPath())->size(), people);
  Client({"load", demo});
  EXPECT_EQ(server_.passports.size(), people);
}

TEST_F(ClientAndServer, LoadKeepsLabelsOnThisComputer) {
  Client({"load", Demo()});
  const auto labels = Labels::Read(LabelsPath());
  ASSERT_TRUE(labels.ok());
  EXPECT_EQ(labels->size(), 3u);
  EXPECT_THAT(labels->PassportsOf("anna"), SizeIs(1));
  EXPECT_THAT(labels->PassportsOf("group:1"), SizeIs(1));
}

TEST_F(ClientAndServer, LabelsMeanThePassportsOfTheNewestLoad) {
  folder_.Write("state/passend/labels.json", R"({"passports/of-another-server": "anna"})");
  Client({"load", Demo()});
  const ClientRun run = Client({"validation", "record", "anna", "--skill", "t/a", "--level", "4",
                                "--method", "observed", "--date", "2026-11-20"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(Labels::Read(LabelsPath())->PassportsOf("anna"),
              ElementsAre(::testing::StartsWith("passports/p")));
}

TEST_F(ClientAndServer, ALabelOfMoreThanOnePassportIsSaidSoByEveryCommand) {
  folder_.Write("state/passend/labels.json", R"({"passports/p1": "anna", "passports/p2": "anna"})");
  const std::vector<std::vector<std::string>> commands = {
      {"tasks-for", "anna"},
      {"explain", "anna", "soup"},
      {"passport", "show", "anna"},
      {"passport", "erase", "anna", "--yes"},
      {"validation", "list", "anna"},
      {"validation", "record", "anna", "--skill", "t/a", "--level", "4", "--method", "observed"}};
  for (const std::vector<std::string>& command : commands) {
    const ClientRun run = Client(command);
    EXPECT_EQ(run.code, kExitRefused) << command.front();
    EXPECT_THAT(run.err, HasSubstr("more than one passport has the label anna: passports/p1, "
                                   "passports/p2. Say which one, by its name"));
  }
}

TEST_F(ClientAndServer, LoadAcceptsATaskThatIsThereAlreadyAndNoOther) {
  const std::string demo = Demo();
  v1::CreateTaskRequest& there = server_.tasks["soup"];
  there.set_request_id("somebody-else");
  there.mutable_task()->set_title("Soup");
  EXPECT_THAT(Client({"load", demo}).out, HasSubstr("Loaded 1 tasks"));
  there.mutable_task()->set_title("Another soup");
  const ClientRun run = Client({"load", demo});
  EXPECT_THAT(run.out, HasSubstr("Loaded 0 tasks"));
  EXPECT_THAT(run.err, HasSubstr("tasks/soup.json: there is a task of this name with another "
                                 "content"));
}

TEST_F(ClientAndServer, LoadWaitsForABusyServer) {
  folder_.Write("calm/people/anna.json", R"({"passport": {"region": "drenthe"}})");
  server_.busy_answers = 2;
  const ClientRun run = Client({"load", folder_.path() + "/calm"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_THAT(run.waits_seconds, ElementsAre(2, 2));
  EXPECT_EQ(server_.passports.size(), 1u);
}

TEST_F(ClientAndServer, LoadSpeaksJsonToScripts) {
  folder_.Write("calm/people/anna.json", R"({"passport": {"region": "atlantis"}})");
  const ClientRun run = Client({"--json", "load", folder_.path() + "/calm"});
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["people"], 0);
  EXPECT_EQ(json["refused"][0]["field"], "passport.region");
  EXPECT_EQ(json["refused"][0]["file"], "people/anna.json");
}

TEST_F(ClientAndServer, LoadNeedsSomethingToLoad) {
  folder_.Write("empty/README", "");
  const ClientRun run = Client({"load", folder_.path() + "/empty"});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("holds nothing to load"));
}

TEST_F(ClientAndServer, ImportSendsHeaderAndBatches) {
  std::string file = "{\"taxonomy\": {\"name\": \"taxonomies/t\"}}\n";
  for (int i = 0; i < 1203; ++i) {
    file += "{\"name\": \"taxonomies/t/concepts/c" + std::to_string(i) + "\"}\n";
  }
  const ClientRun run =
      Client({"taxonomy", "import", folder_.Write("t.jsonl", file), "--validate-only"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  EXPECT_EQ(run.out, "Checked taxonomies/t: 1203 concepts; nothing was written.\n");
  ASSERT_EQ(server_.imported.size(), 5u);
  EXPECT_TRUE(server_.imported[0].header().validate_only());
  EXPECT_EQ(server_.imported[1].concepts().concepts_size(), 500);
  EXPECT_EQ(server_.imported[3].concepts().concepts_size(), 203);
  EXPECT_EQ(server_.imported[3].concepts().concepts(202).name(), "taxonomies/t/concepts/c1202");
  EXPECT_EQ(server_.imported[4].end().concept_count(), 1203);
}

TEST_F(ClientAndServer, ImportKeepsBatchesSmallInBytes) {
  std::string file = "{\"taxonomy\": {\"name\": \"taxonomies/t\"}}\n";
  for (int i = 0; i < 5; ++i) {
    file += "{\"name\": \"taxonomies/t/concepts/c" + std::to_string(i) + "\", \"uri\": \"" +
            std::string(400000, 'x') + "\"}\n";
  }
  Client({"taxonomy", "import", folder_.Write("t.jsonl", file)});
  ASSERT_EQ(server_.imported.size(), 5u);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(server_.imported[i].concepts().concepts_size(), i < 3 ? 2 : 1);
  }
  EXPECT_EQ(server_.imported[4].end().concept_count(), 5);
}

TEST_F(ClientAndServer, ImportBreaksOffAtALineThatIsNotRight) {
  const ClientRun run = Client(
      {"taxonomy", "import",
       folder_.Write("t.jsonl", "{\"taxonomy\": {\"name\": \"taxonomies/t\"}}\n{\"x\": 1}\n")});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_THAT(run.err, HasSubstr("t.jsonl:2: "));
  EXPECT_EQ(run.out, "");
}

v1::FindCandidatesResponse Ranking(const std::vector<std::string>& names) {
  v1::FindCandidatesResponse ranking;
  for (const std::string& name : names) {
    v1::Candidate& candidate = *ranking.add_candidates();
    candidate.set_rank(ranking.candidates_size());
    candidate.set_candidate(name);
    candidate.set_passport("passports/" + name);
    candidate.mutable_fit()->set_outcome(v1::FIT_OUTCOME_RANKED);
    candidate.mutable_fit()->set_score(80);
  }
  ranking.mutable_basis()->set_policy("policies/3");
  return ranking;
}

TEST_F(ClientAndServer, RankAsksWithItsFlagsAndFollowsPages) {
  server_.rankings = {Ranking({"a", "b"}), Ranking({"c", "d"})};
  server_.rankings[0].set_next_page_token("more");
  const ClientRun run =
      Client({"rank", "soup", "--region", "drenthe", "--region", "zeeland", "--weights",
              "25,35,20,20", "--as-of", "2026-11-21", "--top", "3", "--lang", "nl"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  ASSERT_EQ(server_.asked.size(), 2u);
  const v1::FindCandidatesRequest& asked = server_.asked[0];
  EXPECT_EQ(asked.task(), "tasks/soup");
  EXPECT_THAT(asked.regions(), ElementsAre("drenthe", "zeeland"));
  EXPECT_EQ(asked.page_size(), 3);
  EXPECT_EQ(asked.options().language_code(), "nl");
  EXPECT_EQ(asked.options().weights().wishes(), 3500);
  EXPECT_EQ(asked.options().as_of_time().seconds(), 1795219200);
  EXPECT_EQ(server_.asked[1].page_token(), "more");
  EXPECT_EQ(server_.asked[1].page_size(), 3);
  EXPECT_THAT(run.out, HasSubstr("passports/c"));
  EXPECT_THAT(run.out, ::testing::Not(HasSubstr("passports/d")));
}

TEST_F(ClientAndServer, TellsWhichCommitHasAChangeWhereThatIsAsked) {
  EXPECT_THAT(Client({"load", Demo()}).err, ::testing::Not(HasSubstr("passend-data-sequence")));
  server_.passports.clear();
  // The last of the people who were loaded; those that are refused tell of none.
  EXPECT_THAT(Client({"load", Demo(), "--tell-sequence"}).err,
              HasSubstr("passend-data-sequence: 30\n"));
  server_.rankings = {Ranking({"a"})};
  EXPECT_THAT(Client({"rank", "soup", "--tell-sequence"}).err,
              ::testing::Not(HasSubstr("passend-data-sequence")));
}

TEST_F(ClientAndServer, MatchingQuestionsAskForACommitAtLeast) {
  server_.rankings = {Ranking({"a"})};
  EXPECT_EQ(Client({"rank", "soup", "--min-data-sequence", "30", "--explain"}).code, kExitOk);
  EXPECT_EQ(server_.asked.at(0).min_data_sequence(), 30);
  EXPECT_EQ(server_.explained.at(0).min_data_sequence(), 30);
  EXPECT_EQ(Client({"explain", "passports/a", "soup", "--min-data-sequence", "31"}).code, kExitOk);
  EXPECT_EQ(server_.explained.at(1).min_data_sequence(), 31);
}

TEST_F(ClientAndServer, RankSpeaksOneJsonDocumentInSnakeCase) {
  server_.rankings = {Ranking({"a"})};
  const ClientRun run = Client({"rank", "soup", "--json"});
  const auto json = nlohmann::json::parse(run.out);
  EXPECT_EQ(json["candidates"][0]["fit"]["score_basis_points"], 0);
  EXPECT_EQ(json["basis"]["policy"], "policies/3");
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1);
}

TEST_F(ClientAndServer, RankExplainsEverybodyByThePolicyOfTheList) {
  server_.rankings = {Ranking({"a", "b"})};
  const ClientRun run = Client({"rank", "soup", "--explain"});
  ASSERT_EQ(server_.explained.size(), 2u);
  EXPECT_EQ(server_.explained[1].passport(), "passports/b");
  EXPECT_EQ(server_.explained[1].options().policy(), "policies/3");
  EXPECT_THAT(run.out, HasSubstr("passports/b and tasks/soup"));
}

TEST_F(ClientAndServer, RankAsksAboutATaskInAFile) {
  server_.rankings = {Ranking({"a"})};
  const std::string path = folder_.Write("idea.json", R"({"title": "An idea"})");
  EXPECT_EQ(Client({"rank", path}).code, kExitOk);
  EXPECT_EQ(server_.asked[0].inline_task().title(), "An idea");
  const ClientRun none = Client({"rank", folder_.path() + "/none.json"});
  EXPECT_EQ(none.code, kExitRefused);
  EXPECT_THAT(none.err, HasSubstr("none.json"));
}

TEST_F(ClientAndServer, RankSaysWhatWasRefused) {
  const ClientRun run = Client({"rank", "soup", "--lang", "nl"});
  EXPECT_EQ(run.code, kExitRefused);
  EXPECT_EQ(run.err,
            "Geweigerd: deze taak is er niet.\n  De server zegt: said by the fake server\n");
}

TEST_F(ClientAndServer, WatchShowsTheListOnceAndThenWhatChanged) {
  server_.rankings = {Ranking({"a", "b"}), Ranking({"b", "a"}), Ranking({"b", "a"})};
  const ClientRun run = Client({"watch", "soup", "--times", "3", "--every", "7"});
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_THAT(run.waits_seconds, ElementsAre(7, 7));
  EXPECT_TRUE(run.out.ends_with("passports/b: from 2 to 1\npassports/a: from 1 to 2\n")) << run.out;
}

TEST_F(ClientAndServer, WatchRedrawsOnATerminalUntilItIsStopped) {
  server_.rankings = {Ranking({"a"})};
  const ClientRun run = Client({"watch", "soup"}, {.out_is_terminal = true, .waits_until_stop = 1});
  EXPECT_EQ(run.code, kExitOk);
  EXPECT_EQ(server_.asked.size(), 2u);
  EXPECT_EQ(run.out.find("\x1b[H\x1b[2J"), 0u);
  EXPECT_THAT(run.out, HasSubstr("nothing changed"));
}

TEST_F(ClientAndServer, ListsFollowPagesUpToTheLimit) {
  for (int i = 0; i < 5; ++i) {
    server_.passports["r" + std::to_string(i)].set_name("passports/p" + std::to_string(i));
  }
  const ClientRun run = Client({"passport", "list", "--limit", "3"});
  EXPECT_THAT(run.out, HasSubstr("passports/p2"));
  EXPECT_THAT(run.out, ::testing::Not(HasSubstr("passports/p3")));
}

TEST_F(ClientAndServer, EraseAsksFirstAndForgetsTheLabel) {
  server_.passports["r"].set_name("passports/p1");
  Labels labels;
  labels.Set("passports/p1", "anna");
  ASSERT_TRUE(labels.Write(LabelsPath()).ok());
  const ClientRun no =
      Client({"passport", "erase", "anna"}, {.typed = "no\n", .in_is_terminal = true});
  EXPECT_EQ(no.code, kExitRefused);
  EXPECT_THAT(no.err, HasSubstr("Erase passports/p1 for good"));
  EXPECT_THAT(no.err, HasSubstr("refused elsewhere"));
  EXPECT_EQ(server_.passports.size(), 1u);
  const ClientRun yes =
      Client({"passport", "erase", "anna"}, {.typed = "yes\n", .in_is_terminal = true});
  EXPECT_EQ(yes.out, "Erased passports/p1 with 3 validations.\n");
  EXPECT_THAT(server_.passports, IsEmpty());
  EXPECT_EQ(Labels::Read(LabelsPath())->size(), 0u);
}

TEST_F(ClientAndServer, SharesTakesBackAndTellsWhatIsShared) {
  const ClientRun shared =
      Client({"consent", "grant", "p1", "--to", "employers/zorghuis", "--for", "introduction",
              "--what", "identity", "--task", "soup", "--until", "2199-02-06"});
  EXPECT_EQ(shared.out,
            "Shared; take it back with: passend consent revoke passports/p1/consents/c1\n");
  ASSERT_EQ(server_.consents.size(), 1u);
  const v1::Consent& consent = server_.consents.front();
  EXPECT_EQ(consent.purpose(), v1::PURPOSE_INTRODUCTION);
  ASSERT_EQ(consent.groups_size(), 1);
  EXPECT_EQ(consent.groups(0), v1::FIELD_GROUP_IDENTITY);
  EXPECT_EQ(consent.tasks(0), "tasks/soup");
  EXPECT_TRUE(consent.has_expire_time());
  const ClientRun listed = Client({"consent", "list", "p1"});
  EXPECT_THAT(listed.out, HasSubstr("getting acquainted"));
  EXPECT_THAT(listed.out, HasSubstr("2199-02-06"));
  EXPECT_EQ(Client({"consent", "revoke", "passports/p1/consents/c1"}).out,
            "Revoked passports/p1/consents/c1.\n");
  EXPECT_EQ(Client({"reveal", "soup", "abc"}).out, "passports/of-tasks/soup-abc\n");
}

TEST_F(ClientAndServer, RecordsAValidationWithHumanFlags) {
  const ClientRun run = Client({"validation", "record", "p1", "--skill", "esco/s1", "--level", "4",
                                "--method", "work-sample", "--date", "2026-11-20", "--by",
                                "coaches/c-17", "--place", "community kitchen"});
  EXPECT_EQ(run.code, kExitOk) << run.err;
  ASSERT_EQ(server_.validations.size(), 1u);
  const v1::RecordValidationsRequest& request = server_.validations.begin()->second;
  EXPECT_EQ(request.parent(), "passports/p1");
  EXPECT_EQ(request.validations(0).skill(), "taxonomies/esco/concepts/s1");
  EXPECT_EQ(request.validations(0).method(), v1::VALIDATION_METHOD_WORK_SAMPLE);
  EXPECT_EQ(request.validations(0).place(), "community kitchen");
  EXPECT_TRUE(request.validations(0).has_validate_time());
}

}  // namespace
}  // namespace passend::client
