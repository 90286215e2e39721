// What a server does with five times the calls that it can answer: a portal that floods it with
// lists, others that ask for their share, one that asks now and then, and coaches who change
// passports, validate, withdraw consents and erase.
//
//     overload_benchmark --server 127.0.0.1:PORT [--seconds 60] [--peak-seconds 10]
//                        [--planted 1]
//
// The server does not ask who calls, so each connection is a caller. It has people, and open tasks.
// --planted: all have one connection, so that who asks now and then is who floods; and coaches wait
// for next to nothing, so that not all that they send is done.
// In turn: quiet, as many as it can answer (peak), five times of that, quiet again, peak again: the
// mean of both is what is compared to, because a machine is not always as quick. Prints a line a
// figure, tab-separated: name, value, unit.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "passend/v1/match_service.pb.h"
#include "passend/v1/task_service.pb.h"
#include "tests/benchmarks/service/coach_load.h"
#include "tests/benchmarks/service/open_load.h"
#include "tests/benchmarks/service/stopwatch.h"

namespace passend::service {
namespace {

constexpr char kFindCandidates[] = "/passend.v1.MatchService/FindCandidates";

constexpr double kTimesPeak = 5.5;     // of the first; the second may be more
constexpr size_t kPortals = 8;         // beside the one that floods
constexpr double kPortalsShare = 1;    // of peak, together; the flood is the rest
constexpr size_t kInFlightAtPeak = 1;  // of each: none is turned away
constexpr double kModestCallsASecond = 4;
constexpr size_t kCoaches = 4;
constexpr size_t kNoBound = 1'000'000;
constexpr absl::Duration kNextToNothing = absl::Milliseconds(2);

// Each kind of calls of a coach is one more, from kFirstOfCoaches on.
enum Kind : size_t { kFlood, kPortal, kModest, kFirstOfCoaches };

struct Options {
  std::string server;
  double seconds = 60;
  double peak_seconds = 10;
  double planted = 0;
};

// Nationwide, for one task after another.
std::vector<std::string> ListRequests(const std::vector<v1::Task>& tasks) {
  std::vector<std::string> requests;
  for (const v1::Task& task : tasks) {
    v1::FindCandidatesRequest request;
    request.set_task(task.name());
    requests.push_back(request.SerializeAsString());
  }
  return requests;
}

// Some, each with skills that it asks for.
std::vector<v1::Task> TasksOf(OpenLoad& load) {
  v1::ListTasksRequest list;
  list.set_page_size(100);
  const auto tasks = load.Ask<v1::ListTasksResponse>("/passend.v1.TaskService/ListTasks", list);
  if (tasks.tasks().empty() || tasks.tasks(0).required_skills().empty()) {
    std::fputs("the server has no tasks that ask for skills\n", stderr);
    std::exit(EXIT_FAILURE);
  }
  return {tasks.tasks().begin(), tasks.tasks().end()};
}

class Suite {
 public:
  explicit Suite(const Options& options) : options_(options), load_(options.server) {
    const std::vector<v1::Task> tasks = TasksOf(load_);
    lists_ = ListRequests(tasks);
    const std::string& skill = tasks.front().required_skills(0).skill();
    const double all_seconds = options.seconds + 3 * options.peak_seconds + 10;
    for (size_t i = 0; i < kCoaches; ++i) {
      coaches_.push_back(std::make_unique<CoachLoad>(load_, skill, all_seconds));
    }
  }

  void Run() {
    Phase("quiet", 3, {});
    const Measured quiet = Phase("quiet", 5, {});
    Load peak_load;
    peak_load.in_flight = kInFlightAtPeak;
    Phase("peak", options_.peak_seconds / 5, peak_load);
    const Measured peak = Phase("peak", options_.peak_seconds, peak_load);
    const double peak_rate = RateOfLists(peak);
    Load over;
    over.in_flight = kNoBound;
    over.portal_calls_a_second = kPortalsShare * peak_rate / kPortals;
    over.flood_calls_a_second = (kTimesPeak - kPortalsShare) * peak_rate;
    const Measured overload = Phase("overload", options_.seconds, over);
    const double back_seconds = SecondsUntilNormal(quiet);
    const double mean_rate =
        (peak_rate + RateOfLists(Phase("peak again", options_.peak_seconds, peak_load))) / 2;

    Tell("quiet list p50", Percentile(quiet.outcomes[kModest].answered_millis, 0.5), "ms");
    Tell("peak lists a second", mean_rate, "");
    TellOverload(overload, options_.seconds, mean_rate);
    Tell("back to normal", back_seconds, "s");
  }

 private:
  struct Load {
    size_t in_flight = 0;  // of portals and the flood; 0: they do not ask
    double flood_calls_a_second = 0;
    double portal_calls_a_second = 0;
  };
  struct Measured {
    std::vector<Outcome> outcomes;
    double seconds;
  };

  std::string NextList() { return lists_[next_list_++ % lists_.size()]; }

  // The same sources in the same order each time.
  std::vector<CallSource> Sources(const Load& load) {
    const auto list = [this] { return NextList(); };
    std::vector<CallSource> sources;
    sources.push_back({kFlood, kFindCandidates, list, load.flood_calls_a_second, load.in_flight});
    for (size_t i = 0; i < kPortals; ++i) {
      sources.push_back(
          {kPortal, kFindCandidates, list, load.portal_calls_a_second, load.in_flight});
    }
    sources.push_back({kModest, kFindCandidates, list, kModestCallsASecond, kNoBound});
    for (const auto& coach : coaches_) {
      size_t kind = kFirstOfCoaches;
      for (const CoachCalls& calls : coach->Calls()) {
        sources.push_back({kind++, calls.method, calls.next, calls.calls_a_second, kNoBound});
      }
    }
    for (size_t i = 0; i < sources.size(); ++i) {
      if (options_.planted == 0) sources[i].connection = i;
      if (options_.planted != 0 && sources[i].kind >= kFirstOfCoaches) {
        sources[i].deadline = kNextToNothing;
      }
    }
    return sources;
  }

