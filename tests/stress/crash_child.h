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
  // What is planted, if anything: "right", or one of the canary's. "early" says "committed" before
  // it commits; "aborts" ends by itself after a while; "silent" opens the store, and no more.
  std::string behaves = "right";
  absl::Duration silent_for_max;  // after its start
};

struct Acknowledged {
  Sequence sequence;
  uint64_t commit;  // the number that the commit's events and records carry
};

// The child's end of the pipe.
inline constexpr int kChildPipe = 20;

// What the child does: opens the store and commits; for each commit an Acknowledged to the pipe.
[[noreturn]] void CommitUntilKilled(const ChildPlan& plan, int pipe);

struct Killed {
  std::vector<Acknowledged> acknowledged;
  // What the child did other than to commit until it was killed: it ended by itself, however, or it
  // was silent for too long. Else empty.
  std::string wrong;
};

// Starts this program anew as a child that commits by the plan ("--child <directory> <seed>
// <behaves>"), kills it, and returns what it acknowledged.
Killed RunAndKill(const ChildPlan& plan);

// A commit by its number: the parent knows from it what the child wrote.
//   records   task "own/<number % 10,000>", and one or more of a few shared tasks, all with the
//             same value
//   events    one for each record, with the value as payload
//   receipt   request "<number>"
Batch CommitOf(uint64_t number);

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_CRASH_CHILD_H_
