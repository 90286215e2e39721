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
//   - records are what replaying the journal gives.
// PASSEND_KILLS and PASSEND_SEED do what --kills and --seed do.
//
// --canary runs a store that acknowledges before it writes, and succeeds only if that is found out.
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/rocksdb_store.h"
#include "tests/stress/crash_child.h"
#include "tests/stress/ledger.h"
#include "tests/stress/minutes.h"

namespace passend::storage {
namespace {

struct Settings {
  int kills = 30;
  uint64_t seed = 20'261'121;
  bool canary = false;
};

Settings ReadSettings(int count, char** arguments) {
  Settings settings;
  if (const char* kills = std::getenv("PASSEND_KILLS")) settings.kills = std::atoi(kills);
  if (const char* seed = std::getenv("PASSEND_SEED"))
    settings.seed = std::strtoull(seed, nullptr, 10);
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--canary") {
      settings.canary = true;
    } else if (argument == "--kills" && i + 1 < count) {
      settings.kills = std::atoi(arguments[++i]);
    } else if (argument == "--seed" && i + 1 < count) {
      settings.seed = std::strtoull(arguments[++i], nullptr, 10);
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

// Opens the store and looks at it; returns what is wrong, or nothing.
std::string AfterKill(const std::string& directory, const std::vector<Acknowledged>& acknowledged,
                      bool compact, Ledger& ledger) {
  for (const Acknowledged& line : acknowledged) {
    if (line.sequence == 0) return absl::StrCat("the child ended by itself with ", line.commit);
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

int Run(const Settings& settings) {
  const std::string directory = MakeDirectory();
  std::mt19937_64 random(settings.seed);
  Ledger ledger(CommitOf);
  std::string failure;
  int kills = 0;
  Minutes minutes;
  for (; kills < settings.kills && failure.empty(); ++kills) {
    minutes.Say(kills, "kills");
    // Mostly killed while committing, now and then while still opening.
    const auto delay = absl::Milliseconds(std::uniform_int_distribution<int>(1, 60)(random));
    const ChildPlan plan{directory + "/store", random(), delay, settings.canary};
    const std::vector<Acknowledged> acknowledged = RunAndKill(plan);
    const bool compact = (kills + 1) % kKillsPerCompaction == 0;
    failure = AfterKill(plan.directory, acknowledged, compact, ledger);
  }
  std::error_code ignored;
  std::filesystem::remove_all(directory, ignored);

  const bool passed = settings.canary ? !failure.empty() : failure.empty();
  std::cout << (passed ? "passed" : "FAILED") << ": " << (settings.canary ? "canary, " : "")
            << kills << " kills, seed " << settings.seed << ", " << ledger.acknowledged()
            << " commits acknowledged, " << ledger.unacknowledged()
            << " more found durable: " << (failure.empty() ? "nothing lost or torn" : failure)
            << std::endl;
  return passed ? 0 : 1;
}

}  // namespace
}  // namespace passend::storage

int main(int count, char** arguments) {
  using passend::storage::ChildPlan;
  if (count == 5 && std::strcmp(arguments[1], "--child") == 0) {
    const ChildPlan plan{arguments[2],
                         std::strtoull(arguments[3], nullptr, 10),
                         {},
                         std::strcmp(arguments[4], "early") == 0};
    passend::storage::CommitUntilKilled(plan, passend::storage::kChildPipe);
  }
  return passend::storage::Run(passend::storage::ReadSettings(count, arguments));
}
