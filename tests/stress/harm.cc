// Harms one file of a closed store, of its keys or of the master key, again and again: a flipped
// bit, a missing, shorter or longer file, two files swapped, another one's or an older one in its
// place; and whole folders of an earlier day. Then the store serves exactly what was committed, or
// says that it cannot.
//
// Backups are harmed by backup_stress_test. The canary puts back a whole older store, anchor and
// all: nobody can notice that, so it has to be found here.
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "tests/stress/family.h"
#include "tests/stress/judge.h"
#include "tests/stress/people_store.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kShortTries = 120;
constexpr uint64_t kLongTries = 20'000;

// What a file is, for the report.
std::string ClassOf(const std::string& file) {
  const std::string name = fs::path(file).filename().string();
  if (name.ends_with(".log")) return "logs";
  if (name.ends_with(".sst")) return "tables";
  if (name.starts_with("MANIFEST")) return "MANIFEST";
  if (name.starts_with("OPTIONS")) return "OPTIONS";
  if (name == "persons") return "keys";
  return name;  // CURRENT, IDENTITY, anchor, master
}

class Harm {
 public:
  explicit Harm(const FamilySettings& settings) : settings_(settings), random_(settings.seed) {}

  // Two images of the same store, an older one and today's. Today's has a log and some tables.
  bool Prepare() {
    Ledger ledger(PeopleCommitOf);
    PeopleStore store(settings_.folder + "/made", random_(), ledger);
    if (!store.Open().ok() || !Use(store, 60)) return false;
    store.Close();
    CopyFolder(settings_.folder + "/made", older());
    if (!store.Open().ok() || !Use(store, 90)) return false;
    store.Close();
    CopyFolder(settings_.folder + "/made", today());
    truth_ = TruthOf(settings_.folder + "/made");
    for (const auto& entry : fs::recursive_directory_iterator(today())) {
      const std::string name = entry.path().filename().string();
      if (!entry.is_regular_file() || name.starts_with("LOG") || name == "LOCK" || name == "lock") {
        continue;
      }
      files_.push_back("/" + fs::relative(entry.path(), today()).string());
    }
    std::sort(files_.begin(), files_.end());
    return true;
  }

  void Run(FamilyReport& report) {
    if (settings_.canary) {
      CopyFolder(today(), root());
      CopyFolder(older() + "/data", root() + "/data");
      Count(Judge(root(), {truth_}), "a whole older store", "/data", report);
      return;
    }
    for (const char* folder : {"/data/store/db", "/data/store/anchor", "/keys", "/secrets"}) {
      PutOlder(folder, report);
    }
    const uint64_t tries = settings_.tries > 0   ? settings_.tries
                           : settings_.long_size ? kLongTries
                                                 : kShortTries;
    while (report.sum().tried < tries) HarmOne(report);
  }

 private:
  std::string older() const { return settings_.folder + "/older"; }
  std::string today() const { return settings_.folder + "/today"; }
  std::string root() const { return settings_.folder + "/root"; }

  static bool Use(PeopleStore& store, int commits) {
    for (int i = 0; i < commits; ++i) {
      const absl::Status done = i == commits / 2 ? store.Compact() : store.CommitOne();
      if (!done.ok() && !absl::IsResourceExhausted(done)) return false;
    }
    return store.NewMasterKey().ok();
  }

  void PutOlder(const std::string& part, FamilyReport& report) {
    CopyFolder(today(), root());
    fs::remove_all(root() + part);
    fs::copy(older() + part, root() + part, fs::copy_options::recursive);
    Count(Judge(root(), {truth_}), "older in place of today's", part, report);
  }

  // By class first: there are many tables, and few of the others.
  const std::string& AnyFile() {
    std::map<std::string, std::vector<size_t>> classes;
    for (size_t i = 0; i < files_.size(); ++i) classes[ClassOf(files_[i])].push_back(i);
    auto chosen = classes.begin();
    std::advance(chosen, random_() % classes.size());
    return files_[chosen->second[random_() % chosen->second.size()]];
  }

  void HarmOne(FamilyReport& report) {
    const std::string file = AnyFile();
    const std::string path = root() + file;
    CopyFolder(today(), root());
    std::string bytes = ReadFile(path);
    std::string kind;
    std::string what = file;
    switch (random_() % 10) {
      case 0:
        kind = "missing files";
        fs::remove(path);
        break;
      case 1:
        if (bytes.empty()) return;
        kind = "shorter files";
        bytes.resize(random_() % bytes.size());
        WriteFile(path, bytes);
        break;
      case 2:
        kind = "longer files";
        WriteFile(path, bytes + std::string(1 + random_() % 100, static_cast<char>(random_())));
        break;
      case 3: {
        const std::string& other = AnyFile();
        if (other == file || ReadFile(root() + other) == bytes) return;
        kind = "swapped files";
        absl::StrAppend(&what, " and ", other);
        fs::rename(path, root() + "/swap");
        fs::rename(root() + other, path);
        fs::rename(root() + "/swap", root() + other);
        break;
      }
      case 4:
        if (!fs::exists(older() + file) || ReadFile(older() + file) == bytes) return;
        kind = "older files";
        WriteFile(path, ReadFile(older() + file));
        break;
      default: {
        if (bytes.empty()) return;
        kind = "flipped bits in " + ClassOf(file);
        // Of a large file the beginning and the end have what everything else depends on.
        size_t at = random_() % bytes.size();
        if (random_() % 4 == 0) at = std::min(at, random_() % 256);
        if (random_() % 4 == 0)
          at = bytes.size() - 1 - std::min(at, random_() % 256 % bytes.size());
        bytes[at] ^= static_cast<char>(1 << random_() % 8);
        absl::StrAppend(&what, " at ", at, " of ", bytes.size());
        WriteFile(path, bytes);
      }
    }
    Count(Judge(root(), {truth_}), kind, what, report);
  }

  const FamilySettings& settings_;
  std::mt19937_64 random_;
  std::vector<std::string> files_;
  Truth truth_;
};

}  // namespace

int RunHarm(const FamilySettings& settings) {
  const Unsynced quick(settings.folder);
  Harm harm(settings);
  FamilyReport report("harm to files");
  if (!harm.Prepare()) {
    report.Tell("the store cannot be made");
    return 2;
  }
  harm.Run(report);
  return report.Conclude(settings);
}

}  // namespace passend::storage
