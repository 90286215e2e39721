// How fast partners' records are taken over: batches on streams through gRPC, each a synced commit,
// against RocksDB that writes the same keys and values, as many at a time, with the same sync
// policy. Trusted: with people's records encrypted, each under a new key that is synced first, and
// looks and earlier versions kept. Plain: without any of that.
//
//     push_benchmark [--people 20000] [--batch 100] [--streams 4] [--rounds 3]
//
// Each round is a new database of each; the order of the two turns. Prints a line a figure,
// tab-separated: name, value, unit; the medians over the rounds.
#include <grpcpp/grpcpp.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/text_format.h"
#include "passend/v1/sync_service.grpc.pb.h"
#include "service/audit/answer_ledger.h"
#include "service/audit/history_store.h"
#include "service/call/call_server.h"
#include "service/passendd/grpc_server.h"
#include "service/sync/sync_handlers.h"
#include "storage/forwarding_store.h"
#include "storage/master_key_file.h"
#include "storage/person_keys.h"
#include "storage/rocksdb_store.h"
#include "tests/benchmarks/service/stopwatch.h"

namespace passend::service {
namespace {

constexpr size_t kMessageBytesMax = size_t{4} << 20;
constexpr char kSkill[] = "taxonomies/demo/concepts/sweeping";
constexpr char kPerson[] = R"(
  region: "groningen"
  wishes {
    features { feature: WORK_FEATURE_GREEN attitude: ATTITUDE_WANTS strength: 3 }
    participation_forms: PARTICIPATION_FORM_BASIC_JOB
    hours { weekly_hours_min: 16 weekly_hours_max: 24 }
    travel {
      home { latitude_centidegrees: 5321 longitude_centidegrees: 656 }
      minutes_max: 30
      means: TRAVEL_MEANS_CYCLING
    }
  }
  paces { kind: WORK_KIND_GREEN tempo_percent: 80 basis: PACE_BASIS_MEASURED place: "park" }
  support { needs { solution: SUPPORT_SOLUTION_GUIDANCE_MENTOR amount_percent: 20 } }
)";

struct Options {
  size_t people = 20'000;
  size_t batch = 100;
  size_t streams = 4;
  size_t rounds = 3;
};

using Written = std::vector<std::pair<std::string, std::string>>;  // of one commit

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

class Directory {
 public:
  Directory() {
    path_ = (std::filesystem::temp_directory_path() / "passend-push-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) Check(absl::UnavailableError("no temporary folder"));
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class OneSkill : public SkillCatalog {
 public:
  std::optional<v1::ConceptKind> KindOf(std::string_view concept_name) const override {
    if (concept_name != kSkill) return std::nullopt;
    return v1::CONCEPT_KIND_SKILL;
  }
};

// Remembers what each commit writes: keys and values of its records, its events and its receipt.
class RememberingStore : public storage::ForwardingStore {
 public:
  using ForwardingStore::ForwardingStore;
  absl::StatusOr<storage::CommitResult> Commit(storage::Batch batch) override {
    Written written;
    for (const storage::Mutation& mutation : batch.mutations) {
      if (mutation.value) written.emplace_back(mutation.key.id, *mutation.value);
    }
    std::string entry;
    for (const storage::Event& event : batch.events) {
      absl::StrAppend(&entry, event.key.id, event.payload);
    }
    written.emplace_back("journal", std::move(entry));
    if (batch.idempotency) {
      written.emplace_back(batch.idempotency->request,
                           batch.idempotency->fingerprint + batch.idempotency->response);
    }
    auto committed = inner().Commit(std::move(batch));
    const std::lock_guard lock(mutex_);
    all_.push_back(std::move(written));
    return committed;
  }
  std::vector<Written> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(all_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Written> all_;
};

std::shared_ptr<storage::PersonKeys> NewKeys(const std::string& folder) {
  const std::string master = folder + "/master";
  Check(storage::MasterKeyFile::Create(master, storage::SystemRandom()));
  auto loaded = storage::MasterKeyFile::Load(master);
  Check(loaded.status());
  auto keys = storage::PersonKeys::Open({.directory = folder + "/keys", .master = *loaded});
  Check(keys.status());
  return *std::move(keys);
}

std::unique_ptr<storage::Store> NewStore(const std::string& folder, bool trusted) {
  storage::OpenOptions options;
  options.directory = folder + "/data";
  if (trusted) options.keys = NewKeys(folder);
  auto store = storage::OpenRocksDbStore(std::move(options));
  Check(store.status());
  return *std::move(store);
}

// The batches of one round.
std::vector<v1::PushRequest> BatchesOf(const Options& options) {
  v1::Passport passport;
  google::protobuf::TextFormat::ParseFromString(kPerson, &passport);
  std::vector<v1::PushRequest> batches;
  for (size_t person = 0; person < options.people; ++person) {
    if (person % options.batch == 0) {
      v1::PushRequest& batch = batches.emplace_back();
      batch.set_partner("partners/gemeente");
      batch.set_batch_id(absl::StrCat("batch-", 1'000'000 + batches.size()));
    }
    v1::PushRecord& record = *batches.back().add_records();
    record.set_external_id(absl::StrCat("burger-", 1'000'000 + person));
    record.set_revision("1");
    *record.mutable_upsert()->mutable_passport() = passport;
    v1::PushValidation& brought = *record.mutable_upsert()->add_validations();
    brought.set_external_id("1");
    brought.mutable_validation()->set_skill(kSkill);
    brought.mutable_validation()->set_level(3);
    brought.mutable_validation()->set_method(v1::VALIDATION_METHOD_FORMAL);
  }
  return batches;
}

class Server {
 public:
  explicit Server(bool trusted)
      : store_(NewStore(directory_.path(), trusted)),
        history_(remembering_,
                 trusted ? HistoryStore::Earlier::kKept : HistoryStore::Earlier::kNotKept) {
    auto sync = SyncHandlers::Start(tools_, skills_);
    Check(sync.status());
    sync_ = *std::move(sync);
    sync_->BindTo(bindings_);
    if (trusted) {
      bindings_.KeepLooks(ledger_);
      Check(history_.Begin());
    }
    auto server = GrpcServer::Listen("127.0.0.1:0", kMessageBytesMax, calls_);
    Check(server.status());
    server_ = *std::move(server);
    server_->SetServing(true);
    remembering_.Take();
  }

  // Pushes every n-th batch, the next one while the last one is worked on.
  void Push(const std::vector<v1::PushRequest>& batches, size_t first, size_t step) const {
    const auto channel =
        grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(), Own());
    const auto stub = v1::SyncService::NewStub(channel);
    grpc::ClientContext context;
    const auto stream = stub->Push(&context);
    std::thread sending([&] {
      for (size_t i = first; i < batches.size(); i += step) stream->Write(batches[i]);
      stream->WritesDone();
    });
    size_t accepted = 0;
    for (v1::PushResponse answer; stream->Read(&answer);) {
      for (const v1::PushResult& result : answer.results()) {
        accepted += result.outcome() == v1::PUSH_OUTCOME_ACCEPTED ? 1 : 0;
      }
    }
    sending.join();
    size_t sent = 0;
    for (size_t i = first; i < batches.size(); i += step) {
      sent += static_cast<size_t>(batches[i].records_size());
    }
    const grpc::Status status = stream->Finish();
    if (!status.ok() || accepted != sent) Check(absl::InternalError(status.error_message()));
  }
  std::vector<Written> Take() { return remembering_.Take(); }

 private:
  static grpc::ChannelArguments Own() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return arguments;
  }

  const Directory directory_;
  const Surroundings surroundings_ = SystemSurroundings();
  const std::unique_ptr<storage::Store> store_;
  RememberingStore remembering_{*store_};
  HistoryStore history_;
  KeyedLocks locks_;
  const PageTokens page_tokens_{std::string(32, 's')};
  const HandlerTools tools_{history_, surroundings_, page_tokens_, locks_};
  const OneSkill skills_;
  const AnswerLedger ledger_{history_, surroundings_};
  std::unique_ptr<SyncHandlers> sync_;
  MethodBindings bindings_;
  const LocalAuthorizer authorizer_;
  const std::unique_ptr<CallLog> log_ = NewJsonCallLog(
      std::make_shared<spdlog::logger>("calls", std::make_shared<spdlog::sinks::null_sink_mt>()));
  CallServer calls_{
      {kMessageBytesMax, 64, 2}, bindings_, authorizer_, *log_, surroundings_, [this] {
        return store_->LastSequence();
      }};
  std::unique_ptr<GrpcServer> server_;
};

// `work(number)` on so many threads; how long all of it took, in seconds.
template <typename Work>
double OnThreads(size_t count, Work work) {
  const Stopwatch watch;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < count; ++i) threads.emplace_back(work, i);
  for (std::thread& thread : threads) thread.join();
  return watch.wall_microseconds() / 1e6;
}

double WriteRaw(const std::vector<Written>& commits, size_t threads) {
  const Directory directory;
  rocksdb::Options options;
  options.create_if_missing = true;
  options.compression = rocksdb::kLZ4Compression;
  rocksdb::DB* opened = nullptr;
  if (!rocksdb::DB::Open(options, directory.path() + "/raw", &opened).ok()) {
    Check(absl::UnavailableError("no raw database"));
  }
  const std::unique_ptr<rocksdb::DB> database(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  return OnThreads(threads, [&](size_t first) {
    for (size_t i = first; i < commits.size(); i += threads) {
      rocksdb::WriteBatch batch;
      for (const auto& [key, value] : commits[i]) batch.Put(key, value);
      if (!database->Write(synced, &batch).ok()) Check(absl::UnavailableError("not written"));
    }
  });
}

void Tell(const std::string& name, double value, const char* unit) {
  std::printf("%s\t%.4g\t%s\n", name.c_str(), value, unit);
  std::fflush(stdout);
}

struct Series {
  std::vector<double> pushed;  // people a second, as all
  std::vector<double> raw;
  std::vector<double> raw_alone;
  std::vector<double> ratios;
  double bytes = 0;  // a person
};

void RunRound(const Options& options, const std::vector<v1::PushRequest>& batches, bool trusted,
              Series& series) {
  const auto people = static_cast<double>(options.people);
  Server server(trusted);
  series.pushed.push_back(people / OnThreads(options.streams, [&](size_t first) {
                            server.Push(batches, first, options.streams);
                          }));
  const std::vector<Written> commits = server.Take();
  series.raw.push_back(people / WriteRaw(commits, options.streams));
  series.raw_alone.push_back(people / WriteRaw(commits, 1));
  series.ratios.push_back(series.pushed.back() / series.raw.back());
  double bytes = 0;
  for (const Written& commit : commits) {
    for (const auto& [key, value] : commit) bytes += static_cast<double>(key.size() + value.size());
  }
  series.bytes = bytes / people;
}

void Run(const Options& options) {
  const std::vector<v1::PushRequest> batches = BatchesOf(options);
  Series trusted;
  Series plain;
  for (size_t round = 0; round < options.rounds; ++round) {
    RunRound(options, batches, round % 2 == 0, round % 2 == 0 ? trusted : plain);
    RunRound(options, batches, round % 2 != 0, round % 2 != 0 ? trusted : plain);
  }
  const auto tell = [](const std::string& which, const Series& series) {
    Tell(which + ": people pushed a second", Percentile(series.pushed, 0.5), "");
    Tell(which + ": raw RocksDB, people a second", Percentile(series.raw, 0.5), "");
    Tell(which + ": raw RocksDB with one writer, people a second",
         Percentile(series.raw_alone, 0.5), "");
    Tell(which + ": bytes written a person", series.bytes, "B");
    Tell(which + ": push rate against raw RocksDB", Percentile(series.ratios, 0.5), "");
  };
  tell("trusted", trusted);
  tell("plain", plain);
}

int Main(int argc, char** argv) {
  Options options;
  for (int argument = 1; argument + 1 < argc; argument += 2) {
    const std::string name = argv[argument];
    const size_t value = std::stoull(argv[argument + 1]);
    if (name == "--people") {
      options.people = value;
    } else if (name == "--batch") {
      options.batch = value;
    } else if (name == "--streams") {
      options.streams = value;
    } else if (name == "--rounds") {
      options.rounds = value;
    } else {
      std::cerr << "unknown: " << name << "; see the first lines of the source\n";
      return 2;
    }
  }
  Run(options);
  return 0;
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Main(argc, argv); }
