// Does harm to backups, again and again, and looks whether it is noticed; and measures what a
// backup costs those who write.
//
//     backup_stress_test [--harms N] [--seed N] [--seconds N] [--canary]
//
// Each harm is of one file of a folder with three backups: a flipped bit, a missing, shorter,
// longer file, two files swapped, one of another database's backup, an older one in a later one's
// place. Then
//   - verify has to say so;
//   - a restore of each backup either gives exactly what was committed, or nothing.
// PASSEND_HARMS and PASSEND_SEED do what --harms and --seed do.
//
// --canary puts another database's backups in place, all of them, and succeeds only if that is
// seen to be restored with other contents, and not noticed by verify.
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/backup/backups.h"
#include "storage/backup/restore.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/batches.h"
#include "tests/stress/numbers.h"

namespace passend::storage {
namespace {

namespace fs = std::filesystem;

struct Settings {
  uint64_t harms = 300;
  uint64_t seed = 20'261'122;
  uint64_t seconds = 3;  // of writing, with and without backups each
  bool canary = false;
};

Settings ReadSettings(int count, char** arguments) {
  Settings settings;
  settings.harms = NumberFrom("PASSEND_HARMS", settings.harms, 1);
  settings.seed = NumberFrom("PASSEND_SEED", settings.seed);
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--canary") {
      settings.canary = true;
    } else if (argument == "--harms" && i + 1 < count) {
      settings.harms = NumberOf(argument, arguments[++i], 1);
    } else if (argument == "--seed" && i + 1 < count) {
      settings.seed = NumberOf(argument, arguments[++i]);
    } else if (argument == "--seconds" && i + 1 < count) {
      settings.seconds = NumberOf(argument, arguments[++i]);
    } else {
      std::cerr << "usage: backup_stress_test [--harms N] [--seed N] [--seconds N] [--canary]\n";
      std::exit(2);
    }
  }
  return settings;
}

[[noreturn]] void Broken(const std::string& what, const absl::Status& status) {
  std::cerr << "cannot go on: " << what << ": " << status << std::endl;
  std::exit(2);
}

std::unique_ptr<Store> OpenOrDie(const std::string& directory) {
  OpenOptions options;
  options.directory = directory;
  auto store = OpenRocksDbStore(std::move(options));
  if (!store.ok()) Broken("opening", store.status());
  return *std::move(store);
}

