// What a FindCandidates costs through gRPC, beside what it is made of in the same run: the same
// question to the core alone, and a call with messages of the same bytes to a server that has its
// answers ready.
//
//     wire_benchmark [--people 1000000] [--seconds 60] [--in-flight 1|32]
//                    [--only real|echo|service|core|core+echo|ranking]
//
// real       the call
// echo       the call to the server that has its answers ready
// core       the list of a page, and the fit of each who is in it, term by term
// core+echo  the call to a server that asks the core, and then gives the answer that it has ready
// ranking    the list alone
// service    the answer as the service makes it, without gRPC
//
// An echo after an echo finds all that it needs in the caches, and many at once are read and
// written at once: after a list it costs more. core+echo is what is left of the real call where
// nothing is worded, checked, filtered or written down.
//
// They take turns in short rounds, so that whatever else the machine does hits all alike, and
// every figure is a median over rounds. Prints a line a figure, tab-separated: name, value, unit.
//
// With one call in flight a call costs the time until it is answered. With 32 on few processors
// most of that time is waiting for the others; a call costs what it adds: the time of a round
// divided by its calls, which is the other side of throughput, and processor time of the whole
// process, client and all, which others on the machine hardly touch. The core is asked by as many
// threads as the service has workers.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "passend/v1/match_service.pb.h"
#include "tests/benchmarks/service/echo_server.h"
#include "tests/benchmarks/service/raw_calls.h"
#include "tests/benchmarks/service/stopwatch.h"
#include "tests/benchmarks/service/wire_world.h"

namespace passend::service {
namespace {

constexpr size_t kThreads = 2;
constexpr size_t kCallsARound = 64;
constexpr size_t kRoundsOfWarmth = 3;

struct Options {
  size_t people = 1'000'000;
  double seconds = 60;
  std::string only;
  std::vector<size_t> in_flight = {1, 32};
};

struct Series {
  std::vector<double> wall_each;
  std::vector<double> cpu_each;
  std::vector<double> latencies;

  void Add(const Round& round) {
    wall_each.push_back(round.wall_each());
    cpu_each.push_back(round.cpu_each());
    latencies.insert(latencies.end(), round.each_microseconds.begin(),
                     round.each_microseconds.end());
  }
};

class Suite {
 public:
  explicit Suite(Options options)
      : options_(std::move(options)),
        world_({.people = options_.people, .tasks = 16, .threads = kThreads}),
        real_(world_.address(), kFindCandidatesMethod),
        echo_server_(RecordAnswers(), kThreads),
        echo_(echo_server_.address(), kEchoMethod),
        core_server_(RecordAnswers(), kThreads, [this](const std::string& r) { AskCore(r); }),
        core_echo_(core_server_.address(), kEchoMethod) {
    for (size_t task = 0; task < world_.requests().size(); ++task) {
      task_of_[world_.requests()[task]] = task;
    }
  }

  void Run() {
    const Stopwatch watch;
    for (size_t round = 0; watch.wall_microseconds() < options_.seconds * 1e6; ++round) {
      for (const size_t in_flight : options_.in_flight) RunRound(in_flight, round);
    }
    for (const size_t in_flight : options_.in_flight) TellAbout(in_flight);
  }

 private:
  // What the service says first, which is also what the core says.
  std::map<std::string, std::string> RecordAnswers() {
    std::map<std::string, std::string> answers;
    size_t bytes = 0;
    for (size_t task = 0; task < world_.requests().size(); ++task) {
      const std::string& request = world_.requests()[task];
      const std::string answer = real_.Call(request);
      CheckAnswer(answer, world_.RankCore(task, kMatchPageSizeDefault));
      bytes += answer.size();
      answers[request] = answer;
    }
    Tell("request", static_cast<double>(world_.requests().front().size()), "bytes");
    Tell("answer, mean", static_cast<double>(bytes / answers.size()), "bytes");
    return answers;
  }

  void AskCore(size_t task) const {
    if (world_.ExplainCore(task, kMatchPageSizeDefault) < 0) std::abort();
  }
  void AskCore(const std::string& request) const { AskCore(task_of_.at(request)); }

  static void CheckAnswer(const std::string& bytes, const matcher::Ranking& ranking) {
    v1::FindCandidatesResponse answer;
    bool same = answer.ParseFromString(bytes) &&
                answer.candidates_size() == static_cast<int>(ranking.list.size()) &&
                answer.summary().considered() == ranking.counts.considered;
    for (int place = 0; same && place < answer.candidates_size(); ++place) {
      same = answer.candidates(place).passport() == ranking.list[static_cast<size_t>(place)].name;
    }
    if (same) return;
    std::fputs("the service and the core do not say the same\n", stderr);
    std::abort();
  }

