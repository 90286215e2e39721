// The stores that the conformance suite and the model run against, made fresh and cleaned up.
#ifndef PASSEND_TESTS_STORAGE_STORE_FACTORIES_H_
#define PASSEND_TESTS_STORAGE_STORE_FACTORIES_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/store.h"

namespace passend::storage {

// An empty directory of its own below the test's temporary one, removed with the object.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A clock that tests move.
class TestClock {
 public:
  absl::Time Now() const { return now_; }
  void Advance(absl::Duration by) { now_ += by; }

 private:
  absl::Time now_ = absl::FromUnixMicros(1'800'000'000'123'456);
};

struct StoreSettings {
  uint64_t epoch = 0;
  size_t memory_bytes = size_t{256} << 20;
};

// What a kind of store has beyond the contract of Store. The suite's only opt-outs.
enum class Trait {
  kSurvivesClosing,  // Reopen finds everything again
};

// One store in the making and, if it can be, in the reopening.
class StoreHarness {
 public:
  virtual ~StoreHarness() = default;
  virtual bool Has(Trait trait) const = 0;
  // Closes the store, if there is one, and opens it (again).
  virtual absl::Status Open(const StoreSettings& settings) = 0;
  Store& store() { return *store_; }
  TestClock& clock() { return clock_; }

 protected:
  TestClock clock_;
  std::unique_ptr<Store> store_;
};

struct StoreFactory {
  std::string name;
  std::function<std::unique_ptr<StoreHarness>()> make;
};
inline void PrintTo(const StoreFactory& factory, std::ostream* out) { *out << factory.name; }

StoreFactory MemoryFactory();
StoreFactory RocksDbFactory();
// The same with people's records encrypted.
StoreFactory EncryptedMemoryFactory();
StoreFactory EncryptedRocksDbFactory();

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_STORE_FACTORIES_H_
