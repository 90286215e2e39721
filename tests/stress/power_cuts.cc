// Cuts the power of a machine that uses a store, again and again, also while the store is opened:
// before any of its calls that change something, and while people's records are encrypted for the
// first time, of stores from before. Then everything that was acknowledged has to be
// there, nothing may be torn, and the store, the keys and the next backup need nobody's help.
//
// The canaries have a disk that says it synced, and did not: files, or names.
#include <filesystem>
#include <memory>

#include "absl/strings/str_cat.h"
#include "tests/stress/disk/power.h"
#include "tests/stress/family.h"
#include "tests/stress/people_store.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kShortTries = 60;
constexpr uint64_t kLongTries = 20'000;
// The store is made anew after about so many cuts: making one is to be cut as well. Of so many one
// is from before.
constexpr uint64_t kCutsPerStore = 8;
constexpr uint64_t kStoresPerPlain = 2;
constexpr int kPlainCommits = 40;

class PowerCuts {
 public:
  PowerCuts(const FamilySettings& settings, Lie lie)
      : settings_(settings), lie_(lie), random_(settings.seed) {}

  void Run(FamilyReport& report) {
    const uint64_t tries = settings_.tries > 0   ? settings_.tries
                           : settings_.long_size ? kLongTries
                                                 : kShortTries;
    for (uint64_t cut = 0; cut < tries; ++cut) {
      if (cut == 0 || random_() % kCutsPerStore == 0) StartAnew();
      // What the cut before left is looked at while it is used until the next one.
      Outcomes& outcomes = report.of(std::string(NameOf(loss_)));
      loss_ = static_cast<Loss>(random_() % kLosses);
      const Mistake mistake = UseUntilCut(loss_);
      ++outcomes.tried;
      encrypting_ += is_plain_;
      if (mistake.what.empty()) {
        ++outcomes.harmless;
        continue;
      }
      ++(mistake.served ? outcomes.silent : outcomes.refused);
      report.Tell(absl::StrCat("cut ", cut, ": ", mistake.what));
      if (settings_.canary) return;
      if (!Keep(cut)) return;
    }
  }
  // How many were cut before a store from before was open, its records encrypted.
  uint64_t encrypting() const { return encrypting_; }

 private:
  void StartAnew() {
    ledger_ = std::make_unique<Ledger>(PeopleCommitOf);
    backup_ = {};
    fs::remove_all(root());
    fs::create_directories(root());
    is_plain_ = random_() % kStoresPerPlain == 0;
    if (is_plain_ && !PeopleStore(root(), random_(), *ledger_).MakePlain(kPlainCommits).ok()) {
      std::abort();
    }
  }
  std::string root() const { return settings_.folder + "/root"; }

  // What was found wrong before the power was cut.
  struct Mistake {
    bool served;       // by an open store
    std::string what;  // empty: nothing
  };
  Mistake UseUntilCut(Loss loss) {
    // Opening makes some 100 changes, of a store from before some more; a commit makes some 4.
    const uint64_t changes = is_plain_ ? 200 : random_() % 2 == 0 ? 120 : 900;
    const uint64_t cut_at = 1 + random_() % changes;
    PowerDisk disk(root(), cut_at, lie_);
    Mistake mistake{};
    {
      const DiskWatch watch(root(), disk);
      PeopleStore store(root(), random_(), *ledger_, backup_, [&] { return !disk.cut(); });
      while (mistake.what.empty() && !disk.cut()) mistake = Use(store, disk);
      backup_ = store.backup();
    }
    if (!mistake.what.empty()) return mistake;
    disk.Leave(root() + ".left", loss, random_);
    fs::remove_all(root());
    fs::rename(root() + ".left", root());
    return {};
  }

  // Opens the store, looks at it, and uses it for a while.
  Mistake Use(PeopleStore& store, const PowerDisk& disk) {
    absl::Status status = store.Open();
    const bool opened = status.ok();
    if (opened && !disk.cut()) is_plain_ = false;
    std::string wrong;
    if (opened) wrong = store.Check();
    if (opened && wrong.empty()) wrong = store.CheckBackup();
    for (int step = 0; status.ok() && wrong.empty() && step < 300 && !disk.cut(); ++step) {
      status = store.Step();
      if (absl::IsResourceExhausted(status)) status = absl::OkStatus();  // the engine is busy
    }
    if (wrong.empty() && !status.ok()) wrong = status.ToString();
    store.Close();
    // What is found without power is nobody's mistake.
    return disk.cut() ? Mistake{} : Mistake{opened, wrong};
  }

  // Whether to go on after a mistake: what is left is kept beside, for whoever looks into it.
  bool Keep(uint64_t cut) {
    fs::rename(root(), absl::StrCat(settings_.folder, "-mistake-", cut));
    StartAnew();
    return ++mistakes_ < 5;
  }

  const FamilySettings& settings_;
  const Lie lie_;
  std::mt19937_64 random_;
  std::unique_ptr<Ledger> ledger_;
  BackupMade backup_;
  Loss loss_ = Loss::kAll;  // of the next cut; then of the last one
  bool is_plain_ = false;   // and was not open since
  uint64_t encrypting_ = 0;
  int mistakes_ = 0;
};

}  // namespace

int RunPowerCuts(const FamilySettings& settings) {
  FamilyReport report("power cuts");
  if (!settings.canary) {
    PowerCuts cuts(settings, Lie::kNone);
    cuts.Run(report);
    std::cout << "  of them, while records were encrypted for the first time: " << cuts.encrypting()
              << std::endl;
    return report.Conclude(settings);
  }
  int code = 0;
  for (const Lie lie : {Lie::kSync, Lie::kSyncDirectory}) {
    FamilyReport found(lie == Lie::kSync ? "power cuts, files are not synced"
                                         : "power cuts, directories are not synced");
    PowerCuts(settings, lie).Run(found);
    // Without a name that it needs a store does not open.
    code |= found.Conclude(settings, FamilyReport::Planted::kSilentOrRefused);
  }
  return code;
}

}  // namespace passend::storage
