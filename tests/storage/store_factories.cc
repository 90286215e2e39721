#include "tests/storage/store_factories.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "storage/memory_store.h"
#include "storage/rocksdb_store.h"

namespace passend::storage {
namespace {

class MemoryHarness final : public StoreHarness {
 public:
  bool Has(Trait) const override { return false; }
  absl::Status Open(const StoreSettings& settings) override {
    store_ = NewMemoryStore({[this] { return clock_.Now(); }, settings.epoch});
    return absl::OkStatus();
  }
};

class RocksDbHarness final : public StoreHarness {
 public:
  ~RocksDbHarness() override { store_.reset(); }
  bool Has(Trait) const override { return true; }
  absl::Status Open(const StoreSettings& settings) override {
    store_.reset();
    OpenOptions options;
    options.directory = directory_.path() + "/store";
    options.epoch = settings.epoch;
    options.write_buffer_bytes = settings.write_buffer_bytes;
    options.clock = [this] { return clock_.Now(); };
    absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksDbStore(std::move(options));
    if (store.ok()) store_ = *std::move(store);
    return store.status();
  }

 private:
  TemporaryDirectory directory_;
};

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  path_ = testing::TempDir() + "passend-XXXXXX";
  if (mkdtemp(path_.data()) == nullptr) std::abort();
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

StoreFactory MemoryFactory() {
  return {"Memory", [] { return std::make_unique<MemoryHarness>(); }};
}

StoreFactory RocksDbFactory() {
  return {"RocksDb", [] { return std::make_unique<RocksDbHarness>(); }};
}

}  // namespace passend::storage
