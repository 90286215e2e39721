#include "tests/storage/store_factories.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "storage/memory_store.h"
#include "storage/person_keys.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/fixed_wrapper.h"

namespace passend::storage {
namespace {

enum class People { kPlain, kEncrypted };

absl::StatusOr<std::shared_ptr<PersonKeys>> KeysIn(const std::string& directory) {
  auto opened = PersonKeys::Open({directory, std::make_shared<FixedWrapper>()});
  if (!opened.ok()) return opened.status();
  return std::shared_ptr<PersonKeys>(*std::move(opened));
}

class MemoryHarness final : public StoreHarness {
 public:
  explicit MemoryHarness(People people) : people_(people) {}
  bool Has(Trait) const override { return false; }
  absl::Status Open(const StoreSettings& settings) override {
    MemoryStoreOptions options{[this] { return clock_.Now(); }, settings.epoch, nullptr};
    store_.reset();
    directory_.emplace();
    if (people_ == People::kEncrypted) {
      auto keys = KeysIn(directory_->path());
      if (!keys.ok()) return keys.status();
      if (absl::Status status = (*keys)->Make(); !status.ok()) return status;
      options.keys = *std::move(keys);
    }
    store_ = NewMemoryStore(std::move(options));
    return absl::OkStatus();
  }

 private:
  const People people_;
  std::optional<TemporaryDirectory> directory_;
};

class RocksDbHarness final : public StoreHarness {
 public:
  explicit RocksDbHarness(People people) : people_(people) {}
  ~RocksDbHarness() override { store_.reset(); }
  bool Has(Trait) const override { return true; }
  absl::Status Open(const StoreSettings& settings) override {
    store_.reset();
    OpenOptions options;
    options.directory = directory_.path() + "/store";
    options.epoch = settings.epoch;
    options.memory_bytes = settings.memory_bytes;
    options.clock = [this] { return clock_.Now(); };
    if (people_ == People::kEncrypted) {
      auto keys = KeysIn(directory_.path() + "/keys");
      if (!keys.ok()) return keys.status();
      options.keys = *std::move(keys);
    }
    absl::StatusOr<std::unique_ptr<Store>> store = OpenRocksDbStore(std::move(options));
    if (store.ok()) store_ = *std::move(store);
    return store.status();
  }

 private:
  const People people_;
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
  return {"Memory", [] { return std::make_unique<MemoryHarness>(People::kPlain); }};
}

StoreFactory RocksDbFactory() {
  return {"RocksDb", [] { return std::make_unique<RocksDbHarness>(People::kPlain); }};
}

StoreFactory EncryptedMemoryFactory() {
  return {"EncryptedMemory", [] { return std::make_unique<MemoryHarness>(People::kEncrypted); }};
}

StoreFactory EncryptedRocksDbFactory() {
  return {"EncryptedRocksDb", [] { return std::make_unique<RocksDbHarness>(People::kEncrypted); }};
}

}  // namespace passend::storage
