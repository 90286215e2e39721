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

Judgement Silent(const std::string& what, const std::string& served, const std::string& truth) {
  const auto differ = std::mismatch(served.begin(), served.end(), truth.begin(), truth.end());
  const auto at = static_cast<size_t>(differ.first - served.begin());
  const size_t from = at - std::min<size_t>(at, 20);
  return {Judgement::kSilent,
          absl::StrCat(what, ", from byte ", at, " of ", served.size(),
                       " on: ", served.substr(from, 60), "; instead of ", truth.substr(from, 60))};
}

[[noreturn]] void Broken(const std::string& what) {
  std::cerr << what << std::endl;
  std::exit(2);
}

Judgement OfError(const absl::Status& status, bool opened) {
  const bool fits = absl::IsDataLoss(status) || (!opened && absl::IsFailedPrecondition(status));
  return {fits ? Judgement::kDetected : Judgement::kRefused, status.ToString()};
}

}  // namespace

Truth TruthOf(const std::string& root) {
  Ledger unused(PeopleCommitOf);
  PeopleStore store(root, 1, unused);
  absl::Status opened = store.Open();
  if (!opened.ok()) Broken(opened.ToString());
  const auto now = store.Everything();
  const absl::Status committed = store.CommitNumber(kAnotherCommit);
  const auto later = store.Everything();
  if (!now.ok() || !committed.ok() || !later.ok()) Broken("what is intact cannot be read");
  return {*now, *later};
}

Judgement Judge(const std::string& root, const std::vector<Truth>& truths) {
  Ledger unused(PeopleCommitOf);
  PeopleStore store(root, 1, unused);
  if (absl::Status opened = store.Open(); !opened.ok()) return OfError(opened, false);
  const absl::StatusOr<std::string> all = store.Everything();
  if (!all.ok()) return OfError(all.status(), true);
  const auto truth =
      std::find_if(truths.begin(), truths.end(), [&](const Truth& one) { return one.now == *all; });
  if (truth == truths.end()) return Silent("other contents are served", *all, truths[0].now);
  // What has not been read may still be needed to go on.
  if (absl::Status status = store.CommitNumber(kAnotherCommit); !status.ok()) {
    return OfError(status, true);
  }
  store.Close();
  if (absl::Status opened = store.Open(); !opened.ok()) return OfError(opened, false);
  const absl::StatusOr<std::string> later = store.Everything();
  if (!later.ok()) return OfError(later.status(), true);
  if (*later != truth->later)
    return Silent("later other contents are served", *later, truth->later);
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
  Broken(absl::StrCat("cannot copy ", from, ": ", error.message()));
}

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace passend::storage