std::string BytesOf(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void WriteBytes(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

// Everything that a store gives to its readers, in one text.
absl::StatusOr<std::string> ContentsOf(const std::string& directory) {
  OpenOptions options;
  options.directory = directory;
  const auto store = OpenRocksDbStore(std::move(options));
  if (!store.ok()) return store.status();
  std::string all;
  const absl::Status scanned =
      (*store)->Scan({RecordKind::kTask, "", ""}, [&](const Record& record) {
        absl::StrAppend(&all, record.key.id, " ", record.version, " ", record.value, "\n");
        return true;
      });
  if (!scanned.ok()) return scanned;
  for (Sequence after = 0; after < (*store)->LastSequence();) {
    const auto entries = (*store)->Tail(after, 1'000);
    if (!entries.ok()) return entries.status();
    for (const JournalEntry& entry : *entries) {
      absl::StrAppend(&all, entry.sequence, " ", entry.events[0].payload, "\n");
    }
    after = entries->back().sequence;
  }
  return all;
}

class Harmer {
 public:
  Harmer(const Settings& settings, std::string folder)
      : settings_(settings), folder_(std::move(folder)), random_(settings.seed) {}

  int Run() {
    Prepare();
    for (uint64_t harm = 0; harm < settings_.harms; ++harm) {
      if (settings_.canary) {
        PutAnotherDatabases();
      } else {
        Notice(Harm());
      }
    }
    for (const auto& [kind, count] : tried_) std::cout << kind << " tried: " << count << "\n";
    std::cout << "not noticed by verify: " << unnoticed_ << "\n"
              << "restored with other contents: " << wrong_ << "\n"
              << "refused restores that left a database: " << left_ << "\n"
              << "restored as they were: " << restored_ << "\n";
    if (settings_.canary) return unnoticed_ > 0 && wrong_ > 0 ? 0 : 1;
    return unnoticed_ + wrong_ + left_ > 0 ? 1 : 0;
  }

 private:
  std::string backups() const { return folder_ + "/backups"; }
  std::string intact() const { return folder_ + "/intact"; }
  std::string target() const { return folder_ + "/target"; }

  static void BackUp(Store& store, const std::string& folder) {
    BackupSettings settings;
    settings.folder = folder;
    const auto made = MakeBackup(store, settings);
    if (!made.ok()) Broken("backing up", made.status());
  }
  void Write(Store& store, int count) {
    for (int i = 0; i < count; ++i) {
      const std::string id = std::to_string(random_() % 200);
      const std::string value = std::to_string(random_()) + std::string(random_() % 300, 'v');
      const auto written = store.Commit(BatchOf().Put(Task(id), value).Tell(Task(id), value));
      if (!written.ok()) Broken("committing", written.status());
    }
  }
  void Prepare() {
    for (const std::string name : {"data", "other"}) {
      const auto store = OpenOrDie(folder_ + "/" + name);
      for (int number = 1; number <= 3; ++number) {
        Write(*store, 150);
        BackUp(*store, name == "data" ? intact() : folder_ + "/others");
      }
    }
    for (uint32_t number = 1; number <= 3; ++number) {
      PutBack();
      if (!Restored(number)) Broken("restoring what is intact", absl::OkStatus());
      contents_[number] = *ContentsOf(target());
    }
    for (const auto& entry : fs::recursive_directory_iterator(intact())) {
      const std::string file = fs::relative(entry.path(), intact()).string();
      if (entry.is_regular_file() && file != "lock") files_.push_back(file);
    }
    std::sort(files_.begin(), files_.end());
  }
  void PutBack() {
    fs::remove_all(backups());
    fs::copy(intact(), backups(), fs::copy_options::recursive);
  }
  bool Restored(uint32_t number) {
    fs::remove_all(target());
    RestoreSettings settings;
    settings.folder = backups();
    settings.number = number;
    settings.target = target();
    settings.erase = [](Store&, const std::string&) { return absl::InternalError("nobody"); };
    return RestoreBackup(settings).ok();
  }

  const std::string& AnyFile() { return files_[random_() % files_.size()]; }

  // Until something has changed.
  std::string Harm() {
    while (true) {
      PutBack();
      const std::string& file = AnyFile();
      const std::string path = backups() + "/" + file;
      std::string bytes = BytesOf(path);
      std::string kind;
      switch (random_() % 8) {
        case 0:
          kind = "missing files";
          fs::remove(path);
          break;
        case 1:
          kind = "shorter files";
          if (bytes.empty()) continue;
          WriteBytes(path, bytes.substr(0, random_() % bytes.size()));
          break;
        case 2:
          kind = "longer files";
          WriteBytes(path, bytes + static_cast<char>(random_()));
          break;
        case 3: {
          kind = "swapped files";
          const std::string other = backups() + "/" + AnyFile();
          const std::string others = BytesOf(other);
          if (others == bytes) continue;
          WriteBytes(path, others);
          WriteBytes(other, bytes);
          break;
        }
        case 4: {
          kind = "files of another database";
          const std::string others = BytesOf(folder_ + "/others/" + file);
          if (others.empty() || others == bytes) continue;
          WriteBytes(path, others);
          break;
        }
        case 5: {
          kind = "older files in a later one's place";
          const std::string older = OlderOf(file);
          if (older.empty() || BytesOf(intact() + "/" + older) == bytes) continue;
          WriteBytes(path, BytesOf(intact() + "/" + older));
          break;
        }
        default:
          kind = "flipped bits";
          if (bytes.empty()) continue;
          bytes[random_() % bytes.size()] ^= static_cast<char>(1 << random_() % 8);
          WriteBytes(path, bytes);
      }
      ++tried_[kind];
      return absl::StrCat(kind, ": ", file);
    }
  }
  // The file of the same beginning of an earlier backup; empty: there is none.
  std::string OlderOf(const std::string& file) const {
    for (const std::string& older : files_) {
      const fs::path a(older), b(file);
      if (older < file && a.extension() == b.extension() &&
          a.parent_path().parent_path() == b.parent_path().parent_path() &&
          a.filename().string().substr(0, 3) == b.filename().string().substr(0, 3)) {
        return older;
      }
    }
    return "";
  }

  void Notice(const std::string& what) {
    const auto verified = VerifyBackups(backups(), std::nullopt, {});
    if (verified.ok() && verified->whole()) {
      ++unnoticed_;
      std::cout << "not noticed: " << what << "\n";
    }
    const auto number = static_cast<uint32_t>(random_() % 3 + 1);
    if (!Restored(number)) {
      left_ += fs::exists(target() + "/db");
      return;
    }
    const auto contents = ContentsOf(target());
    if (!contents.ok() || *contents != contents_[number]) {
      ++wrong_;
      std::cout << "wrong contents: " << what << "\n";
    } else {
      ++restored_;
    }
  }

  // Nobody can notice that: it has to be found here.
  void PutAnotherDatabases() {
    fs::remove_all(backups());
    fs::copy(folder_ + "/others", backups(), fs::copy_options::recursive);
    Notice("backups of another database, all of them");
  }

  const Settings& settings_;
  const std::string folder_;
  std::mt19937_64 random_;
  std::vector<std::string> files_;
  std::map<uint32_t, std::string> contents_;
  std::map<std::string, int> tried_;
  int unnoticed_ = 0;
  int wrong_ = 0;
  int left_ = 0;
  int restored_ = 0;
};

// Commits a second by four threads while `beside` runs again and again for so long.
double RateBeside(Store& store, uint64_t seconds, const std::function<void()>& beside) {
  std::atomic<bool> ending = false;
  std::atomic<int64_t> commits = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; !ending; ++i) {
        const std::string id = absl::StrCat(writer, "-", i % 5'000);
        const auto written =
            store.Commit(BatchOf().Put(Task(id), std::string(1'000, 'w')).Tell(Task(id), "w"));
        if (!written.ok()) Broken("committing", written.status());
        ++commits;
      }
    });
  }
  const absl::Time start = absl::Now();
  while (absl::Now() - start < absl::Seconds(static_cast<int64_t>(seconds))) beside();
  const double rate = static_cast<double>(commits) / absl::ToDoubleSeconds(absl::Now() - start);
  ending = true;
  for (std::thread& writer : writers) writer.join();
  return rate;
}

void MeasureCost(const Settings& settings, const std::string& folder) {
  const auto store = OpenOrDie(folder + "/costs");
  std::vector<double> took;
  const auto back_up = [&] {
    BackupSettings backup;
    backup.folder = folder + "/cost-backups";
    backup.kept = 3;
    const absl::Time start = absl::Now();
    const auto made = MakeBackup(*store, backup);
    if (!made.ok()) Broken("backing up", made.status());
    took.push_back(absl::ToDoubleSeconds(absl::Now() - start));
  };
  double alone = 0;
  double beside = 0;
  for (int round = 0; round < 2; ++round) {  // in turn, so that neither has the better disk
    alone += RateBeside(*store, settings.seconds, [] { absl::SleepFor(absl::Milliseconds(20)); });
    beside += RateBeside(*store, settings.seconds, back_up);
  }
  double sum = 0;
  for (const double seconds : took) sum += seconds;
  std::cout << "backups while writing: " << took.size() << "\n"
            << "seconds a backup: " << sum / static_cast<double>(took.size()) << "\n"
            << "commits a second alone: " << alone / 2 << "\n"
            << "rate of writes beside backups: " << beside / alone << "\n";
}

}  // namespace
}  // namespace passend::storage

int main(int count, char** arguments) {
  namespace storage = passend::storage;
  const storage::Settings settings = storage::ReadSettings(count, arguments);
  const char* base = std::getenv("TEST_TMPDIR");
  std::string folder = std::string(base == nullptr ? "/tmp" : base) + "/passend-backup-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) std::abort();
  const int code = storage::Harmer(settings, folder).Run();
  if (code == 0 && !settings.canary && settings.seconds > 0) storage::MeasureCost(settings, folder);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  std::cout << (code == 0 ? "passed" : "FAILED") << ": seed " << settings.seed << std::endl;
  return code;
}
