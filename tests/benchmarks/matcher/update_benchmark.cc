// Rankings of one region while 2,000 people a second change.
//
//     matcher_update_benchmark --people 100000 --seconds 10
//
// Prints a line a figure, tab-separated. Times are those of the ranking thread's processor. A few
// of the snapshots that were ranked are unpacked afterwards and ranked by the plain scorer.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "matcher/people_ranker.h"
#include "tests/benchmarks/heap_bytes.h"
#include "tests/benchmarks/matcher/population.h"

namespace passend::matcher {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kUpdatesPerSecond = 2'000;

double Milliseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double P99(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() * 99 / 100];
}

void Tell(const char* figure, double value) { std::printf("%s\t%.4g\n", figure, value); }

struct Asked {
  std::shared_ptr<const PeopleSnapshot> snapshot;
  Work work;
  Ranking ranking;
};

class UpdateLoad {
 public:
  UpdateLoad(size_t people, int seconds) : people_(people), seconds_(seconds) {
    for (uint64_t number = 0; number < people; ++number) pool_.Put(population_.MakePerson(number));
    pool_.GetSnapshot();
    options_.limit = 50;
    options_.regions = {Population::RegionName(population_.average_region())};
  }

  void Run() {
    const std::vector<double> quiet = RankFor(std::chrono::seconds(std::max(2, seconds_ / 5)));
    const auto before = static_cast<double>(HeapBytes());
    std::atomic<bool> done = false;
    uint64_t updates = 0;
    std::thread writer([&] { updates = Update(done); });
    const auto start = Clock::now();
    const std::vector<double> busy = RankFor(std::chrono::seconds(seconds_));
    done = true;
    writer.join();
    const double passed = std::chrono::duration<double>(Clock::now() - start).count();
    const int differ = Compare();
    Tell("updates a second", static_cast<double>(updates) / passed);
    Tell("quiet p99, ms", P99(quiet));
    Tell("p99, ms", P99(busy));
    Tell("p99 against quiet p99", P99(busy) / P99(quiet));
    Tell("rankings", static_cast<double>(busy.size()));
    Tell("rankings compared", static_cast<double>(asked_.size()));
    Tell("rankings that differ", differ);
    asked_.clear();
    Tell("memory against before", static_cast<double>(HeapBytes()) / before);
  }

 private:
  std::vector<double> RankFor(Clock::duration duration) {
    std::vector<double> times;
    asked_.clear();
    const auto start = Clock::now();
    for (uint64_t number = 0; Clock::now() - start < duration; ++number) {
      const Work work = population_.MakeWork(number % 100, 6);
      const double began = Milliseconds();
      auto snapshot = pool_.GetSnapshot();
      auto ranked = ranker_.Rank(basis_, work, options_, *snapshot);
      times.push_back(Milliseconds() - began);
      // A few along the way, to be looked at afterwards.
      if ((Clock::now() - start) * 4 > duration * static_cast<int64_t>(asked_.size() + 1)) {
        asked_.push_back({std::move(snapshot), work, std::move(ranked->ranking)});
      }
    }
    return times;
  }

  // Every half a millisecond somebody gets a new passport, in what came before and may be
  // elsewhere.
  uint64_t Update(const std::atomic<bool>& done) {
    RandomSource random(99);
    uint64_t updates = 0;
    const auto start = Clock::now();
    while (!done) {
      std::this_thread::sleep_until(start + std::chrono::microseconds(1'000'000) * updates /
                                                kUpdatesPerSecond);
      Person person = population_.MakePerson(people_ + updates);
      person.name =
          population_.MakePerson(static_cast<uint64_t>(random.Between(0, people_ - 1))).name;
      pool_.Put(std::move(person));
      ++updates;
    }
    return updates;
  }

  int Compare() const {
    int differ = 0;
    for (const Asked& asked : asked_) {
      std::vector<Person> people;
      for (const auto& region : asked.snapshot->regions) {
        if (!Matches(options_.regions, region->region)) continue;
        for (const auto& part : region->parts) {
          for (uint32_t row = 0; row < part.block->rows(); ++row) {
            const bool gone =
                part.gone != nullptr && ((*part.gone)[row / kWordRows] >> row % kWordRows & 1) != 0;
            if (!gone) people.push_back(part.block->At(row));
          }
        }
        for (const auto& person : region->recent) people.push_back(*person);
        for (const auto& person : region->odd) people.push_back(*person);
      }
      differ += RankPlainly(ReferenceScorer(basis_, asked.work), people, options_.seed,
                            options_.limit) != asked.ranking;
    }
    return differ;
  }

  const int64_t people_;
  const int seconds_;
  const Population population_{2'026};
  const ScoringBasis basis_{population_.taxonomy().get(), Policy{}, Policy{}.weights,
                            kBenchmarkDay};
  const ExpansionTables expansions_{population_.taxonomy()};
  const PeopleRanker ranker_{expansions_};
  PeoplePool pool_;
  RankOptions options_;
  std::vector<Asked> asked_;
};

}  // namespace
}  // namespace passend::matcher

int main(int argc, char** argv) {
  size_t people = 100'000;
  int seconds = 10;
  for (int argument = 1; argument + 1 < argc; argument += 2) {
    if (std::strcmp(argv[argument], "--people") == 0) {
      people = std::stoull(argv[argument + 1]);
    } else if (std::strcmp(argv[argument], "--seconds") == 0) {
      seconds = std::stoi(argv[argument + 1]);
    } else {
      std::cerr << "unknown: " << argv[argument] << "; see the first lines of the source\n";
      return 2;
    }
  }
  passend::matcher::UpdateLoad(people, seconds).Run();
  return 0;
}
