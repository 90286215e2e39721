// What a ranking costs, beside what the memory of this machine allows in the same run.
//
//     matcher_benchmark --people 10000,100000,1000000 [--tasks 20000] [--queries 40] [--only home]
//                       [--svg curve.svg]
//
// With --only, the rankings in whose names these letters are; for looking at one of them closely.
// Prints a line a figure, tab-separated: people, figure, value, unit. The memory limit of a query
// is the time in which one thread reads as many bytes as the layout has for it (BytesWalked: all
// columns of gates, wishes, pace and support, and the lists of the skills that count), at the
// bandwidth that was measured just before. The plain scan judges one structure a person after
// another, as long as there is memory for them.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "matcher/match_index.h"
#include "matcher/people_ranker.h"
#include "matcher/query_plan.h"
#include "tests/benchmarks/heap_bytes.h"
#include "tests/benchmarks/matcher/growth_curve.h"
#include "tests/benchmarks/matcher/population.h"

namespace passend::matcher {
namespace {

// The time that this thread had a processor: what others do on the machine does not count.
double Milliseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}
double MillisecondsSince(double start) { return Milliseconds() - start; }

// Most of what one thread reads in a second, in bytes a millisecond: the best of several passes
// over more than any cache holds.
double BytesPerMillisecond() {
  std::vector<uint64_t> memory(size_t{32} << 20, 1);
  double best = 0;
  for (int pass = 0; pass < 8; ++pass) {
    const auto start = Milliseconds();
    uint64_t sums[32] = {};
    for (size_t word = 0; word < memory.size(); word += 32) {
      for (size_t lane = 0; lane < 32; ++lane) sums[lane] ^= memory[word + lane];
    }
    uint64_t all = 0;
    for (uint64_t sum : sums) all ^= sum;
    const double milliseconds = MillisecondsSince(start);
    if (all == 42) std::puts("");
    best = std::max(best, static_cast<double>(memory.size() * 8) / milliseconds);
  }
  return best;
}

double Percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values[static_cast<size_t>(part * static_cast<double>(values.size() - 1) + 0.5)];
}

struct Options {
  std::vector<size_t> people = {10'000, 100'000, 1'000'000};
  size_t tasks = 20'000;
  size_t queries = 40;
  std::string only;
  std::string svg;
};

class Suite {
 public:
  explicit Suite(Options options) : options_(std::move(options)), population_(2'026) {
    basis_ = {population_.taxonomy().get(), Policy{}, Policy{}.weights, kBenchmarkDay};
  }

  void Run() {
    std::sort(options_.people.begin(), options_.people.end());
    for (size_t people : options_.people) RunPeople(people);
    RunTasks();
    if (!options_.svg.empty()) std::ofstream(options_.svg) << DrawGrowth(curves_);
  }

 private:
  void Tell(const std::string& figure, double value, const char* unit) {
    std::printf("%zu\t%s\t%.4g\t%s\n", people_, figure.c_str(), value, unit);
    std::fflush(stdout);
  }

  void RunPeople(size_t people) {
    people_ = people;
    bytes_per_millisecond_ = BytesPerMillisecond();
    Tell("memory bandwidth, one thread", bytes_per_millisecond_ / 1e6, "GB/s");
    const size_t bytes_before = HeapBytes();
    auto start = Milliseconds();
    double made = 0;
    PeoplePool pool;
    for (size_t number = 0; number < people; ++number) {
      const auto making = Milliseconds();
      Person person = population_.MakePerson(number);
      made += MillisecondsSince(making);
      pool.Put(std::move(person));
    }
    const auto snapshot = pool.GetSnapshot();
    Tell("index built", (MillisecondsSince(start) - made) / 1e3, "s");
    Tell("bytes per person", static_cast<double>(HeapBytes() - bytes_before) / people, "bytes");

    const auto six = [this](uint64_t number) { return population_.MakeWork(number, 6); };
    const auto remote = [this](uint64_t number) {
      Work work = population_.MakeWork(number, 6);
      work.remote = true;
      return work;
    };
    const auto open = [this](uint64_t number) {
      Work work = population_.MakeWork(number, 0);
      work.remote = true;
      return work;
    };
    const auto here = [this](uint64_t number) {
      // A task in the average region.
      for (uint64_t next = number * 1'000;; ++next) {
        Work work = population_.MakeWork(next, 6);
        if (work.region == Population::RegionName(population_.average_region())) return work;
      }
    };
    Measure("nationwide, six skills", *snapshot, six, {});
    Measure("nationwide, six skills, from home", *snapshot, remote, {});
    Measure("one average region, six skills", *snapshot, here,
            {Population::RegionName(population_.average_region())});
    Measure("nationwide, open hiring, from home", *snapshot, open, {});
    if (options_.only.empty()) PlainScan(remote);
  }

