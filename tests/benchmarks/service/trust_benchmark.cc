// What it costs that looks, decisions and earlier versions are kept, people's records are encrypted
// and each caller has a token: the same calls through gRPC to a server with all of that and to one
// without, in turns.
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
constexpr size_t kCallsARound = 32;
constexpr size_t kRoundsOfWarmth = 2;
constexpr size_t kRecordBytes = 4'000;
constexpr char kRecordMethod[] = "/passend.v1.ValidationService/RecordValidations";

struct Options {
  size_t people = 1'000'000;
  double seconds = 60;
};

// One for each round.
struct Series {
  std::vector<double> each;   // microseconds: half of the calls took less
  std::vector<double> rates;  // calls a second
};

// A server and the calls to it.
struct Side {
  Side(const Options& options, bool trusted)
      : world({.people = options.people,
               .tasks = 16,
               .threads = trusted ? kThreadsTrusted : kThreads,
               .trusted = trusted}),
        find(world.address(), kFindCandidatesMethod, world.authorization()),
        record(world.address(), kRecordMethod, world.authorization()) {}
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
      if (round == kRoundsOfWarmth) series_.clear();
      RunRound(round % 2 == 0);
    }
    for (const char* what : {kOne, kMany, kRecord}) {
      Tell(std::string(what) + ", off", Median(series_[{"off", what}].each), "us");
      Tell(std::string(what) + ", on", Median(series_[{"on", what}].each), "us");
    }
    Tell("find: on against off", Median(OnAgainstOff(kOne, "")), "");
    for (const char* commit : {kCommitOfRecord, kCommitOfLines}) {
      Tell(std::string("one synced ") + commit, Median(series_[{"", commit}].each), "us");
      Tell(std::string("find: on without one ") + commit + ", against off",
           Median(OnAgainstOff(kOne, commit)), "");
    }
    Tell("validation: on against off", Median(OnAgainstOff(kRecord, "")), "");
    const std::vector<double>& off = series_[{"off", kMany}].rates;
    const std::vector<double>& on = series_[{"on", kMany}].rates;
    Tell("calls a second, 32 in flight, off", Median(off), "");
    Tell("calls a second, 32 in flight, on", Median(on), "");
    std::vector<double> percent;
    for (size_t round = 0; round < on.size(); ++round) {
      percent.push_back(100 * on[round] / off[round]);
    }
    Tell("rate: on in percent of off", Median(percent), "%");
  }

 private:
  static constexpr const char* kOne = "find, 1 in flight";
  static constexpr const char* kMany = "find, 32 in flight";
  static constexpr const char* kRecord = "validation";
  static constexpr const char* kCommitOfRecord = "commit of one record";
  static constexpr const char* kCommitOfLines = "commit of an answer's lines";

  // What is compared is measured one just after the other: a machine is not always as quick.
  void RunRound(bool off_first) {
    const auto add = [&](const char* side, const char* what, const Round& done) {
      Series& series = series_[{side, what}];
      series.each.push_back(Median(done.each_microseconds));
      series.rates.push_back(1e6 / done.wall_each());
    };
    const auto in_turns = [&](const char* what, RawCalls Side::*method,
                              const std::vector<std::string>& (WireWorld::*requests)() const,
                              size_t calls, size_t in_flight) {
      const auto run = [&](const char* name, Side& side) {
        add(name, what, (side.*method).Run((side.world.*requests)(), calls, in_flight));
      };
      if (off_first) run("off", off_);
      run("on", on_);
      if (!off_first) run("off", off_);
    };
    in_turns(kOne, &Side::find, &WireWorld::requests, kCallsARound, 1);
    if (!lines_) lines_.emplace(on_.world.store());
    add("", kCommitOfLines, Commits([&] { lines_->Prepare(); }, [&] { lines_->Commit(); }));
    add("", kCommitOfRecord, Commits([] {}, [&] { on_.world.CommitSomething(kRecordBytes); }));
    in_turns(kMany, &Side::find, &WireWorld::requests, 4 * kCallsARound, 32);
    in_turns(kRecord, &Side::record, &WireWorld::validations, kCallsARound, 1);
  }

  // After a call each, as those of answers: a disk that was asked a moment ago is quicker.
  Round Commits(const std::function<void()>& prepare, const std::function<void()>& commit) {
    const std::vector<std::string>& requests = off_.world.requests();
    std::vector<double> each;
    const Stopwatch watch;
    for (size_t i = 0; i < kCallsARound; ++i) {
      off_.find.Call(requests[i % requests.size()]);
      prepare();
      const Stopwatch one;
      commit();
      each.push_back(one.wall_microseconds());
    }
    return {std::move(each), watch.wall_microseconds(), watch.cpu_microseconds()};
  }

  // Of each round; `commit` is taken off what it takes with everything on, unless it is empty.
  std::vector<double> OnAgainstOff(const char* what, const char* commit) {
    const std::vector<double>& off = series_[{"off", what}].each;
    const std::vector<double>& on = series_[{"on", what}].each;
    const std::vector<double>& commits = series_[{"", commit}].each;
    std::vector<double> ratios;
    for (size_t round = 0; round < on.size(); ++round) {
      ratios.push_back((on[round] - (commits.empty() ? 0 : commits[round])) / off[round]);
    }
    return ratios;
  }

  static double Median(const std::vector<double>& values) { return Percentile(values, 0.5); }
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
