#include "tests/benchmarks/service/wire_world.h"

#include <spdlog/async.h>
#include <spdlog/sinks/null_sink.h>
#include <spdlog/spdlog.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/validation_service.pb.h"
#include "service/limits.h"
#include "service/match/index_builder.h"
#include "service/match/match_records.h"
#include "service/match/projection.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/master_key_file.h"
#include "storage/person_keys.h"
#include "storage/rocksdb_store.h"
#include "tests/benchmarks/service/population_records.h"

namespace passend::service {
namespace {

constexpr uint64_t kSeed = 2'026;
constexpr char kFindCandidates[] = "passend.v1.MatchService.FindCandidates";
constexpr char kPeer[] = "ipv4:127.0.0.1:50051";
constexpr int kRequirements = 6;
constexpr size_t kRecordsPerCommit = 40'000;
constexpr size_t kPeopleElsewhere = 500;
constexpr size_t kMessageBytesMax = size_t{4} << 20;
constexpr size_t kCallsInFlightMax = 512;
constexpr size_t kQueuedLinesMax = 8'192;
constexpr size_t kPeopleValidated = 256;

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::abort();
}

std::string NewDirectory() {
  std::string path = (std::filesystem::temp_directory_path() / "passend-wire-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) Check(absl::UnavailableError("no temporary folder"));
  return path;
}

std::vector<matcher::Work> WorksIn(const matcher::Population& population, int region,
                                   size_t count) {
  const std::string name = matcher::Population::RegionName(region);
  std::vector<matcher::Work> works;
  for (uint64_t number = 0; works.size() < count; ++number) {
    matcher::Work work = population.MakeWork(number, kRequirements);
    if (work.region == name) works.push_back(std::move(work));
  }
  return works;
}

std::shared_ptr<storage::PersonKeys> NewPeopleKeys(const std::string& folder) {
  std::filesystem::create_directory(folder);
  const std::string path = folder + "/master";
  Check(storage::MasterKeyFile::Create(path, storage::SystemRandom()));
  auto master = storage::MasterKeyFile::Load(path);
  Check(master.status());
  auto keys = storage::PersonKeys::Open({.directory = folder + "/people", .master = *master});
  Check(keys.status());
  return *std::move(keys);
}

// For the last one whose passport is among the records.
std::string ValidationOf(const std::vector<storage::Mutation>& records, const std::string& skill) {
  v1::RecordValidationsRequest request;
  for (const storage::Mutation& record : records) {
    if (record.key.kind == storage::RecordKind::kPassport) {
      request.set_parent(MakeName(PassportName{record.key.id}));
    }
  }
  v1::Validation& validation = *request.add_validations();
  validation.set_skill(skill);
  validation.set_level(3);
  validation.set_method(v1::VALIDATION_METHOD_OBSERVED);
  return request.SerializeAsString();
}

}  // namespace

WireWorld::WireWorld(const WireOptions& options)
    : directory_(NewDirectory()),
      population_(kSeed),
      bearer_(options.trusted ? std::make_unique<TokenBearer>() : nullptr) {
  works_ = WorksIn(population_, population_.average_region(), options.tasks);
  FillStore(options);
  BuildCore();
  StartServer(options);
}

WireWorld::~WireWorld() {
  server_.reset();
  calls_.reset();
  assembly_.reset();
  store_.reset();
  std::filesystem::remove_all(directory_);
  std::filesystem::remove_all(directory_ + ".keys");
}

void WireWorld::FillStore(const WireOptions& options) {
  storage::OpenOptions open;
  open.directory = directory_;
  if (options.trusted) open.keys = NewPeopleKeys(directory_ + ".keys");
  auto store = storage::OpenRocksDbStore(open);
  Check(store.status());
  store_ = *std::move(store);
  Write(TaxonomyRecordsOf(population_.concepts()));
  const matcher::Taxonomy& taxonomy = *population_.taxonomy();
  size_t elsewhere = 0;
  std::vector<storage::Mutation> records;
  for (uint64_t number = 0; number < options.people; ++number) {
    if (population_.RegionOfPerson(number) != population_.average_region() &&
        elsewhere++ >= kPeopleElsewhere) {
      continue;
    }
    auto of_one = RecordsOf(population_.MakePerson(number), taxonomy, number);
    std::move(of_one.begin(), of_one.end(), std::back_inserter(records));
    if (validations_.size() < kPeopleValidated) {
      validations_.push_back(ValidationOf(records, population_.concepts().front().name));
    }
    if (records.size() >= kRecordsPerCommit) Write(std::exchange(records, {}));
  }
  for (const matcher::Work& work : works_) {
    const v1::Task task = TaskOf(work, taxonomy);
    records.push_back({KeyOf(*ParseTaskName(task.name())), StoredValue(task)});
    v1::FindCandidatesRequest request;
    request.set_task(work.name);
    request.add_regions(work.region);
    *request.mutable_options()->mutable_as_of_time() = StartOf(matcher::kBenchmarkDay);
    requests_.push_back(request.SerializeAsString());
  }
  Write(std::move(records));
}

void WireWorld::Write(std::vector<storage::Mutation> records) {
  storage::Batch batch;
  batch.mutations = std::move(records);
  Check(store_->Commit(std::move(batch)).status());
}

void WireWorld::BuildCore() {
  auto catalog = TaxonomyCatalog::Load(*store_);
  Check(catalog.status());
  taxonomy_ = (*catalog)->snapshot()->taxonomy();
  auto snapshot = store_->GetSnapshot();
  Check(snapshot.status());
  auto index = BuildIndex(**snapshot, taxonomy_, [](size_t) { return true; });
  Check(index.status());
  core_ = *std::move(index);
  for (matcher::Work& work : works_) {
    auto stored = core_->FindWork(work.name);
    if (!stored) Check(absl::NotFoundError(work.name));
    work = *std::move(stored);
  }
  const matcher::Policy policy;
  basis_ = {taxonomy_.get(), policy, policy.weights, matcher::kBenchmarkDay};
}

void WireWorld::StartServer(const WireOptions& options) {
  // Lines are made and handed to the thread that writes them, as in the server; it writes them
  // nowhere.
  if (spdlog::thread_pool() == nullptr) spdlog::init_thread_pool(kQueuedLinesMax, 1);
  log_ = NewJsonCallLog(spdlog::create_async_nb<spdlog::sinks::null_sink_mt>(directory_));
  const Surroundings surroundings = SystemSurroundings();
  assembly_ = std::make_unique<Assembly>(*store_, surroundings, MatchSettings{},
                                         AuditSettings{.keep = options.trusted});
  calls_ = std::make_unique<CallServer>(
      CallLimits{kMessageBytesMax, kCallsInFlightMax, options.threads}, assembly_->bindings(),
      bearer_ ? static_cast<const Authorizer&>(*bearer_) : local_, *log_, surroundings,
      [this] { return store_->LastSequence(); });
  auto server = GrpcServer::Listen("127.0.0.1:0", kMessageBytesMax, *calls_);
  Check(server.status());
  server_ = *std::move(server);
  Check(assembly_->Start());
  server_->SetServing(true);
}

std::string WireWorld::Answer(size_t task) const {
  Arrival arrival;
  arrival.method = kFindCandidates;
  arrival.peer = kPeer;
  const CallContext arrived = calls_->ContextOf(arrival);
  Credentials credentials{.peer = kPeer};
  const std::string brought = authorization();
  if (!brought.empty()) credentials.authorization = {brought};
  auto taken = calls_->Enter(arrived, credentials);
  Check(taken.status());
  auto answer = calls_->Answer(taken->context, requests_[task]);
  calls_->Log(taken->context, answer.status());
  Check(answer.status());
  return *std::move(answer);
}

void WireWorld::CommitSomething(size_t bytes) const {
  storage::Batch batch;
  batch.mutations.push_back({{storage::RecordKind::kSecret, "benchmark"}, std::string(bytes, 'x')});
  Check(store_->Commit(std::move(batch)).status());
}

matcher::RankOptions WireWorld::OptionsOf(const matcher::Work& work, size_t limit) {
  matcher::RankOptions options;
  options.regions = {work.region};
  options.seed = work.name;
  options.limit = limit;
  return options;
}

matcher::Ranking WireWorld::RankCore(size_t task, size_t limit) const {
  const matcher::Work& work = works_[task];
  auto ranking = core_->RankPeople(basis_, work, OptionsOf(work, limit));
  Check(ranking.status());
  return *std::move(ranking);
}

int64_t WireWorld::ExplainCore(size_t task, size_t limit) const {
  const matcher::Work& work = works_[task];
  const auto ranked = core_->GetSnapshot().RankAndCopyPeople(basis_, work, OptionsOf(work, limit));
  Check(ranked.status());
  const matcher::ReferenceScorer scorer(basis_, work);
  int64_t sum = 0;
  for (const matcher::Person& person : ranked->people) sum += scorer.Score(person).band.score;
  return sum;
}

}  // namespace passend::service
