// What Prometheus gets, over HTTP; and that deploy/watch asks for nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <prometheus/registry.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "passend/v1/passport_service.pb.h"
#include "service/call/method_table.h"
#include "service/errors/call_errors.h"
#include "service/passendd/assembly.h"
#include "service/passendd/self_check.h"
#include "service/passendd/state_of.h"
#include "service/watch/call_figures.h"
#include "service/watch/commit_figures.h"
#include "service/watch/connection_figures.h"
#include "service/watch/figures_server.h"
#include "service/watch/job_figures.h"
#include "service/watch/starting_figures.h"
#include "storage/forwarding_store.h"
#include "storage/memory_store.h"
#include "storage/open_errors.h"
#include "storage/person_keys.h"
#include "storage/store_errors.h"
#include "tests/service/call/line_keeper.h"
#include "tests/service/folder.h"
#include "tests/storage/fixed_wrapper.h"

namespace passend::service {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr char kCreate[] = "passend.v1.PassportService.CreatePassport";

int ConnectionTo(int port) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  return connection;
}

// What comes until nothing has come for so long.
std::string Scrape(int port, time_t patience_seconds = 60) {
  const int connection = ConnectionTo(port);
  const timeval patience{.tv_sec = patience_seconds, .tv_usec = 0};
  EXPECT_EQ(setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)), 0);
  const std::string request = "GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n";
  EXPECT_EQ(send(connection, request.data(), request.size(), 0),
            static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4'096];
  for (ssize_t got; (got = recv(connection, buffer, sizeof(buffer), 0)) > 0;) {
    answer.append(buffer, static_cast<size_t>(got));
  }
  close(connection);
  return answer;
}

std::set<std::string> NamesIn(const std::string& text) {
  static const std::regex name("\\bpassend_[a-z_]+\\b");
  return {std::sregex_token_iterator(text.begin(), text.end(), name), {}};
}

std::string FileText(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Refuses every commit for as long as there is a reason.
class FailingStore : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override {
    if (why.ok()) return ForwardingStore::Commit(std::move(batch));
    return why;
  }
  absl::Status why;
};

class FiguresTest : public testing::Test {
 protected:
  FiguresTest() {
    EXPECT_TRUE(keys_.ok()) << keys_.status();
    EXPECT_TRUE((*keys_)->Make().ok());
    EXPECT_TRUE(assembly_.Start().ok());
    auto server = FiguresServer::Listen(
        "127.0.0.1:0", {registry_, std::make_shared<StateFigures>(StateOf(TheWatched()))});
    EXPECT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    calls_.SetServing(true);
  }

  Watched TheWatched() const {
    return {calls_,   assembly_,    *store_, store_stopped_,
            counted_, keys_->get(), true,    &last_key_copy_};
  }
  void Create(const std::string& coach) {
    v1::CreatePassportRequest request;
    request.mutable_passport()->add_coaches("coaches/" + coach);
    Arrival arrival;
    arrival.method = kCreate;
    arrival.peer = "unix:";
    const CallContext context = calls_.ContextOf(arrival);
    auto taken = calls_.Enter(context, {.peer = "unix:"});
    ASSERT_TRUE(taken.ok()) << taken.status();
    const auto answer = calls_.Answer(taken->context, request.SerializeAsString());
    EXPECT_TRUE(answer.ok()) << answer.status();
    calls_.Log(taken->context, answer.status());
  }
  void LogOf(const std::string& method, const absl::Status& status) {
    Arrival arrival;
    arrival.method = method;
    arrival.peer = "unix:";
    calls_.Log(calls_.ContextOf(arrival), status);
  }
  std::string Scraped() { return Scrape(server_->port()); }

  const Folder folder_;
  const std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
  const std::shared_ptr<prometheus::Registry> other_registry_ =
      std::make_shared<prometheus::Registry>();
  LineKeeper lines_;
  CallFigures log_{lines_, *registry_};
  std::unique_ptr<storage::Store> store_ = storage::NewMemoryStore();
  FailingStore failing_{*store_};
  CommitFigures counted_{failing_, *registry_};
  absl::StatusOr<std::unique_ptr<storage::PersonKeys>> keys_ = storage::PersonKeys::Open(
      {.directory = folder_.File("keys"), .master = std::make_shared<storage::FixedWrapper>()});
  prometheus::Counter& turned_away_ = ConnectionsTurnedAway(*registry_);
  std::atomic<bool> store_stopped_ = false;
  JobFigures jobs_{*registry_};
  std::atomic<int64_t> last_key_copy_ = 0;
  Assembly assembly_{
      counted_, SystemSurroundings(), {}, {}, {}, {.backup_folder = folder_.File("backups")}};
  const LocalAuthorizer authorizer_;
  CallServer calls_{{1 << 20, 16, 2},     assembly_.bindings(),
                    authorizer_,          log_,
                    SystemSurroundings(), [this] { return store_->LastSequence(); }};
  std::unique_ptr<FiguresServer> server_;
};

