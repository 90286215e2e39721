#include "service/records/repeatable_write.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "absl/strings/escaping.h"
#include "passend/v1/passport_service.pb.h"
#include "storage/memory_store.h"
#include "tests/service/service_world.h"

namespace passend::service {
namespace {

v1::CreatePassportRequest Creating(const std::string& request_id, const std::string& region) {
  v1::CreatePassportRequest request;
  request.mutable_passport()->set_region(region);
  request.set_request_id(request_id);
  return request;
}

storage::Batch Writing(const std::string& id) {
  storage::Batch batch;
  batch.mutations.push_back({{storage::RecordKind::kPassport, id}, "value"});
  return batch;
}

TEST(RepeatableWriteTest, TheSameRequestIsAnsweredOnce) {
  const auto store = storage::NewMemoryStore();
  const RepeatableRequest first("m", Creating("request-1", "delft"));
  EXPECT_EQ(first.FindReceipt(*store).value(), std::nullopt);
  ASSERT_TRUE(first.Commit(*store, Writing("a"), "receipt").ok());
  const RepeatableRequest again("m", Creating("request-1", "delft"));
  EXPECT_EQ(again.FindReceipt(*store).value(), "receipt");
  EXPECT_EQ(again.Commit(*store, Writing("b"), "other")->repeated_response, "receipt");
  EXPECT_EQ(store->LastSequence(), 1u);
}

TEST(RepeatableWriteTest, AnotherContentIsRefusedBeforeAndAtTheCommit) {
  const auto store = storage::NewMemoryStore();
  ASSERT_TRUE(RepeatableRequest("m", Creating("request-1", "delft"))
                  .Commit(*store, Writing("a"), "receipt")
                  .ok());
  const RepeatableRequest other("m", Creating("request-1", "groningen"));
  EXPECT_EQ(ReasonOf(other.FindReceipt(*store).status()), v1::ERROR_REASON_REQUEST_ID_REUSED);
  const absl::Status committed = other.Commit(*store, Writing("b"), "other").status();
  EXPECT_EQ(ReasonOf(committed), v1::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(MetadataOf(committed, "request_id"), "request-1");
  EXPECT_EQ(store->LastSequence(), 1u);
}

TEST(RepeatableWriteTest, AnIdIsOfOneMethod) {
  const auto store = storage::NewMemoryStore();
  ASSERT_TRUE(RepeatableRequest("m", Creating("request-1", "delft"))
                  .Commit(*store, Writing("a"), "receipt")
                  .ok());
  EXPECT_EQ(RepeatableRequest("n", Creating("request-1", "delft")).FindReceipt(*store).value(),
            std::nullopt);
}

// Frozen on disk (storage/FORMAT.md).
TEST(RepeatableWriteTest, AReceiptIsFoundByADigestOfMethodCallerAndId) {
  EXPECT_EQ(absl::BytesToHexString(
                ReceiptKeyOf("passend.v1.ConsentService.GrantConsent/person/anna", "request-1")),
            "21d52bdc48341906ec667495d4494947"
            "009478fdfbc6c1e86fc1ac662a6c1050");
}

TEST(RepeatableWriteTest, NeitherKeyNorFingerprintSaysWhatWasAsked) {
  const auto store = storage::NewMemoryStore();
  for (const char* id : {"request-1", "request-2"}) {
    ASSERT_TRUE(
        RepeatableRequest("m", Creating(id, "delft")).Commit(*store, Writing(id), "r").ok());
  }
  const auto first = store->FindReceipt(ReceiptKeyOf("m", "request-1")).value();
  const auto second = store->FindReceipt(ReceiptKeyOf("m", "request-2")).value();
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->fingerprint, second->fingerprint) << "the same content, told apart by the id";
}

TEST(RepeatableWriteTest, WithoutAnIdOrOnlyToValidateNothingIsKept) {
  const auto store = storage::NewMemoryStore();
  ASSERT_TRUE(RepeatableRequest("m", Creating("", "delft")).Commit(*store, Writing("a"), "r").ok());
  EXPECT_EQ(RepeatableRequest("m", Creating("", "delft")).FindReceipt(*store).value(),
            std::nullopt);
  v1::CreatePassportRequest validating = Creating("request-1", "delft");
  validating.set_validate_only(true);
  ASSERT_TRUE(RepeatableRequest("m", validating).Commit(*store, Writing("b"), "r").ok());
  EXPECT_EQ(RepeatableRequest("m", Creating("request-1", "x")).FindReceipt(*store).value(),
            std::nullopt);
}

TEST(RepeatableWriteTest, OfManyAtOnceOneIsCommitted) {
  ServiceWorld world;
  const v1::CreatePassportRequest request = Creating("request-1", "delft");
  const Contents before = ContentsOf(world.store());
  std::vector<std::string> names(8);
  std::vector<std::thread> callers;
  std::atomic<bool> go = false;
  for (std::string& name : names) {
    callers.emplace_back([&] {
      while (!go.load()) std::this_thread::yield();
      auto created = world.Call<v1::Passport>("PassportService.CreatePassport", request);
      if (created.ok()) name = created->name();
    });
  }
  go.store(true);
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(names, std::vector<std::string>(8, names[0]));
  EXPECT_NE(names[0], "");
  EXPECT_EQ(ContentsOf(world.store()).records.size(), before.records.size() + 1);
}

}  // namespace
}  // namespace passend::service