  Measured Phase(const char* name, double seconds, const Load& load) {
    const absl::Time begin = absl::Now();
    std::vector<Outcome> outcomes = load_.Run(Sources(load), absl::Seconds(seconds));
    const double took = absl::ToDoubleSeconds(absl::Now() - begin);
    for (const Outcome& outcome : outcomes) {
      if (outcome.failed == 0) continue;
      std::fprintf(stderr, "%s: %zu failed: %s\n", name, outcome.failed,
                   outcome.last_failure.c_str());
    }
    return {std::move(outcomes), took};
  }

  static double RateOfLists(const Measured& measured) {
    size_t answered = 0;
    for (const Kind kind : {kFlood, kPortal, kModest}) {
      answered += measured.outcomes[kind].answered_millis.size();
    }
    return static_cast<double>(answered) / measured.seconds;
  }
  static double PercentAnswered(const Outcome& outcome) {
    return 100 * static_cast<double>(outcome.answered_millis.size()) /
           static_cast<double>(std::max<size_t>(outcome.sent(), 1));
  }

  static void TellOverload(const Measured& overload, double asked_for_seconds, double peak_rate) {
    const auto& outcomes = overload.outcomes;
    size_t sent = 0;
    size_t failed = 0;
    std::vector<double> turned_away;
    for (const Kind kind : {kFlood, kPortal, kModest}) {
      sent += outcomes[kind].sent();
      failed += outcomes[kind].failed;
      turned_away.insert(turned_away.end(), outcomes[kind].turned_away_millis.begin(),
                         outcomes[kind].turned_away_millis.end());
    }
    Tell("lists asked for, times peak", static_cast<double>(sent) / asked_for_seconds / peak_rate,
         "");
    Tell("goodput in percent of peak", 100 * RateOfLists(overload) / peak_rate, "%");
    Tell("turned away", static_cast<double>(turned_away.size()), "");
    Tell("turned away: p50", turned_away.empty() ? 0 : Percentile(turned_away, 0.5), "ms");
    Tell("turned away: p99", turned_away.empty() ? 0 : Percentile(turned_away, 0.99), "ms");
    Tell("neither answered nor turned away", static_cast<double>(failed), "");
    TellPriority(outcomes);
    Tell("flood: answered in percent", PercentAnswered(outcomes[kFlood]), "%");
    Tell("portals beside it: answered in percent", PercentAnswered(outcomes[kPortal]), "%");
    Tell("modest portal: answered in percent", PercentAnswered(outcomes[kModest]), "%");
    if (!outcomes[kModest].answered_millis.empty()) {
      Tell("modest portal: p99", Percentile(outcomes[kModest].answered_millis, 0.99), "ms");
    }
  }

  // Of what gives way last.
  static void TellPriority(const std::vector<Outcome>& outcomes) {
    size_t sent = 0;
    std::vector<double> millis;
    for (size_t kind = kFirstOfCoaches; kind < outcomes.size(); ++kind) {
      sent += outcomes[kind].sent();
      millis.insert(millis.end(), outcomes[kind].answered_millis.begin(),
                    outcomes[kind].answered_millis.end());
    }
    Tell("priority calls", static_cast<double>(sent), "");
    Tell("priority calls not served", static_cast<double>(sent - millis.size()), "");
    if (!millis.empty()) Tell("priority calls: p99", Percentile(millis, 0.99), "ms");
  }

  // Normal: half of the lists of a second take no more than twice of what they took before, and
  // none is turned away.
  double SecondsUntilNormal(const Measured& quiet) {
    const double normal = 2 * Percentile(quiet.outcomes[kModest].answered_millis, 0.5);
    const absl::Time begin = absl::Now();
    for (int second = 0; second < 60; ++second) {
      const Outcome now = Phase("after", 1, {}).outcomes[kModest];
      if (!now.answered_millis.empty() && now.answered_millis.size() == now.sent() &&
          Percentile(now.answered_millis, 0.5) <= normal) {
        break;
      }
    }
    return absl::ToDoubleSeconds(absl::Now() - begin);
  }

  static void Tell(const std::string& name, double value, const char* unit) {
    std::printf("%s\t%.5g\t%s\n", name.c_str(), value, unit);
    std::fflush(stdout);
  }

  const Options options_;
  OpenLoad load_;
  std::vector<std::string> lists_;
  size_t next_list_ = 0;
  std::vector<std::unique_ptr<CoachLoad>> coaches_;
};

int Main(int argc, char** argv) {
  Options options;
  const std::map<std::string, double*> numbers = {{"--seconds", &options.seconds},
                                                  {"--peak-seconds", &options.peak_seconds},
                                                  {"--planted", &options.planted}};
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    if (name == "--server") {
      options.server = argv[i + 1];
    } else if (numbers.contains(name)) {
      *numbers.at(name) = std::atof(argv[i + 1]);
    } else {
      std::fprintf(stderr, "unknown: %s\n", name.c_str());
      return EXIT_FAILURE;
    }
  }
  if (options.server.empty() || options.seconds <= 0 || options.peak_seconds <= 0) {
    std::fprintf(stderr, "--server is needed; see the first lines of the source\n");
    return EXIT_FAILURE;
  }
  Suite(options).Run();
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace passend::service

int main(int argc, char** argv) { return passend::service::Main(argc, argv); }