  void RunRound(size_t in_flight, size_t round) {
    const auto add = [&](const char* name, const auto& run) {
      if (!options_.only.empty() && options_.only != name) return;
      const Round done = run();
      if (round >= kRoundsOfWarmth) series_[{name, in_flight}].Add(done);
    };
    add("real", [&] { return real_.Run(world_.requests(), kCallsARound, in_flight); });
    add("echo", [&] { return echo_.Run(world_.requests(), kCallsARound, in_flight); });
    const size_t threads = std::min(in_flight, kThreads);
    add("service", [&] { return RunHere(threads, [&](size_t task) { world_.Answer(task); }); });
    add("core", [&] { return RunHere(threads, [&](size_t task) { AskCore(task); }); });
    add("core+echo", [&] { return core_echo_.Run(world_.requests(), kCallsARound, in_flight); });
    add("ranking", [&] {
      return RunHere(threads, [&](size_t task) { world_.RankCore(task, kMatchPageSizeDefault); });
    });
  }

  template <typename Ask>
  Round RunHere(size_t threads, const Ask& ask_one) const {
    std::vector<double> took(kCallsARound);
    const Stopwatch watch;
    const auto ask = [&](size_t thread) {
      for (size_t call = thread; call < kCallsARound; call += threads) {
        const Stopwatch each;
        ask_one(call % world_.requests().size());
        took[call] = each.wall_microseconds();
      }
    };
    std::vector<std::thread> others;
    for (size_t thread = 1; thread < threads; ++thread) others.emplace_back(ask, thread);
    ask(0);
    for (std::thread& other : others) other.join();
    const double wall = watch.wall_microseconds();
    return {std::move(took), wall, watch.cpu_microseconds()};
  }

  void TellAbout(size_t in_flight) {
    const std::string suffix = ", " + std::to_string(in_flight) + " in flight";
    for (const char* name : {"real", "echo", "service", "core", "core+echo", "ranking"}) {
      if (!series_.contains({name, in_flight})) continue;
      const Series& series = series_[{name, in_flight}];
      Tell(name + suffix + ": p50", Percentile(series.latencies, 0.5), "us");
      Tell(name + suffix + ": p99", Percentile(series.latencies, 0.99), "us");
      Tell(name + suffix + ": wall a call", Percentile(series.wall_each, 0.5), "us");
      Tell(name + suffix + ": processor a call", Percentile(series.cpu_each, 0.5), "us");
      Tell(name + suffix + ": processor a call, quiet", Percentile(series.cpu_each, 0.1), "us");
    }
    if (!options_.only.empty()) return;
    for (const auto& [measure, values] :
         {std::pair{": wall", &Series::wall_each}, {": processor", &Series::cpu_each}}) {
      TellRatio("times core and echo" + suffix + measure, in_flight, {"core", "echo"}, values);
      TellRatio("times core+echo" + suffix + measure, in_flight, {"core+echo"}, values);
    }
    Tell("calls a second" + suffix, 1e6 / Percentile(series_[{"real", in_flight}].wall_each, 0.5),
         "");
  }

  // Of the real call, to the sum of those.
  void TellRatio(const std::string& name, size_t in_flight, const std::vector<std::string>& others,
                 std::vector<double> Series::*values) {
    const auto& real = series_[{"real", in_flight}].*values;
    std::vector<double> ratios;
    for (size_t round = 0; round < real.size(); ++round) {
      double sum = 0;
      for (const std::string& other : others) sum += (series_[{other, in_flight}].*values)[round];
      ratios.push_back(real[round] / sum);
    }
    Tell(name, Percentile(ratios, 0.5), "");
  }

  static void Tell(const std::string& name, double value, const char* unit) {
    std::printf("%s\t%.4g\t%s\n", name.c_str(), value, unit);
    std::fflush(stdout);
  }

  const Options options_;
  WireWorld world_;
  RawCalls real_;
  EchoServer echo_server_;
  RawCalls echo_;
  std::map<std::string, size_t> task_of_;  // by request
  EchoServer core_server_;
  RawCalls core_echo_;
  std::map<std::pair<std::string, size_t>, Series> series_;
};

int Main(int argc, char** argv) {
  Options options;
  for (int argument = 1; argument + 1 < argc; argument += 2) {
    const std::string name = argv[argument];
    const char* value = argv[argument + 1];
    if (name == "--people") {
      options.people = std::stoull(value);
    } else if (name == "--seconds") {
      options.seconds = std::stod(value);
    } else if (name == "--only") {
      options.only = value;
    } else if (name == "--in-flight") {
      options.in_flight = {std::stoull(value)};
    } else {
      std::cerr << "unknown: " << name << "; see the first lines of the source\n";
      return 2;
    }
  }
  // As the server does: Debian's Abseil looks for deadlocks at every lock.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  Suite(std::move(options)).Run();
  return 0;
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Main(argc, argv); }
