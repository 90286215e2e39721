// What callers are told when the store, or the engine below it, cannot do what they ask.
#include "storage/store_errors.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>

#include "rocksdb/status.h"
#include "storage/write_health.h"

namespace passend::storage {
namespace {

TEST(StoreErrors, EveryKindHasAName) {
  // 0 means none; no kind has 22.
  const std::set<int> none = {0, 22};
  std::set<std::string> names;
  for (int number = 0; number <= static_cast<int>(RecordKind::kCredentialStatus); ++number) {
    const std::string name = KindName(static_cast<RecordKind>(number));
    EXPECT_EQ(name.starts_with("kind "), none.contains(number)) << number << ": " << name;
    names.insert(name);
  }
  // Earlier versions of a person's records and of others have one name.
  EXPECT_EQ(names.size(), static_cast<size_t>(RecordKind::kCredentialStatus));
  EXPECT_EQ(KindName(static_cast<RecordKind>(200)), "kind 200");
}

TEST(StoreErrors, WhatTheEngineSaysHasTheCodeThatTellsCallersWhatToDo) {
  EXPECT_TRUE(FromRocksDb(rocksdb::Status::OK()).ok());
  // Try again later.
  EXPECT_TRUE(absl::IsResourceExhausted(FromRocksDb(rocksdb::Status::Incomplete("slow"))));
  EXPECT_TRUE(absl::IsResourceExhausted(FromRocksDb(rocksdb::Status::NoSpace("full"))));
  // Call somebody.
  EXPECT_TRUE(absl::IsDataLoss(FromRocksDb(rocksdb::Status::Corruption("rot"))));
  EXPECT_TRUE(absl::IsUnavailable(FromRocksDb(rocksdb::Status::IOError("broken"))));
}

}  // namespace
}  // namespace passend::storage
