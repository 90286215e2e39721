// Ends a store's log, and its list of files, at any byte: cut off there, zeros from there on, or
// anything from there on. Of what was acknowledged nothing may be missing without a word: the
// anchor knows it. What was written last and not acknowledged may be there or not.
//
// By default bytes and ways are chosen at random; --long takes all three ways at every byte.
// The canary puts an anchor of long before beside the store: then lost commits are not noticed.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <random>

#include "absl/strings/str_cat.h"
#include "tests/stress/family.h"
#include "tests/stress/judge.h"
#include "tests/stress/people_store.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kShortTries = 60;
constexpr int kCommits = 12;  // in the log

class LogCuts {
 public:
  explicit LogCuts(const FamilySettings& settings) : settings_(settings), random_(settings.seed) {}

  bool Prepare() {
    Ledger ledger(PeopleCommitOf);
    PeopleStore store(settings_.folder + "/made", random_(), ledger);
    if (!store.Open().ok() || !Commit(store, 3)) return false;
    const std::string first_anchor = ReadFile(settings_.folder + "/made" + kAnchor);
    store.Close();  // what comes now is in a log of its own
    if (!store.Open().ok() || !Commit(store, kCommits)) return false;
    // As a killed process leaves it, with all of it answered ...
    CopyFolder(settings_.folder + "/made", answered());
    // ... and with one more that was not: the anchor does not know of it.
    if (!Commit(store, 1)) return false;
    CopyFolder(settings_.folder + "/made", unanswered());
    store.Close();
    answered_truth_ = TruthOfCopy(answered());
    unanswered_truth_ = TruthOfCopy(unanswered());
    fs::copy_file(answered() + kAnchor, unanswered() + kAnchor,
                  fs::copy_options::overwrite_existing);
    if (settings_.canary) {
      WriteFile(answered() + kAnchor, first_anchor);
      WriteFile(unanswered() + kAnchor, first_anchor);
    }
    return true;
  }

  void Run(FamilyReport& report) {
    const std::vector<std::string> files = {Newest(unanswered(), ".log"),
                                            Newest(unanswered(), "MANIFEST")};
    if (settings_.long_size) {
      for (const std::string& file : files) {
        for (size_t at = 0; at < fs::file_size(unanswered() + file); ++at) {
          for (const char* how : kWays) CutBoth(file, at, how, report);
        }
      }
      return;
    }
    const uint64_t tries = settings_.tries > 0 ? settings_.tries : kShortTries;
    while (report.sum().tried < tries) {
      // Mostly in the log, and there mostly in the newest entries.
      const std::string& file = files[random_() % 4 == 0];
      const size_t size = fs::file_size(unanswered() + file);
      const size_t back = random_() % 2 == 0 ? std::min<size_t>(size, 2'500) : size;
      const size_t at = size - 1 - random_() % back;
      CutBoth(file, at, kWays[random_() % std::size(kWays)], report);
    }
  }

 private:
  static constexpr char kAnchor[] = "/data/store/anchor";
  static constexpr const char* kCutOff = "cut off";
  static constexpr const char* kZeros = "then zeros";
  static constexpr const char* kAnything = "then anything";
  static constexpr const char* kWays[] = {kCutOff, kZeros, kAnything};

  std::string answered() const { return settings_.folder + "/answered"; }
  std::string unanswered() const { return settings_.folder + "/unanswered"; }

  Truth TruthOfCopy(const std::string& image) const {
    const std::string root = settings_.folder + "/root";
    CopyFolder(image, root);
    return TruthOf(root);
  }

  // Small ones, so that the ends of many are tried.
  bool Commit(PeopleStore& store, int count) {
    while (count > 0) {
      const uint64_t number = random_();
      const Batch batch = PeopleCommitOf(number);
      if (batch.idempotency->response.size() > 60) continue;
      if (!store.CommitNumber(number).ok()) return false;
      --count;
    }
    return true;
  }

  // The largest of those names, from the root on.
  static std::string Newest(const std::string& root, const std::string& part) {
    std::string newest;
    for (const auto& entry : fs::directory_iterator(root + "/data/store/db")) {
      const std::string name = entry.path().filename().string();
      if (name.find(part) != std::string::npos) newest = std::max(newest, name);
    }
    return "/data/store/db/" + newest;
  }

  void CutBoth(const std::string& file, size_t at, const char* how, FamilyReport& report) {
    const std::vector<Truth> either = {answered_truth_, unanswered_truth_};
    if (at < fs::file_size(answered() + file)) {
      Cut(answered(), file, at, how, "all answered", {answered_truth_}, report);
    }
    Cut(unanswered(), file, at, how, "the last one not answered", either, report);
  }

  void Cut(const std::string& image, const std::string& file, size_t at, const char* how,
           const std::string& state, const std::vector<Truth>& truths, FamilyReport& report) {
    const std::string root = settings_.folder + "/root";
    CopyFolder(image, root);
    std::string bytes = ReadFile(root + file);
    const size_t size = bytes.size();
    bytes.resize(at);
    if (how == kZeros) bytes.resize(size);
    while (how == kAnything && bytes.size() < size) bytes.push_back(static_cast<char>(random_()));
    WriteFile(root + file, bytes);
    const bool log = file.ends_with(".log");
    Count(Judge(root, truths),
          absl::StrCat(log ? "a log, " : "a list of files, ", how, ", ", state),
          absl::StrCat("byte ", at, " of ", size, " of ", file), report);
  }

  const FamilySettings& settings_;
  std::mt19937_64 random_;
  Truth answered_truth_;
  Truth unanswered_truth_;
};

}  // namespace

int RunLogCuts(const FamilySettings& settings) {
  const Unsynced quick(settings.folder);
  LogCuts cuts(settings);
  FamilyReport report("ends of logs");
  if (!cuts.Prepare()) {
    report.Tell("the store cannot be made");
    return 2;
  }
  cuts.Run(report);
  return report.Conclude(settings);
}

}  // namespace passend::storage