  void Measure(const std::string& figure, const PeopleSnapshot& snapshot,
               const std::function<Work(uint64_t)>& make, std::vector<std::string> regions) {
    if (figure.find(options_.only) == std::string::npos) return;
    RankOptions options;
    options.limit = 50;
    options.seed = "seed";
    options.regions = std::move(regions);
    std::vector<double> times;
    std::vector<double> limits;
    int64_t excluded = 0;
    int64_t considered = 0;
    for (size_t round = 0; round < options_.queries + 2; ++round) {
      const Work work = make(round);
      const auto start = Milliseconds();
      const auto result = ranker_.Rank(basis_, work, options, snapshot);
      const double milliseconds = MillisecondsSince(start);
      if (!result.ok()) std::abort();
      if (round < 2) continue;  // warms up
      times.push_back(milliseconds);
      limits.push_back(LimitFor(snapshot, work, options));
      considered += result->ranking.counts.considered;
      for (int64_t count : result->ranking.counts.excluded) excluded += count;
    }
    const double p50 = Percentile(times, 0.5);
    Tell(figure + ": p50", p50, "ms");
    Tell(figure + ": p99", Percentile(times, 0.99), "ms");
    Tell(figure + ": memory limit", Percentile(limits, 0.5), "ms");
    std::vector<double> ratios;
    for (size_t query = 0; query < times.size(); ++query) {
      ratios.push_back(times[query] / limits[query]);
    }
    Tell(figure + ": times the limit, p50", Percentile(ratios, 0.5), "");
    Tell(figure + ": times the limit, p99", Percentile(ratios, 0.99), "");
    Tell(figure + ": people left",
         100.0 * static_cast<double>(considered - excluded) / std::max<int64_t>(1, considered),
         "%");
    curves_[figure].push_back({static_cast<double>(people_), p50});
    last_p50_[figure] = p50;
  }

  double LimitFor(const PeopleSnapshot& snapshot, const Work& work, const RankOptions& options) {
    const PeopleQuery query = ranker_.Compile(basis_, work);
    size_t bytes = 0;
    for (const auto& region : snapshot.regions) {
      if (!Matches(options.regions, region->region)) continue;
      for (const auto& part : region->parts) bytes += BytesWalked(query, *part.block);
    }
    return static_cast<double>(bytes) / bytes_per_millisecond_;
  }

  void PlainScan(const std::function<Work(uint64_t)>& make) {
    // Some 3 kB a person: enough of them to be out of every cache, and the time scaled up.
    const size_t some = std::min<size_t>(people_, 200'000);
    std::vector<Person> people;
    people.reserve(some);
    for (size_t number = 0; number < some; ++number)
      people.push_back(population_.MakePerson(number));
    std::vector<double> times;
    for (size_t round = 2; round < 5; ++round) {
      const Work work = make(round);
      const auto start = Milliseconds();
      const QueryPlan plan(basis_, work);
      QueryPlan::Scratch scratch;
      BestPeople best(50, "seed");
      for (const Person& person : people) {
        const Verdict verdict = plan.Judge(person, scratch);
        if (verdict.outcome == Outcome::kExcluded) continue;
        best.Offer(verdict.outcome, verdict.score, person.last_shown, {nullptr, 0, &person});
      }
      times.push_back(MillisecondsSince(start) * static_cast<double>(people_) /
                      static_cast<double>(some));
    }
    const double plain = Percentile(times, 0.5);
    Tell("plain scan, six skills, from home", plain, "ms");
    Tell("plain scan: times the index", plain / last_p50_["nationwide, six skills, from home"], "");
  }

  void RunTasks() {
    people_ = options_.tasks;
    MatchIndex index(population_.taxonomy());
    for (size_t number = 0; number < options_.tasks; ++number) {
      index.PutWork(population_.MakeWork(number, 6));
    }
    RankOptions options;
    options.limit = 50;
    std::vector<double> times;
    for (size_t round = 0; round < options_.queries * 5 + 2; ++round) {
      const Person person = population_.MakePerson(1'000'000'000 + round);
      const auto start = Milliseconds();
      const auto ranking = index.RankWorks(basis_, person, options);
      const double milliseconds = MillisecondsSince(start);
      if (!ranking.ok()) std::abort();
      if (round >= 2) times.push_back(milliseconds);
    }
    Tell("tasks for a person: p50", Percentile(times, 0.5), "ms");
    Tell("tasks for a person: p99", Percentile(times, 0.99), "ms");
  }

  Options options_;
  Population population_;
  ScoringBasis basis_;
  ExpansionTables expansions_{population_.taxonomy()};
  PeopleRanker ranker_{expansions_};
  double bytes_per_millisecond_ = 0;
  size_t people_ = 0;
  std::map<std::string, double> last_p50_;
  Curves curves_;
};

std::vector<size_t> Numbers(const char* text) {
  std::vector<size_t> numbers;
  for (const char* at = text; at != nullptr; at = std::strchr(at, ',')) {
    if (*at == ',') ++at;
    numbers.push_back(std::strtoull(at, nullptr, 10));
  }
  return numbers;
}

int Main(int argc, char** argv) {
  Options options;
  for (int argument = 1; argument + 1 < argc; argument += 2) {
    const std::string name = argv[argument];
    const char* value = argv[argument + 1];
    if (name == "--people") {
      options.people = Numbers(value);
    } else if (name == "--tasks") {
      options.tasks = Numbers(value).front();
    } else if (name == "--queries") {
      options.queries = Numbers(value).front();
    } else if (name == "--only") {
      options.only = value;
    } else if (name == "--svg") {
      options.svg = value;
    } else {
      std::cerr << "unknown: " << name << "; see the first lines of this program's source\n";
      return 2;
    }
  }
  Suite(std::move(options)).Run();
  return 0;
}

}  // namespace
}  // namespace passend::matcher

int main(int argc, char** argv) { return passend::matcher::Main(argc, argv); }
