// Mistakes that a sanitizer has to tell of, or its silence about ours says nothing: each stands
// where the tests go, beside libraries that are not built for it.
//
//   planted_fault race-beside-commits|race-among-workers|address|undefined
#include <cstdio>
#include <latch>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/clock.h"
#include "service/call/worker_pool.h"
#include "storage/rocksdb_store.h"
#include "tests/service/folder.h"
#include "tests/storage/batches.h"
#include "tests/storage/joining_thread.h"

namespace passend {
namespace {

constexpr int kTimes = 200;

// Two threads commit, and count their commits in one number.
int RaceBesideCommits() {
  const service::Folder folder;
  storage::OpenOptions options;
  options.directory = folder.File("store");
  const auto store = storage::OpenRocksDbStore(std::move(options));
  if (!store.ok()) return 0;
  int commits = 0;
  const auto commit = [&](const std::string& id) {
    for (int i = 0; i < kTimes; ++i) {
      const storage::Key key{storage::RecordKind::kTask, id};
      if ((*store)->Commit(storage::BatchOf().Put(key, "x").Tell(key, "put")).ok()) ++commits;
    }
  };
  const storage::JoiningThread one(commit, "one");
  storage::JoiningThread(commit, "other").Join();
  return commits;
}

// Calls on two of the server's threads, both at once, count themselves in the same numbers: in
// many, for of two accesses at the very same moment the sanitizer may see neither.
int RaceAmongWorkers() {
  std::vector<int> calls(kTimes);
  std::latch both_run(2);
  service::WorkerPool pool(2, 2, absl::Now, absl::InfiniteDuration());
  for (int i = 0; i < 2; ++i) {
    service::WaitingCall call;
    call.run = [&] {
      both_run.arrive_and_wait();
      for (int& number : calls) ++number;
    };
    call.turn_away = [] {};
    pool.Post(std::move(call));
  }
  return calls.front();
}

// Reads behind the end.
int Address(int count) { return std::make_unique<int[]>(count)[count]; }

// Adds to the greatest number.
int Undefined(int one) { return std::numeric_limits<int>::max() + one; }

}  // namespace
}  // namespace passend

int main(int count, char** words) {
  const std::string_view fault = count == 2 ? words[1] : "";
  int result = 0;
  if (fault == "race-beside-commits") {
    result = passend::RaceBesideCommits();
  } else if (fault == "race-among-workers") {
    result = passend::RaceAmongWorkers();
  } else if (fault == "address") {
    result = passend::Address(count);
  } else if (fault == "undefined") {
    result = passend::Undefined(count - 1);
  } else {
    std::fprintf(stderr,
                 "which fault? race-beside-commits, race-among-workers, address, undefined\n");
    return 2;
  }
  std::printf("%s went unnoticed: %d\n", words[1], result);
  return 0;
}
