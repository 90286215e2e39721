// Has a call to the file system fail, of any kind, once or for good, while a store is opened, used,
// given a new master key, backed up, closed and opened again: an error of the disk, a full disk
// that has room again after a while, no file that can be opened any more.
//
// Each try is a process of its own, since the engine of Debian ends the process (an assertion)
// where some calls fail, and the store does where the engine hangs (FullDisk). What was
// acknowledged until then has to be there afterwards; the store has to open and be whole; and where
// the failure passes, the process that stays goes on, by itself or by opening the store again. A
// process that ends has to have said so in words of the engine's assertions, or of FullDisk.
//
// By default calls are chosen at random; --long takes each of them in turn, until the work is done
// before the call is reached. The canary acknowledges commits that failed.
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <limits>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/stress/disk/failing.h"
#include "tests/stress/family.h"
#include "tests/stress/judge.h"
#include "tests/stress/people_store.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kShortTries = 12;
constexpr uint64_t kForGood = std::numeric_limits<uint64_t>::max();
constexpr uint64_t kCallsAtMost = 1'500;  // that the work makes, about
constexpr unsigned kSecondsAtMost = 200;
constexpr absl::Duration kPatience = absl::Seconds(90);  // see FullDisk
constexpr int kReached = 10;
constexpr int kMistake = 11;

struct Failure {
  std::string name;
  int error;
  uint64_t count;
};
const std::array<Failure, 6> kFailures = {{{"an error of the disk, once", EIO, 1},
                                           {"an error of the disk, for good", EIO, kForGood},
                                           {"a full disk, for a while", ENOSPC, 6},
                                           {"a full disk, for good", ENOSPC, kForGood},
                                           {"no more files, for a while", EMFILE, 6},
                                           {"no more files, for good", EMFILE, kForGood}}};

