// How long it takes until everybody in a store can be ranked, beside a bare scan of the same
// records in the same run.
//
//     index_build_benchmark --people 100000                  fills a store, removes it afterwards
//     index_build_benchmark --people 100000 --store FOLDER   keeps it; takes it as it is next time
//     index_build_benchmark --threads 1                      instead of one for each processor
//     index_build_benchmark --encrypted 1                    people's records are encrypted; what
//     is
//                                                            kept has keys in FOLDER.keys
//
// Prints a line a figure, tab-separated: people, figure, value, unit. The store is closed after it
// was filled, and opened again: what is measured comes out of files, as after a restart (out of the
// system's cache of files, where that has them). Both times of a build are of the whole process: by
// the clock, and of all processors together.
#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "service/match/index_builder.h"
#include "service/taxonomy/taxonomy_catalog.h"
#include "storage/person_keys.h"
#include "storage/rocksdb_store.h"
#include "tests/benchmarks/heap_bytes.h"
#include "tests/benchmarks/service/store_filler.h"
#include "tests/storage/fixed_wrapper.h"

namespace passend::service {
namespace {

struct Options {
  size_t people = 100'000;
  size_t tasks = 2'000;
  size_t threads = 0;  // 0: as many as there are processors
  std::string store;
  bool encrypted = false;

  std::string key_folder() const { return store + ".keys"; }
};

class Stopwatch {
 public:
  double wall_seconds() const { return absl::ToDoubleSeconds(absl::Now() - wall_); }
  double processor_seconds() const { return ProcessorSeconds() - processor_; }

 private:
  static double ProcessorSeconds() {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  }
  const absl::Time wall_ = absl::Now();
  const double processor_ = ProcessorSeconds();
};

double PeakMebibytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double FolderBytes(const std::string& folder) {
  double bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
  }
  return bytes;
}

[[noreturn]] void Fail(const absl::Status& status) {
  std::cerr << status << "\n";
  std::exit(1);
}

// The master key is in no file of a benchmark: it is the same always.
storage::OpenOptions StoreOptionsOf(const Options& options) {
  storage::OpenOptions store;
  store.directory = options.store;
  if (!options.encrypted) return store;
  const Stopwatch stopwatch;
  auto keys =
      storage::PersonKeys::Open({options.key_folder(), std::make_shared<storage::FixedWrapper>()});
  if (!keys.ok()) Fail(keys.status());
  std::printf("%zu\tkeys opened\t%.6g\ts\n", options.people, stopwatch.wall_seconds());
  store.keys = *std::move(keys);
  return store;
}

class Measurement {
 public:
  explicit Measurement(Options options) : options_(std::move(options)) {}

  void Run() {
    Fill();
    Stopwatch opening;
    auto store = storage::OpenRocksDbStore(StoreOptionsOf(options_));
    if (!store.ok()) Fail(store.status());
    Tell("store opened", opening.wall_seconds(), "s");
    Tell("store", FolderBytes(options_.store), "bytes");
    Stopwatch loading;
    TaxonomyCatalog catalog(**store);
    if (const absl::Status refreshed = catalog.Refresh(); !refreshed.ok()) Fail(refreshed);
    Tell("vocabulary loaded", loading.wall_seconds(), "s");
    auto snapshot = (*store)->GetSnapshot();
    if (!snapshot.ok()) Fail(snapshot.status());
    ScanBarely(**snapshot);
    Build(**snapshot, catalog);
  }

 private:
  void Tell(const char* figure, double value, const char* unit) const {
    std::printf("%zu\t%s\t%.6g\t%s\n", options_.people, figure, value, unit);
    std::fflush(stdout);
  }

