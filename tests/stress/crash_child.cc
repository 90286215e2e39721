#include "tests/stress/crash_child.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "storage/rocksdb_store.h"
#include "storage/store_errors.h"
#include "tests/storage/joining_thread.h"

extern char** environ;

namespace passend::storage {
namespace {

constexpr int kThreads = 6;
constexpr uint64_t kOwnTasks = 10'000;  // what the parent compares after each kill stays bounded

// A short line is written whole or not at all, by whichever thread.
void Report(int pipe, const Acknowledged& acknowledged) {
  if (write(pipe, &acknowledged, sizeof(acknowledged)) != sizeof(acknowledged)) _exit(3);
}

}  // namespace

void CommitUntilKilled(const ChildPlan& plan, int pipe) {
  OpenOptions options;
  options.directory = plan.directory;
  options.memory_bytes = size_t{512} << 10;  // reaches files, and new logs, all the time
  const auto store = OpenRocksDbStore(options);
  if (!store.ok()) _exit(4);
  if (plan.behaves == "silent") pause();
  const bool early = plan.behaves == "early";
  std::mutex one_at_a_time;
  const auto work = [&](int thread) {
    std::mt19937_64 random(plan.seed + static_cast<uint64_t>(thread));
    while (true) {
      const uint64_t number = random();
      std::unique_lock lock(one_at_a_time, std::defer_lock);
      if (early) {
        // Wrong in this one thing only: the sequence that it tells is the one that it will be.
        lock.lock();
        Report(pipe, {(*store)->LastSequence() + 1, number});
        usleep(2'000);  // as one that writes behind does; what a kill hits is mostly this
      }
      absl::StatusOr<CommitResult> result = StoreBusy();
      while (absl::IsResourceExhausted(result.status())) {
        result = (*store)->Commit(CommitOf(number));
      }
      if (!result.ok()) _exit(5);
      if (!early) Report(pipe, {result->sequence, number});
      if (plan.behaves == "aborts" && number % 8 == 0) std::abort();
    }
  };
  std::vector<JoiningThread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work, i);
  threads.clear();
  _exit(7);
}

namespace {

// A program of its own, not just a fork: the database's threads do not come along with a fork.
pid_t Start(const ChildPlan& plan, int pipe) {
  std::vector<std::string> words = {"store_crash_test", "--child", plan.directory,
                                    std::to_string(plan.seed), plan.behaves};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe, kChildPipe);
  pid_t child = 0;
  if (posix_spawn(&child, "/proc/self/exe", &actions, nullptr, arguments.data(), environ) != 0) {
    std::abort();
  }
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

// Whether there is something to read in time. Counted in short waits: a machine that stands still
// for a while is not the child's silence.
bool Speaks(int pipe, absl::Duration within) {
  constexpr int kMillis = 100;
  pollfd first{pipe, POLLIN, 0};
  for (auto left = within; left > absl::ZeroDuration(); left -= absl::Milliseconds(kMillis)) {
    if (poll(&first, 1, kMillis) > 0) return true;
  }
  return false;
}

// Whether it has ended; it stays to be waited for.
bool HasEnded(pid_t child) {
  siginfo_t ended{};
  return waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         ended.si_pid == child;
}

std::string InWords(int status) {
  return WIFEXITED(status) ? absl::StrCat("exit code ", WEXITSTATUS(status))
                           : absl::StrCat("signal ", WTERMSIG(status));
}

std::vector<Acknowledged> ReadAll(int pipe) {
  std::vector<Acknowledged> all;
  Acknowledged next;
  while (read(pipe, &next, sizeof(next)) == sizeof(next)) all.push_back(next);
  return all;
}

}  // namespace

Batch CommitOf(uint64_t number) {
  std::mt19937_64 random(number);
  const std::string value =
      std::to_string(number) + std::string(random() % 600, static_cast<char>('a' + random() % 26));
  std::set<std::string> ids = {"own/" + std::to_string(number % kOwnTasks)};
  for (size_t i = 2 + random() % 3; i > 0; --i)
    ids.insert("shared/" + std::to_string(random() % 20));
  Batch batch;
  for (const std::string& id : ids) {
    batch.mutations.push_back({{RecordKind::kTask, id}, value});
    batch.events.push_back({{RecordKind::kTask, id}, value});
  }
  batch.idempotency = {std::to_string(number), "digest", value};
  return batch;
}

Killed RunAndKill(const ChildPlan& plan) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
  const pid_t child = Start(plan, ends[1]);
  close(ends[1]);
  Killed killed;
  // Every fourth child is killed while it may still be opening.
  if (plan.seed % 4 != 0 && !Speaks(ends[0], plan.silent_for_max)) {
    killed.wrong =
        absl::StrCat("the child was silent for ", absl::FormatDuration(plan.silent_for_max));
  }
  // The pipe is read meanwhile, or it would fill up and the child would wait.
  bool ended_before = false;
  JoiningThread killer([&] {
    usleep(static_cast<useconds_t>(absl::ToInt64Microseconds(plan.lives_for)));
    ended_before = HasEnded(child);
    kill(child, SIGKILL);
  });
  killed.acknowledged = ReadAll(ends[0]);
  killer.Join();
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[0]);
  // A crash of its own is not ours, whenever it came.
  if (ended_before || !WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
    killed.wrong = absl::StrCat("the child ended by itself with ", InWords(status));
  }
  return killed;
}

}  // namespace passend::storage