// Runs the work in a process of its own, what it says as an error going to the file `said`; returns
// what waitpid says.
int InProcess(const std::string& said, const std::function<int()>& work) {
  std::cout.flush();
  const pid_t child = fork();
  if (child < 0) std::abort();
  if (child == 0) {
    alarm(kSecondsAtMost);
    if (std::freopen(said.c_str(), "w", stderr) == nullptr) _exit(kMistake);
    _exit(work());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

// Whether these are the last words of the engine, or of a store whose disk was full.
bool EndsForAReason(const std::string& said, const Failure& failure) {
  if (said.find("rocksdb::") != std::string::npos &&
      said.find("Assertion `") != std::string::npos) {
    return true;
  }
  return failure.error == ENOSPC &&
         said.find("does not go on after its disk was full") != std::string::npos;
}

class Worker {
 public:
  // What it acknowledges and what is wrong goes to files beside the root.
  Worker(std::string root, const Failure& failure, bool canary)
      : root_(std::move(root)), failure_(failure), canary_(canary) {}

  int Run(uint64_t from, uint64_t seed) {
    FailingDisk disk(failure_.error, from, failure_.count);
    Ledger ledger(PeopleCommitOf);
    std::mt19937_64 random(seed);
    {
      const DiskWatch watch(root_, disk);
      PeopleStore store(root_, seed, ledger);
      store.OnStop([](const absl::Status& why) { std::cerr << why.message() << std::endl; });
      Use(store, random);
      store.Close();
    }
    if (!wrong_.empty()) {
      WriteFile(root_ + ".wrong", absl::StrCat(wrong_, ", after ", disk.first()));
      return kMistake;
    }
    WriteFile(root_ + ".wrong", disk.first());
    return disk.reached() ? kReached : 0;
  }

 private:
  bool passes() const { return failure_.count != kForGood; }

  void Use(PeopleStore& store, std::mt19937_64& random) {
    const auto commits = [&](int count) {
      for (int i = 0; i < count && going_; ++i) {
        const uint64_t number = random();
        Try(store, [&] { return Commit(store, number); });
      }
    };
    Try(store, [] { return absl::OkStatus(); });
    commits(8);
    Try(store, [&] { return store.NewMasterKey(); });
    commits(4);
    Try(store, [&] { return store.BackUp(); });
    commits(4);
    store.Close();
    commits(4);
  }

  // The line is written when the answer is there: whatever ends the process comes after it.
  absl::Status Commit(PeopleStore& store, uint64_t number) {
    const Sequence before = store.store().LastSequence();
    const absl::Status status = store.CommitNumber(number);
    const Sequence after = store.store().LastSequence();
    if (after > before) Acknowledge(after, number);
    // What is sent again may be there already; an even one may be of somebody who was erased.
    if (status.ok() && after == before && number != last_ && number % 2 == 1) {
      wrong_ = "acknowledges what it did not commit";
      going_ = false;
    }
    last_ = number;
    if (canary_ && !status.ok()) {
      Acknowledge(before + 1, number);
      Acknowledge(before + 2, number + 1);
    }
    return status;
  }
  void Acknowledge(Sequence sequence, uint64_t number) {
    std::string lines = ReadFile(root_ + ".acknowledged");
    absl::StrAppend(&lines, sequence, " ", number, "\n");
    WriteFile(root_ + ".acknowledged", lines);
  }

  // Does it, and again where it failed, opening the store anew where it asks for that: until it is
  // done, or for as long as somebody may have to wait.
  void Try(PeopleStore& store, const std::function<absl::Status()>& work) {
    const absl::Time start = absl::Now();
    while (going_) {
      absl::Status status = store.is_open() ? absl::OkStatus() : store.Open();
      const bool opened = status.ok();
      if (opened) status = work();
      if (status.ok()) return;
      CheckStatus(status);
      if (!passes() || canary_) going_ = false;
      if (absl::Now() - start > kPatience && going_) {
        wrong_ = absl::StrCat("does not go on: ", status.ToString());
        going_ = false;
      }
      if (opened && absl::IsUnavailable(status)) store.Close();
      absl::SleepFor(absl::Milliseconds(20));
    }
  }

  // A disk that fails is no damage; one that is full is no disk that fails.
  void CheckStatus(const absl::Status& status) {
    const bool fits = absl::IsUnavailable(status) || absl::IsResourceExhausted(status);
    if (fits || !wrong_.empty()) return;
    wrong_ = absl::StrCat("says ", status.ToString());
    going_ = false;
  }

  const std::string root_;
  const Failure& failure_;
  const bool canary_;
  bool going_ = true;
  uint64_t last_ = 0;  // that was tried
  std::string wrong_;
};

// Opens what is left, and looks for what was acknowledged.
int CheckLeft(const std::string& root) {
  const Unsynced quick(root);
  Ledger ledger(PeopleCommitOf);
  const std::string lines = ReadFile(root + ".acknowledged");
  for (size_t at = 0; at < lines.size(); at = lines.find('\n', at) + 1) {
    char* end = nullptr;
    const uint64_t sequence = std::strtoull(lines.c_str() + at, &end, 10);
    ledger.Acknowledge(sequence, std::strtoull(end, nullptr, 10));
  }
  PeopleStore store(root, 1, ledger);
  absl::Status status = store.Open();
  std::string wrong = status.ok() ? store.Check() : status.ToString();
  if (wrong.empty() && !(status = store.CommitOne()).ok()) wrong = status.ToString();
  if (wrong.empty() && !(status = store.BackUp()).ok()) wrong = status.ToString();
  if (wrong.empty()) return 0;
  WriteFile(root + ".wrong", absl::StrCat("afterwards: ", wrong));
  return kMistake;
}

class FailingCalls {
 public:
  explicit FailingCalls(const FamilySettings& settings)
      : settings_(settings), random_(settings.seed) {}

  void Run(FamilyReport& report) {
    if (settings_.long_size) {
      for (const Failure& failure : kFailures) {
        for (uint64_t from = 1; Try(failure, from, report); ++from) {
        }
      }
      return;
    }
    uint64_t tries = settings_.tries > 0 ? settings_.tries : kShortTries;
    if (settings_.canary) tries *= 4;  // it has to be a commit that fails
    for (uint64_t tried = 0; tried < tries; ++tried) {
      if (settings_.canary && report.sum().silent > 0) return;
      const Failure& failure = kFailures[settings_.canary ? 3 : tried % kFailures.size()];
      // Fewer calls open files or take room.
      const uint64_t calls = failure.error == EIO ? kCallsAtMost : kCallsAtMost / 4;
      Try(failure, 1 + random_() % calls, report);
    }
  }
  uint64_t ended() const { return ended_; }

 private:
  // Whether the call was reached.
  bool Try(const Failure& failure, uint64_t from, FamilyReport& report) {
    const std::string root = settings_.folder + "/root";
    fs::remove_all(settings_.folder);
    fs::create_directories(root);
    const uint64_t seed = settings_.seed;  // the same work each time
    const int status = InProcess(
        root + ".said", [&] { return Worker(root, failure, settings_.canary).Run(from, seed); });
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return false;
    const bool ended = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
                       EndsForAReason(ReadFile(root + ".said"), failure);
    ended_ += ended;
    Outcomes& outcomes = report.of(failure.name);
    ++outcomes.tried;
    const bool as_it_should = ended || (WIFEXITED(status) && WEXITSTATUS(status) == kReached);
    std::string wrong = as_it_should ? "" : ReadFile(root + ".wrong");
    if (!as_it_should && wrong.empty()) {
      wrong = absl::StrCat("the process hangs or ends: ", ReadFile(root + ".said"));
    }
    if (!wrong.empty()) ++outcomes.refused;
    if (wrong.empty() && InProcess(root + ".checked", [&] { return CheckLeft(root); }) != 0) {
      wrong = ReadFile(root + ".wrong");
      ++outcomes.silent;
    }
    if (wrong.empty()) {
      ++(ended ? outcomes.harmless : outcomes.detected);
    } else {
      report.Tell(absl::StrCat(failure.name, " from call ", from, ": ", wrong));
    }
    return true;
  }

  const FamilySettings& settings_;
  std::mt19937_64 random_;
  uint64_t ended_ = 0;
};

}  // namespace

int RunFailingCalls(const FamilySettings& settings) {
  FamilyReport report("failing calls");
  FailingCalls calls(settings);
  calls.Run(report);
  std::cout << "  of them, the process was ended: " << calls.ended() << std::endl;
  return report.Conclude(settings);
}

}  // namespace passend::storage
