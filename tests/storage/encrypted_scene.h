// A store whose people are encrypted, with everything that can be taken away from it and put back.
#ifndef PASSEND_TESTS_STORAGE_ENCRYPTED_SCENE_H_
#define PASSEND_TESTS_STORAGE_ENCRYPTED_SCENE_H_

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "storage/rocksdb_store.h"
#include "tests/storage/batches.h"
#include "tests/storage/fixed_wrapper.h"
#include "tests/storage/store_factories.h"

namespace passend::storage {

inline constexpr char kCanary[] = "canary-of-the-first-water";

inline Key Book(std::string id) { return {RecordKind::kValidationBook, std::move(id)}; }
inline Key Exposure(std::string id) { return {RecordKind::kExposure, std::move(id)}; }
inline Key Erasure(std::string id) { return {RecordKind::kErasure, std::move(id)}; }

inline Batch BirthOf(const std::string& id) {
  return BatchOf()
      .Put(Passport(id), std::string("passport ") + kCanary)
      .Put(Book(id), std::string("book ") + kCanary)
      .Put(Exposure(id), std::string("shown ") + kCanary)
      .Put({RecordKind::kValidation, id + "/one"}, std::string("validation ") + kCanary)
      .Tell(Passport(id), "made");
}

inline Batch ErasureOf(const std::string& id) {
  return BatchOf()
      .Delete(Passport(id))
      .Delete(Book(id))
      .Delete(Exposure(id))
      .Delete({RecordKind::kValidation, id + "/one"})
      .Put(Erasure(id), "then")
      .Tell(Passport(id), "erased");
}

class EncryptedStore : public testing::Test {
 protected:
  std::string folder() const { return directory_.path() + "/all"; }
  std::string data() const { return folder() + "/store"; }
  std::string keys() const { return folder() + "/keys"; }
  std::string elsewhere() const { return directory_.path() + "/elsewhere"; }

  absl::StatusOr<std::unique_ptr<Store>> TryOpen(const std::string& key_folder) {
    store_.reset();
    OpenOptions options;
    options.directory = data();
    options.erasure_of = ErasureOf;
    options.encrypting = [this](size_t) { ++passes_; };
    if (!key_folder.empty()) {
      auto opened = PersonKeys::Open({key_folder, std::make_shared<FixedWrapper>()});
      if (!opened.ok()) return opened.status();
      options.keys = *std::move(opened);
    }
    return OpenRocksDbStore(std::move(options));
  }

  Store& Open() {
    auto opened = TryOpen(keys());
    EXPECT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
    return *store_;
  }
  void OpenPlain() {
    auto opened = TryOpen("");
    ASSERT_TRUE(opened.ok()) << opened.status();
    store_ = *std::move(opened);
  }
  void Close() { store_.reset(); }

  void Commit(Batch batch) {
    const auto result = store_->Commit(std::move(batch));
    ASSERT_TRUE(result.ok()) << result.status();
  }
  std::optional<Record> Read(const Key& key) {
    const auto found = store_->Read({key});
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? found->front() : std::nullopt;
  }
  Store& store() { return *store_; }
  int passes() const { return passes_; }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
  int passes_ = 0;
};

}  // namespace passend::storage

#endif  // PASSEND_TESTS_STORAGE_ENCRYPTED_SCENE_H_
