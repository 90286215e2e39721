#include "tests/stress/judge.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "tests/stress/people_store.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

// A commit that is nobody's erasure.
constexpr uint64_t kAnotherCommit = 1'001;

Judgement OfError(const absl::Status& status, bool opened) {
  const bool fits = absl::IsDataLoss(status) || (!opened && absl::IsFailedPrecondition(status));
  return {fits ? Judgement::kDetected : Judgement::kRefused, status.ToString()};
}

}  // namespace

Judgement Judge(const std::string& root, const std::vector<std::string>& truths) {
  Ledger unused(PeopleCommitOf);
  PeopleStore store(root, 1, unused);
  if (absl::Status opened = store.Open(); !opened.ok()) return OfError(opened, false);
  const absl::StatusOr<std::string> all = store.Everything();
  if (!all.ok()) return OfError(all.status(), true);
  if (std::find(truths.begin(), truths.end(), *all) == truths.end()) {
    const auto differ = std::mismatch(all->begin(), all->end(), truths[0].begin(), truths[0].end());
    const auto at = static_cast<size_t>(differ.first - all->begin());
    return {Judgement::kSilent,
            absl::StrCat("other contents are served, from byte ", at, " of ", all->size(),
                         " on: ", all->substr(at - std::min<size_t>(at, 20), 60), "; instead of ",
                         truths[0].substr(at - std::min<size_t>(at, 20), 60))};
  }
  // What has not been read may still be needed to go on.
  if (absl::Status status = store.CommitNumber(kAnotherCommit); !status.ok()) {
    return OfError(status, true);
  }
  const Sequence last = store.store().LastSequence();
  store.Close();
  if (absl::Status opened = store.Open(); !opened.ok()) return OfError(opened, false);
  const absl::StatusOr<std::string> later = store.Everything();
  if (!later.ok()) return OfError(later.status(), true);
  if (store.store().LastSequence() != last) return {Judgement::kSilent, "a later commit is lost"};
  return {Judgement::kHarmless, ""};
}

void Count(const Judgement& judgement, const std::string& kind, const std::string& what,
           FamilyReport& report) {
  Outcomes& outcomes = report.of(kind);
  ++outcomes.tried;
  switch (judgement.kind) {
    case Judgement::kHarmless:
      ++outcomes.harmless;
      return;
    case Judgement::kDetected:
      ++outcomes.detected;
      return;
    case Judgement::kSilent:
      ++outcomes.silent;
      break;
    case Judgement::kRefused:
      ++outcomes.refused;
      break;
  }
  report.Tell(absl::StrCat(kind, ", ", what, ": ", judgement.why));
}

void CopyFolder(const std::string& from, const std::string& to) {
  std::error_code error;
  for (int tried = 0; tried < 10; ++tried) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive, error);
    if (!error) return;
  }
  std::cerr << "cannot copy " << from << ": " << error.message() << std::endl;
  std::exit(2);
}

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace passend::storage
