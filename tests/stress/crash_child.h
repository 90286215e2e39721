// The process that commits and is killed.
#ifndef PASSEND_TESTS_STRESS_CRASH_CHILD_H_
#define PASSEND_TESTS_STRESS_CRASH_CHILD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::storage {

struct ChildPlan {
  std::string directory;
  uint64_t seed;
  absl::Duration lives_for;  // from its first acknowledgement on, or from its start if none comes
  bool acknowledges_early;   // the canary: says "committed" before it commits
};

struct Acknowledged {
  Sequence sequence;
  uint64_t commit;  // the number that the commit's events and records carry
};

// The child's end of the pipe.
inline constexpr int kChildPipe = 20;

// What the child does: opens the store and commits; for each commit an Acknowledged to the pipe.
[[noreturn]] void CommitUntilKilled(const ChildPlan& plan, int pipe);

// Starts this program anew as a child that commits by the plan ("--child <directory> <seed>
// early|right"), kills it, and returns what it acknowledged. A child that ends by itself gives an
// Acknowledged of sequence 0 with its exit code.
std::vector<Acknowledged> RunAndKill(const ChildPlan& plan);

// A commit by its number: the parent knows from it what the child wrote.
//   records   task "own/<number % 10,000>", and one or more of a few shared tasks, all with the
//             same value
//   events    one for each record, with the value as payload
//   receipt   request "<number>"
Batch CommitOf(uint64_t number);

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_CRASH_CHILD_H_
