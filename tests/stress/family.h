// A family of faults: what its runs are told, and what they say in the end.
#ifndef PASSEND_TESTS_STRESS_FAMILY_H_
#define PASSEND_TESTS_STRESS_FAMILY_H_

#include <cstdint>
#include <iostream>
#include <map>
#include <string>

#include "tests/stress/minutes.h"

namespace passend::storage {

struct FamilySettings {
  uint64_t tries = 0;  // 0: the family's short size
  uint64_t seed = 20'261'122;
  bool canary = false;
  bool long_size = false;
  std::string folder;  // for files; empty at first
};

// What became of the faults of one kind that were tried.
struct Outcomes {
  uint64_t tried = 0;
  uint64_t harmless = 0;  // all that was acknowledged is there
  uint64_t detected = 0;  // said with DATA_LOSS or what else fits, nothing wrong served
  uint64_t silent = 0;    // something else was served, or something is lost, without a word
  uint64_t refused = 0;   // a store that should open does not, or says the wrong thing
};

// Adds up, tells the first few mistakes, and says the result in one line.
class FamilyReport {
 public:
  explicit FamilyReport(std::string family) : family_(std::move(family)) {}

  // For one more try.
  Outcomes& of(const std::string& kind) {
    minutes_.Say(sum().tried, family_);
    return kinds_[kind];
  }
  void Tell(const std::string& mistake) {
    if (++told_ <= 20) std::cout << "  " << mistake << std::endl;
  }
  bool clean() const {
    const Outcomes all = sum();
    return all.silent + all.refused == 0 && all.tried > 0;
  }
  Outcomes sum() const {
    Outcomes all;
    for (const auto& [kind, one] : kinds_) {
      all.tried += one.tried;
      all.harmless += one.harmless;
      all.detected += one.detected;
      all.silent += one.silent;
      all.refused += one.refused;
    }
    return all;
  }
  // What a canary has to find of what it planted.
  enum class Planted { kSilent, kSilentOrRefused };

  // A line for each kind and one for all. The exit code: 0 where it is as it should be; of a canary
  // where it found that.
  int Conclude(const FamilySettings& settings, Planted planted = Planted::kSilent) const {
    for (const auto& [kind, one] : kinds_) Print("  " + kind, one);
    const Outcomes all = sum();
    const uint64_t found = all.silent + (planted == Planted::kSilent ? 0 : all.refused);
    const bool passed = settings.canary ? found > 0 : clean();
    std::cout << (passed ? "passed" : "FAILED") << (settings.canary ? ", canary" : "") << ", seed "
              << settings.seed << ", ";
    Print(family_, all);
    return passed ? 0 : 1;
  }

 private:
  static void Print(const std::string& what, const Outcomes& one) {
    std::cout << what << ": " << one.tried << " tried, " << one.detected << " detected, "
              << one.harmless << " harmless, " << one.silent << " silent, " << one.refused
              << " refused" << std::endl;
  }
  const std::string family_;
  std::map<std::string, Outcomes> kinds_;
  uint64_t told_ = 0;
  Minutes minutes_;
};

// Each leaves its folder empty, and returns an exit code.
int RunPowerCuts(const FamilySettings& settings);
int RunLogCuts(const FamilySettings& settings);
int RunHarm(const FamilySettings& settings);
int RunFailingCalls(const FamilySettings& settings);

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_FAMILY_H_