  void Fill() const {
    auto store = storage::OpenRocksDbStore(StoreOptionsOf(options_));
    if (!store.ok()) Fail(store.status());
    const auto passports = CountPassports(**store);
    if (!passports.ok()) Fail(passports.status());
    if (*passports == options_.people) return;
    if (*passports != 0) {
      std::cerr << options_.store << " has " << *passports << " people\n";
      std::exit(2);
    }
    const matcher::Population population(2'026);
    const absl::Status filled = FillStore(population, options_.people, options_.tasks, **store);
    if (!filled.ok()) Fail(filled);
  }

  // Visits every record that a build reads, on as many threads as there are processors, and looks
  // at none.
  void ScanBarely(const storage::Snapshot& snapshot) const {
    const Stopwatch stopwatch;
    const std::string letters = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::atomic<size_t> next = 0;
    std::atomic<size_t> records = 0;
    std::atomic<size_t> bytes = 0;
    const auto scan = [&] {
      for (size_t letter; (letter = next++) < letters.size();) {
        for (const auto kind :
             {storage::RecordKind::kPassport, storage::RecordKind::kValidationBook,
              storage::RecordKind::kExposure}) {
          size_t count = 0;
          size_t size = 0;
          const absl::Status scanned = snapshot.ScanViews(
              {kind, letters.substr(letter, 1), ""}, [&](const storage::RecordView& record) {
                ++count;
                size += record.id.size() + record.value.size();
                return true;
              });
          if (!scanned.ok()) Fail(scanned);
          records += count;
          bytes += size;
        }
      }
    };
    std::vector<std::thread> threads;
    for (size_t number = Threads(); number > 0; --number) {
      threads.emplace_back(scan);
    }
    for (std::thread& thread : threads) thread.join();
    Tell("records", static_cast<double>(records), "");
    Tell("records' ids and values", static_cast<double>(bytes), "bytes");
    Tell("bare scan", stopwatch.wall_seconds(), "s");
    Tell("bare scan, all processors", stopwatch.processor_seconds(), "s");
  }

  void Build(const storage::Snapshot& snapshot, const TaxonomyCatalog& catalog) const {
    const size_t bytes_before = HeapBytes();
    const Stopwatch stopwatch;
    auto index = BuildIndex(snapshot, catalog.snapshot()->taxonomy(), [](size_t) { return true; },
                            {.threads = options_.threads});
    if (!index.ok()) Fail(index.status());
    Tell("index built", stopwatch.wall_seconds(), "s");
    Tell("index built, all processors", stopwatch.processor_seconds(), "s");
    Tell("people in the index", static_cast<double>((*index)->people()), "");
    Tell("tasks in the index", static_cast<double>((*index)->works()), "");
    Tell("bytes per person",
         static_cast<double>(HeapBytes() - bytes_before) / static_cast<double>(options_.people),
         "bytes");
    Tell("peak memory of the process", PeakMebibytes(), "MiB");
  }

  size_t Threads() const {
    return options_.threads != 0 ? options_.threads : std::thread::hardware_concurrency();
  }

  const Options options_;
};

int Main(int argc, char** argv) {
  Options options;
  for (int argument = 1; argument + 1 < argc; argument += 2) {
    const std::string name = argv[argument];
    if (name == "--people") {
      options.people = std::stoull(argv[argument + 1]);
    } else if (name == "--tasks") {
      options.tasks = std::stoull(argv[argument + 1]);
    } else if (name == "--threads") {
      options.threads = std::stoull(argv[argument + 1]);
    } else if (name == "--encrypted") {
      options.encrypted = std::string_view(argv[argument + 1]) == "1";
    } else if (name == "--store") {
      options.store = argv[argument + 1];
    } else {
      std::cerr << "unknown: " << name << "; see the first lines of this program's source\n";
      return 2;
    }
  }
  if (!options.store.empty()) {
    Measurement(options).Run();
    return 0;
  }
  const char* temporary = std::getenv("TMPDIR");
  options.store = std::string(temporary == nullptr ? "/tmp" : temporary) + "/passend-build-XXXXXX";
  if (mkdtemp(options.store.data()) == nullptr) return 1;
  Measurement(options).Run();
  std::filesystem::remove_all(options.store);
  std::filesystem::remove_all(options.key_folder());
  return 0;
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Main(argc, argv); }
