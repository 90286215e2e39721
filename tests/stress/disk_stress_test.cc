// What disks do to a store: power cuts, logs that lost their end, flipped bits, missing and older
// files, calls that fail, disks that are full.
//
//     disk_stress_test FAMILY [--tries N] [--seed N] [--long] [--canary]
//
// FAMILY: power, cuts, harm or calls; what each does is at the head of its file. The last line is
// the result:
//     detected   the store says so, and serves nothing wrong
//     harmless   all that was acknowledged is there, and nothing else
//     silent     something wrong was served, or something was lost, without a word
//     refused    a store that is whole was not opened, or was not written to again
// The exit code is 0 where the last two are 0; with --canary, where something is silent (or
// refused, for power): then the family has something planted that it has to find. PASSEND_SEED does
// what --seed does.
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "tests/stress/family.h"
#include "tests/stress/numbers.h"

namespace {

using passend::storage::FamilySettings;

[[noreturn]] void Usage() {
  std::cerr << "usage: disk_stress_test power|cuts|harm|calls [--tries N] [--seed N] [--long] "
               "[--canary]\n";
  std::exit(2);
}

FamilySettings ReadSettings(int count, char** arguments) {
  FamilySettings settings;
  settings.seed = passend::storage::NumberFrom("PASSEND_SEED", settings.seed);
  for (int i = 2; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--canary") {
      settings.canary = true;
    } else if (argument == "--long") {
      settings.long_size = true;
    } else if (argument == "--tries" && i + 1 < count) {
      settings.tries = passend::storage::NumberOf(argument, arguments[++i], 1);
    } else if (argument == "--seed" && i + 1 < count) {
      settings.seed = passend::storage::NumberOf(argument, arguments[++i]);
    } else {
      Usage();
    }
  }
  const char* base = std::getenv("TEST_TMPDIR");
  settings.folder = std::string(base == nullptr ? "/tmp" : base) + "/passend-disk-XXXXXX";
  if (mkdtemp(settings.folder.data()) == nullptr) std::abort();
  return settings;
}

}  // namespace

int main(int count, char** arguments) {
  namespace storage = passend::storage;
  const std::map<std::string, std::function<int(const FamilySettings&)>> families = {
      {"power", storage::RunPowerCuts},
      {"cuts", storage::RunLogCuts},
      {"harm", storage::RunHarm},
      {"calls", storage::RunFailingCalls},
  };
  const auto family = families.find(count < 2 ? "" : arguments[1]);
  if (family == families.end()) Usage();
  const FamilySettings settings = ReadSettings(count, arguments);
  const int code = family->second(settings);
  std::error_code ignored;
  std::filesystem::remove_all(settings.folder, ignored);
  return code;
}
