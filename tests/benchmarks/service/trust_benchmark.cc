// What it costs that looks, decisions and earlier versions are kept and people's records are
// encrypted: the same calls through gRPC to a server with all of that and to one without, in turns.
//
//     trust_benchmark [--people 1000000] [--seconds 60]
//
// Every figure is a median over rounds. Prints a line a figure, tab-separated: name, value, unit.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/benchmarks/service/bare_log.h"
#include "tests/benchmarks/service/raw_calls.h"
#include "tests/benchmarks/service/stopwatch.h"
#include "tests/benchmarks/service/wire_world.h"

namespace passend::service {
namespace {

constexpr size_t kThreads = 2;
constexpr size_t kThreadsTrusted = 32;  // as passendd has with two processors
constexpr size_t kCallsARound = 64;
constexpr size_t kRoundsOfWarmth = 2;
constexpr size_t kRecordBytes = 4'000;
constexpr char kRecordMethod[] = "/passend.v1.ValidationService/RecordValidations";

struct Options {
  size_t people = 1'000'000;
  double seconds = 60;
};

struct Series {
  std::vector<double> wall_each;
  std::vector<double> latencies;
};

// A server and the calls to it.
struct Side {
  Side(const Options& options, bool trusted)
      : world({.people = options.people,
               .tasks = 16,
               .threads = trusted ? kThreadsTrusted : kThreads,
               .trusted = trusted}),
        find(world.address(), kFindCandidatesMethod),
        record(world.address(), kRecordMethod) {}
  WireWorld world;
  RawCalls find;
  RawCalls record;
};

class Suite {
 public:
  explicit Suite(const Options& options)
      : options_(options), off_(options, false), on_(options, true) {}

  void Run() {
    const Stopwatch watch;
    for (size_t round = 0; watch.wall_microseconds() < options_.seconds * 1e6; ++round) {
      RunRound(off_, "off", round);
      RunRound(on_, "on", round);
    }
    for (const char* what : {"find, 1 in flight", "find, 32 in flight", "validation"}) {
      Tell(std::string(what) + ", off", Latency("off", what), "us");
      Tell(std::string(what) + ", on", Latency("on", what), "us");
    }
    const double find_off = Latency("off", "find, 1 in flight");
    const double find_on = Latency("on", "find, 1 in flight");
    Tell("find: on against off", find_on / find_off, "");
    for (const char* commit : {"commit of one record", "commit of an answer's lines"}) {
      const double synced = Latency("on", commit);
      Tell(std::string("one synced ") + commit, synced, "us");
      Tell(std::string("find: on without one ") + commit + ", against off",
           (find_on - synced) / find_off, "");
    }
    Tell("validation: on against off", Latency("on", "validation") / Latency("off", "validation"),
         "");
    Tell("calls a second, 32 in flight, off", Rate("off"), "");
    Tell("calls a second, 32 in flight, on", Rate("on"), "");
    Tell("rate: on in percent of off", 100 * Rate("on") / Rate("off"), "%");
  }

 private:
  void RunRound(Side& side, const char* name, size_t round) {
    const auto add = [&](const char* what, const Round& done) {
      if (round < kRoundsOfWarmth) return;
      Series& series = series_[{name, what}];
      series.wall_each.push_back(done.wall_each());
      series.latencies.insert(series.latencies.end(), done.each_microseconds.begin(),
                              done.each_microseconds.end());
    };
    add("find, 1 in flight", side.find.Run(side.world.requests(), kCallsARound, 1));
    if (&side == &on_ && !lines_) lines_.emplace(side.world.store());
    add("find, 32 in flight", side.find.Run(side.world.requests(), 4 * kCallsARound, 32));
    add("validation", side.record.Run(side.world.validations(), kCallsARound, 1));
    if (&side == &off_) return;
    add("commit of one record", Commits([&] { side.world.CommitSomething(kRecordBytes); }));
    add("commit of an answer's lines", Commits([&] { lines_->CommitLines(); }));
  }

  static Round Commits(const std::function<void()>& commit) {
    std::vector<double> each;
    const Stopwatch watch;
    for (size_t i = 0; i < kCallsARound; ++i) {
      const Stopwatch one;
      commit();
      each.push_back(one.wall_microseconds());
    }
    return {std::move(each), watch.wall_microseconds(), watch.cpu_microseconds()};
  }

  double Latency(const char* side, const char* what) {
    return Percentile(series_[{side, what}].latencies, 0.5);
  }
  double Rate(const char* side) {
    return 1e6 / Percentile(series_[{side, "find, 32 in flight"}].wall_each, 0.5);
  }

  static void Tell(const std::string& name, double value, const char* unit) {
    std::printf("%s\t%.4g\t%s\n", name.c_str(), value, unit);
    std::fflush(stdout);
  }

  const Options options_;
  Side off_;
  Side on_;
  std::optional<BareLog> lines_;  // of answers of on_
  std::map<std::pair<std::string, std::string>, Series> series_;
};

int Main(int argc, char** argv) {
  Options options;
  for (int argument = 1; argument + 1 < argc; argument += 2) {
    const std::string name = argv[argument];
    if (name == "--people") {
      options.people = std::stoull(argv[argument + 1]);
    } else if (name == "--seconds") {
      options.seconds = std::stod(argv[argument + 1]);
    } else {
      std::cerr << "unknown: " << name << "; see the first lines of the source\n";
      return 2;
    }
  }
  Suite(options).Run();
  return 0;
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Main(argc, argv); }
