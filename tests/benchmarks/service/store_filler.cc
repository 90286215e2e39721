#include "tests/benchmarks/service/store_filler.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "service/names/resource_names.h"
#include "service/records/stored_message.h"
#include "tests/benchmarks/service/population_records.h"

namespace passend::service {
namespace {

// Some 2 records and 2.7 KB a person: some 5 MB in a commit.
constexpr size_t kPeoplePerCommit = 2'000;
constexpr size_t kTasksPerCommit = 5'000;
constexpr int kRequiredSkills = 6;
constexpr absl::Duration kBusyPause = absl::Milliseconds(100);

absl::Status CommitWhenItCan(storage::Store& store, std::vector<storage::Mutation> records) {
  storage::Batch batch;
  batch.mutations = std::move(records);
  while (true) {
    const absl::Status committed = store.Commit(batch).status();
    if (!absl::IsResourceExhausted(committed)) return committed;
    absl::SleepFor(kBusyPause);
  }
}

// Makes and commits [begin, end) for each range of `step` numbers below `count`, on all processors.
template <typename Make>
absl::Status CommitAll(const char* what, size_t count, size_t step, const Make& make,
                       storage::Store& store) {
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  absl::Status first_error;
  size_t done = 0;
  const auto work = [&] {
    for (size_t begin; (begin = next.fetch_add(step)) < count;) {
      const size_t end = std::min(count, begin + step);
      const absl::Status committed = CommitWhenItCan(store, make(begin, end));
      const std::lock_guard lock(mutex);
      if (!committed.ok()) {
        first_error = committed;
        next = count;
        return;
      }
      done += end - begin;
      if (done == count || done / (step * 10) != (done - (end - begin)) / (step * 10)) {
        std::fprintf(stderr, "filling the store: %zu of %zu %s\n", done, count, what);
      }
    }
  };
  std::vector<std::thread> threads;
  for (unsigned number = std::thread::hardware_concurrency(); number > 0; --number) {
    threads.emplace_back(work);
  }
  for (std::thread& thread : threads) thread.join();
  return first_error;
}

}  // namespace

absl::Status FillStore(const matcher::Population& population, size_t people, size_t tasks,
                       storage::Store& store) {
  const matcher::Taxonomy& taxonomy = *population.taxonomy();
  absl::Status status = CommitWhenItCan(store, TaxonomyRecordsOf(population.concepts()));
  if (!status.ok()) return status;
  const auto make_people = [&](size_t begin, size_t end) {
    std::vector<storage::Mutation> records;
    for (size_t number = begin; number < end; ++number) {
      std::vector<storage::Mutation> of_one =
          RecordsOf(population.MakePerson(number), taxonomy, number);
      std::move(of_one.begin(), of_one.end(), std::back_inserter(records));
    }
    return records;
  };
  status = CommitAll("people", people, kPeoplePerCommit, make_people, store);
  if (!status.ok()) return status;
  const auto make_tasks = [&](size_t begin, size_t end) {
    std::vector<storage::Mutation> records;
    for (size_t number = begin; number < end; ++number) {
      const v1::Task task = TaskOf(population.MakeWork(number, kRequiredSkills), taxonomy);
      records.push_back({KeyOf(*ParseTaskName(task.name())), StoredValue(task)});
    }
    return records;
  };
  return CommitAll("tasks", tasks, kTasksPerCommit, make_tasks, store);
}

absl::StatusOr<size_t> CountPassports(const storage::Store& store) {
  size_t passports = 0;
  const absl::Status scanned =
      store.Scan({storage::RecordKind::kPassport, "", ""}, [&](const storage::Record&) {
        ++passports;
        return true;
      });
  if (!scanned.ok()) return scanned;
  return passports;
}

}  // namespace passend::service
