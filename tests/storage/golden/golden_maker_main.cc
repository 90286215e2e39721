// Writes a golden database of the formats that this Passend writes: format_1 and format_2 below the
// folder that it is given, the second with its key store. make.sh packs them. Only for a format
// that has no golden database yet: those that there are stay as they were written.
#include <cstdio>
#include <memory>
#include <string>

#include "storage/backup/backups.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/golden/golden_store.h"

namespace passend::storage {
namespace {

absl::Status Make(const std::string& folder, bool encrypted) {
  OpenOptions options;
  options.directory = folder + "/data";
  options.clock = [] { return absl::FromUnixMicros(1'800'000'000'123'456); };
  if (encrypted) {
    auto keys = PersonKeys::Open({folder + "/keys", std::make_shared<FixedWrapper>()});
    if (!keys.ok()) return keys.status();
    options.keys = *std::move(keys);
  }
  auto store = OpenRocksDbStore(std::move(options));
  if (!store.ok()) return store.status();
  if (absl::Status filled = FillGolden(**store); !filled.ok()) return filled;
  BackupSettings settings;
  settings.folder = folder + "/backups";
  return MakeBackup(**store, settings).status();
}

}  // namespace
}  // namespace passend::storage

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "golden_maker FOLDER\n");
    return 2;
  }
  for (const bool encrypted : {false, true}) {
    const std::string folder = std::string(argv[1]) + (encrypted ? "/format_2" : "/format_1");
    const absl::Status made = passend::storage::Make(folder, encrypted);
    if (made.ok()) continue;
    std::fprintf(stderr, "%s\n", made.ToString().c_str());
    return 1;
  }
  return 0;
}