TEST_F(FiguresTest, TheSelfCheckSaysWhatWasLookedAt) {
  Create("work-first");
  const std::string sequence = std::to_string(store_->LastSequence());
  EXPECT_THAT(
      SelfCheckOf(TheWatched()),
      AllOf(
          HasSubstr("the store is open at commit " + sequence +
                    ", whose newest commits (100000 at most) follow each other, and takes writes;"),
          HasSubstr("; people's keys: 0 live, 0 destroyed, 0 damaged"),
          HasSubstr("; passend admin scrub reads everything")));
  store_stopped_ = true;
  EXPECT_THAT(SelfCheckOf(TheWatched()), HasSubstr(" and takes no writes;"));
}

TEST_F(FiguresTest, AFullDiskTakesNoWrites) {
  const auto commit = [&] {
    storage::Batch batch;
    batch.mutations.push_back({{storage::RecordKind::kTask, "a"}, "a"});
    return counted_.Commit(std::move(batch)).status();
  };
  failing_.why = storage::StoreBusy();
  EXPECT_EQ(commit(), failing_.why);
  EXPECT_THAT(Scraped(), HasSubstr("passend_store_takes_writes 1")) << "it is slow, no more";
  failing_.why = storage::DiskFull();
  EXPECT_EQ(commit(), failing_.why);
  EXPECT_THAT(Scraped(), HasSubstr("passend_store_takes_writes 0"));
  failing_.why = absl::OkStatus();
  EXPECT_TRUE(commit().ok());
  EXPECT_THAT(Scraped(), HasSubstr("passend_store_takes_writes 1"));
}

TEST_F(FiguresTest, CountCallsAndCommits) {
  Create("somebody");
  const std::string scraped = Scraped();
  EXPECT_THAT(scraped, HasSubstr("passend_calls_total{code=\"OK\",method=\"" +
                                 std::string(kCreate) + "\"} 1"));
  EXPECT_THAT(scraped,
              HasSubstr("passend_call_seconds_count{method=\"" + std::string(kCreate) + "\"} 1"));
  EXPECT_THAT(scraped, HasSubstr("passend_commit_seconds_count"));
  EXPECT_THAT(scraped, HasSubstr("passend_serving 1"));
  EXPECT_THAT(scraped, HasSubstr("passend_store_takes_writes 1"));
  EXPECT_THAT(scraped, HasSubstr("passend_person_keys{state=\"damaged\"} 0"));
  EXPECT_EQ(lines_.lines().size(), 1u) << "lines go on to the log";
  store_stopped_ = true;
  calls_.SetServing(false);
  EXPECT_THAT(Scraped(), HasSubstr("passend_store_takes_writes 0"));
  EXPECT_THAT(Scraped(), HasSubstr("passend_serving 0"));
}

TEST_F(FiguresTest, SayWhyCallsAreTurnedAway) {
  LogOf(kCreate, Overloaded());
  LogOf("passend.v1.SyncService.Watch", Overloaded());
  LogOf("passend.v1.SyncService.Watch", Overloaded());
  LogOf(kCreate, NotServing());
  LogOf(kCreate, DeadlineExceeded());
  const std::string scraped = Scraped();
  for (const char* figure :
       {R"({gives_way="last",reason="queue"} 1)", R"({gives_way="usual",reason="places"} 2)",
        R"({gives_way="last",reason="not_serving"} 1)", R"({gives_way="last",reason="deadline"} 1)",
        R"({gives_way="first",reason="queue"} 0)"}) {
    EXPECT_THAT(scraped, HasSubstr(std::string("passend_calls_turned_away_total") + figure));
  }
}

