// What a commit costs, beside a bare synced put of RocksDB in the same run and on the same disk.
//
//     store_benchmark                              all of them, then the ratios
//     TEST_TMPDIR=/somewhere store_benchmark       on that disk
//
// RawPut is the floor: one thread, one WriteBatch of the same bytes, sync=true.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "rocksdb/db.h"
#include "storage/anchor.h"
#include "storage/memory_store.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {
namespace {

constexpr size_t kValueBytes = 500;  // a passport with a dozen skills, encrypted

std::string MakeDirectory() {
  const char* base = std::getenv("TEST_TMPDIR");
  std::string path = std::string(base == nullptr ? "/tmp" : base) + "/passend-bench-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) std::abort();
  return path;
}

class Directory {
 public:
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  const std::string path = MakeDirectory();
};

std::string NextId() {
  static std::atomic<uint64_t> next = 0;
  return "passport/" + std::to_string(next++ % 100'000);
}

Batch MakeBatch() {
  Key key{RecordKind::kPassport, NextId()};
  Batch batch;
  batch.events.push_back({key, std::string(40, 'e')});
  batch.mutations.push_back({std::move(key), std::string(kValueBytes, 'v')});
  return batch;
}

// One store for all threads of a benchmark; Google Benchmark runs set-up and tear-down on one.
std::unique_ptr<Directory> directory;
std::unique_ptr<Store> store;
std::unique_ptr<rocksdb::DB> raw;

void OpenStore(int anchor_sync_groups) {
  directory = std::make_unique<Directory>();
  OpenOptions options;
  options.directory = directory->path;
  options.anchor_sync_groups = anchor_sync_groups;
  auto opened = OpenRocksDbStore(options);
  if (!opened.ok()) std::abort();
  store = *std::move(opened);
}

void CloseAll(const benchmark::State&) {
  store.reset();
  raw.reset();
  directory.reset();
}

void Commits(benchmark::State& state) {
  for (auto _ : state) {
    const auto result = store->Commit(MakeBatch());
    if (!result.ok()) {
      state.SkipWithError(result.status().ToString().c_str());
      break;
    }
  }
  state.SetItemsProcessed(state.iterations());
}

void RawPut(benchmark::State& state) {
  rocksdb::WriteOptions write;
  write.sync = true;
  const std::string value(kValueBytes + 140, 'v');  // with the journal entry's bytes
  for (auto _ : state) {
    if (!raw->Put(write, NextId(), value).ok()) state.SkipWithError("put");
  }
  state.SetItemsProcessed(state.iterations());
}

void AnchorWrite(benchmark::State& state) {
  const Directory own;
  auto anchor = Anchor::Open(own.path + "/anchor", {});
  JournalMark mark;
  for (auto _ : state) {
    ++mark.sequence;
    if (!anchor->Write(mark).ok()) state.SkipWithError("write");
    if (state.range(0) > 0 && anchor->unsynced() >= state.range(0) && !anchor->Sync().ok()) {
      state.SkipWithError("sync");
    }
  }
  state.SetItemsProcessed(state.iterations());
}

void Read(benchmark::State& state) {
  for (int i = 0; i < 1'000; ++i) store->Commit(MakeBatch()).IgnoreError();
  std::vector<Record> records;
  const auto status = store->Scan({RecordKind::kPassport, "", ""}, [&](Record record) {
    records.push_back(std::move(record));
    return true;
  });
  if (!status.ok() || records.empty()) std::abort();
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(store->Read({records[i++ % records.size()].key}));
  }
  state.SetItemsProcessed(state.iterations());
}

void OpenRaw(const benchmark::State&) {
  directory = std::make_unique<Directory>();
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  if (!rocksdb::DB::Open(options, directory->path, &db).ok()) std::abort();
  raw.reset(db);
}
void OpenDefault(const benchmark::State&) { OpenStore(OpenOptions{}.anchor_sync_groups); }
void OpenStrict(const benchmark::State&) { OpenStore(1); }
void OpenInMemory(const benchmark::State&) { store = NewMemoryStore(); }

BENCHMARK(RawPut)->Setup(OpenRaw)->Teardown(CloseAll)->UseRealTime()->MinTime(2);
BENCHMARK(Commits)
    ->Name("Commit")
    ->Setup(OpenDefault)
    ->Teardown(CloseAll)
    ->UseRealTime()
    ->MinTime(2)
    ->Threads(1)
    ->Threads(8)
    ->Threads(64);
BENCHMARK(Commits)
    ->Name("CommitAnchorSyncedEachTime")
    ->Setup(OpenStrict)
    ->Teardown(CloseAll)
    ->UseRealTime()
    ->MinTime(2)
    ->Threads(1)
    ->Threads(8);
BENCHMARK(Commits)->Name("CommitInMemory")->Setup(OpenInMemory)->Teardown(CloseAll)->UseRealTime();
BENCHMARK(Read)->Setup(OpenDefault)->Teardown(CloseAll)->UseRealTime();
BENCHMARK(AnchorWrite)->ArgName("sync_every")->Arg(0)->Arg(32)->Arg(1)->UseRealTime();

// Prints the table, and keeps the rates for the ratios.
class RatioReporter final : public benchmark::ConsoleReporter {
 public:
  RatioReporter() : ConsoleReporter(OO_Tabular) {}
  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.run_type == Run::RT_Iteration && run.counters.contains("items_per_second")) {
        rates_[run.benchmark_name()] = run.counters.at("items_per_second");
      }
    }
  }
  void Finalize() override {
    for (const auto& [name, rate] : rates_) {
      if (!name.starts_with("Commit/") && !name.starts_with("CommitAnchor")) continue;
      const auto floor = rates_.find("RawPut/min_time:2.000/real_time");
      if (floor == rates_.end()) return;
      std::cout << name << ": " << rate / floor->second << " of a bare synced put ("
                << static_cast<long>(floor->second) << "/s)\n";
    }
  }

 private:
  std::map<std::string, double> rates_;
};

}  // namespace
}  // namespace passend::storage

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  passend::storage::RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return 0;
}
