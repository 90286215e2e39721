// Kills a process that commits, again and again, and looks at what is left.
//
//     store_crash_test [--kills N] [--seed N] [--canary]
//
// A child process opens the store and commits from several threads. After each acknowledgement it
// writes one line to a pipe; after a random while it is killed (SIGKILL). The parent then opens the
// store and checks:
//   - nothing acknowledged is lost: each acknowledged commit is in the journal under its sequence,
//     and its records are there with that version or a later one;
//   - nothing is torn: a commit's records, events and receipt are all there, or none;
//   - the journal has no gap and no repeat, and what it held before the kill is unchanged;
//   - records are what replaying the journal gives;
//   - the child ended by that signal and by nothing else, and acknowledged something.
// PASSEND_KILLS and PASSEND_SEED do what --kills and --seed do. A seed repeats the choices, not the
// timing: threads and kills are never twice the same.
//
// --canary runs a store that acknowledges before it writes, a child that aborts and one that does
// nothing, and succeeds only if each is found out.
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/rocksdb_store.h"
#include "tests/stress/crash_child.h"
#include "tests/stress/ledger.h"
#include "tests/stress/minutes.h"
#include "tests/stress/numbers.h"

namespace passend::storage {
namespace {

struct Settings {
  uint64_t kills = 30;
  uint64_t seed = 20'261'121;
  bool canary = false;
};

Settings ReadSettings(int count, char** arguments) {
  Settings settings;
  settings.kills = NumberFrom("PASSEND_KILLS", settings.kills, 1);
  settings.seed = NumberFrom("PASSEND_SEED", settings.seed);
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--canary") {
      settings.canary = true;
    } else if (argument == "--kills" && i + 1 < count) {
      settings.kills = NumberOf(argument, arguments[++i], 1);
    } else if (argument == "--seed" && i + 1 < count) {
      settings.seed = NumberOf(argument, arguments[++i]);
    } else {
      std::cerr << "usage: store_crash_test [--kills N] [--seed N] [--canary]\n";
      std::exit(2);
    }
  }
  return settings;
}

std::string MakeDirectory() {
  const char* base = std::getenv("TEST_TMPDIR");
  std::string path = std::string(base == nullptr ? "/tmp" : base) + "/passend-crash-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) std::abort();
  return path;
}

constexpr int kKillsPerCompaction = 10;
constexpr absl::Duration kSilentForMax = absl::Minutes(1);

// Opens the store and looks at it; returns what is wrong, or nothing.
std::string AfterKill(const std::string& directory, const Killed& killed, bool compact,
                      Ledger& ledger) {
  if (!killed.wrong.empty()) return killed.wrong;
  for (const Acknowledged& line : killed.acknowledged) {
    ledger.Acknowledge(line.sequence, line.commit);
  }
  OpenOptions options;
  options.directory = directory;
  const auto store = OpenRocksDbStore(options);
  if (!store.ok()) return std::string(store.status().message());
  if (std::string wrong = ledger.Check(**store); !wrong.empty()) return wrong;
  if (!compact) return "";
  ledger.Compacting(ledger.last());
  const absl::Status status = (*store)->CompactJournal(ledger.last());
  if (!status.ok()) return status.ToString();
  ledger.Compacted(ledger.last());
  return "";
}

struct Outcome {
  uint64_t kills = 0;
  uint64_t acknowledged = 0;
  uint64_t unacknowledged = 0;
  std::string wrong;
};

Outcome KillAgainAndAgain(const Settings& settings, const std::string& behaves,
                          absl::Duration silent_for_max) {
  const std::string directory = MakeDirectory();
  std::mt19937_64 random(settings.seed);
  Ledger ledger(CommitOf);
  Outcome outcome;
  Minutes minutes;
  for (; outcome.kills < settings.kills && outcome.wrong.empty(); ++outcome.kills) {
    minutes.Say(outcome.kills, "kills");
    // Mostly killed while committing, now and then while still opening.
    const auto delay = absl::Milliseconds(std::uniform_int_distribution<int>(1, 60)(random));
    const ChildPlan plan{directory + "/store", random(), delay, behaves, silent_for_max};
    const Killed killed = RunAndKill(plan);
    const bool compact = (outcome.kills + 1) % kKillsPerCompaction == 0;
    outcome.wrong = AfterKill(plan.directory, killed, compact, ledger);
  }
  std::error_code ignored;
  std::filesystem::remove_all(directory, ignored);
  outcome.acknowledged = ledger.acknowledged();
  outcome.unacknowledged = ledger.unacknowledged();
  if (outcome.wrong.empty() && outcome.acknowledged == 0) {
    outcome.wrong = "nothing was ever acknowledged";
  }
  return outcome;
}

// Says it in one line; returns whether it is as it should be.
bool Tell(const Settings& settings, const std::string& what, bool passed, const Outcome& outcome) {
  std::cout << (passed ? "passed" : "FAILED") << ": " << what << outcome.kills << " kills, seed "
            << settings.seed << ", " << outcome.acknowledged << " commits acknowledged, "
            << outcome.unacknowledged << " more found durable: "
            << (outcome.wrong.empty() ? "nothing lost or torn" : outcome.wrong) << std::endl;
  return passed;
}

int Run(const Settings& settings) {
  const Outcome outcome = KillAgainAndAgain(settings, "right", kSilentForMax);
  return Tell(settings, "", outcome.wrong.empty(), outcome) ? 0 : 1;
}

// Each has to be found for what it is: by how the child behaves, or else by what is left.
int RunCanary(const Settings& settings) {
  bool passed = true;
  for (const std::string behaves : {"early", "aborts", "silent"}) {
    const bool silent = behaves == "silent";
    const Outcome outcome =
        KillAgainAndAgain(settings, behaves, silent ? absl::Seconds(2) : kSilentForMax);
    const std::string& wrong = outcome.wrong;
    bool found = absl::StrContains(wrong, silent ? "child was silent" : "child ended by itself");
    if (behaves == "early") found = !wrong.empty() && !absl::StrContains(wrong, "the child");
    passed &= Tell(settings, absl::StrCat("canary \"", behaves, "\", "), found, outcome);
  }
  return passed ? 0 : 1;
}

}  // namespace
}  // namespace passend::storage

int main(int count, char** arguments) {
  using passend::storage::ChildPlan;
  if (count == 5 && std::strcmp(arguments[1], "--child") == 0) {
    const ChildPlan plan{
        arguments[2], std::strtoull(arguments[3], nullptr, 10), {}, arguments[4], {}};
    passend::storage::CommitUntilKilled(plan, passend::storage::kChildPipe);
  }
  const passend::storage::Settings settings = passend::storage::ReadSettings(count, arguments);
  return settings.canary ? passend::storage::RunCanary(settings) : passend::storage::Run(settings);
}