TEST_F(FiguresTest, TellOfEveryMethodThatGivesWayLast) {
  size_t last = 0;
  for (const MethodRow& row : MethodTable()) {
    LogOf(std::string(row.name), Overloaded());
    last += row.gives_way == GivesWay::kLast ? 1 : 0;
  }
  EXPECT_THAT(Scraped(),
              HasSubstr(R"(passend_calls_turned_away_total{gives_way="last",reason="queue"} )" +
                        std::to_string(last)));
  EXPECT_GE(last, 9u);
  EXPECT_THAT(FileText(std::string(PASSEND_WATCH_FOLDER) + "/alerts.yml"),
              HasSubstr(R"(gives_way="last")"));
}

// `increase` of a counter that is born at 1 is 0: the first one would wake nobody.
TEST_F(FiguresTest, StandAtZeroBeforeTheFirstOfWhatAlertsWaitFor) {
  const std::string scraped = Scraped();
  const std::string alerts = FileText(std::string(PASSEND_WATCH_FOLDER) + "/alerts.yml");
  static const std::regex code("passend_calls_total\\{[^}]*code=\"([A-Z_]+)\"");
  size_t asked = 0;
  for (std::sregex_token_iterator at(alerts.begin(), alerts.end(), code, 1), end; at != end; ++at) {
    ++asked;
    for (const MethodRow& row : MethodTable()) {
      EXPECT_THAT(scraped, HasSubstr("passend_calls_total{code=\"" + at->str() + "\",method=\"" +
                                     std::string(row.name) + "\"} 0"));
    }
  }
  EXPECT_GE(asked, 2u);
  static const std::regex counter("increase\\((passend_[a-z_]+)");
  for (std::sregex_token_iterator at(alerts.begin(), alerts.end(), counter, 1), end; at != end;
       ++at) {
    EXPECT_THAT(scraped, ContainsRegex("\n" + at->str() + "[^\n]* 0\n"));
  }
}

TEST_F(FiguresTest, AStoreThatIsBusyIsNotAFullDisk) {
  FailingStore failing(*store_);
  CommitFigures counted(failing, *other_registry_);
  const auto server = FiguresServer::Listen("127.0.0.1:0", {other_registry_});
  ASSERT_TRUE(server.ok()) << server.status();
  for (const absl::Status& why :
       {storage::StoreBusy(), storage::DiskFull(),
        storage::FileFailed("/keys/persons", "cannot make room in", ENOSPC),
        storage::FileFailed("/keys/persons", "cannot write", EROFS)}) {
    failing.why = why;
    EXPECT_EQ(counted.Commit({}).status(), why);
  }
  const std::string scraped = Scrape((*server)->port());
  for (const char* figure :
       {R"({code="RESOURCE_EXHAUSTED",why="busy"} 1)",
        R"({code="RESOURCE_EXHAUSTED",why="no_room"} 2)", R"({code="UNAVAILABLE",why="other"} 1)",
        R"({code="DATA_LOSS",why="other"} 0)"}) {
    EXPECT_THAT(scraped, HasSubstr(std::string("passend_commits_failed_total") + figure));
  }
}

TEST_F(FiguresTest, CountAKeyThatIsFoundDamagedWhenItIsNeeded) {
  storage::PersonKeys& keys = **keys_;
  ASSERT_TRUE(keys.Ensure(std::vector<std::string_view>{"anna", "bram"}).ok());
  {
    std::fstream file(folder_.File("keys") + "/persons",
                      std::ios::in | std::ios::out | std::ios::binary);
    const auto at = static_cast<std::streamoff>(storage::kKeyHeaderBytes + 80);  // of the first key
    file.seekg(at);
    const int byte = file.get();
    file.seekp(at);
    file.put(static_cast<char>(byte ^ 1));
  }
  EXPECT_THAT(Scraped(), HasSubstr("passend_person_keys{state=\"damaged\"} 0"));
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(absl::IsDataLoss(keys.Find("anna").status()));
  EXPECT_TRUE(keys.Find("bram").ok());
  EXPECT_THAT(Scraped(), HasSubstr("passend_person_keys{state=\"damaged\"} 1"));
  EXPECT_THAT(Scraped(), HasSubstr("passend_person_keys{state=\"live\"} 1"));
  ASSERT_TRUE(keys.Destroy(std::vector<std::string_view>{"anna"}).ok());
  EXPECT_THAT(Scraped(), HasSubstr("passend_person_keys{state=\"damaged\"} 0"));
  EXPECT_THAT(Scraped(), HasSubstr("passend_person_keys{state=\"live\"} 1"));
}

