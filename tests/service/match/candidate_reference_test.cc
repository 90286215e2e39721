#include "service/match/candidate_reference.h"

#include <set>

#include "gtest/gtest.h"
#include "service/errors/error_status.h"
#include "storage/memory_store.h"

namespace passend::service {
namespace {

Surroundings WithRandomByte(char byte) {
  return {[] { return absl::UnixEpoch(); },
          [byte](size_t count) { return std::string(count, byte); }};
}

TEST(CandidateReferences, DifferForEveryEmployerTaskAndPassport) {
  const CandidateReferences references(std::string(32, 's'));
  const CandidateReferences elsewhere(std::string(32, 't'));
  const std::set<std::string> made = {
      references.Make("employers/a", "tasks/t", "passports/p"),
      references.Make("employers/b", "tasks/t", "passports/p"),
      references.Make("employers/a", "tasks/u", "passports/p"),
      references.Make("employers/a", "tasks/t", "passports/q"),
      elsewhere.Make("employers/a", "tasks/t", "passports/p"),
      // The same letters, cut at other places.
      references.Make("employers/at", "asks/t", "passports/p"),
  };
  EXPECT_EQ(made.size(), 6u);
  for (const std::string& reference : made) {
    EXPECT_EQ(reference.size(), 32u);
    EXPECT_EQ(reference.find_first_not_of("0123456789abcdef"), std::string::npos);
  }
}

TEST(CandidateReferences, AreTheSameAfterARestart) {
  const auto store = storage::NewMemoryStore();
  const auto first = CandidateReferences::Load(*store, WithRandomByte('a'));
  const auto second = CandidateReferences::Load(*store, WithRandomByte('b'));
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->Make("e", "t", "p"), second->Make("e", "t", "p"));
}

TEST(CandidateReferences, ASecretOfAnotherLengthIsDamage) {
  const auto store = storage::NewMemoryStore();
  storage::Batch batch;
  batch.mutations.push_back({{storage::RecordKind::kSecret, "candidate-references"}, "short"});
  ASSERT_TRUE(store->Commit(std::move(batch)).ok());
  const auto loaded = CandidateReferences::Load(*store, WithRandomByte('a'));
  EXPECT_EQ(ReasonOf(loaded.status()), v1::ERROR_REASON_DAMAGED_DATA);
}

}  // namespace
}  // namespace passend::service
