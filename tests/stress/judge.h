// Whether a store whose files were harmed serves what is true, says that it cannot, or is wrong
// without a word.
#ifndef PASSEND_TESTS_STRESS_JUDGE_H_
#define PASSEND_TESTS_STRESS_JUDGE_H_

#include <string>
#include <vector>

#include "tests/stress/disk/calls.h"
#include "tests/stress/family.h"

namespace passend::storage {

struct Judgement {
  enum Kind {
    kHarmless,  // it serves one of the truths, takes another commit, and serves that truth's later
                // one
    kDetected,  // DATA_LOSS, or FAILED_PRECONDITION where keys are missing or do not fit
    kSilent,    // it serves something else
    kRefused,   // it says something else than it should
  } kind;
  std::string why;
};

// What a PeopleStore gives: Everything(), and the same after the one commit more that Judge makes.
struct Truth {
  std::string now;
  std::string later;
};
// Of an intact one at `root`, which has that commit afterwards. Ends the process where it is not.
Truth TruthOf(const std::string& root);

// Opens the PeopleStore at `root`, reads everything, commits once more, and reads everything after
// it was opened again; `truths` are what it may give.
Judgement Judge(const std::string& root, const std::vector<Truth>& truths);

// Counts it, and tells it where it is a mistake.
void Count(const Judgement& judgement, const std::string& kind, const std::string& what,
           FamilyReport& report);

// `to` becomes a copy of `from`, which an engine may be removing obsolete files from.
void CopyFolder(const std::string& from, const std::string& to);
std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& bytes);

// Has nothing below a folder synced, which would take long, and fails nothing.
class Unsynced final : public DiskWatcher {
 public:
  explicit Unsynced(const std::string& folder) : watch_(folder, *this) {}
  int Before(DiskCall /*call*/, const std::string& /*path*/) override { return 0; }

 private:
  const DiskWatch watch_;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STRESS_JUDGE_H_