TEST_F(FiguresTest, TellOfBackupsAndCopiesOfKeys) {
  std::string scraped = Scraped();
  EXPECT_THAT(scraped, HasSubstr("passend_last_backup_timestamp_seconds 0"));
  EXPECT_THAT(scraped, HasSubstr("passend_last_key_copy_timestamp_seconds 0"));
  EXPECT_THAT(scraped, HasSubstr("passend_backup_folder_writable 1"));
  EXPECT_THAT(scraped, HasSubstr("passend_jobs_failed_total{kind=\"backup\"} 0"));
  EXPECT_THAT(scraped, HasSubstr("passend_jobs_failed_total{kind=\"scrub\"} 0"));
  jobs_.CountFailed("scrub");
  last_key_copy_ = 1'800'000'000;
  scraped = Scraped();
  EXPECT_THAT(scraped, HasSubstr("passend_last_key_copy_timestamp_seconds 1800000000"));
  EXPECT_THAT(scraped, HasSubstr("passend_jobs_failed_total{kind=\"scrub\"} 1"));
}

TEST_F(FiguresTest, TellNothingThatSomebodySent) {
  Create("somebody");
  LogOf("made.up/name of somebody", absl::UnimplementedError(""));
  const std::string scraped = Scraped();
  EXPECT_THAT(scraped, Not(HasSubstr("omebody")));
  EXPECT_THAT(scraped, Not(HasSubstr("passports/")));
  EXPECT_THAT(scraped, HasSubstr("method=\"unknown\""));
}

TEST_F(FiguresTest, AreAllThatAlertsAndBoardAskFor) {
  Create("somebody");
  const std::set<std::string> exported = NamesIn(Scraped());
  size_t asked = 0;
  for (const char* file : {"alerts.yml", "board.json"}) {
    const std::string text = FileText(std::string(PASSEND_WATCH_FOLDER) + "/" + file);
    for (const std::string& name : NamesIn(text)) {
      EXPECT_TRUE(exported.contains(name)) << name << " in " << file;
      ++asked;
    }
  }
  EXPECT_GE(asked, 20u);
}

TEST_F(FiguresTest, AreAllOnTheBoardAndExplained) {
  Create("somebody");
  const std::string board = FileText(std::string(PASSEND_WATCH_FOLDER) + "/board.json");
  const std::string readme = FileText(std::string(PASSEND_WATCH_FOLDER) + "/README.md");
  static const std::regex part("_(bucket|sum|count)$");
  for (const std::string& name : NamesIn(Scraped())) {
    const std::string whole = std::regex_replace(name, part, "");
    EXPECT_THAT(board, HasSubstr(whole));
    EXPECT_THAT(readme, HasSubstr(whole));
  }
}

// With one thread, or with the half minute that the library gives each by itself, this takes longer
// than Prometheus waits.
TEST_F(FiguresTest, AreGivenBesideConnectionsThatSayNothing) {
  std::vector<int> silent;
  for (int i = 0; i < 12; ++i) silent.push_back(ConnectionTo(server_->port()));
  EXPECT_THAT(Scrape(server_->port(), /*patience_seconds=*/20), HasSubstr("passend_serving 1"));
  for (const int connection : silent) close(connection);
}

TEST_F(FiguresTest, AServerThatIsStartingDoesNotServeYet) {
  const auto state = std::make_shared<StartingFigures>();
  const auto server = FiguresServer::Listen("127.0.0.1:0", {state});
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_THAT(Scrape((*server)->port()), HasSubstr("passend_serving 0"));
  state->Put(std::make_shared<StateFigures>(
      std::vector<StateFigure>{ServingFigure([] { return 1; }), {"other", "", [] { return 2; }}}));
  EXPECT_THAT(Scrape((*server)->port()), HasSubstr("passend_serving 1"));
  EXPECT_THAT(Scrape((*server)->port()), HasSubstr("other 2"));
  state->Put(nullptr);
  EXPECT_THAT(Scrape((*server)->port()), HasSubstr("passend_serving 0"));
  EXPECT_THAT(Scrape((*server)->port()), Not(HasSubstr("other")));
}

TEST_F(FiguresTest, AnAddressIsListenedOnOnce) {
  const auto again =
      FiguresServer::Listen("127.0.0.1:" + std::to_string(server_->port()), {registry_});
  EXPECT_EQ(again.status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace passend::service
