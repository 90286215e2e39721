// Whether two threads that rank over one snapshot get twice as much done as one.
//
//     two_cores_benchmark [--people 200000] [--seconds 15]
//
// One thread and two take turns in short rounds, with different tasks: nationwide, six skills.
// Prints a line a figure, tab-separated: name, value, unit. Rankings a second with two threads
// against one, by the clock: the best and the median of the rounds; others on the machine take from
// it. And by the threads' own processor time: with two processors to themselves, two threads get
// 2 x (time a ranking takes one thread) / (time it takes each of two) done, which shows what they
// take from each other (locks, caches, memory) and hardly what others do.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "matcher/people_ranker.h"
#include "tests/benchmarks/matcher/population.h"

namespace passend::matcher {
namespace {

constexpr size_t kRankingsARound = 12;  // of each thread

double Milliseconds(clockid_t clock) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

class Suite {
 public:
  explicit Suite(size_t people) {
    PeoplePool pool;
    for (size_t number = 0; number < people; ++number) pool.Put(population_.MakePerson(number));
    snapshot_ = pool.GetSnapshot();
    for (uint64_t number = 0; number < kRankingsARound * 2; ++number) {
      works_.push_back(population_.MakeWork(number, 6));
    }
  }

  void Run(double seconds) {
    RunThreads(2);  // warms up
    std::vector<double> by_clock;
    std::vector<double> by_processor;
    const double start = Milliseconds(CLOCK_MONOTONIC);
    while (by_clock.size() < 3 || Milliseconds(CLOCK_MONOTONIC) - start < seconds * 1e3) {
      // One thread ranks for the same tasks as the two do.
      const Round one = RunThreads(1);
      const Round two = RunThreads(2);
      by_clock.push_back(one.wall / two.wall);
      by_processor.push_back(2 * one.processor / two.processor);
      one_each_.push_back(one.processor / static_cast<double>(works_.size()));
      two_each_.push_back(two.processor / static_cast<double>(works_.size()));
    }
    Tell("ranking with one thread, processor time", Median(one_each_), "ms");
    Tell("ranking with two threads, processor time", Median(two_each_), "ms");
    Tell("two threads against one, by processor time", Median(by_processor), "");
    Tell("two threads against one, median round", Median(by_clock), "");
    Tell("two threads against one, best round", *std::max_element(by_clock.begin(), by_clock.end()),
         "");
  }

 private:
  struct Round {
    double wall = 0;
    double processor = 0;  // of all threads
  };

  // All works, divided over the threads.
  Round RunThreads(size_t threads) const {
    std::vector<double> processor(threads);
    const double start = Milliseconds(CLOCK_MONOTONIC);
    const auto rank = [&](size_t thread) {
      const double before = Milliseconds(CLOCK_THREAD_CPUTIME_ID);
      RankOptions options;
      options.limit = 50;
      options.seed = "seed";
      for (size_t place = thread; place < works_.size(); place += threads) {
        if (!ranker_.Rank(basis_, works_[place], options, *snapshot_).ok()) std::abort();
      }
      processor[thread] = Milliseconds(CLOCK_THREAD_CPUTIME_ID) - before;
    };
    std::vector<std::thread> others;
    for (size_t thread = 1; thread < threads; ++thread) others.emplace_back(rank, thread);
    rank(0);
    for (std::thread& other : others) other.join();
    Round round;
    round.wall = Milliseconds(CLOCK_MONOTONIC) - start;
    for (double one : processor) round.processor += one;
    return round;
  }

  static void Tell(const char* name, double value, const char* unit) {
    std::printf("%s\t%.4g\t%s\n", name, value, unit);
  }

  const Population population_{2'026};
  const ScoringBasis basis_{population_.taxonomy().get(), Policy{}, Policy{}.weights,
                            kBenchmarkDay};
  const ExpansionTables expansions_{population_.taxonomy()};
  const PeopleRanker ranker_{expansions_};
  std::shared_ptr<const PeopleSnapshot> snapshot_;
  std::vector<Work> works_;
  std::vector<double> one_each_;
  std::vector<double> two_each_;
};

}  // namespace
}  // namespace passend::matcher

int main(int argc, char** argv) {
  size_t people = 200'000;
  double seconds = 15;
  for (int argument = 1; argument + 1 < argc; argument += 2) {
    if (std::strcmp(argv[argument], "--people") == 0) {
      people = std::stoull(argv[argument + 1]);
    } else if (std::strcmp(argv[argument], "--seconds") == 0) {
      seconds = std::stod(argv[argument + 1]);
    } else {
      std::cerr << "unknown: " << argv[argument] << "; see the first lines of the source\n";
      return 2;
    }
  }
  passend::matcher::Suite(people).Run(seconds);
  return 0;
}
